"""Bodies of every kind, good and hostile."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import ParseError
from bot.feeds.command import parse_lines
from bot.feeds.parse import ParsedFeed, parse_feed
from bot.model.entry import Entry
from tests.feeds.bodies import atom, item, rss

URL = "https://news.example/feeds/all.xml"


def parse(body: bytes, content_type: str = "application/rss+xml") -> ParsedFeed:
    return parse_feed(body, {"content-type": content_type}, URL)


def only(body: bytes, content_type: str = "application/rss+xml") -> Entry:
    [entry] = parse(body, content_type).entries
    return entry


def test_an_rss_item_becomes_an_entry() -> None:
    more = (
        "<description>&lt;p&gt;Found &lt;b&gt;poor&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;Twice.&lt;/p&gt;</description>"
        "<pubDate>Wed, 25 Nov 2026 10:00:00 +0100</pubDate><category>Reports</category><category/>"
    )
    entry = only(rss(item(title="A &amp;amp; B", more=more)))
    assert entry == Entry(
        id="g1",
        url="https://news.example/s/1",
        title="A & B",
        summary="Found poor.\nTwice.",
        published_at=datetime(2026, 11, 25, 9, tzinfo=UTC),
        categories=("Reports",),
    )
    assert parse(rss(item())).title == "Sample & Sons"


def test_atom_and_rdf_are_read_too() -> None:
    entry = only(
        atom(
            "<id>tag:x,2026:1</id><title type='html'>&lt;i&gt;One&lt;/i&gt;</title><link href='/one'/>"
            "<updated>2026-11-25T09:00:00Z</updated><content type='html'>&lt;p&gt;Text&lt;/p&gt;</content>"
        ),
    )
    assert (entry.title, entry.url, entry.summary) == ("One", "https://news.example/one", "Text")
    rdf = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
        "<channel><title>c</title></channel><item><title>Two</title><link>http://a.example/2</link></item></rdf:RDF>"
    )
    assert only(rdf.encode()).title == "Two"


def test_content_that_is_no_text_is_no_summary() -> None:
    assert only(atom("<id>x</id><content type='image/png'>aGVsbG8=</content>")).summary == ""
    assert only(atom("<id>x</id><content type='text'>words</content>")).summary == "words"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a", "https://news.example/a"),
        ("https://x.example/a b", "https://x.example/a%20b"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("tg://resolve?domain=x", None),
        ("https://", None),
        ("http://[broken", None),
        ("all.xml", None),
        ("https://x.example/" + "a" * 3000, None),
    ],
)
def test_only_absolute_web_addresses_are_kept(link: str, url: str | None) -> None:
    assert only(rss(item(link=link))).url == url


@pytest.mark.parametrize(
    "link", ["http://[bad/x", "https://[::1", "https://a\u2100b.example/x", "https://:80/x", "https://x.example:99999/"]
)
def test_an_entry_whose_link_is_no_address_is_kept_without_it(link: str) -> None:
    kept, whole = parse(rss(item(link=link), item(link="https://x.example/2", guid="2"))).entries
    assert (kept.url, kept.title) == (None, whole.title)
    assert whole.url == "https://x.example/2"


def test_the_page_comes_before_an_attached_file_and_a_file_before_nothing() -> None:
    enclosure = "<enclosure url='https://x.example/a.pdf' type='application/pdf' length='1'/>"
    assert only(rss(item(more=enclosure))).url == "https://news.example/s/1"
    assert only(rss(item(link="", more=enclosure))).url == "https://x.example/a.pdf"


def test_an_entry_without_a_title_is_named_by_its_words() -> None:
    assert only(rss("<guid>g</guid><description>First words of it</description>")).title == "First words of it"
    assert only(rss("<link>https://x.example/</link>")).title == "https://x.example/"
    assert only(rss("<guid isPermaLink='false'>g</guid>")).title == "g"


def test_many_items_that_say_nothing_are_one_at_most() -> None:
    assert only(rss(*[""] * 10)).title == "(untitled)"


@pytest.mark.parametrize(
    "reference", ["&#xD800;", "&#x110000;", "&#99999999999;", "&#0;", "&#8;", "\x08", "\0", "&#xFFFE;"]
)
def test_unlawful_characters_lose_no_entry(reference: str) -> None:
    entries = parse(rss(item(1, title=f"a{reference}b"), item(2))).entries
    assert [entry.title for entry in entries] == ["ab", "Story 2"]


def test_references_of_windows_1252_are_what_they_mean() -> None:
    assert only(rss(item(title="&#145;x&#146; &#150; &#x80;"))).title == "‘x’ – €"


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        ("é".encode(), "application/xml; charset=iso-8859-1", "é"),
        ("é".encode("latin-1"), "application/xml", "é"),
        ("\x93é\x94".encode("latin-1"), "application/xml; charset=utf-8", "“é”"),
        ("Ж".encode("cp1251"), "application/xml; charset=windows-1251", "Ж"),
        ("é".encode(), "application/xml; charset=zlib_codec", "é"),
        ("é".encode(), "application/xml; charset=../../etc/passwd", "é"),
        ("é".encode(), "application/xml; charset=utf-16", "é"),
        ("漢".encode("iso2022_jp"), "application/xml; charset=iso-2022-jp", "漢"),
        (b"+ADw-b+AD4-", "application/xml; charset=utf-7", "+ADw-b+AD4-"),
    ],
)
def test_the_charset_that_fits_is_used(body: bytes, content_type: str, title: str) -> None:
    document = b"<rss version='2.0'><channel><item><title>" + body + b"</title></item></channel></rss>"
    assert only(document, content_type).title == title


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_any_width_is_read(charset: str) -> None:
    assert only(rss(item(title="é"), head="").decode().encode(charset)).title == "é"


def test_a_charset_may_be_declared_in_the_document() -> None:
    document = (
        "<?xml version='1.0' encoding='windows-1251'?><rss><channel><item><title>Ж</title></item></channel></rss>"
    )
    assert only(document.encode("cp1251"), "").title == "Ж"
    unknown = document.replace("windows-1251", "x-unknown")
    assert only(unknown.encode(), "").title == "Ж"


def test_a_warning_before_the_feed_and_junk_after_it_do_no_harm() -> None:
    assert (
        only(b"\xef\xbb\xbf \nWarning: oops in line 3\n" + rss(item()) + b"<!-- cached --><script>x</script>").id
        == "g1"
    )


def test_a_feed_cut_off_in_the_middle_gives_its_whole_entries() -> None:
    whole = rss(item(1), item(2), item(3))
    assert [entry.id for entry in parse(whole[: whole.index(b"g3")]).entries] == ["g1", "g2"]
    torn = atom("<id>a</id>", "<id>b</id>")
    assert [entry.id for entry in parse(torn[: torn.index(b"b</id>")]).entries] == ["a"]


def test_an_endless_feed_is_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.feeds.xmlfeed.MOST_ENTRIES", 3)
    assert len(parse(rss(*(item(n) for n in range(10)))).entries) == 3


@pytest.mark.untraced  # millions of the parser's own steps
def test_huge_tags_are_emptied() -> None:
    attributes = " ".join(f"a{n}='x'" for n in range(20_000))
    assert only(rss(item(more=f"<x {attributes}/><y {attributes}></y>"))).id == "g1"


def test_entities_are_neither_fetched_nor_blown_up() -> None:
    head = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    assert "root:" not in only(rss(item(title="a&x;b"), head=head)).title
    assert only(rss(item(title="caf&eacute;&nbsp;x"))).title == "café x"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"<!doctype html><html><title>x</title></html>", "this is a web page, not a feed; look for"),
        (
            b"<html><link rel=alternate type='application/rss+xml' href='/feed'></html>",
            "a feed at https://news.example/feed",
        ),
        (b"<html><link rel=stylesheet href='/x.css'></html>", "look for the site's feed address"),
        (b"<?xml version='1.0'?><note/><html></html>", "web page"),
        (b"<html><title>Just a moment...</title></html>", "wall against bots"),
        (b"<?xml version='1.0'?><urlset><url><loc>https://x.example/</loc></url></urlset>", "not a feed"),
        (b"just text", "not a feed"),
        (b"\x89PNG\r\n", "binary"),
        (b"\x1f\x8b\x08", "binary"),
        (b'{"error": "not found"}', "JSON of another kind"),
        (b"[1, 2]", "JSON of another kind"),
        (b'{"items": []}', "JSON of another kind"),
        (b'{"items": [', "broken"),
        (b" " * (10 * 1024 * 1024 + 1), "larger than 10 MiB"),
    ],
)
def test_what_is_no_feed_is_refused_in_plain_words(body: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        parse(body)


def test_a_parser_that_stumbles_is_a_parse_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise UnboundLocalError("oops")

    monkeypatch.setattr("feedparser.parse", stumble)
    with pytest.raises(ParseError, match="so broken"):
        parse(rss(item()))


@pytest.mark.parametrize(
    ("extra", "ttl"),
    [
        ("<ttl>60</ttl>", timedelta(hours=1)),
        ("<ttl>525600</ttl>", timedelta(days=1)),
        ("<ttl>soon</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(hours=1)),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", timedelta(hours=6)),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>x</sy:updateFrequency>", timedelta(days=1)),
        ("", None),
    ],
)
def test_how_long_a_feed_asks_to_be_left(extra: str, ttl: timedelta | None) -> None:
    body = rss(item(), extra=extra).replace(b"<rss ", b"<rss xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' ")
    assert parse(body).ttl == ttl


def test_an_empty_feed_has_no_rule_yet_and_a_remembered_one_is_kept() -> None:
    assert parse(rss()).rule is None
    assert parse(rss(item())).rule == "guid"
    assert parse_feed(rss(item()), {}, URL, "link").entries[0].id == "https://news.example/s/1"


def test_the_command_line_gets_plain_values_and_the_feeds_own_ids() -> None:
    dated = item(guid="http://a.example/x#0", more="<pubDate>2026-11-25</pubDate>")
    assert list(parse_lines(rss(dated, item(2)), {}, URL)) == [
        {
            "id": "http://a.example/x#0",
            "url": "https://news.example/s/1",
            "title": "Story 1",
            "summary": "",
            "published": "2026-11-25T00:00:00+00:00",
        },
        {"id": "g2", "url": "https://news.example/s/2", "title": "Story 2", "summary": "", "published": None},
    ]


def test_the_fallback_charset_is_for_reading_only() -> None:
    with pytest.raises(UnicodeEncodeError):
        "é".encode("ascii", "windows-1252")


def test_an_entry_may_have_nothing_but_a_picture_for_content() -> None:
    entry = only(atom("<id>x</id><content type='image/png' src='/a.png'/><content type='html'>words</content>"))
    assert entry.summary == "words"


def test_importing_the_feeds_loads_no_parser() -> None:
    code = "import sys, bot.feeds; sys.exit('feedparser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 -- our own code


MEDIA = "<media:content url='u'><media:title>Picture</media:title><media:description>A cell</media:description>"
PICTURE = "<image><url>u</url><title>Picture</title><link>https://news.example/picture</link></image>"


@pytest.mark.parametrize(
    "parts",
    [
        [PICTURE, "<title>Report</title><link>https://news.example/1</link><description>Words</description>"],
        ["<title>Report</title><link>https://news.example/1</link><description>Words</description>", PICTURE],
        [MEDIA, "</media:content><title>Report</title><link>https://news.example/1</link><summary>Words</summary>"],
        [
            f"{MEDIA}</media:content><title>Report</title><link uri='at://x'> https://news.example/1 </link>",
            "<description>Words</description>",
        ],
    ],
)
def test_a_pictures_words_are_not_its_entrys(parts: list[str]) -> None:
    body = rss("".join(parts), extra="<description>News</description>").replace(b"<rss ", b"<rss xmlns:media='m' ")
    body = body.replace(b"'m'", b"'http://search.yahoo.com/mrss/'")
    [entry] = parse_feed(body, {}, "https://news.example/feed").entries
    assert (entry.title, entry.url, entry.summary) == ("Report", "https://news.example/1", "Words")


def test_pictures_words_serve_where_there_are_no_others_and_broken_ones_end_nothing() -> None:
    media = f"<title>Report</title>{MEDIA}</media:content>"
    body = rss(media).replace(b"<rss ", b"<rss xmlns:media='http://search.yahoo.com/mrss/' ")
    assert parse_feed(body, {}, "https://news.example/feed").entries[0].summary == "A cell"
    broken = rss("<title>A</title><image><url>u</url>", "<title>B</title></image>", "<title>C</title><image>")
    assert [entry.title for entry in parse_feed(broken, {}, "https://news.example/feed").entries] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("label", "charset", "title"),
    [
        ("gb2312", "gbk", "朱镕基"),
        ("x-sjis", "cp932", "日本語①"),
        ("x-gbk", "gbk", "朱镕基"),
        ("ks_c_5601-1987", "cp949", "뉴스"),
        ("iso-8859-1", "cp1252", "It’s €5"),
        ("tis-620", "cp874", "ข่าว"),
    ],
)
def test_a_charset_stands_for_its_larger_successor(label: str, charset: str, title: str) -> None:
    head = f"<?xml version='1.0' encoding='{label}'?>"
    body = rss(item(title=title), head=head).decode().encode(charset)
    assert parse_feed(body, {}, "https://news.example/feed").entries[0].title == title
