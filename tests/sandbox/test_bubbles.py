from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from bot.sandbox.bubbles import rendered
from bot.sandbox.markup import parse_html


def shown(source: str) -> str:
    text, entities = parse_html(source)
    return str(rendered(text, entities))


@pytest.mark.parametrize(
    ("source", "html_shown"),
    [
        ("<b>bold</b> and <i>italic</i>", "<strong>bold</strong> and <em>italic</em>"),
        ("<u>one</u> <s>two</s> <code>three</code>", "<u>one</u> <s>two</s> <code>three</code>"),
        ("<b>out <i>in</i> side</b>", "<strong>out <em>in</em> side</strong>"),
        ("1 &lt; 2 &amp; 3", "1 &lt; 2 &amp; 3"),
        ("😀 <b>after an emoji</b>", "😀 <strong>after an emoji</strong>"),
        ("<tg-spoiler>hidden</tg-spoiler>", '<span class="spoiler" tabindex="0">hidden</span>'),
        ("above\n<blockquote>said</blockquote>\nbelow", "above<blockquote>said</blockquote>below"),
        ("<blockquote expandable>said</blockquote>\n\nbelow", "<blockquote>said</blockquote>\nbelow"),
        (
            '<tg-time unix="0">then</tg-time>',
            '<time datetime="1970-01-01T00:00:00+00:00">then</time>',
        ),
        (
            '<a href="https://example.org/?a=1&amp;b=2">a link</a>',
            '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">a link</a>',
        ),
    ],
)
def test_what_telegram_formats_is_shown_so(source: str, html_shown: str) -> None:
    assert shown(source) == html_shown


@pytest.mark.parametrize(
    ("kind", "text", "address"),
    [
        ("url", "example.org", "https://example.org"),
        ("url", "http://example.org", "http://example.org"),
        ("email", "a@example.org", "mailto:a@example.org"),
        ("phone_number", "+441632960000", "tel:+441632960000"),
    ],
)
def test_an_address_in_a_text_is_a_link(kind: str, text: str, address: str) -> None:
    entity = {"type": kind, "offset": 0, "length": len(text)}
    assert f'href="{address}"' in rendered(text, [entity])


@pytest.mark.parametrize("url", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "http://[", "/x"])
def test_an_address_that_could_run_something_is_no_link(url: str) -> None:
    assert rendered("look", [{"type": "text_link", "offset": 0, "length": 4, "url": url}]) == "look"


def test_a_command_can_be_pressed() -> None:
    assert 'name="command" value="/help">/help</button>' in rendered(
        "/help", [{"type": "bot_command", "offset": 0, "length": 5}]
    )


def test_an_entity_of_an_unknown_kind_stays_plain_text() -> None:
    assert rendered("#tag", [{"type": "hashtag", "offset": 0, "length": 4}]) == "#tag"


def test_entities_that_overlap_or_lie_outside_lose_no_text() -> None:
    entities = [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "italic", "offset": 2, "length": 4},
        {"type": "bold", "offset": 90, "length": 4},
    ]
    assert rendered("abcdef", entities) == "<strong>ab<em>cd</em></strong>ef"


TAGS = {"div", "strong", "em", "code", "pre", "blockquote", "span", "a", "button"}
KINDS = ["bold", "italic", "code", "pre", "blockquote", "spoiler", "text_link", "bot_command", "mention"]
ENTITIES = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(KINDS),
            "offset": st.integers(0, 30),
            "length": st.integers(0, 30),
            "url": st.sampled_from(["https://example.org", "javascript:x", '"><script>']),
        }
    ),
    max_size=8,
)


@given(st.text(alphabet="ab<>&\"'\n😀é", max_size=30), ENTITIES)
def test_no_text_becomes_markup_whatever_the_entities(text: str, entities: list[dict[str, Any]]) -> None:
    tree = html.fragment_fromstring(str(rendered(text, entities)), create_parent="div")
    assert not tree.xpath("//script")
    assert {element.tag for element in tree.iter()} <= TAGS
    assert "<b>" not in rendered("<b>", [])
