from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from bot.errors import ComposeError
from bot.flows.approving import Answer
from bot.flows.drafting import Change
from bot.model.broadcast import Broadcast, BroadcastState, Verb
from bot.model.delivery import DeliveryState, Fate, Receipt
from bot.model.draft import Await, Draft, Start, Written
from bot.model.message import Attachment
from bot.store import Store
from bot.store.deliveries import count_states
from bot.store.identity import freeze_sending
from bot.store.schema import organisers
from tests.builders import NOON
from tests.flows.organising import ANNA, CAROL, OLWEN, TOMOS, Organising, labels

DAVID = 2004


@pytest.fixture
async def desk(sqlite_store: Store) -> Organising:
    """Three readers who said yes."""
    desk = Organising(sqlite_store)
    await desk.open()
    await desk.callers(ANNA, 502, 503)
    return desk


async def changed(desk: Organising, broadcast: Broadcast, change: Change, *, by: int = OLWEN) -> Broadcast:
    assert await desk.drafting.change(broadcast.id, broadcast.digest[:12], change, by=by) is Answer.DONE
    return await desk.current(broadcast)


async def approve(desk: Organising, draft: Broadcast) -> Broadcast:
    assert await desk.press(draft, Verb.SUBMIT, by=OLWEN) is Answer.DONE
    assert await desk.press(draft, Verb.APPROVE, by=TOMOS) is Answer.DONE
    return await desk.current(draft)


async def invited(desk: Organising, user_id: int, by: int) -> None:
    async with desk.store.write() as connection:
        row = {"user_id": user_id, "role": "organiser", "invited_by": by, "since_at": NOON}
        await connection.execute(insert(organisers).values(row))


def at(moment: object) -> Change:
    return lambda draft: replace(draft, start=Start.AT, start_at=moment)  # type: ignore[arg-type]


async def test_a_call_waits_for_its_time_and_its_card_counts_down(desk: Organising) -> None:
    draft = await changed(desk, await desk.draft(), at(NOON + timedelta(hours=2)))
    await approve(desk, draft)
    await desk.beat(seconds=3600)
    assert await desk.owed() == 0
    assert "Sending begins at 25 November 2026, 14:00. Until then" in desk.newest(TOMOS).text
    await desk.beat(seconds=3550)
    assert "in 50 seconds" in desk.newest(TOMOS).text
    await desk.beat(seconds=51)
    assert len(desk.sent) == 3


async def test_who_invited_whom_cannot_approve_for_each_other_but_an_owner_may(desk: Organising) -> None:
    await invited(desk, DAVID, OLWEN)
    of_olwen = await desk.submitted()
    assert await desk.press(of_olwen, Verb.APPROVE, by=DAVID) is Answer.RELATED
    assert await desk.press(of_olwen, Verb.APPROVE, by=TOMOS) is Answer.DONE
    of_david = await desk.draft(by=DAVID)
    assert await desk.press(of_david, Verb.SUBMIT, by=DAVID) is Answer.DONE
    assert await desk.press(of_david, Verb.APPROVE, by=DAVID) is Answer.OWN
    assert await desk.press(of_david, Verb.APPROVE, by=OLWEN) is Answer.DONE


async def test_the_last_editor_cannot_approve_and_neither_can_whom_they_invited(desk: Organising) -> None:
    await invited(desk, DAVID, TOMOS)
    draft = await changed(desk, await desk.submitted(), lambda draft: replace(draft, hours=24), by=TOMOS)
    assert await desk.press(draft, Verb.SUBMIT, by=OLWEN) is Answer.DONE
    for person, answer in ((TOMOS, Answer.OWN), (OLWEN, Answer.OWN), (DAVID, Answer.RELATED)):
        assert await desk.press(draft, Verb.APPROVE, by=person) is answer


async def test_an_approver_who_leaves_takes_the_approval_along_at_once(desk: Organising) -> None:
    desk.owners = frozenset({OLWEN, TOMOS, CAROL})
    await invited(desk, DAVID, CAROL)
    draft = await changed(desk, await desk.draft(), at(NOON + timedelta(hours=9)))
    assert await desk.press(draft, Verb.SUBMIT, by=OLWEN) is Answer.DONE
    assert await desk.press(draft, Verb.APPROVE, by=DAVID) is Answer.DONE
    await desk.beat()
    async with desk.store.write() as connection:
        await connection.execute(update(organisers).values(removed_at=NOON))
    await desk.beat()
    assert (await desk.current(draft)).state is BroadcastState.CANCELLED
    assert "Not sent" in desk.newest(TOMOS).text


async def test_what_nobody_approves_lapses_and_its_card_says_so(desk: Organising) -> None:
    submitted = await desk.submitted()
    await desk.beat()
    await desk.beat(seconds=8 * 24 * 3600)
    assert (await desk.current(submitted)).state is BroadcastState.CANCELLED
    assert "Not sent" in desk.newest(TOMOS).text
    assert await desk.press(submitted, Verb.APPROVE, by=TOMOS) is Answer.CHANGED


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (at(NOON - timedelta(minutes=1)), Answer.PAST),
        (lambda draft: replace(draft, expires_at=NOON + timedelta(seconds=30)), Answer.EXPIRED),
        (
            lambda draft: replace(at(NOON + timedelta(days=2))(draft), expires_at=NOON + timedelta(days=1)),
            Answer.EXPIRED,
        ),
    ],
)
async def test_what_would_be_too_late_cannot_be_submitted(desk: Organising, change: Change, answer: Answer) -> None:
    draft = await changed(desk, await desk.draft(), change)
    assert await desk.press(draft, Verb.SUBMIT, by=OLWEN) is answer


async def test_a_time_that_passes_before_the_approval_is_not_approved(desk: Organising) -> None:
    draft = await changed(desk, await desk.draft(), at(NOON + timedelta(hours=1)))
    assert await desk.press(draft, Verb.SUBMIT, by=OLWEN) is Answer.DONE
    desk.now += timedelta(hours=2)
    assert await desk.press(draft, Verb.APPROVE, by=TOMOS) is Answer.PAST


async def test_pause_holds_what_is_left_and_resume_sends_it(desk: Organising) -> None:
    broadcast = await desk.approved()
    desk.now += timedelta(seconds=61)
    await desk.dispatch.tick()
    assert await desk.press(broadcast, Verb.PAUSE, by=TOMOS) is Answer.DONE
    await desk.beat(seconds=6)
    assert desk.sent == []
    assert labels(desk.newest(TOMOS)) == ["Resume", "Stop"]
    assert "Paused" in desk.newest(TOMOS).text
    async with desk.store.write() as connection:
        await freeze_sending(connection, by=TOMOS, now=desk.now)
    await desk.beat(seconds=6)
    assert "/stopall" in desk.newest(TOMOS).text
    async with desk.store.write() as connection:
        await connection.exec_driver_sql("UPDATE identity SET frozen_at = NULL")
    assert await desk.press(broadcast, Verb.RESUME, by=OLWEN) is Answer.DONE
    await desk.beat(seconds=6)
    assert len(desk.sent) == 3
    assert await desk.press(broadcast, Verb.PAUSE, by=OLWEN) is Answer.CHANGED


async def test_progress_is_shown_every_few_seconds_and_not_more(desk: Organising) -> None:
    await desk.approved()
    desk.now += timedelta(seconds=61)
    await desk.dispatch.tick()
    await desk.cards.tick()
    shown = []
    for _ in range(12):
        desk.now += timedelta(seconds=1)
        await desk.dispatch.tick()
        shown.append(await desk.cards.tick())
    assert 2 <= sum(edits > 0 for edits in shown) <= 3


async def test_a_clock_that_goes_back_an_hour_sends_nothing_early_and_nothing_twice(desk: Organising) -> None:
    broadcast = await desk.approved()
    desk.now -= timedelta(hours=1)
    await desk.beat(seconds=61)
    assert await desk.owed() == 0
    await desk.beat(seconds=3600)
    await desk.beat(seconds=1)
    desk.now -= timedelta(hours=1)
    await desk.beat(seconds=1)
    await desk.dispatch.begin(broadcast.id)
    await desk.beat(seconds=7200)
    assert len(desk.sent) == 3


async def test_the_failed_are_tried_again_with_the_same_words_after_another_approval(desk: Organising) -> None:
    desk.answers = {502: [Receipt(fate=Fate.BAD_CONTENT, reason="no")], 503: [Receipt(fate=Fate.UNKNOWN)]}
    draft = await changed(desk, await desk.draft(), lambda draft: replace(draft, done=True))
    done = await approve(desk, draft)
    await desk.beat(seconds=61)
    await desk.beat()
    async with desk.store.read() as connection:
        counts = await count_states(connection, (await desk.current(done)).message_id or 0)
    failed = counts[DeliveryState.FAILED]
    assert await desk.broadcasting.retry(done.id, done.digest[:12], by=ANNA) is Answer.ORGANISERS_ONLY
    assert await desk.broadcasting.retry(done.id, "0" * 12, by=TOMOS) is Answer.CHANGED
    assert failed
    assert await desk.broadcasting.retry(done.id, done.digest[:12], by=TOMOS) is Answer.DONE
    assert await desk.broadcasting.retry(done.id, done.digest[:12], by=TOMOS) is Answer.CHANGED
    again = await desk.current(replace(done, id=done.id + 1))
    assert (again.text, again.buttons, again.retry_of, again.state) == (
        done.text,
        done.buttons,
        done.id,
        BroadcastState.SUBMITTED,
    )
    assert await desk.press(again, Verb.APPROVE, by=TOMOS) is Answer.OWN
    assert await desk.press(again, Verb.APPROVE, by=OLWEN) is Answer.DONE
    sent = len(desk.sent)
    await desk.beat(seconds=61)
    assert len(desk.sent) == sent + failed


async def test_a_step_of_the_wizard_survives_a_restart_and_its_asker_is_the_one_who_answers(desk: Organising) -> None:
    draft = await desk.draft()
    seal = draft.digest[:12]
    assert await desk.drafting.ask(draft.id, seal, Await.EXPIRY, by=ANNA) is Answer.ORGANISERS_ONLY
    assert await desk.drafting.ask(draft.id, "0" * 12, Await.EXPIRY, by=OLWEN) is Answer.CHANGED
    assert await desk.drafting.ask(draft.id, seal, Await.REASON, by=OLWEN) is Answer.CHANGED
    assert await desk.drafting.ask(draft.id, seal, Await.EXPIRY, by=TOMOS) is Answer.DONE
    desk.restart()
    assert await desk.drafting.find_awaiting(OLWEN) is None
    found = await desk.drafting.find_awaiting(TOMOS)
    assert found is not None
    assert found[1] is Await.EXPIRY
    assert await desk.drafting.take(found[0], found[1], "in 6 h", "in 6 h", by=TOMOS) is Answer.DONE
    assert (await desk.current(draft)).draft.expires_at == NOON + timedelta(hours=6)
    assert await desk.drafting.find_awaiting(TOMOS) is None


async def test_words_of_another_language_must_fit_under_a_new_attachment(desk: Organising) -> None:
    draft = replace(await desk.draft(), draft=Draft(others={"cy": Written("x" * 1000)}))
    pictured = desk.drafting.compose("Look.", Attachment("photo", "file", "unique"))
    with pytest.raises(ComposeError, match="Welsh text is too long"):
        desk.drafting.check_fit(draft, pictured)


async def test_a_preview_that_telegram_refuses_says_why(desk: Organising) -> None:
    desk.refusals = {OLWEN: [Receipt(fate=Fate.BAD_CONTENT, reason="can't parse entities")]}
    assert await desk.drafting.preview(await desk.draft(), OLWEN) == "can't parse entities"
    assert await desk.drafting.preview(await desk.draft(), OLWEN) is None


async def test_what_was_never_begun_is_neither_changed_nor_sent_anyway(desk: Organising) -> None:
    assert await desk.drafting.change(99, "", lambda draft: draft, by=OLWEN) is Answer.CHANGED
    assert await desk.broadcasting.send_anyway(99, "", by=OLWEN) is Answer.CHANGED
    draft = await desk.draft()
    assert await desk.broadcasting.send_anyway(draft.id, draft.digest[:12], by=ANNA) is Answer.ORGANISERS_ONLY
    assert await desk.drafting.change(draft.id, draft.digest[:12], lambda one: one, by=ANNA) is Answer.ORGANISERS_ONLY


async def test_a_time_is_typed_and_nobody_is_left_to_try_again(desk: Organising) -> None:
    draft = await desk.draft()
    assert await desk.drafting.take(draft, Await.START, "14:00", "14:00", by=OLWEN) is Answer.DONE
    draft = await desk.current(draft)
    assert draft.draft.start_at == NOON + timedelta(hours=2)
    with pytest.raises(ComposeError, match="not a time to come"):
        await desk.drafting.take(draft, Await.START, "soon", "soon", by=OLWEN)
    done = await approve(desk, draft)
    await desk.beat(seconds=7201)
    await desk.beat()
    assert len(desk.sent) == 3
    assert await desk.broadcasting.retry(done.id, done.digest[:12], by=TOMOS) is Answer.NOBODY
    assert (await desk.current(replace(done, id=done.id + 1))).state is BroadcastState.CANCELLED
