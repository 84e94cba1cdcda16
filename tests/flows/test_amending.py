"""What the clock does with corrections and withdrawals: it goes through the copies."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.compose.blank import BLANK
from bot.compose.text import visible_text
from bot.flows import amending, retouching
from bot.flows.approving import Answer
from bot.model.amendment import Amendment, AmendmentState, Body, Step, Why
from bot.model.delivery import ClaimedDelivery, DeliveryState, Fate, MessageKind, Receipt, Settled
from bot.model.message import Message, Picture
from bot.model.subscriber import EndedReason, Wants
from bot.store import Store
from bot.store.amendments import list_logged, list_working
from bot.store.claims import claim_deliveries
from bot.store.deliveries import settle
from bot.store.digests import put_stories
from bot.store.identity import freeze_sending, get_pace
from bot.store.messages import add_message, enqueue
from bot.store.schema import message_texts
from bot.store.sent import find_sent_message
from tests.builders import add_reader
from tests.flows.organising import ANNA, OLWEN, TOMOS
from tests.flows.test_correcting import BEN, CATE, NOTE, Desk

BLOCKED = Receipt(fate=Fate.GONE, reason="Forbidden: bot was blocked by the user", ended_reason=EndedReason.BLOCKED)
TOO_OLD = Receipt(fate=Fate.BAD_CONTENT, reason="Message can't be deleted for everyone")
GONE_BEFORE = Receipt(fate=Fate.BAD_CONTENT, reason="Message to delete not found")


class Readers(Desk):
    """Readers whose chats show what they got."""

    async def send(self, delivery: ClaimedDelivery) -> Receipt:
        """It arrives in the reader's chat."""
        self.sent.append(delivery)
        return await self.post(delivery.key.chat_id, delivery.message)

    def restart(self) -> None:
        """The program starts, and does not wait for the pace."""
        super().restart()
        self.amending.per_second = 100_000

    def shown(self, chat: int) -> str:
        """What the last message of a chat says."""
        return visible_text(self.newest(chat).text)


async def deliver_to(store: Store, *chats: int) -> tuple[Readers, int]:
    """An alert that these have."""
    desk = Readers(store)
    await desk.open()
    message = await desk.alert(*chats)
    await desk.deliver.tick()
    desk.now += timedelta(hours=1)
    return desk, message


async def test_every_delivered_copy_shows_the_correction_and_what_was_not_sent_is_sent_corrected(store: Store) -> None:
    desk = Readers(store)
    await desk.open()
    desk.refusals = {CATE: [Receipt(fate=Fate.NOT_SENT)]}
    message = await desk.alert(ANNA, BEN, CATE)
    await desk.deliver.tick()
    working = await desk.corrected(message)
    assert await desk.amending.tick() == 2
    assert NOTE in desk.shown(ANNA)
    assert NOTE in desk.shown(BEN)
    desk.now += timedelta(minutes=5)
    await desk.deliver.tick()
    assert NOTE in desk.shown(CATE)
    done = await desk.now_is(working)
    assert (done.state, done.changed, done.failed) == (AmendmentState.DONE, 2, 0)
    await desk.cards.tick()
    assert "Copies that now show it: 2. Could not be changed: 0." in desk.shown(TOMOS)


async def test_a_copy_that_was_in_somebodys_hands_is_corrected_when_it_has_arrived_and_told_then(store: Store) -> None:
    desk = Readers(store)
    await desk.open()
    message = await desk.alert(ANNA)
    async with store.write() as connection:
        (claimed,) = await claim_deliveries(connection, worker="another", now=desk.now, limit=9)
    working = await desk.corrected(message, tell=True)
    await desk.amending.tick()
    assert (await desk.now_is(working)).state is AmendmentState.WORKING
    arrived = await desk.post(ANNA, claimed.message)
    sent = Settled(
        delivery_id=claimed.id,
        state=DeliveryState.SENT,
        tries=claimed.tries,
        telegram_message_id=arrived.telegram_message_id,
    )
    async with store.write() as connection:
        await settle(connection, [sent], desk.now + timedelta(minutes=2))
    assert NOTE not in desk.shown(ANNA)
    await desk.amending.tick()
    assert NOTE in desk.shown(ANNA)
    done = await desk.now_is(working)
    assert (done.state, done.changed, done.in_flight) == (AmendmentState.DONE, 1, ())
    desk.now += timedelta(minutes=3)
    await desk.deliver.tick()
    assert desk.shown(ANNA).startswith("A correction.")


async def test_a_withdrawal_deletes_marks_what_is_too_old_and_counts_what_it_could_not_reach(store: Store) -> None:
    desk, message = await deliver_to(store, ANNA, BEN, CATE, 504)
    desk.refusals = {BEN: [TOO_OLD], CATE: [BLOCKED], 504: [GONE_BEFORE]}
    await desk.correcting.withdraw(message, Why.WRONG, by=OLWEN)
    async with store.read() as connection:
        (working,) = await list_working(connection)
    await desk.amending.tick()
    assert desk.chats[ANNA] == {}
    assert desk.shown(BEN).startswith("This message was withdrawn by the campaign")
    done = await desk.now_is(working)
    assert (done.changed, done.marked, done.failed) == (2, 1, 1)
    await desk.cards.tick()
    told = desk.shown(TOMOS)
    assert "Copies deleted: 2. Too old to delete, and marked as withdrawn: 1. Could be neither: 1." in told
    assert "One copy still shows it." in told
    desk.now += timedelta(minutes=2)
    await desk.amending.tick()
    assert [card.decision for card in await desk.all_cards()] == ["done"]


async def test_a_program_that_ends_in_the_middle_goes_on_where_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amending, "MOST", 2)
    desk, message = await deliver_to(store, *range(601, 606))
    working = await desk.corrected(message)
    edit, edited = desk.amending.retouching.edit, list[int]()

    async def end_at_the_fourth(chat_id: int, message_id: int, message: Message) -> Receipt:
        edited.append(chat_id)
        if len(edited) == 4:
            raise RuntimeError("the program ends")
        return await edit(chat_id, message_id, message)

    desk.amending.retouching.edit = end_at_the_fourth
    with pytest.raises(RuntimeError, match="ends"):
        await desk.amending.tick()
    halfway = await desk.now_is(working)
    assert halfway.changed == 2
    desk.restart()
    await desk.amending.tick()
    done = await desk.now_is(working)
    assert (done.state, done.changed) == (AmendmentState.DONE, 5)
    assert all(NOTE in desk.shown(chat) for chat in range(601, 606))


async def test_telegrams_call_for_patience_holds_everything_and_loses_nothing(sqlite_store: Store) -> None:
    later = Receipt(fate=Fate.LATER, retry_after=30)
    desk, message = await deliver_to(sqlite_store, *range(601, 607))
    desk.refusals = {chat: [later] for chat in range(602, 607)}
    working = await desk.corrected(message)
    assert await desk.amending.tick() == 1
    assert (await desk.now_is(working)).changed == 1
    async with sqlite_store.read() as connection:
        pace = await get_pace(connection, desk.now)
    assert pace.held
    assert pace.share < 1
    assert await desk.amending.tick() == 0
    desk.now += timedelta(seconds=31)
    assert await desk.amending.tick() == 5
    done = await desk.now_is(working)
    assert (done.state, done.changed) == (AmendmentState.DONE, 6)


async def test_one_chat_that_asks_for_patience_or_is_silent_keeps_no_other_copy_waiting(sqlite_store: Store) -> None:
    desk, message = await deliver_to(sqlite_store, *range(601, 607))
    desk.refusals = {601: [Receipt(fate=Fate.LATER, retry_after=30)], 603: [Receipt(fate=Fate.UNKNOWN)]}
    working = await desk.corrected(message, tell=True)
    assert await desk.amending.tick() == 4
    assert (await desk.now_is(working)).state is AmendmentState.WORKING
    assert await desk.amending.tick() == 0
    desk.now += timedelta(seconds=3)
    desk.restart()
    assert await desk.amending.tick() == 2
    done = await desk.now_is(working)
    assert (done.state, done.changed, done.failed, done.in_flight) == (AmendmentState.DONE, 6, 0, ())
    desk.now += timedelta(minutes=1)
    await desk.deliver.tick()
    assert all(sum("A correction." in text for text in desk.texts(chat)) == 1 for chat in range(601, 607))


async def test_where_nobody_answers_nothing_is_given_up_and_nobody_is_passed_over(sqlite_store: Store) -> None:
    desk, message = await deliver_to(sqlite_store, ANNA, BEN)
    desk.refusals = {chat: [Receipt(fate=Fate.UNKNOWN)] * 20 for chat in (ANNA, BEN)}
    working = await desk.corrected(message)
    for _ in range(20):
        assert await desk.amending.tick() == 0
    assert (await desk.now_is(working)).position == 0
    assert await desk.amending.tick() == 2
    assert (await desk.now_is(working)).changed == 2


async def test_a_chat_that_never_answers_holds_up_nobody(sqlite_store: Store) -> None:
    desk, message = await deliver_to(sqlite_store, ANNA, BEN)
    desk.refusals = {ANNA: [Receipt(fate=Fate.UNKNOWN)] * 9}
    working = await desk.corrected(message)
    await desk.amending.tick()
    assert NOTE in desk.shown(BEN)
    for _ in range(7):
        desk.now += timedelta(minutes=1)
        await desk.amending.tick()
    done = await desk.now_is(working)
    assert (done.state, done.changed, done.failed) == (AmendmentState.DONE, 1, 1)


async def test_an_answer_that_does_not_come_is_not_waited_for_and_where_none_comes_longer(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retouching, "ANSWER_WITHIN", 0.05)
    desk, message = await deliver_to(sqlite_store, ANNA, BEN)
    edit, takes = desk.amending.retouching.edit, {ANNA: 0.3, BEN: 0.3}

    async def be_slow(chat_id: int, message_id: int, message: Message) -> Receipt:
        await asyncio.sleep(takes[chat_id])
        return await edit(chat_id, message_id, message)

    desk.amending.retouching.edit = be_slow
    working = await desk.corrected(message)
    assert [await desk.amending.tick() for _ in range(4)] == [0, 0, 0, 2]
    takes = {ANNA: 9.0, BEN: 0}
    working = await desk.corrected(message, "And this was wrong.")
    assert await desk.amending.tick() == 1
    desk.now += timedelta(minutes=1)
    takes[ANNA] = 0
    assert await desk.amending.tick() == 1
    assert (await desk.now_is(working)).changed == 2


async def test_a_freeze_holds_corrections_and_lets_withdrawals_go_on(sqlite_store: Store) -> None:
    desk, message = await deliver_to(sqlite_store, ANNA)
    await desk.corrected(message)
    async with sqlite_store.write() as connection:
        await freeze_sending(connection, by=TOMOS, now=desk.now)
    assert await desk.amending.tick() == 0
    assert NOTE not in desk.shown(ANNA)
    await desk.correcting.withdraw(message, Why.PERSON, by=OLWEN)
    assert await desk.amending.tick() == 1
    assert desk.chats[ANNA] == {}


async def test_a_copy_without_the_picture_that_others_have_is_corrected_too(sqlite_store: Store) -> None:
    desk = Readers(sqlite_store)
    await desk.open()
    message = await desk.alert(ANNA, BEN)
    async with sqlite_store.write() as connection:
        await connection.execute(message_texts.update().values(picture=b"png"))
    await desk.deliver.tick()
    desk.refusals = {ANNA: [Receipt(fate=Fate.BAD_CONTENT, reason="There is no caption in the message to edit")]}
    await desk.corrected(message)
    await desk.amending.tick()
    assert (desk.newest(ANNA).picture, desk.newest(BEN).picture) == (None, Picture())
    assert NOTE in desk.shown(ANNA)


async def test_a_picture_that_was_wrong_is_shown_no_more_and_not_sent(sqlite_store: Store) -> None:
    desk = Readers(sqlite_store)
    await desk.open()
    desk.refusals = {BEN: [Receipt(fate=Fate.NOT_SENT)]}
    message = await desk.alert(ANNA, BEN)
    async with sqlite_store.write() as connection:
        await connection.execute(message_texts.update().values(picture=b"png"))
    await desk.deliver.tick()
    draft = await desk.drafted(message)
    body = replace(draft.body, bare=True)
    changed = await desk.correcting.change(draft.id, draft.digest[:12], by=OLWEN, body=body)
    assert isinstance(changed, Amendment)
    assert changed.digest != draft.digest
    assert await desk.step(changed, Step.SUBMIT, by=OLWEN) is Answer.DONE
    assert await desk.step(changed, Step.APPROVE, by=TOMOS) is Answer.DONE
    await desk.amending.tick()
    assert desk.newest(ANNA).picture == Picture(BLANK)
    desk.now += timedelta(minutes=5)
    await desk.deliver.tick()
    assert desk.newest(BEN).picture is None
    assert NOTE in desk.shown(BEN)
    async with sqlite_store.read() as connection:
        sent = await find_sent_message(connection, message)
    assert sent is not None
    assert sent.pictured


async def test_a_message_without_a_picture_gets_none_by_a_correction_from_its_page(sqlite_store: Store) -> None:
    desk, message = await deliver_to(sqlite_store, ANNA)
    begun = await desk.correcting.begin(message, by=OLWEN, page=True)
    assert begun is not None
    draft = await desk.correcting.write(begun, NOTE, NOTE)
    assert draft is not None
    changed = await desk.correcting.change(draft.id, draft.digest[:12], by=OLWEN, body=Body(page=True, bare=True))
    assert isinstance(changed, Amendment)
    assert (draft.body.bare, changed.body.bare) == (False, False)


async def test_a_picture_that_can_be_deleted_no_more_gives_way_to_a_blank_one(sqlite_store: Store) -> None:
    desk = Readers(sqlite_store)
    await desk.open()
    message = await desk.alert(ANNA, BEN)
    async with sqlite_store.write() as connection:
        await connection.execute(message_texts.update().values(picture=b"png"))
    await desk.deliver.tick()
    no_media = Receipt(fate=Fate.BAD_CONTENT, reason="Wrong type of the web page content")
    desk.refusals = {ANNA: [TOO_OLD], BEN: [TOO_OLD, no_media]}
    await desk.correcting.withdraw(message, Why.PERSON, by=OLWEN)
    await desk.amending.tick()
    assert [desk.newest(chat).picture for chat in (ANNA, BEN)] == [Picture(BLANK), Picture()]
    assert all(desk.shown(chat).startswith("This message was withdrawn") for chat in (ANNA, BEN))


async def test_progress_is_shown_and_not_too_often(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amending, "MOST", 1)
    desk, message = await deliver_to(sqlite_store, ANNA, BEN)
    working = await desk.corrected(message)
    assert await desk.amending.turn() == 1
    shown_at = (await desk.now_is(working)).progress_at
    assert shown_at == desk.now
    await desk.cards.tick()
    assert "Copies are being corrected, approved by organiser 2002: 1 so far." in desk.shown(TOMOS)
    desk.now += timedelta(seconds=1)
    assert await desk.amending.turn() == 1
    assert (await desk.now_is(working)).progress_at == shown_at


async def digest_of(desk: Readers, message: int, *chats: int) -> int:
    """A digest that lists the alert and another story, owed to these; returns its message's id."""
    title = "HMYOI Werrington: a report"
    text = f"<b>Your digest</b>\n25 November\n\n<b>{title}</b>\nSource\n\n<b>Another story</b>\nSource"
    async with desk.store.write() as connection:
        for chat in chats:
            await add_reader(connection, chat, follows="topic:digests")
        expires_at = desk.now + timedelta(days=7)
        made = await add_message(
            connection, MessageKind.DIGEST, {"en": Message(text)}, now=desk.now, expires_at=expires_at
        )
        await put_stories(connection, made, [message])
        await enqueue(connection, made, MessageKind.DIGEST, wants=Wants.ALERTS, follows=["topic:digests"], now=desk.now)
    return made


async def test_digests_leave_out_what_was_withdrawn_whether_they_were_sent_or_not(store: Store) -> None:
    desk, message = await deliver_to(store, ANNA)
    await digest_of(desk, message, BEN)
    await desk.deliver.tick()
    unsent = await digest_of(desk, message, CATE)
    await desk.correcting.withdraw(message, Why.PERSON, by=OLWEN)
    assert await desk.amending.tick() == 2
    told = (
        "Your digest\n25 November\n\nA story that stood here was withdrawn by the campaign. /corrections says why.\n\n"
        "Another story\nSource"
    )
    assert desk.shown(BEN) == told
    assert await desk.words(unsent) == told
    await desk.deliver.tick()
    assert desk.shown(CATE) == told
    assert await desk.amending.tick() == 0
    async with store.read() as connection:
        assert len(await list_logged(connection, 9)) == 1


async def test_digests_say_what_was_corrected_once(sqlite_store: Store) -> None:
    desk, message = await deliver_to(sqlite_store, ANNA)
    digest = await digest_of(desk, message, BEN)
    await desk.deliver.tick()
    await desk.corrected(message)
    await desk.amending.tick()
    assert f"a report\nCorrected: {NOTE}\nSource" in desk.shown(BEN)
    before = await desk.words(digest)
    await desk.correcting.withdraw(message, Why.PERSON, by=OLWEN)
    await desk.amending.tick()
    assert NOTE not in desk.shown(BEN)
    assert await desk.words(digest) != before


async def test_of_two_stories_withdrawn_from_one_digest_none_comes_back(sqlite_store: Store) -> None:
    desk, message = await deliver_to(sqlite_store, ANNA)
    other = await desk.alert(title="Another story")
    digest = await digest_of(desk, message, BEN)
    async with sqlite_store.write() as connection:
        await put_stories(connection, digest, [other])
    await desk.deliver.tick()
    await desk.correcting.withdraw(message, Why.PERSON, by=OLWEN)
    await desk.correcting.withdraw(other, Why.WRONG, by=TOMOS)
    await desk.amending.tick()
    assert desk.shown(BEN).count("withdrawn by the campaign") == 2
    unlisted = await desk.alert(title="A third story")
    async with sqlite_store.write() as connection:
        await put_stories(connection, digest, [unlisted])
    before = desk.shown(BEN)
    await desk.correcting.withdraw(unlisted, Why.WRONG, by=TOMOS)
    assert await desk.amending.tick() == 0
    assert desk.shown(BEN) == before


async def test_copies_that_may_have_arrived_unseen_are_counted_apart(store: Store) -> None:
    desk = Readers(store)
    await desk.open()
    message = await desk.alert(ANNA, BEN, CATE)
    silent = Receipt(fate=Fate.UNKNOWN)
    desk.refusals = {ANNA: [silent, silent], BEN: [silent], CATE: [silent, Receipt(fate=Fate.LATER, retry_after=900)]}
    for _ in range(3):
        await desk.deliver.tick()
        desk.now += timedelta(minutes=1)
    assert await desk.states(message) == {DeliveryState.UNKNOWN: 1, DeliveryState.SENT: 1, DeliveryState.PENDING: 1}
    await desk.correcting.withdraw(message, Why.WRONG, by=OLWEN)
    assert await desk.states(message) == {DeliveryState.UNKNOWN: 2, DeliveryState.SENT: 1}
    await desk.amending.tick()
    await desk.cards.tick()
    assert "Copies deleted: 1." in desk.shown(TOMOS)
    assert "3 more copies may have arrived of which Telegram told us nothing" in desk.shown(TOMOS)
