from dataclasses import replace
from datetime import timedelta

import pytest

from bot.compose.amendment import compose_amendment, compose_controls, compose_sentences
from bot.compose.correction import (
    after_buttons,
    compose_choice,
    compose_corrected,
    compose_menu,
    compose_sure,
    compose_told,
    compose_withdrawn,
    log_line,
    read_note,
)
from bot.compose.text import CAPTION, LIMIT, visible_length, visible_text
from bot.compose.wording import Wording
from bot.errors import ComposeError
from bot.model.amendment import AmendmentKind, AmendmentState, Body, LoggedAmendment
from bot.model.message import Button, Message
from bot.model.organiser import Card, CardKind
from tests.builders import NOON
from tests.compose.test_stats_words import a_message
from tests.model.test_amendment import an_amendment

WORDING = Wording.load("en")
NOTE = "It said 22 hours; the report says 20 <i>or so</i>."


def labels(message: Message) -> list[str]:
    return [button.label for row in message.buttons for button in row]


def test_a_note_stands_above_the_words_and_is_nobodys_markup() -> None:
    body = Message("Words", ((Button("Read", url="https://example.org/"),),))
    made = compose_corrected(body, NOTE, WORDING, NOON, pictured=False)
    assert visible_text(made.text) == f"Correction by the campaign, 25 November 2026: {NOTE}\n\nWords"
    assert made.buttons == body.buttons


@pytest.mark.parametrize(("pictured", "limit"), [(False, LIMIT), (True, CAPTION)])
def test_what_does_not_fit_gives_way_or_is_refused(limit: int, *, pictured: bool) -> None:
    long = Message("word " * 1000)
    assert visible_length(compose_corrected(long, NOTE, WORDING, NOON, pictured=pictured).text) <= limit
    with pytest.raises(ComposeError, match="shorter text"):
        compose_corrected(long, NOTE, WORDING, NOON, pictured=pictured, whole=True)


def test_a_menu_offers_what_can_be_done() -> None:
    assert labels(compose_menu(a_message(), WORDING, changed=False)) == ["Correct", "Withdraw"]
    corrected = compose_menu(a_message(corrected_at=NOON), WORDING, changed=True)
    assert labels(corrected) == ["Correct", "Correct it from its page", "Withdraw"]
    assert "It was corrected on 25 November 2026." in corrected.text
    assert compose_menu(a_message(withdrawn_at=NOON), WORDING, changed=True).buttons == ()
    assert labels(compose_choice([a_message(title="", words="<b>Act</b> now")], WORDING)) == ["Act now"]


def test_controls_say_what_the_message_will_say_and_who_is_told() -> None:
    draft = an_amendment(tell=True, body=Body(text="New"))
    shown = compose_controls(draft, a_message(story_id=None, pictured=True), WORDING, single=True)
    assert "Its text is new." in shown.text
    assert "Its picture stays as it was sent." in shown.text
    assert "The one person who has a copy is told" in shown.text
    assert "you may approve it yourself" in shown.text
    assert labels(shown) == [
        "Submit",
        "Discard",
        "Change the note",
        "Change the text",
        "Tell nobody",
        "Take its picture away",
    ]
    bare = compose_controls(replace(draft, body=Body(bare=True)), a_message(pictured=True), WORDING, single=True)
    assert "a grey one takes its place" in bare.text
    assert labels(bare)[-1] == "Leave its picture"


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (AmendmentState.WORKING, "Copies are being corrected, approved by organiser 2002: 3 so far."),
        (AmendmentState.DONE, "Copies that now show it: 2. Could not be changed: 1."),
        (AmendmentState.REJECTED, "Rejected."),
        (AmendmentState.CANCELLED, "Taken back by its author. Nothing was changed."),
        (AmendmentState.SUPERSEDED, "Overtaken"),
        (AmendmentState.DRAFT, "Taken back by its author to be changed."),
    ],
)
def test_a_card_says_where_a_correction_stands(state: AmendmentState, told: str) -> None:
    card = compose_amendment(an_amendment(state=state, approver_id=2002, changed=2, failed=1), a_message(), WORDING)
    assert told in visible_text(card.text)
    assert card.buttons == ()


def test_a_card_that_waits_shows_the_words_and_offers_its_author_no_approval() -> None:
    waiting = an_amendment(texts={"en": Message("word " * 1000)})
    card = compose_amendment(waiting, a_message(), WORDING)
    assert labels(card) == ["Approve", "Reject", "Show it whole"]
    assert visible_length(card.text) <= LIMIT
    assert labels(compose_amendment(waiting, a_message(), WORDING, own=True)) == ["Show it whole"]
    single = compose_amendment(replace(waiting, approver_id=2001), a_message(), WORDING)
    assert "the same person" in single.text


def test_a_withdrawals_card_repeats_nothing_of_what_it_said() -> None:
    going = an_amendment(
        kind=AmendmentKind.WITHDRAW, state=AmendmentState.WORKING, note="person", changed=1, marked=1, failed=2
    )
    told = visible_text(compose_amendment(going, a_message(), WORDING).text)
    assert "are being deleted: 4 so far" in told
    assert "Werrington" not in told
    done = compose_amendment(replace(going, state=AmendmentState.DONE), a_message(), WORDING)
    assert "2 copies still show it." in visible_text(done.text)
    clean = compose_amendment(replace(going, state=AmendmentState.DONE, failed=0), a_message(), WORDING)
    assert "still show" not in clean.text
    assert "25 November 2026" in compose_withdrawn(NOON, WORDING).text


def test_sentences_come_a_page_at_a_time_with_marks_at_those_that_are_chosen() -> None:
    offered = [f"Sentence {number}." for number in range(8)]
    draft = an_amendment(body=Body(sentences=("Sentence 7.",)), tell=True)
    first = compose_sentences(draft, offered, 0, WORDING, per_page=6)
    assert labels(first) == ["1", "2", "3", "4", "5", "6", "More", "Done choosing"]
    last = compose_sentences(draft, offered, 9, WORDING, per_page=6)
    assert labels(last) == ["7", "✓ 8", "Back", "Done choosing"]
    assert "8. ✓ Sentence 7." in last.text
    assert all(len((button.action or "").encode()) <= 64 for row in last.buttons for button in row)
    assert "no other sentence" in compose_sentences(draft, [], 0, WORDING, per_page=6).text


def test_the_log_tells_each_kind() -> None:
    logged = LoggedAmendment(
        kind=AmendmentKind.CORRECT, title="A <b>", note="Why.", sent_at=NOON, decided_at=NOON + timedelta(days=1)
    )
    told = [
        visible_text(log_line(one, WORDING))
        for one in (
            logged,
            replace(logged, title=""),
            replace(logged, title="", note=""),
            replace(logged, kind=AmendmentKind.WITHDRAW, note="mistake"),
        )
    ]
    assert told == [
        "Corrected on 26 November 2026: “A <b>”, sent on 25 November 2026.\nWhy.",
        "Corrected on 26 November 2026: a message that was sent on 25 November 2026.\nWhy.",
        "Corrected on 26 November 2026, and withdrawn later: a message that was sent on 25 November 2026.",
        "Withdrawn on 26 November 2026: a message that was sent on 25 November 2026. It was sent by mistake.",
    ]


def test_a_published_storys_card_leads_to_its_correction() -> None:
    card = Card(id=1, kind=CardKind.STORY, subject_ids=(3,), text="", created_at=NOON, decision="publish")
    ((button,),) = after_buttons(card, WORDING)
    assert button.action == "fix:story:3:open"
    assert after_buttons(replace(card, decision="dismiss"), WORDING) == ()
    assert after_buttons(replace(card, kind=CardKind.CHANGE), WORDING) == ()


def test_a_note_is_read_as_one_line_and_has_a_limit() -> None:
    assert read_note(" It was\nwrong. ", WORDING) == "It was wrong."
    for typed in ("", "x" * 301):
        with pytest.raises(ComposeError):
            read_note(typed, WORDING)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (Body(), "It goes on saying what it said"),
        (Body(page=True), "composed anew"),
        (Body(page=True, sentences=("One.", "Two.")), "2 sentences that you chose"),
    ],
)
def test_controls_of_an_alert_offer_its_sources_words(body: Body, told: str) -> None:
    shown = compose_controls(an_amendment(body=body), a_message(), WORDING, single=False)
    assert told in shown.text
    assert ("As it was" in labels(shown)) == (body != Body())


def test_a_withdrawal_asks_why_before_it_begins() -> None:
    sure = compose_sure(a_message(), WORDING)
    assert [button.action for row in sure.buttons for button in row] == [
        f"fix:message:7:{why}" for why in ("person", "wrong", "mistake", "other", "open")
    ]
    assert "25 November 2026" in compose_told(NOTE, NOON, WORDING).text
