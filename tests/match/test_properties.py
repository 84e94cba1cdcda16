"""What must never change a verdict, whatever the text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign import load_pack
from bot.match import Matcher
from bot.model.story import Outcome, Verdict
from tests.match.conftest import entry_with
from tests.match.test_sensitive import SENSITIVE
from tests.match.test_traps import NOT_OURS, OURS

TITLES = [title for _, title, _ in NOT_OURS] + [title for title, _ in OURS] + [title for _, title in SENSITIVE]
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
