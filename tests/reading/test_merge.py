"""A page's finding is filled from its report, and never overruled by it."""

from dataclasses import replace
from datetime import date

from bot.model.finding import Finding, Grade, Grades
from bot.reading.merge import fill

DAYS = (date(2030, 3, 4), date(2030, 3, 15))
PAGE = Finding(title="Werrington", kind="inspection", institutions=("werrington",), numbers=("22 hours",), document="")
REPORT = Finding(
    title="Report on Werrington",
    kind="inspection",
    institutions=("werrington",),
    inspection_dates=DAYS,
    grades=Grades(safety=Grade.POOR, care=Grade.GOOD),
    previous_grades=Grades(safety=Grade.GOOD),
    previous_year=2027,
    numbers=("22 hours", "40%"),
    concerns=("Violence was high.",),
    document="https://a.example/r.pdf",
)


def test_what_the_page_leaves_unsaid_comes_from_the_report() -> None:
    filled = fill(PAGE, REPORT)
    assert (filled.title, filled.grades, filled.inspection_dates) == ("Werrington", REPORT.grades, DAYS)
    assert (filled.previous_year, filled.numbers, filled.concerns) == (2027, ("22 hours", "40%"), REPORT.concerns)
    assert filled.document == REPORT.document


def test_what_the_page_states_stands() -> None:
    page = replace(PAGE, grades=Grades(safety=Grade.GOOD), summary=("A sentence.",))
    filled = fill(page, REPORT)
    assert filled.grades == Grades(safety=Grade.GOOD, care=Grade.GOOD)
    assert filled.summary == ("A sentence.",)


def test_a_report_of_another_place_or_visit_fills_nothing() -> None:
    for other in (
        replace(REPORT, institutions=("parc-yoi",)),
        replace(REPORT, inspection_dates=(date(2027, 1, 1), date(2027, 1, 9))),
    ):
        assert fill(replace(PAGE, inspection_dates=DAYS), other) == replace(PAGE, inspection_dates=DAYS)


def test_grades_of_a_report_of_another_kind_are_not_the_pages() -> None:
    filled = fill(replace(PAGE, kind="progress_review"), REPORT)
    assert (filled.grades, filled.previous_grades, filled.previous_year) == (None, None, None)
    assert filled.concerns == REPORT.concerns


def test_a_letters_deadline_is_the_pages_of_the_same_notification_only() -> None:
    letter = replace(REPORT, kind="urgent_notification", answer_by=date(2030, 4, 12))
    assert fill(replace(PAGE, kind="urgent_notification"), letter).answer_by == date(2030, 4, 12)
    assert fill(PAGE, letter).answer_by is None
