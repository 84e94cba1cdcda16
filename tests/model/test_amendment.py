from dataclasses import replace
from datetime import UTC, datetime

from bot.model.amendment import STEPS, Amendment, AmendmentKind, AmendmentState, Step, digest_of, next_state
from bot.model.message import Button, Message

TEXTS = {"en": Message("Words", ((Button("Read", url="https://example.org/"),),))}


def an_amendment(**changes: object) -> Amendment:
    """A correction that is sealed."""
    values = {
        "id": 1,
        "message_id": 7,
        "kind": AmendmentKind.CORRECT,
        "state": AmendmentState.SUBMITTED,
        "author_id": 2001,
        "created_at": datetime(2026, 11, 25, tzinfo=UTC),
        "note": "A note.",
        "texts": TEXTS,
        "digest": digest_of(7, TEXTS, "A note.", tell=False),
    }
    return Amendment(**{**values, **changes})  # type: ignore[arg-type]


def test_nothing_but_an_approval_leads_to_the_copies() -> None:
    assert [pair for pair, target in STEPS.items() if target is AmendmentState.WORKING] == [
        (AmendmentState.SUBMITTED, Step.APPROVE)
    ]


def test_what_has_ended_goes_nowhere() -> None:
    ended = (AmendmentState.DONE, AmendmentState.REJECTED, AmendmentState.CANCELLED, AmendmentState.SUPERSEDED)
    assert all(next_state(state, step) is None for state in ended for step in Step)
    assert next_state(AmendmentState.DRAFT, Step.SUBMIT) is AmendmentState.SUBMITTED


def test_the_seal_holds_for_exactly_what_readers_would_see() -> None:
    sealed = an_amendment()
    assert sealed.sealed
    others = [
        replace(sealed, note="Another."),
        replace(sealed, tell=True),
        replace(sealed, message_id=8),
        replace(sealed, texts={"en": Message("Words")}),
        replace(sealed, texts={**TEXTS, "cy": Message("Geiriau")}),
    ]
    assert not any(other.sealed for other in others)
