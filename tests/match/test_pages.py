"""Entries that cannot tell are decided by the page they link to."""

import pytest

from bot.model.feed import FeedKind
from bot.model.story import Outcome
from tests.match.conftest import Judge

MONITORS = {"kind": FeedKind.INSPECTORATE}
OURS = "The report on HMYOI Werrington is out. Inspectors were concerned. Boys were locked up for too long. It is long."
THEIRS = (
    "The report on HMP Bristol is out today. Inspectors were concerned. Men were locked up for too long. It is long."
)
DEATH = "The inspection took place in May. A 16-year-old boy died in his cell in March. It was short. Staff knew."


@pytest.mark.parametrize("title", ["Reports published 28 July", "Report published 20 January", "New today"])
def test_an_inspectorates_entry_that_says_nothing_is_decided_by_its_page(judge: Judge, title: str) -> None:
    assert judge(title, **MONITORS).outcome is Outcome.REVIEW
    assert judge(title, page=OURS, **MONITORS).outcome is Outcome.ALERT
    assert judge(title, page=OURS, **MONITORS).institutions == ("werrington",)
    assert judge(title, page=THEIRS, **MONITORS).outcome is Outcome.IGNORE


def test_a_page_that_was_hardly_read_leaves_the_entry_to_a_person(judge: Judge) -> None:
    assert judge("Reports published 28 July", page="Menu", **MONITORS).outcome is Outcome.REVIEW


def test_a_newsroom_that_says_nothing_is_not_ours(judge: Judge) -> None:
    assert judge("New today").outcome is Outcome.IGNORE


def test_a_charitys_call_is_decided_by_its_page(judge: Judge) -> None:
    title = "Why we are going to court: we're taking the government to court soon"
    assert judge(title, kind=FeedKind.CHARITY).outcome is Outcome.REVIEW
    assert judge(title, kind=FeedKind.CHARITY, page=OURS).outcome is Outcome.ALERT
    assert judge(title).outcome is Outcome.IGNORE


def test_the_page_adds_what_is_sensitive_and_unsays_nothing(judge: Judge) -> None:
    plain = judge("HMYOI Werrington inspected", page=OURS)
    assert plain.unattended
    warned = judge("HMYOI Werrington inspected", page=DEATH)
    assert (warned.outcome, warned.sensitive_reason) == (Outcome.ALERT, "death")
    said = judge("Inquest into a boy's death at HMYOI Werrington", page=OURS)
    assert said.sensitive_reason == "death"


def test_a_death_far_down_the_page_is_heard(judge: Judge) -> None:
    page = "Nothing of note. " * 200 + DEATH
    assert judge("HMYOI Werrington inspected", page=page).sensitive
    assert judge("Reports published 28 July", page=OURS + page, **MONITORS).sensitive


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("An officer was arrested after a boy was sexually assaulted.", "sexual_abuse"),
        ("A girl, 15, self-harmed every day.", "self_harm"),
        ("Staff were trained in sexual health.", None),
        ("Self-harm had risen by half.", None),
        ("No one had died.", None),
    ],
)
def test_a_page_holds_a_story_only_for_a_particular_child(judge: Judge, sentence: str, reason: str | None) -> None:
    assert judge("HMYOI Werrington inspected", page=f"{OURS} {sentence}").sensitive_reason == reason
