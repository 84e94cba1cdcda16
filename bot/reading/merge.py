"""A page's finding filled from the report that it links: the page's own words come first and are never overruled."""

from dataclasses import asdict, replace

from bot.model.finding import Finding, Grades

# Only such pages are about one report, and link it.
FOLLOWED = frozenset(
    {
        *("inspection", "progress_review", "urgent_notification", "scrutiny_visit", "ofsted"),
        *("thematic", "annual_report", "imb", "ombudsman"),
    }
)
MOST_NUMBERS = 12


def fill(page: Finding, report: Finding) -> Finding:
    """The page with what it leaves unsaid, where the report is of the same visit; else the page as it is."""
    if not is_same(page, report):
        return page
    graded = page.kind == report.kind
    return replace(
        page,
        institutions=page.institutions or report.institutions,
        inspection_dates=page.inspection_dates or report.inspection_dates,
        grades=join(page.grades, report.grades) if graded else page.grades,
        previous_grades=join(page.previous_grades, report.previous_grades) if graded else page.previous_grades,
        previous_year=page.previous_year or (report.previous_year if graded else None),
        directions=page.directions or (report.directions if graded else ()),
        judgements=page.judgements or (report.judgements if graded else ()),
        summary=page.summary or report.summary,
        numbers=tuple(dict.fromkeys((*page.numbers, *report.numbers)))[:MOST_NUMBERS],
        quotation=page.quotation or report.quotation,
        answer_by=page.answer_by or (report.answer_by if graded else None),
        concerns=page.concerns or report.concerns,
        document=report.document,
    )


def is_same(page: Finding, report: Finding) -> bool:
    """Whether both tell of one visit to one place, as far as they say."""
    places = not page.institutions or not report.institutions or set(page.institutions) & set(report.institutions)
    dates = None in {page.inspection_dates, report.inspection_dates} or page.inspection_dates == report.inspection_dates
    return bool(places) and dates


def join(page: Grades | None, report: Grades | None) -> Grades | None:
    """The page's grades, and for the tests of which it says nothing the report's."""
    if page is None or report is None:
        return page or report
    stated = {test: grade for test, grade in asdict(page).items() if grade is not None}
    return replace(report, **stated)
