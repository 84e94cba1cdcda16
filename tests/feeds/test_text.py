"""Text out of markup, readable and without tricks."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.text import LONGEST_SUMMARY, LONGEST_TITLE, clean_summary, clean_title, first_words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2"),
        ("AT&amp;T", "AT&T"),
        ("It&amp;#8217;s", "It’s"),
        ("Don&rsquo;t", "Don’t"),
        ("Use &lt;b&gt; for bold", "Use &lt;b&gt; for bold"),
        ("a\u202eb\u200bc\u2066d\ufeff", "abcd"),
        ("a\x00b\x1bc", "abc"),
        ("two\nlines\u00a0and\ttabs", "two lines and tabs"),
        ("\u3164\u2800 \u115f", ""),
        ("family \U0001f469\u200d\U0001f467 x\u200dy", "family \U0001f469\u200d\U0001f467 xy"),
        (
            "Cymru \U0001f3f4\U000e0067\U000e0062\U000e007f a\U000e0041",
            "Cymru \U0001f3f4\U000e0067\U000e0062\U000e007f a",
        ),
        ("e\u0301", "é"),
        ("\x91quoted\x92", "‘quoted’"),
        ("\ue000private\ud800", "private"),
    ],
)
def test_a_plain_title_keeps_what_can_be_read(value: str, text: str) -> None:
    assert clean_title(value, markup=False) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("<b>Bold</b> and <a href='x>y'>link</a>", "Bold and link"),
        ("A<blink>B</blink>C", "ABC"),
        ("one<br>two<p>three", "one two three"),
        ("x<!-- hidden -->y<!-- open", "xy"),
        ("x<script>alert(1)</script>y<style>p{}</style>", "xy"),
        ("x<script>never closed", "x"),
        ("a<![CDATA[b]]>c<![CDATA[d", "abcd"),
        ("&amp;lt;p&amp;gt;Hello&amp;lt;/p&amp;gt;", "Hello"),
        ("&lt;p&gt;Hello", "Hello"),
        ("<?php echo ?>x<!DOCTYPE y>", "x"),
    ],
)
def test_a_title_of_markup_loses_its_markup(value: str, text: str) -> None:
    assert clean_title(value, markup=True) == text


def test_marks_piled_upon_a_letter_are_thinned() -> None:
    marks = [c for c in clean_title("z" + "\u0300\u0311" * 30, markup=False) if unicodedata.combining(c)]
    assert len(marks) == 4


def test_a_summary_has_a_line_per_paragraph() -> None:
    assert clean_summary("<p>One  two</p>\n<ul><li>a</li><li>b</li></ul>", markup=True) == "One two\na\nb"


def test_a_summary_that_hides_its_markup_is_found_out() -> None:
    assert clean_summary("<p>One</p>", markup=False) == "One"


def test_what_wordpress_adds_is_taken_off() -> None:
    added = '<p>Found poor.</p><p>The post <a href="x">Parc</a> appeared first on <a href="y">Inspectorate</a>.</p>'
    assert clean_summary(added, markup=True) == "Found poor."


def test_long_texts_end_at_a_word() -> None:
    assert clean_title("word " * 300, markup=False).endswith("word…")
    assert len(clean_title("x" * 1000, markup=False)) == LONGEST_TITLE
    assert len(clean_summary("word " * 10_000, markup=True)) <= LONGEST_SUMMARY
    assert first_words("a b\nc") == "a b c"


@pytest.mark.parametrize("flood", ["<", "<!--", "<a ", "&", "<a href='", "<![CDATA[", "</script", "&#", "<script>"])
def test_floods_are_read_through(flood: str) -> None:
    assert len(clean_summary(flood * 50_000, markup=True)) <= LONGEST_SUMMARY


@given(st.text(), st.booleans())
def test_no_text_comes_out_with_controls_or_surrogates(value: str, markup: bool) -> None:
    title = clean_title(value, markup=markup)
    assert all(unicodedata.category(c) not in {"Cc", "Cs", "Co"} for c in title)
    assert all(unicodedata.category(c) not in {"Cc", "Cs"} or c == "\n" for c in clean_summary(value, markup=markup))
