"""What people do about a message that was sent. The clock's part is in test_amending.py."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.compose.text import visible_text
from bot.errors import ComposeError
from bot.flows.approving import Answer
from bot.flows.holding import ask_about_late
from bot.model.amendment import Amendment, AmendmentKind, AmendmentState, Body, Step, Why
from bot.model.broadcast import Broadcast, BroadcastState, Verb
from bot.model.delivery import DeliveryState, Fate, MessageKind, Receipt
from bot.model.finding import Finding
from bot.model.organiser import CardKind
from bot.model.story import StoryState
from bot.store import Store
from bot.store.amendments import find_amendment, list_logged
from bot.store.answers import list_latest
from bot.store.deliveries import count_states
from bot.store.rereadings import put_latest
from bot.store.schema import amendments, digest_items, messages, organisers
from bot.store.sent import find_message_of, get_texts
from tests.builders import NOON, add_reader
from tests.flows.organising import ANNA, CAROL, OLWEN, TOMOS, Organising


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """One database is enough here: test_amending.py asks the same questions of both."""
    return sqlite_store


NOTE = "It said 22 hours; the report says 20."
BEN, CATE = 502, 503


class Desk(Organising):
    """Organisers who correct."""

    async def alert(self, *chats: int, title: str = "HMYOI Werrington: a report") -> int:
        """A story that Olwen let out to these chats; returns its message's id."""
        async with self.store.write() as connection:
            for chat in chats:
                await add_reader(connection, chat)
        story = await self.wait(title=title)
        await self.publish.publish_story(story, by=OLWEN)
        async with self.store.read() as connection:
            found = await find_message_of(connection, "story", story)
        assert found is not None
        return found

    async def drafted(self, message: int, note: str = NOTE) -> Amendment:
        """Olwen's correction, of which she has written the note."""
        begun = await self.correcting.begin(message, by=OLWEN)
        assert begun is not None
        written = await self.correcting.write(begun, note, note)
        assert written is not None
        return written

    async def step(self, amendment: Amendment, step: Step, *, by: int) -> Answer:
        """Somebody presses a button that stands under these words."""
        return await self.correcting.press(amendment.id, step, amendment.digest[:12], by=by)

    async def now_is(self, amendment: Amendment) -> Amendment:
        """As the database has it."""
        async with self.store.read() as connection:
            found = await find_amendment(connection, amendment.id)
        assert found is not None
        return found

    async def corrected(self, message: int, note: str = NOTE, *, tell: bool = False) -> Amendment:
        """A correction that Tomos approved."""
        draft = await self.drafted(message, note)
        if tell:
            changed = await self.correcting.change(draft.id, draft.digest[:12], by=OLWEN, tell=True)
            assert isinstance(changed, Amendment)
            draft = changed
        assert await self.step(draft, Step.SUBMIT, by=OLWEN) is Answer.DONE
        assert await self.step(draft, Step.APPROVE, by=TOMOS) is Answer.DONE
        return await self.now_is(draft)

    async def words(self, message: int) -> str:
        """What is sent from now on."""
        async with self.store.read() as connection:
            return visible_text((await get_texts(connection, message))["en"].text)

    async def states(self, message: int) -> dict[DeliveryState, int]:
        """How a message's deliveries stand."""
        async with self.store.read() as connection:
            return {state: number for state, number in (await count_states(connection, message)).items() if number}


async def open_desk(store: Store, **changes: object) -> Desk:
    desk = Desk(store, **changes)  # type: ignore[arg-type]
    await desk.open()
    return desk


async def test_a_correction_takes_effect_when_a_second_person_approved_it_and_not_before(store: Store) -> None:
    desk = await open_desk(store)
    message = await desk.alert(ANNA)
    before = await desk.words(message)
    draft = await desk.drafted(message)
    assert await desk.step(draft, Step.SUBMIT, by=OLWEN) is Answer.DONE
    assert await desk.words(message) == before
    assert await desk.step(draft, Step.APPROVE, by=OLWEN) is Answer.OWN
    assert await desk.step(draft, Step.APPROVE, by=ANNA) is Answer.ORGANISERS_ONLY
    assert await desk.step(draft, Step.FINISH, by=TOMOS) is Answer.ORGANISERS_ONLY
    assert await desk.step(draft, Step.REOPEN, by=TOMOS) is Answer.AUTHOR_ONLY
    assert await desk.step(draft, Step.APPROVE, by=TOMOS) is Answer.DONE
    assert await desk.step(draft, Step.APPROVE, by=TOMOS) is Answer.CHANGED
    told = await desk.words(message)
    assert told.startswith(f"Correction by the campaign, 25 November 2026: {NOTE}\n\n")
    assert told.endswith(before)
    verbs = [deed.verb for deed in await desk.deeds() if deed.verb.startswith("correct")]
    assert verbs == ["correct_write", "correct_submit", "correct_approve"]


async def test_an_approval_is_bound_to_the_words_it_stood_under(store: Store) -> None:
    desk = await open_desk(store)
    draft = await desk.drafted(await desk.alert(ANNA))
    await desk.step(draft, Step.SUBMIT, by=OLWEN)
    await desk.step(draft, Step.REOPEN, by=OLWEN)
    changed = await desk.correcting.change(draft.id, draft.digest[:12], by=OLWEN, tell=True)
    assert isinstance(changed, Amendment)
    assert await desk.step(changed, Step.SUBMIT, by=OLWEN) is Answer.DONE
    assert await desk.step(draft, Step.APPROVE, by=TOMOS) is Answer.CHANGED
    forged = {"en": {"text": "Something else", "buttons": [], "body": ""}}
    async with store.write() as connection:
        await connection.execute(update(amendments).values(texts=forged))
    assert await desk.step(changed, Step.APPROVE, by=TOMOS) is Answer.CHANGED
    assert (await desk.now_is(draft)).state is AmendmentState.SUBMITTED


async def test_whom_the_author_invited_does_not_approve_it_and_an_owner_always_may(store: Store) -> None:
    desk = await open_desk(store, owners=frozenset({OLWEN}))
    row = {"role": "organiser", "invited_by": OLWEN, "since_at": NOON}
    async with store.write() as connection:
        await connection.execute(organisers.insert(), [{"user_id": CAROL, **row}])
    message = await desk.alert(ANNA)
    draft = await desk.drafted(message)
    await desk.step(draft, Step.SUBMIT, by=OLWEN)
    assert await desk.step(draft, Step.APPROVE, by=CAROL) is Answer.RELATED
    begun = await desk.correcting.begin(message, by=CAROL)
    assert begun is not None
    hers = await desk.correcting.write(begun, NOTE, NOTE)
    assert hers is not None
    await desk.step(hers, Step.SUBMIT, by=CAROL)
    assert await desk.step(hers, Step.APPROVE, by=OLWEN) is Answer.DONE


async def test_a_single_organiser_may_approve_where_the_configuration_says_so(store: Store) -> None:
    desk = await open_desk(store, owners=frozenset({OLWEN}), single_organiser=True)
    draft = await desk.drafted(await desk.alert(ANNA))
    await desk.step(draft, Step.SUBMIT, by=OLWEN)
    await desk.cards.tick()
    assert "Approve" in [b.label for row in desk.newest(OLWEN).buttons for b in row]
    assert await desk.step(draft, Step.APPROVE, by=OLWEN) is Answer.DONE


async def test_a_note_must_say_something_and_not_too_much(store: Store) -> None:
    desk = await open_desk(store)
    begun = await desk.correcting.begin(await desk.alert(ANNA), by=OLWEN)
    assert begun is not None
    for typed, said in ((" \n", "no text"), ("x" * 301, "301 characters")):
        with pytest.raises(ComposeError, match=said):
            await desk.correcting.write(begun, typed, typed)
    assert await desk.correcting.find_waiting(OLWEN) == begun
    assert await desk.correcting.find_waiting(TOMOS) is None


async def test_who_has_a_copy_is_told_if_the_author_says_so_and_nobody_else(store: Store) -> None:
    desk = await open_desk(store)
    message = await desk.alert(ANNA, BEN)
    await desk.deliver.tick()
    async with store.write() as connection:
        await add_reader(connection, CATE)
    desk.sent.clear()
    await desk.corrected(message, tell=True)
    await desk.deliver.tick()
    assert sorted(one.key.chat_id for one in desk.sent) == [ANNA, BEN]
    assert {one.kind for one in desk.sent} == {MessageKind.CORRECTION}
    assert NOTE in desk.sent[0].message.text


async def test_an_alert_can_quote_other_sentences_of_its_source_and_then_is_told_so(store: Store) -> None:
    desk = await open_desk(store)
    message = await desk.alert(ANNA)
    draft = await desk.drafted(message)
    body = Body(sentences=("A sentence that the source has, too.",))
    changed = await desk.correcting.change(draft.id, draft.digest[:12], by=OLWEN, body=body)
    assert isinstance(changed, Amendment)
    assert "A sentence that the source has, too." in changed.texts["en"].text
    await desk.step(changed, Step.SUBMIT, by=OLWEN)
    await desk.step(changed, Step.APPROVE, by=TOMOS)
    async with store.read() as connection:
        (told,) = await list_latest(connection)
    assert told.summary == body.sentences
    assert told.correction == NOTE


async def test_an_alert_whose_page_changed_is_composed_anew(store: Store) -> None:
    desk = await open_desk(store)
    message = await desk.alert(ANNA)
    async with store.write() as connection:
        latest = Finding(title="", summary=("It says 20 hours now.",))
        await put_latest(connection, 1, latest, now=NOON, next_at=None)
    async with store.read() as connection:
        assert await desk.correcting.rewording.has_changed(connection, 1)
    begun = await desk.correcting.begin(message, by=OLWEN, page=True)
    assert begun is not None
    draft = await desk.correcting.write(begun, NOTE, NOTE)
    assert draft is not None
    assert "It says 20 hours now." in draft.texts["en"].text
    await desk.step(draft, Step.SUBMIT, by=OLWEN)
    await desk.step(draft, Step.APPROVE, by=TOMOS)
    async with store.read() as connection:
        assert not await desk.correcting.rewording.has_changed(connection, 1)


async def test_the_sentences_that_can_be_chosen_stand_alone(store: Store) -> None:
    desk = await open_desk(store)
    await desk.alert(ANNA)
    text = "Children at Werrington spent 20 hours a day in their cells.\nIt had not improved since the last visit."
    await desk.read_again(1, text)
    async with store.read() as connection:
        offered = await desk.correcting.rewording.list_sentences(connection, 1)
        assert offered == [text, "Children at Werrington spent 20 hours a day in their cells."]
        assert await desk.correcting.rewording.list_sentences(connection, 99) == []


async def test_a_second_correction_does_not_repeat_the_first(store: Store) -> None:
    desk = await open_desk(store)
    message = await desk.alert(ANNA)
    first = await desk.corrected(message, "The first note.")
    await desk.corrected(message, "The second note.")
    assert "The first note." not in await desk.words(message)
    assert "The second note." in await desk.words(message)
    assert (await desk.now_is(first)).state is AmendmentState.SUPERSEDED


async def test_a_withdrawal_needs_one_person_stops_what_waits_and_is_told_at_once(store: Store) -> None:
    desk = await open_desk(store)
    message = await desk.alert(ANNA, BEN)
    waiting = await desk.drafted(message)
    await desk.step(waiting, Step.SUBMIT, by=OLWEN)
    await desk.cards.tick()
    async with store.write() as connection:
        row = {"subscriber_id": 1, "message_id": message, "held_at": NOON}
        await connection.execute(digest_items.insert(), [row])
    assert await desk.correcting.withdraw(message, Why.PERSON, by=ANNA) is Answer.ORGANISERS_ONLY
    assert await desk.correcting.withdraw(message, Why.PERSON, by=TOMOS) is Answer.DONE
    assert await desk.correcting.withdraw(message, Why.PERSON, by=OLWEN) is Answer.CHANGED
    await desk.deliver.tick()
    assert desk.sent == []
    assert await desk.states(message) == {DeliveryState.SKIPPED: 2}
    assert (await desk.now_is(waiting)).state is AmendmentState.SUPERSEDED
    assert await desk.correcting.begin(message, by=OLWEN) is None
    assert await desk.state_of(1) is StoryState.DISMISSED
    async with store.read() as connection:
        assert (await connection.execute(select(digest_items))).all() == []
        assert await list_latest(connection) == []
    await desk.cards.tick()
    for person in (OLWEN, TOMOS):
        assert any("was withdrawn" in text for text in desk.texts(person))
    assert [deed.verb for deed in await desk.deeds()][-1] == "withdraw"


async def test_what_tells_of_a_correction_is_not_sent_after_a_withdrawal(store: Store) -> None:
    desk = await open_desk(store)
    message = await desk.alert(ANNA)
    await desk.deliver.tick()
    await desk.corrected(message, tell=True)
    desk.sent.clear()
    await desk.correcting.withdraw(message, Why.WRONG, by=OLWEN)
    await desk.deliver.tick()
    assert desk.sent == []


async def test_what_told_of_a_correction_is_taken_back_with_a_withdrawal_and_logged_once(store: Store) -> None:
    desk = await open_desk(store)
    message = await desk.alert(ANNA)
    await desk.deliver.tick()
    await desk.corrected(message, tell=True)
    await desk.deliver.tick()
    deleted: list[int] = []

    async def delete(chat_id: int, message_id: int) -> Receipt:
        deleted.append(chat_id)
        return Receipt(fate=Fate.SENT, telegram_message_id=message_id)

    desk.amending.retouching.delete = delete
    desk.now += timedelta(minutes=1)
    await desk.correcting.withdraw(message, Why.PERSON, by=OLWEN)
    await desk.amending.tick()
    assert deleted == [ANNA, ANNA]
    async with store.read() as connection:
        assert [one.kind for one in await list_logged(connection, 5)] == [AmendmentKind.WITHDRAW, AmendmentKind.CORRECT]


async def test_a_correction_that_was_written_over_other_words_cannot_be_approved(store: Store) -> None:
    desk = await open_desk(store)
    message = await desk.alert(ANNA)
    old = await desk.drafted(message)
    assert await desk.step(old, Step.SUBMIT, by=OLWEN) is Answer.DONE
    begun = await desk.correcting.begin(message, by=TOMOS)
    await desk.corrected(message, "The place is another.")
    assert (await desk.now_is(old)).state is AmendmentState.SUPERSEDED
    assert await desk.step(old, Step.APPROVE, by=TOMOS) is Answer.CHANGED
    assert begun is not None
    assert (await desk.now_is(begun)).state is AmendmentState.AWAITING_NOTE


async def test_a_correction_that_a_withdrawal_overtook_cannot_be_approved(store: Store) -> None:
    desk = await open_desk(store)
    message = await desk.alert(ANNA)
    draft = await desk.drafted(message)
    await desk.step(draft, Step.SUBMIT, by=OLWEN)
    async with store.write() as connection:
        await connection.execute(update(messages).values(withdrawn_at=NOON))
    assert await desk.step(draft, Step.APPROVE, by=TOMOS) is Answer.CHANGED


async def test_rejecting_and_discarding_change_nothing_and_a_new_correction_replaces_one_that_waits(
    store: Store,
) -> None:
    desk = await open_desk(store)
    message = await desk.alert(ANNA)
    before = await desk.words(message)
    draft = await desk.drafted(message)
    await desk.step(draft, Step.SUBMIT, by=OLWEN)
    assert await desk.step(draft, Step.REJECT, by=TOMOS) is Answer.DONE
    assert (await desk.all_cards(CardKind.AMENDMENT))[-1].decision == "reject"
    first = await desk.correcting.begin(message, by=OLWEN)
    second = await desk.correcting.begin(message, by=OLWEN)
    assert first is not None
    assert second is not None
    assert (await desk.now_is(first)).state is AmendmentState.CANCELLED
    assert await desk.correcting.write(first, NOTE, NOTE) is None
    assert await desk.step(second, Step.DISCARD, by=OLWEN) is Answer.DONE
    assert await desk.words(message) == before
    assert await desk.correcting.change(second.id, "", by=OLWEN, tell=True) is Answer.CHANGED
    assert await desk.correcting.change(999, "", by=OLWEN, tell=True) is Answer.CHANGED
    assert await desk.correcting.begin(999, by=OLWEN) is None
    assert await desk.correcting.press(999, Step.SUBMIT, "", by=OLWEN) is Answer.CHANGED


async def test_the_public_log_says_what_when_and_why_and_does_not_repeat_what_was_withdrawn(store: Store) -> None:
    desk = await open_desk(store)
    message = await desk.alert(ANNA)
    await desk.corrected(message)
    async with store.read() as connection:
        (logged,) = await list_logged(connection, 5)
    assert (logged.title, logged.note) == ("HMYOI Werrington: a report", NOTE)
    await desk.correcting.withdraw(message, Why.PERSON, by=OLWEN)
    async with store.read() as connection:
        newest, older = await list_logged(connection, 5)
    assert (newest.note, newest.title) == ("person", "")
    assert (older.note, older.title) == ("", "")


async def test_a_broadcasts_words_are_replaced_whole_or_refused(store: Store) -> None:
    desk = await open_desk(store)
    await desk.callers(ANNA)
    await desk.approved("Write to <b>your MP</b>.")
    await desk.beat(seconds=61)
    async with store.read() as connection:
        message = await find_message_of(connection, "broadcast", 1)
    assert message is not None
    draft = await desk.drafted(message)
    assert "Write to <b>your MP</b>." in draft.texts["en"].text
    assert await desk.step(draft, Step.TEXT, by=OLWEN) is Answer.DONE
    waiting = await desk.now_is(draft)
    with pytest.raises(ComposeError, match="shorter"):
        await desk.correcting.write(waiting, "x" * 4000, "x" * 4000)
    written = await desk.correcting.write(waiting, "Write to Jo.", "Write to <b>Jo</b>.")
    assert written is not None
    assert written.texts["en"].text.endswith("\n\nWrite to <b>Jo</b>.")
    assert replace(written, digest="").sealed is False


class Caller(Desk):
    """Organisers one of whose readers' chats refuses calls to action at first."""

    async def failed_call(self) -> Broadcast:
        """A call that Anna got and that failed to reach Ben."""
        await self.callers(ANNA, BEN)
        self.answers = {BEN: [Receipt(fate=Fate.BAD_CONTENT, reason="no")]}
        call = await self.approved()
        await self.beat(seconds=61)
        await self.beat()
        return await self.current(call)

    async def retried(self, call: Broadcast) -> Answer:
        """Tomos presses Retry."""
        return await self.broadcasting.retry(call.id, call.digest[:12], by=TOMOS)

    async def message_of(self, call_id: int) -> int:
        """What a call became."""
        async with self.store.read() as connection:
            found = await find_message_of(connection, "broadcast", call_id)
        assert found is not None
        return found


async def test_what_was_corrected_or_withdrawn_is_not_retried(store: Store) -> None:
    desk = Caller(store)
    await desk.open()
    call = await desk.failed_call()
    message = await desk.message_of(call.id)
    await desk.corrected(message)
    assert await desk.retried(call) is Answer.AMENDED
    await desk.correcting.withdraw(message, Why.WRONG, by=OLWEN)
    assert await desk.retried(call) is Answer.AMENDED


async def test_a_retry_that_was_approved_before_its_withdrawal_is_not_sent(store: Store) -> None:
    desk = Caller(store)
    await desk.open()
    call = await desk.failed_call()
    assert await desk.retried(call) is Answer.DONE
    again = await desk.current(replace(call, id=call.id + 1))
    assert await desk.press(again, Verb.APPROVE, by=OLWEN) is Answer.DONE
    desk.sent.clear()
    await desk.correcting.withdraw(await desk.message_of(call.id), Why.PERSON, by=OLWEN)
    await desk.beat(seconds=61)
    assert desk.sent == []
    assert (await desk.current(again)).state is BroadcastState.CANCELLED


async def test_a_withdrawal_takes_the_retry_of_the_same_words_with_it(store: Store) -> None:
    desk = Caller(store)
    await desk.open()
    call = await desk.failed_call()
    await desk.retried(call)
    again = await desk.current(replace(call, id=call.id + 1))
    await desk.press(again, Verb.APPROVE, by=OLWEN)
    await desk.beat(seconds=61)
    await desk.beat()
    second = await desk.message_of(again.id)
    assert [one.key.chat_id for one in desk.sent if one.message_id == second] == [BEN]
    await desk.correcting.withdraw(second, Why.PERSON, by=TOMOS)
    async with store.read() as connection:
        newest = await list_logged(connection, 5)
    assert [one.note for one in newest] == ["person", "person"]
    assert await desk.correcting.withdraw(await desk.message_of(call.id), Why.PERSON, by=TOMOS) is Answer.CHANGED


async def test_a_card_names_a_corrected_alert_that_is_late_by_its_title_and_not_by_the_note(store: Store) -> None:
    desk = await open_desk(store)
    await desk.corrected(await desk.alert(ANNA))
    async with desk.store.write() as connection:
        assert await ask_about_late(connection, NOON + timedelta(days=30)) == 1
    (card,) = await desk.all_cards(CardKind.OVERDUE)
    assert json.loads(card.text) == {"title": "HMYOI Werrington: a report", "count": 1}
