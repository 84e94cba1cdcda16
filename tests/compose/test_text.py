from hypothesis import given
from hypothesis import strategies as st

from bot.compose.text import Markup, escape, fit, open_tags, usable_url, utf16_length, visible_length
from bot.sandbox.markup import parse_html

html_parts = st.recursive(
    st.text().map(escape),
    lambda inner: st.tuples(st.sampled_from(["b", "i", "blockquote"]), st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
)


@given(st.text())
def test_what_is_escaped_is_shown_as_it_was_written(text: str) -> None:
    shown, entities = parse_html(escape(text))
    assert entities == []
    assert len(shown) == len(text.replace("\r\n", "\n"))
    assert shown.replace(" ", "") == escape_controls(text)


def escape_controls(text: str) -> str:
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(" " if (c < " " and c not in "\t\n") or c == "\x7f" else c for c in unified).replace(" ", "")


def test_half_a_surrogate_pair_and_controls_are_replaced_because_they_cannot_be_sent() -> None:
    assert escape("a\ud83db\x00c\x7f") == "a b c "


def test_markup_is_text_that_says_it_is_escaped() -> None:
    assert isinstance(escape("<"), Markup)


@given(st.text())
def test_length_is_counted_in_utf16_units(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_tags_and_references_do_not_count_but_what_they_show_does() -> None:
    assert visible_length('<a href="https://example.org/?a=1&amp;b=2">AT&amp;T 😀</a>') == len("AT&T ") + 2


@given(html_parts, st.integers(min_value=1, max_value=200))
def test_whatever_is_trimmed_fits_and_telegram_accepts_it(html: str, limit: int) -> None:
    fitted = fit(html, limit)
    shown, _ = parse_html(fitted)
    assert visible_length(fitted) == utf16_length(shown) <= limit
    assert fitted == html or visible_length(html) > limit


def test_a_cut_falls_after_a_sentence_where_one_ends_late_enough() -> None:
    text = "Children were locked up for 22 hours. Staff did not know them. Violence had risen sharply since then."
    assert fit(text, 70) == "Children were locked up for 22 hours. Staff did not know them.…"


def test_else_it_falls_after_a_word() -> None:
    assert fit("Children were locked up for twenty two hours", 30) == "Children were locked up for…"


def test_else_it_falls_between_two_characters() -> None:
    assert fit("a" * 50, 10) == "a" * 9 + "…"


def test_a_sentence_that_ends_in_a_quotation_mark_is_a_sentence() -> None:
    assert fit("He said: “We are not safe here.” Then he left the room", 40) == "He said: “We are not safe here.”…"


def test_open_tags_are_closed_in_order() -> None:
    assert fit("<b>one <i>two three four five</i></b>", 10) == "<b>one <i>two…</i></b>"
    assert open_tags(["<b>", '<a href="x">', "</a>"]) == ["b"]


def test_only_addresses_that_can_stand_under_a_button_are_usable() -> None:
    assert usable_url("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"
    for url in (
        None,
        "",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://a b",
        "http://x\n",
    ):
        assert usable_url(url) is None
    assert usable_url("https://example.org/" + "a" * 3000) is None
    assert usable_url("https://example.org/\x01") is None
