"""Inspection dates in the ways that reports and newsrooms write them."""

from datetime import date

import pytest

from bot.reading.dates import find_inspection, read_iso_day, read_run, read_written_day

PUBLISHED = date(2030, 7, 16)


@pytest.mark.parametrize(
    ("run", "first", "last"),
    [
        ("9–19 October 2023", (2023, 10, 9), (2023, 10, 19)),
        ("9 - 19 October 2023", (2023, 10, 9), (2023, 10, 19)),
        ("20 November – 7 December 2023", (2023, 11, 20), (2023, 12, 7)),
        ("30 December 2024 to 10 January 2025", (2024, 12, 30), (2025, 1, 10)),
        ("27 December – 7 January 2025", (2024, 12, 27), (2025, 1, 7)),
        ("9 and 17 February 2021", (2021, 2, 9), (2021, 2, 17)),
        ("18–21 August and 1–4 September 2025", (2025, 8, 18), (2025, 9, 4)),
        ("5, 6 & 12–16 June 2023", (2023, 6, 5), (2023, 6, 16)),
        ("5th to 9th June 2023", (2023, 6, 5), (2023, 6, 9)),
    ],
)
def test_a_run_of_days_has_a_first_and_a_last(
    run: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert read_run(run) == (date(*first), date(*last))


@pytest.mark.parametrize(
    "run", ["30–31 February 2023", "19–9 October 2023", "9–19 October", "1 January to 9 June 2023", "3 and 4"]
)
def test_what_is_no_inspection_is_no_run(run: str) -> None:
    assert read_run(run) is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Report on a scrutiny visit to HMYOI X (9 and 17 February 2021)"], (date(2021, 2, 9), date(2021, 2, 17))),
        (["Dates of inspection: 15 April – 2 May 2025"], (date(2025, 4, 15), date(2025, 5, 2))),
        (
            ["A fair ran from 1 to 3 May 2030.", "Inspectors visited from 4 to 14 March."],
            (date(2030, 3, 4), date(2030, 3, 14)),
        ),
        (["Inspectors visited from 4 to 14 November."], (date(2029, 11, 4), date(2029, 11, 14))),
        (["A fair ran from 1 to 3 May 2030."], None),
        (["Children were surveyed by inspectors between April 2024 and March 2025."], None),
        (["Inspectors held 15 to 18 year olds in mind."], None),
        (["Inspected in December 2021."], None),
    ],
)
def test_the_dates_are_those_of_the_inspection(lines: list[str], expected: tuple[date, date] | None) -> None:
    assert find_inspection(lines, PUBLISHED) == expected


def test_the_inspectorates_own_words_come_before_any_other() -> None:
    lines = [
        "The earlier inspection was on 1–5 March 2022.",
        "Report on an unannounced inspection of X (4–20 April 2023).",
    ]
    assert find_inspection(lines) == (date(2023, 4, 4), date(2023, 4, 20))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Tuesday, July 16, 2024", date(2024, 7, 16)),
        ("Published 1 August 2025", date(2025, 8, 1)),
        ("30 October 2019", date(2019, 10, 30)),
        ("31 February 2019", None),
        ("On 30 October 2019 a sample was taken", None),
        ("A line", None),
    ],
)
def test_a_line_that_is_only_a_day_is_the_day_of_publication(line: str, day: date | None) -> None:
    assert read_written_day(line) == day


def test_timestamps_give_their_day() -> None:
    assert read_iso_day("2030-02-01T10:00:00Z") == date(2030, 2, 1)
    assert read_iso_day("2030-13-01") is None
    assert read_iso_day("yesterday") is None
