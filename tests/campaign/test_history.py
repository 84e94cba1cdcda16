"""The pack's earlier inspections: the one before is found, and never another in its place."""

from datetime import date
from pathlib import Path

import pytest

from bot.campaign import load_pack
from bot.campaign.history import find_previous, load_history, read_history
from bot.errors import CampaignError
from bot.model.finding import Grade, Grades


def test_the_last_full_inspection_before_a_day_is_found() -> None:
    expected = Grades(
        safety=Grade.POOR,
        care=Grade.NOT_SUFFICIENTLY_GOOD,
        purposeful_activity=Grade.POOR,
        resettlement=Grade.REASONABLY_GOOD,
    )
    assert find_previous("werrington", date(2025, 4, 15)) == (expected, 2023)


def test_an_inspection_is_not_its_own_predecessor() -> None:
    found = find_previous("feltham-a", date(2024, 3, 4))
    assert found is not None
    assert found[1] == 2022


def test_where_the_grades_of_the_one_before_are_unknown_no_older_one_stands_in() -> None:
    assert find_previous("werrington", date(2026, 1, 1)) is None


def test_a_place_without_inspections_has_none_before() -> None:
    assert find_previous("rivendell", date(2026, 1, 1)) is None


def test_every_inspection_is_of_a_place_of_the_pack_and_has_sources() -> None:
    for one in load_history():
        assert load_pack().find_institution(one.institution)
        assert all(source.startswith("http") for source in one.sources)
        assert one.sources


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ('institution = "x"\ninspected = "soon"', "`inspected` must be"),
        ('institution = "x"\ninspected = "2030-13"', "`inspected` must be"),
        ('institution = "x"\ninspected = "2030"\nsafety = 5', "`safety` must be 1, 2, 3 or 4"),
        ('institution = "x"\ninspected = "2030"\n[[grades]]\ninstitution = "x"\ninspected = "2030-12"', "there twice"),
    ],
)
def test_a_row_that_is_wrong_is_named(tmp_path: Path, row: str, wrong: str) -> None:
    (tmp_path / "grades.toml").write_text(f"[[grades]]\n{row}\n", encoding="utf-8")
    with pytest.raises(CampaignError, match=wrong):
        read_history(tmp_path)


def test_a_pack_may_have_no_history(tmp_path: Path) -> None:
    assert read_history(tmp_path) == ()
