from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.broadcast import STEPS, Broadcast, BroadcastState, Verb, digest_of, step
from bot.model.draft import Audience, Draft
from bot.model.message import Button, Message
from tests.builders import NOON

CALL = Message("Write now.", ((Button("Go", url="https://example.org/"),),))
FINAL = {BroadcastState.DONE, BroadcastState.REJECTED, BroadcastState.CANCELLED}


def a_broadcast(**changes: object) -> Broadcast:
    digest = digest_of({"en": CALL})
    approved = Broadcast(
        id=1,
        author_id=1,
        state=BroadcastState.COOLING,
        text=CALL.text,
        buttons=CALL.buttons,
        digest=digest,
        created_at=NOON,
        approver_id=2,
        approved_digest=digest,
    )
    return replace(approved, **changes)  # type: ignore[arg-type]


@given(st.lists(st.sampled_from(Verb), max_size=40))
def test_nothing_is_ever_sent_without_an_approval_after_the_last_words(verbs: list[Verb]) -> None:
    state, since_written = BroadcastState.AWAITING_TEXT, list[Verb]()
    for verb in verbs:
        target = step(state, verb)
        if target is None:
            continue
        since_written = [] if verb in {Verb.WRITE, Verb.CHANGE} else [*since_written, verb]
        if target is BroadcastState.SENDING:
            assert since_written[:3] == [Verb.SUBMIT, Verb.APPROVE, Verb.BEGIN]
        state = target


def test_nothing_leads_out_of_an_end() -> None:
    assert not [state for state, _ in STEPS if state in FINAL]
    assert all(state in {source for source, _ in STEPS} for state in BroadcastState if state not in FINAL)


@pytest.mark.parametrize(
    "changed",
    [
        Message("Write now!", CALL.buttons),
        Message(CALL.text),
        Message(CALL.text, ((Button("Go", url="https://example.org/x"),),)),
        Message(CALL.text, ((Button("Go", action="https://example.org/"),),)),
        Message(CALL.text, (*CALL.buttons, ())),
    ],
)
def test_whatever_a_reader_would_notice_changes_the_digest(changed: Message) -> None:
    assert digest_of({"en": changed}) != digest_of({"en": CALL})
    assert digest_of({"en": CALL}, Draft(audience=Audience(test_group=True))) != digest_of({"en": CALL})
    assert len(digest_of({"en": CALL})) == 64


def test_the_digest_is_the_same_on_every_machine() -> None:
    assert digest_of({"en": Message("a")}) == "f24edd790a646f5620739ffa76be31688f697ecb41b3dd408fc277ab6f81cee6"


@pytest.mark.parametrize(
    "changes",
    [{"approver_id": None}, {"approved_digest": None}, {"text": "Other"}, {"digest": "x"}, {"approved_digest": "x"}],
)
def test_a_seal_holds_for_exactly_what_somebody_approved(changes: dict[str, object]) -> None:
    assert a_broadcast().sealed
    assert not a_broadcast(**changes).sealed
