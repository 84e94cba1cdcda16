"""A rehearsal stays one, and a retry may be asked for again."""

from dataclasses import replace

import pytest

from bot.flows.approving import Answer
from bot.model.amendment import Why
from bot.model.broadcast import Broadcast, BroadcastState, Verb
from bot.model.delivery import Fate, Receipt
from bot.store import Store
from bot.store.amendments import list_logged
from tests.flows.organising import ANNA, OLWEN, TOMOS, Organising


@pytest.fixture
async def desk(sqlite_store: Store) -> Organising:
    """A reader and an organiser who said yes."""
    desk = Organising(sqlite_store)
    await desk.open()
    await desk.callers(ANNA, OLWEN)
    return desk


async def rehearsed(desk: Organising) -> Broadcast:
    begun = await desk.drafting.begin(OLWEN, training=True)
    draft = await desk.drafting.write(begun, desk.drafting.compose("Write to your MP.", training=True), by=OLWEN)
    assert draft is not None
    return await sent(desk, draft)


async def sent(desk: Organising, draft: Broadcast) -> Broadcast:
    assert await desk.press(draft, Verb.SUBMIT, by=OLWEN) is Answer.DONE
    assert await desk.press(draft, Verb.APPROVE, by=TOMOS) is Answer.DONE
    await desk.beat(seconds=61)
    await desk.beat()
    return await desk.current(draft)


async def test_a_rehearsal_is_not_retried_for_its_copy_would_be_none(desk: Organising) -> None:
    desk.answers = {OLWEN: [Receipt(fate=Fate.BAD_CONTENT, reason="no")]}
    done = await rehearsed(desk)
    assert done.state is BroadcastState.DONE
    assert await desk.broadcasting.retry(done.id, done.digest[:12], by=TOMOS) is Answer.CHANGED


async def test_the_public_log_says_nothing_of_a_rehearsal(desk: Organising) -> None:
    done = await rehearsed(desk)
    assert await desk.correcting.withdraw(done.message_id or 0, Why.WRONG, by=OLWEN) is Answer.DONE
    async with desk.store.read() as connection:
        assert await list_logged(connection, 10) == []


async def test_a_retry_that_was_rejected_may_be_asked_for_again(desk: Organising) -> None:
    desk.answers = {ANNA: [Receipt(fate=Fate.BAD_CONTENT, reason="no")]}
    done = await sent(desk, await desk.draft())
    assert await desk.broadcasting.retry(done.id, done.digest[:12], by=TOMOS) is Answer.DONE
    again = await desk.current(replace(done, id=done.id + 1))
    assert await desk.press(again, Verb.REJECT, by=OLWEN, reason="timing") is Answer.DONE
    assert await desk.broadcasting.retry(done.id, done.digest[:12], by=TOMOS) is Answer.DONE


async def test_who_sends_a_dead_link_all_the_same_is_in_the_audit(desk: Organising) -> None:
    draft = await desk.draft()
    assert await desk.broadcasting.send_anyway(draft.id, draft.digest[:12], by=TOMOS) is Answer.DONE
    last = (await desk.deeds())[-1]
    assert (last.user_id, last.verb, last.digest) == (TOMOS, "call_anyway", draft.digest)
    assert last.subject == f"broadcast:{draft.id}"
