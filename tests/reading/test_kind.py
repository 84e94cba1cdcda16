"""Kinds: by the words a page uses of itself, and by whose page it is."""

import pytest

from bot.model.feed import FeedKind
from bot.reading.kind import find_kind

HMIP = "https://hmiprisons.justiceinspectorates.gov.uk/news/sample"
NEWS = "https://www.bbc.co.uk/news/sample"
ELSEWHERE = "https://example.org/sample"


@pytest.mark.parametrize(
    ("title", "lead", "expected"),
    [
        ("Reports published 28 July", "", "digest"),
        ("HMYOI Sample", "Report on an unannounced inspection of HMYOI Sample", "inspection"),
        ("HMYOI Sample", "Report on an independent review of progress at HMYOI Sample", "progress_review"),
        ("HMYOI Sample", "Report on a scrutiny visit to HMYOI Sample", "scrutiny_visit"),
        ("HMYOI Sample Urgent Notification", "Report on an unannounced inspection of Sample", "urgent_notification"),
        ("HMYOI Sample: some progress", "Inspectors came.", "inspection"),
        ("A headline", "The chief inspector warns in his annual report for 2029-30.", "annual_report"),
        ("Children in custody 2029–30", "", "thematic"),
        ("HMYOI Sample falls short", "Inspectors say, after a survey of children there.", "inspection"),
        ("A headline", "In this blog the chief inspector writes of gardens.", "comment"),
        ("A headline", "Inspectors visited five sites and talked to children there.", "thematic"),
        ("A new office", "The inspectorate has moved house.", "news"),
    ],
)
def test_the_inspectorates_pages(title: str, lead: str, expected: str) -> None:
    assert find_kind(title, [lead], HMIP, FeedKind.INSPECTORATE, places="HMYOI" in title) == expected


@pytest.mark.parametrize(
    ("title", "url", "source", "expected"),
    [
        ("Young offender unit gets urgent notification", NEWS, FeedKind.NEWS, "news"),
        ("Unit responds to report", NEWS, FeedKind.NEWS, "news"),
        ("A view", "https://www.theguardian.com/commentisfree/sample", FeedKind.NEWS, "comment"),
        ("Charity responds to the report", ELSEWHERE, None, "comment"),
        ("HM Inspectorate of Prisons report on HMYOI Sample", ELSEWHERE, None, "inspection"),
        ("Urgent notification issued in response to serious risk", ELSEWHERE, None, "news"),
        ("A headline", ELSEWHERE, FeedKind.CHARITY, "comment"),
        ("A headline", ELSEWHERE, FeedKind.PARLIAMENT, "policy"),
        ("Youth custody data", "https://www.gov.uk/government/statistics/sample", FeedKind.GOVERNMENT, "statistics"),
        ("A plan", "https://www.gov.uk/government/consultations/sample", FeedKind.GOVERNMENT, "policy"),
        ("A headline", "https://www.gov.uk/government/news/sample", FeedKind.GOVERNMENT, "news"),
        ("A board's view", "https://imb.org.uk/news/sample", FeedKind.INSPECTORATE, "imb"),
        ("A death", "https://ppo.gov.uk/sample", FeedKind.INSPECTORATE, "ombudsman"),
        ("A centre", "https://reports.ofsted.gov.uk/sample", FeedKind.GOVERNMENT, "ofsted"),
        ("My visit", "https://www.childrenscommissioner.gov.uk/blog/sample", FeedKind.GOVERNMENT, "comment"),
        ("R (X) v Y", "https://www.bailii.org/ew/cases/sample", None, "court"),
    ],
)
def test_pages_of_others(title: str, url: str, source: FeedKind | None, expected: str) -> None:
    assert find_kind(title, ["A first line."], url, source, places=False) == expected


def test_a_copy_of_a_report_is_what_its_standfirst_says() -> None:
    lines = ["Report on a scrutiny visit to HMYOI Sample"]
    assert find_kind("HMYOI Sample", lines, ELSEWHERE, None, places=True) == "scrutiny_visit"
