"""The pack's series of children in custody: apart from one another, each with its sources."""

from pathlib import Path

import pytest

from bot.campaign.population import load_population, read_population
from bot.errors import CampaignError

GOOD = """
[[series]]
id = "a"
sources = [{ name = "S", url = "https://s.example/" }]
[series.figures]
"2020-04" = 5
"2019/20" = 7
"""


def test_there_are_three_series_each_with_figures_in_order_and_sources() -> None:
    every = load_population()
    assert [one.id for one in every] == ["under-18", "with-18", "headline"]
    for one in every:
        places = [count.period.place for count in one.counts]
        assert places == sorted(places)
        assert all(source.url.startswith("http") for source in one.sources)
    first, second, third = every
    assert (first.counts[-1].value, first.averages[-1].value) == (402, 412)
    assert second.disputed is not None
    assert (third.counts[0].period.label, third.counts[0].rough) == ("2021/22", True)


def test_periods_are_placed_by_their_middle(tmp_path: Path) -> None:
    (tmp_path / "population.toml").write_text(GOOD, encoding="utf-8")
    (one,) = read_population(tmp_path)
    assert [(count.period.label, round(count.period.place, 2)) for count in one.counts] == [
        ("2019/20", 2019.75),
        ("2020-04", 2020.29),
    ]


def test_a_pack_may_have_none(tmp_path: Path) -> None:
    assert read_population(tmp_path) == ()


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('"2020-04" = 5', '"2020-13" = 5', "a period is"),
        ('"2019/20" = 7', '"2019/21" = 7', "a period is"),
        ("= 5", '= "many"', "must be a whole number"),
        ("= 5", "= true", "must be a whole number"),
        ("= 5", "= -1", "must be a whole number"),
        ("https://s.example/", "ftp://s.example/", "is not an address"),
        ('[{ name = "S", url = "https://s.example/" }]', "[]", "must not be empty"),
        ('[{ name = "S", url = "https://s.example/" }]', "[3]", "must be a table"),
        ('id = "a"', 'id = "a"\nextra = 1', "unknown key `extra`"),
        ('"2019/20" = 7', f'"2019/20" = 7\n{GOOD}', "there twice"),
    ],
)
def test_a_row_that_is_wrong_is_named(tmp_path: Path, old: str, new: str, wrong: str) -> None:
    (tmp_path / "population.toml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CampaignError, match=wrong):
        read_population(tmp_path)
