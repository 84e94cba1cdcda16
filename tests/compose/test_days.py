from datetime import date

import pytest

from bot.compose.days import read_day

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3 December", date(2026, 12, 3)),
        ("until 3rd dec", date(2026, 12, 3)),
        ("Dec 3, 2027", date(2027, 12, 3)),
        ("3 Rhagfyr", date(2026, 12, 3)),
        ("1 o Ionawr", None),
        ("2 of January", date(2027, 1, 2)),
        ("25 November", date(2027, 11, 25)),
        ("2026-12-03", date(2026, 12, 3)),
        ("3/12", date(2026, 12, 3)),
        ("3.1.2027", date(2027, 1, 3)),
        ("10", date(2026, 12, 5)),
        ("10 days", date(2026, 12, 5)),
        ("2 weeks", date(2026, 12, 9)),
        ("1 month", date(2026, 12, 25)),
        ("0", TODAY),
        ("3 December 2020", date(2020, 12, 3)),
        ("3 ma", None),
        ("3 m", None),
        ("4 mai", date(2027, 5, 4)),
        ("3 foo", None),
        ("5 parsecs", None),
        ("31 February", None),
        ("2026-13-01", None),
        ("0000-01-01", None),
        ("", None),
        ("😀", None),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


def test_the_beginning_of_two_months_is_neither() -> None:
    assert read_day("3 jun", TODAY) == date(2027, 6, 3)
    assert read_day("3 mar", TODAY) == date(2027, 3, 3)
    assert read_day("3 maw", TODAY) == date(2027, 3, 3)
