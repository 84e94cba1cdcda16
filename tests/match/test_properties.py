"""What must never change a verdict, whatever the text."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign import load_pack
from bot.match import Matcher
from bot.match.commands import cluster_lines
from bot.model.story import Outcome, Verdict
from tests.match import test_ambiguous_names as names
from tests.match.conftest import entry_with
from tests.match.test_hints import OURS as HINTS
from tests.match.test_hints import THE_TOWN
from tests.match.test_sensitive import GENERAL, ONE_CHILD, SENSITIVE
from tests.match.test_traps import NOT_OURS, OURS

TITLES = [title for _, title, _ in NOT_OURS] + [title for title, _ in OURS] + [title for _, title in SENSITIVE]
TITLES += [title for _, title in names.rows(names.NOT_OURS + names.OURS)] + GENERAL + ONE_CHILD
TITLES += HINTS + THE_TOWN
SENTENCES = [
    "The weather stayed dry.",
    "Subscribe to our newsletter for more stories.",
    "Photo: a library picture.",
    "This page was last updated at noon.",
    "He likes tea!",
    "More follows.",
    "The council met on Tuesday?",
]
SPACES = st.sampled_from([" ", "  ", "\u00a0", "\u2009", " \u00a0 ", "\t"])
MATCHER = Matcher(load_pack())
STORY = [
    ("un", "2023-04-25", "Urgent notification for HMYOI Cookham Wood – ‘a complete breakdown’ of order"),
    ("un 2", "2023-04-25", "Cookham Wood young offender institution in ‘complete breakdown’, inspectors say"),
    ("two", "2023-04-26", "Oakhill secure training centre: inspectors find drugs"),
    ("report", "2023-07-18", "HMYOI Cookham Wood - inspection finds hundreds of weapons"),
    ("report 2", "2023-07-18", "‘Shocking’ violence at Cookham Wood youth prison, inspectors say"),
    ("review", "2023-12-05", "HMYOI Cookham Wood: independent review of progress"),
]


def line_of(name: str, day: str, title: str, *, loud: bool) -> str:
    title = title.upper().replace("‘", "'").replace("–", "-") if loud else title
    return json.dumps({"id": name, "title": title, "published": day})


def told(verdict: Verdict) -> tuple[object, ...]:
    return verdict.outcome, verdict.score, verdict.institutions, verdict.topics, verdict.sensitive_reason


def judged(title: str, summary: str = "") -> Verdict:
    return MATCHER.judge(entry_with(title, summary))


@given(st.sampled_from(TITLES), st.sampled_from("'’‘ʼ′"), st.sampled_from("-‐‑‒–—―"), SPACES, st.booleans())
def test_typography_never_changes_a_verdict(title: str, quote: str, dash: str, space: str, loud: bool) -> None:
    variant = re.sub("[’']", quote, title).replace("-", dash).replace(" ", space)
    assert told(judged(variant.upper() if loud else variant)) == told(judged(title))


@given(st.sampled_from(TITLES), st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
def test_an_irrelevant_sentence_never_turns_ignore_into_alert(title: str, more: list[str]) -> None:
    before, after = judged(title), judged(title, " ".join(more))
    if before.outcome is Outcome.IGNORE:
        assert after.outcome is Outcome.IGNORE
    assert told(after) == told(before)


@given(st.sampled_from(TITLES), st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
def test_sentences_before_and_after_change_nothing_either(title: str, before: str, after: str) -> None:
    assert told(judged("", f"{before} {title}. {after}"))[2:] == told(judged("", f"{title}."))[2:]
    assert judged("", f"{before} {title}. {after}").outcome is judged("", f"{title}.").outcome


@given(st.permutations(STORY), st.sets(st.integers(0, len(STORY) - 1)))
def test_typography_and_order_within_a_day_never_change_which_entries_are_one_story(
    entries: list[tuple[str, str, str]], loud: set[int]
) -> None:
    lines = [line_of(*one, loud=number in loud) for number, one in enumerate(entries)]
    stories: dict[str, set[str]] = {}
    for told_line in cluster_lines(lines, MATCHER):
        stories.setdefault(str(told_line["story"]), set()).add(told_line["id"])
    assert sorted(map(sorted, stories.values())) == [["report", "report 2"], ["review"], ["two"], ["un", "un 2"]]


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_gets_the_same_verdict_twice(title: str, summary: str) -> None:
    assert judged(title, summary) == judged(title, summary)


@given(st.text(alphabet="abcdefgh ijklm.", max_size=300))
def test_nonsense_is_ignored(text: str) -> None:
    assert judged(text).outcome is Outcome.IGNORE


@pytest.mark.parametrize("glue", ["\u00ad", "\u200b", "\ufeff"])
def test_invisible_characters_change_nothing(glue: str) -> None:
    title = "Wetherby young offender institution inspected"
    assert told(judged(title.replace("offender", f"offen{glue}der"))) == told(judged(title))


ODD_LINKS = ["http://[bad/x", "https://a\u2100b.example/x", "http://[::1", "//[", "https://example.org/2024/99/99/a-b"]


@given(st.text(max_size=300) | st.sampled_from(ODD_LINKS) | st.text(max_size=60).map("http://[{}".format))
def test_any_text_as_an_address_is_judged_and_traced(url: str) -> None:
    entry = entry_with(OURS[0][0], url=url, kind=None)
    verdict = MATCHER.judge(entry)
    assert MATCHER.trace(entry, verdict).title
