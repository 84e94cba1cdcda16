"""What a page says of itself, and which links belong to it."""

from typing import Any

import pytest

from bot.reading.document import MOST_ELEMENTS, parse, read_any_language
from bot.reading.facts import (
    find_author,
    find_canonical,
    find_language,
    find_links,
    find_site,
    find_words_language,
    is_same_site,
    without_welsh,
)
from tests.reading.pages import FILLER, INSPECTORATE, WELSH, page


def tree(head: str = "", body: str = "", lang: str = "en-GB") -> Any:
    return parse(page("Sample", FILLER, body or "<p>.</p>", head=head, lang=lang), "text/html")


def test_site_author_and_address_are_those_that_the_page_names() -> None:
    head = (
        '<meta property="og:site_name" content="Sample  Gazette"><meta name="author" content="https://sample.example/me">'
        '<meta property="author" content="By Ann Sample"><link rel="canonical" href="/news/one">'
    )
    found = read_any_language(page("Sample", FILLER, FILLER, head=head), "https://www.sample.example/x?a=1", "")
    assert (found.site, found.author, found.url) == (
        "Sample Gazette",
        "Ann Sample",
        "https://www.sample.example/news/one",
    )
    bare = tree()
    assert (find_site(bare), find_author(bare)) == ("", "")


@pytest.mark.parametrize("href", ["https://other.example/news", "/", "javascript:void(0)", "http://[bad"])
def test_an_address_elsewhere_is_not_the_pages_own(href: str) -> None:
    assert find_canonical(tree(f'<link rel="canonical" href="{href}">'), INSPECTORATE) == INSPECTORATE


def test_the_language_is_that_of_the_words_whatever_the_page_calls_it() -> None:
    assert find_language(tree(lang="cy"), FILLER) == "en"
    assert find_language(tree(lang="en"), WELSH) == "cy"
    assert find_language(tree(lang="cy-GB"), "Few words.") == "cy"
    assert find_words_language(f"{WELSH} {FILLER}") == "en"


@pytest.mark.parametrize(
    ("links", "report"),
    [
        ('<a href="/r.pdf">Inspection report - Parc (PDF, 971 KB)</a>', "/r.pdf"),
        ('<a href="/a.pdf">Action plan (PDF)</a><a href="/d">Read the report</a>', "/d"),
        ('<a href="/d">Read the report</a><a href="/r.pdf">Open document (PDF)</a>', "/r.pdf"),
        ('<a href="/r.pdf">Welsh report (PDF)</a>', ""),
        ('<a href="https://elsewhere.example/r.pdf">Inspection report</a>', ""),
        ('<a href="#top">Read the report</a>', ""),
        ('<a href="/news">Reports published</a>', ""),
    ],
)
def test_the_report_is_the_one_that_its_page_links_on_its_own_site(links: str, report: str) -> None:
    found = find_links(tree(body=f"<p>{links}</p>"), INSPECTORATE).report
    assert found == (f"https://hmiprisons.justiceinspectorates.gov.uk{report}" if report else "")


@pytest.mark.parametrize(
    ("url", "links", "english"),
    [
        ("https://a.example/cy/news/1", "", "https://a.example/news/1"),
        ("https://www.gov.uk/government/news/x.cy", "", "https://www.gov.uk/government/news/x"),
        ("https://a.example/?p=1&lang=cy", "", "https://a.example/?p=1&lang=en"),
        ("https://a.example/newyddion/1", '<a href="/news/1">English</a>', "https://a.example/news/1"),
        ("https://a.example/n/1", '<a hreflang="en-GB" href="/e/1">Arall</a>', "https://a.example/e/1"),
        ("https://a.example/n/1", '<a href="/e">English lessons</a>', ""),
    ],
)
def test_the_english_page_is_found_by_mark_word_or_address(url: str, links: str, english: str) -> None:
    assert find_links(tree(body=f"<p>{links}.</p>"), url).english == english


def test_an_address_without_a_mark_for_welsh_has_no_other() -> None:
    assert without_welsh("https://a.example/cyber/1?a=b") == ""


def test_a_site_is_one_whatever_its_hosts_are_called() -> None:
    assert is_same_site("https://www.justiceinspectorates.gov.uk/a", INSPECTORATE)
    assert is_same_site("https://www.gov.uk/a", "https://assets.publishing.service.gov.uk/b.pdf")
    assert is_same_site("http://127.0.0.1:80/a", "http://127.0.0.1:80/b")
    for one, other in (
        ("https://a.gov.uk/", "https://b.gov.uk/"),
        ("http://127.0.0.1:80/a", "http://127.0.0.1:81/b"),
        ("https://a.example/", "https://a.test/"),
        ("http://127.0.0.1/", "http://1.2.0.1/"),
    ):
        assert not is_same_site(one, other)


def test_of_a_page_without_end_the_first_part_is_read() -> None:
    body = page("Sample", *(f"Paragraph {number} of the sample page." for number in range(20_000)))
    cut = parse(body, "text/html")
    assert sum(1 for _ in cut.iter()) <= MOST_ELEMENTS + 1
    assert "Paragraph 9000 of" in cut.text_content()
