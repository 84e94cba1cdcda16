"""Summaries are the source's own sentences, whole and in order, and can stand alone."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.reading.sentences import find_sentences, split_line
from bot.reading.summary import MOST_CHARACTERS, MOST_SENTENCES, choose_sentences

WORDS = st.sampled_from(
    [
        "It",
        "He",
        "Children",
        "boys",
        "were",
        "locked",
        "up",
        "for",
        "22",
        "hours",
        "Mr.",
        "A.",
        "said",
        "he",
        "“No”",
        "e.g.",
        "cells",
    ]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)
TEXTS = st.lists(st.lists(SENTENCE, max_size=6).map(lambda some: ". ".join([*some, ""]).strip()), max_size=12)


def summarise(*lines: str) -> tuple[str, ...]:
    return choose_sentences(find_sentences(lines))


@given(TEXTS, st.frozensets(st.integers(0, 11)))
def test_every_sentence_of_a_summary_is_in_the_text_and_in_its_order(lines: list[str], bullets: frozenset[int]) -> None:
    text = "\n".join(lines)
    summary = choose_sentences(find_sentences(lines, bullets))
    places = [text.find(sentence) for sentence in summary]
    assert all(place >= 0 for place in places)
    assert len(summary) <= MOST_SENTENCES
    assert len(" ".join(summary)) <= MOST_CHARACTERS


@given(TEXTS)
def test_no_summary_begins_with_a_word_that_points_back(lines: list[str]) -> None:
    summary = choose_sentences(find_sentences(lines))
    assert not summary or not re.match(r"(?:It|He)\b", summary[0])


@given(st.text(max_size=300))
def test_the_sentences_of_a_line_are_the_line(line: str) -> None:
    clean = " ".join(line.split())
    assert " ".join(split_line(clean)).replace(" ", "") == clean.replace(" ", "")


def test_abbreviations_end_no_sentence() -> None:
    assert split_line("Mr. Sample of St. Anytown spoke to H. Other at No. 9. The boys went home.") == [
        "Mr. Sample of St. Anytown spoke to H. Other at No. 9.",
        "The boys went home.",
    ]


def test_a_summary_takes_what_happened_to_children_and_the_figures() -> None:
    told = summarise(
        "The newsletter of the sample society has news of the garden and of the weather in spring.",
        "Children at the sample prison were locked in their cells for 23 hours a day, inspectors found.",
        "A spokesperson thanked everyone who had come and was pleased to have been there on the day.",
        "Violence had risen by 40% and boys told inspectors that they felt unsafe.",
    )
    assert "Children at the sample prison were locked in their cells for 23 hours a day, inspectors found." in told
    assert "Violence had risen by 40% and boys told inspectors that they felt unsafe." in told


def test_a_sentence_that_leans_on_another_comes_only_with_it() -> None:
    first = "Staff at the sample prison used force on children 300 times in the year, inspectors found."
    leaning = "They had also locked 12 boys in their cells for 30 days without any education."
    assert summarise(first, leaning) == (first, leaning)
    assert summarise("Too short.", leaning) == ()
    assert summarise(leaning) == ()


def test_a_quotation_or_a_heading_alone_is_not_quoted() -> None:
    assert (
        summarise(
            "“Children here are locked up for 23 hours a day and nobody comes.”", "What the inspectors found: children"
        )
        == ()
    )


def test_a_sentence_whose_meaning_stands_in_a_heading_is_not_quoted() -> None:
    now = "At this inspection we found that outcomes for children were poor against this healthy prison test."
    assert now not in summarise(now, "Boys were locked up for 22 hours a day.", "There were 12 assaults in a week.")


def test_items_of_a_list_are_quoted_without_what_ties_them_together() -> None:
    lines = (
        "Inspectors found that:",
        "assaults on children had risen to 315; and",
        "741 classes for children were cancelled.",
    )
    told = choose_sentences(find_sentences(lines, frozenset({1, 2})))
    assert told == ("assaults on children had risen to 315", "741 classes for children were cancelled.")


def test_the_same_words_are_not_said_twice() -> None:
    sentence = "Children were locked up for 22 hours a day, inspectors found."
    assert (
        summarise(sentence, sentence, "Boys felt unsafe in the sample prison, they told a survey.").count(sentence) == 1
    )
