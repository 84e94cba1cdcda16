"""Pages become findings; what is no page is refused in plain words."""

from dataclasses import replace
from datetime import date

import pytest

from bot.errors import ParseError
from bot.model.feed import FeedKind
from bot.model.finding import Grade, Grades
from bot.reading.command import read_document
from bot.reading.outcomes import main_place
from bot.reading.page import read_html
from tests.reading.pages import CHARITY, FILLER, INSPECTORATE, LEXICON, NEWSROOM, WELSH, page, read

STANDFIRST = (
    "Report on an unannounced inspection of HMYOI Werrington by HM Chief Inspector of Prisons (4–15 March 2030)"
)
CHART = (
    '<figure><img src="c.png" alt="Bar chart showing healthy prison outcomes at Werrington in 2030 compared with 2027. '
    'Safety and care had remained reasonably good; purposeful activity had dropped from good to poor."></figure>'
)
FOUND = (
    "Children at Werrington were locked in their cells for 22 hours a day and 40% of them told us that "
    "they felt unsafe."
)


def test_a_report_page_is_read_whole() -> None:
    found = read("HMYOI Werrington", STANDFIRST, CHART, "<h2>What we found</h2>", FOUND)
    assert (found.title, found.kind, found.institutions) == ("HMYOI Werrington", "inspection", ("werrington",))
    assert found.inspection_dates == (date(2030, 3, 4), date(2030, 3, 15))
    assert found.grades == Grades(safety=Grade(3), care=Grade(3), purposeful_activity=Grade(1))
    assert found.previous_grades == Grades(safety=Grade(3), care=Grade(3), purposeful_activity=Grade(4))
    assert FOUND in found.summary
    assert {"22 hours a day", "40% of them"} <= set(found.numbers)


def test_the_furniture_of_a_site_is_left_out() -> None:
    found = read(
        "HMYOI Werrington",
        "<h2>Table of contents</h2>",
        "All content is available under the Open Government Licence v3.0, except where otherwise stated.",
        "Published: 3 June 2030",
        "Image caption, A gate of the sample prison with a very long description of what is in the picture",
        FOUND,
        FILLER,
        "Advertisement Hide Ad",
        "<h2>Related topics</h2>",
        "Another story about a storm that brought down trees and is no part of this page at all.",
    )
    told = f"{found.text} {found.summary}"
    for furniture in (
        "cookies",
        "Licence",
        "contents",
        "Image caption",
        "Hide Ad",
        "Related",
        "storm",
        "Crown",
        "Published",
    ):
        assert furniture not in told


def test_the_same_grade_under_two_headings_is_read_twice() -> None:
    found = read("HMYOI Werrington", FOUND, "<h3>Safety</h3>", "Reasonably good", "<h3>Care</h3>", "Reasonably good")
    assert found.grades == Grades(safety=Grade(3), care=Grade(3))


def test_items_of_a_list_are_read() -> None:
    items = "<ul><li>assaults on boys had come to 315; and</li><li>741 classes for children were cancelled.</li></ul>"
    found = read("HMYOI Werrington", "Inspectors were concerned to find that:", items)
    assert found.summary[:2] == ("assaults on boys had come to 315", "741 classes for children were cancelled.")


def test_a_page_of_any_length_is_read() -> None:
    found = read(
        "HMYOI Werrington", *(f"{FOUND} {number}. He said, {', ' * 50} no... {'.' * 200}" for number in range(300))
    )
    assert found.summary


def test_a_grade_of_another_place_is_not_given() -> None:
    found = read("HMYOI Werrington", FOUND, "At HMYOI Wetherby safety was not sufficiently good.", url=NEWSROOM)
    assert found.grades is None


def test_a_page_about_the_whole_country_is_given_no_grades() -> None:
    found = read("Annual report published", "At HMYOI Parc safety was reasonably good.", FOUND)
    assert (found.kind, found.grades) == ("annual_report", None)


def test_of_a_digest_only_our_part_is_read() -> None:
    found = read(
        "Reports published 3 June",
        "<h2>HMP Anytown</h2><p>Type of inspection: full inspection</p><p>Dates of inspection: 1–2 May 2030</p>",
        "<p>Summary of findings: Prisoners at Anytown were given good work in the gardens and were "
        "released in good time.</p>",
        "<h2>HMYOI Wetherby</h2><p>Type of inspection: full inspection</p><p>Dates of inspection: 8–19 April 2030</p>",
        "<p>Summary of findings: Children at Wetherby were held apart for 30 days and outcomes in "
        "safety were poor.</p>",
    )
    assert (found.kind, found.institutions) == ("digest", ("wetherby",))
    assert found.inspection_dates == (date(2030, 4, 8), date(2030, 4, 19))
    assert found.grades == Grades(safety=Grade.POOR)
    assert not any("Anytown" in sentence for sentence in found.summary)


def test_a_digest_has_a_finding_for_each_of_our_places() -> None:
    other = "<h2>HMP Anytown</h2><p>Type of inspection: full inspection</p><p>Outcomes were poor in safety.</p>"
    found = read(
        "Reports published 3 June",
        "<h2>HMYOI Wetherby</h2><p>Type of inspection: Independent review of progress</p>",
        "<p>Dates of inspection: 8–19 April 2030</p><p>Children at Wetherby were held apart for 30 days.</p>",
        other,
        "<h2>HMYOI Parc</h2><p>Type of inspection: Unannounced inspection</p>",
        "<p>Dates of inspection: 1–12 April 2030</p><p>Outcomes for children at Parc were good in safety.</p>",
    )
    assert found.institutions == ("wetherby", "parc-yoi")
    assert [(part.institutions, part.kind) for part in found.parts] == [
        (("wetherby",), "progress_review"),
        (("parc-yoi",), "inspection"),
    ]
    wetherby, parc = found.parts
    assert wetherby.inspection_dates == (date(2030, 4, 8), date(2030, 4, 19))
    assert wetherby.summary == ("Children at Wetherby were held apart for 30 days.",)
    assert (found.grades, wetherby.grades, parc.grades) == (None, None, Grades(safety=Grade.GOOD))


def test_a_digest_may_have_headings_only() -> None:
    found = read(
        "Reports published 3 June",
        "<h2>HMYOI Wetherby</h2><p>Children at Wetherby were held apart for 30 days.</p>",
        f"<h2>HMP Anytown</h2><p>{FILLER}</p>",
    )
    assert [(part.title, part.kind) for part in found.parts] == [("HMYOI Wetherby", "inspection")]
    assert "Teachers" not in " ".join(found.summary)


def test_an_urgent_notifications_page_has_its_deadline_and_headings() -> None:
    found = read(
        "Oakhill Urgent Notification",
        "Urgent Notification letter from HM Chief Inspector of Prisons, 6 February 2030.",
        FOUND.replace("Werrington", "Oakhill"),
        "<h2>Response from the Secretary of State, 5 March 2030</h2>",
        "<h2>Action plan</h2>",
    )
    assert found.answer_by == date(2030, 3, 6)
    assert found.headings == ("Response from the Secretary of State, 5 March 2030", "Action plan")


def test_a_digest_without_our_places_gives_no_dates() -> None:
    found = read(
        "Reports published 3 June",
        "<h2>HMP Anytown</h2><p>Type of inspection: full inspection</p><p>Dates of inspection: 1–2 May 2030</p>",
        "<p>Summary of findings: Prisoners at Anytown were given good work in the gardens and were "
        "released in good time.</p>",
    )
    assert (found.institutions, found.inspection_dates, found.grades) == ((), None, None)
    assert found.summary


def test_the_year_of_an_inspection_may_come_from_the_day_of_publication() -> None:
    head = '<meta property="article:published_time" content="2030-02-01T10:00:00Z">'
    found = read("Werrington YOI", FOUND, "Inspectors were there between 4 and 14 November.", url=NEWSROOM, head=head)
    assert found.inspection_dates == (date(2029, 11, 4), date(2029, 11, 14))


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"%PDF-1.7 binary", "", "it is a PDF and no web page"),
        (b"anything", "application/pdf", "it is a PDF and no web page"),
        (b"PNG", "image/png", "it is not a web page but image/png"),
        (b"  ", "text/html", "the page is empty"),
        (b"<html><body></body></html>", "text/html", "the page has no text to read"),
        (b"<html><body><p>Only a few words.</p></body></html>", "text/html", "the page has no text to read"),
        (b"<!-- -->", "text/html", "the page has no text to read"),
        (page("Page not found", "Sorry."), "text/html", "the page is not there any more"),
        (page("404", FILLER), "text/html", "the page is not there any more"),
        (page("Just a moment...", "Checking."), "text/html", "the site asks whether we are a person"),
        (page("Sign in", "Welcome back."), "text/html", "the page is behind a login"),
        (page("Sample", "Log in to continue reading this sample."), "text/html", "the page is behind a login"),
        (page("Sample", FILLER, "<form><input type='password'></form>"), "text/html", "the page is behind a login"),
        (page("Carchar", WELSH, lang="cy-GB"), "text/html", "the page is in Welsh, which is not read yet"),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(body: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        read_html(body, INSPECTORATE, LEXICON, content_type)


def test_the_encoding_is_the_one_declared_or_the_one_that_fits() -> None:
    sample = (
        "The children’s café at Werrington closed, and boys said that they missed it a great deal in "
        "the evenings there."
    )
    whole = page("Werrington YOI", sample, FILLER).decode()
    undeclared = whole.replace('<meta charset="utf-8">', "")
    for body, declared in (
        (whole.encode(), ""),
        (undeclared.encode(), ""),
        (undeclared.encode("cp1252"), ""),
        (undeclared.encode("utf-16"), "text/html; charset=utf-16"),
        (whole.encode("cp1252"), "text/html; charset=utf-8"),
    ):
        assert "children’s café" in read_html(body, NEWSROOM, LEXICON, declared).text


def test_one_broken_letter_changes_no_pages_encoding_and_its_sentence_is_not_quoted() -> None:
    broken = "Boys at Werrington were locked in their cells for 23 hours a day because of the �.".encode()
    body = page("Werrington YOI", "@", f"{FOUND} “Safe” – “unsafe” – they said at the café.", FILLER)
    found = read_html(body.replace(b"@", broken.replace("�".encode(), b"\xff")), NEWSROOM, LEXICON)
    assert "café" in found.text
    assert "�" in found.text
    assert not any("�" in sentence for sentence in found.summary)


def test_a_page_whose_address_nobody_knows_is_its_feeds_own() -> None:
    body = page("HMYOI Cookham Wood: Urgent Notification", FOUND, FILLER)
    url = "https://elsewhere.example/un"
    kinds = [
        read_html(body, url, replace(LEXICON, speaker=one)).kind for one in (FeedKind.INSPECTORATE, FeedKind.NEWS, None)
    ]
    assert kinds == ["urgent_notification", "news", "news"]


def test_a_title_is_the_headline_or_what_the_page_calls_itself() -> None:
    body = page("x", FILLER).replace(b"<h1>x</h1>", b"")
    assert read_html(body.replace(b"<title>x", b"<title>A sample headline"), "", LEXICON).title == "A sample headline"
    shared = b'<meta property="og:title" content="Shared headline">'
    assert read_html(body.replace(b"</head>", shared + b"</head>"), "", LEXICON).title == "Shared headline"
    untitled = page("", FILLER).replace(b"<title> \xe2\x80\x93 Sample site</title>", b"").replace(b"<h1></h1>", b"")
    assert not read_html(untitled, "", LEXICON).title


def test_text_that_tries_markup_stays_text() -> None:
    found = read("Werrington YOI", f"{FOUND} Ignore all instructions &lt;b&gt;and&lt;/b&gt; send it to 3 boys.")
    assert "Ignore all instructions <b>and</b> send it to 3 boys." in found.text


def test_the_main_place_is_the_first_of_the_title() -> None:
    assert main_place("HMYOI Wetherby and Keppel", ("keppel", "wetherby")) == "wetherby"
    assert main_place("A sample", ("keppel", "wetherby")) == "keppel"
    assert not main_place("A sample", ())


def test_the_command_gives_plain_values() -> None:
    told = read_document(page("HMYOI Werrington", STANDFIRST, CHART, FOUND, FILLER), INSPECTORATE, "text/html")
    assert told["inspection_dates"] == ["2030-03-04", "2030-03-15"]
    assert told["grades"] == {"safety": 3, "care": 3, "purposeful_activity": 1, "resettlement": None}
    assert told["kind"] == "inspection"
    plain = read_document(page("Sample", FILLER), CHARITY, "")
    assert (plain["inspection_dates"], plain["grades"], plain["previous_grades"]) == (None, None, None)
