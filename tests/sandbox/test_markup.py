import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import find_entities, slice_utf16, with_found
from bot.sandbox.markup import parse_html, utf16
from bot.sandbox.refusals import RefusalError


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("<b>x</b>", "bold"),
        ("<strong>x</strong>", "bold"),
        ("<I>x</i>", "italic"),
        ("<em>x</em>", "italic"),
        ("<u>x</u>", "underline"),
        ("<ins>x</ins>", "underline"),
        ("<s>x</s>", "strikethrough"),
        ("<strike>x</strike>", "strikethrough"),
        ("<del>x</>", "strikethrough"),
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ("<pre>x</pre>", "pre"),
        ('<code class="language-python">x</code>', "code"),
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ("<blockquote expandable >x</blockquote>", "expandable_blockquote"),
    ],
)
def test_every_tag_makes_its_entity(source: str, kind: str) -> None:
    assert parse_html(source) == ("x", [{"type": kind, "offset": 0, "length": 1}])


@pytest.mark.parametrize(
    "source",
    [
        '<a href="https://example.org/?a=1&amp;b=2">x</a>',
        "<a href = 'https://example.org/?a=1&b=2' >x</a>",
    ],
)
def test_links_keep_their_address(source: str) -> None:
    (link,) = parse_html(source)[1]
    assert link["url"] == "https://example.org/?a=1&b=2"


def test_a_link_without_an_address_is_its_own_text() -> None:
    assert parse_html("<a>https://example.org</a>")[1][0]["url"] == "https://example.org"


def test_a_link_that_is_none_leaves_plain_text() -> None:
    assert parse_html('<a href="javascript:alert(1)">x</a>') == ("x", [])


def test_emoji_and_times_say_what_they_are() -> None:
    source = '<tg-emoji emoji-id="53">👍</tg-emoji> <tg-time unix="1790000000" format="wDT">today</tg-time>'
    emoji, time = parse_html(source)[1]
    assert emoji == {"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "53"}
    assert (time["unix_time"], time["date_time_format"], time["offset"]) == (1_790_000_000, "wDT", 3)


def test_a_time_without_a_time_is_plain() -> None:
    assert parse_html("<tg-time unix=soon>today</tg-time>") == ("today", [])


def test_offsets_count_utf16_units() -> None:
    text, (bold,) = parse_html("👍é <b>👍</b>")
    assert (text, bold["offset"], bold["length"]) == ("👍é 👍", 4, 2)


def test_the_wider_entity_comes_first() -> None:
    assert [entity["type"] for entity in parse_html("<b><i>x</i>y</b>")[1]] == ["bold", "italic"]


def test_an_empty_tag_makes_nothing() -> None:
    assert parse_html("a<b></b>") == ("a", [])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&#65;&#x42;", "AB"),
        ("&nbsp;&copy R&D", "&nbsp;&copy R&D"),
        ("&#0; &#x110000;", "&#0; &#x110000;"),
    ],
)
def test_character_references(source: str, text: str) -> None:
    assert parse_html(source)[0] == text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("a<br/>b", 'Unsupported start tag "br/" at byte offset 1'),
        ("é<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("5 < 6 and 6 > 5", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="https://example.org>x</a>', "Unclosed start tag at byte offset 0"),
        ("<a href=https://example.org>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<a href", "Unclosed start tag at byte offset 0"),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a>1<a>2</a></a>", 'Unsupported start tag "a" inside tag "a" at byte offset 4'),
    ],
)
def test_what_telegram_refuses(source: str, words: str) -> None:
    with pytest.raises(RefusalError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {words}"


@given(st.text(st.characters(exclude_characters="<&", exclude_categories=["Cs"])))
def test_text_without_markup_stays_as_it_is(text: str) -> None:
    assert parse_html(text) == (text, [])


@given(st.text(alphabet="<>/ab &;=\"' #x1"))
def test_any_text_is_parsed_or_refused(source: str) -> None:
    with contextlib.suppress(RefusalError):
        text, entities = parse_html(source)
        assert all(0 < entity["length"] <= utf16(text) - entity["offset"] for entity in entities)


def test_commands_mentions_and_addresses_are_found() -> None:
    text = "👍 /start@some_bot ask @someone, see https://example.org/a/b. and/or a/b"
    found = find_entities(text)
    assert [(entity["type"], slice_utf16(text, entity)) for entity in found] == [
        ("bot_command", "/start@some_bot"),
        ("mention", "@someone"),
        ("url", "https://example.org/a/b"),
    ]


def test_nothing_is_found_within_an_address_or_code() -> None:
    assert [entity["type"] for entity in find_entities("https://example.org/@someone")] == ["url"]
    assert with_found("/start", [{"type": "code", "offset": 0, "length": 6}]) == [
        {"type": "code", "offset": 0, "length": 6}
    ]


def test_bold_words_may_hold_a_command() -> None:
    marks = with_found("/start", [{"type": "bold", "offset": 0, "length": 6}])
    assert [mark["type"] for mark in marks] == ["bold", "bot_command"]
