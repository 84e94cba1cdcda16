"""On whose terms a delivery leaves: pauses, quiet hours, a cap, silence; and messages that organisers let wait."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState, MessageKind, Settled
from bot.model.message import Message
from bot.store import Store
from bot.store.claims import claim_deliveries, has_due
from bot.store.deliveries import count_states, settle
from bot.store.messages import add_message, put_off
from bot.store.reminders import owe_reminder
from bot.store.schema import deliveries, digest_items, messages, subscribers, subscriptions
from tests.builders import NOON, add_reader
from tests.store.telling import call, publish, send_due

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = NOON + 11 * HOUR
MORNING = NOON + 19 * HOUR


async def fates(connection: AsyncConnection) -> list[tuple[str, str | None]]:
    """What became of every delivery, in order."""
    query = select(deliveries.c.state, deliveries.c.reason).order_by(deliveries.c.id)
    return [(state, reason) for state, reason in await connection.execute(query)]


async def follow_everything(connection: AsyncConnection, reader: int, frequency: str) -> None:
    """A second subscription."""
    values = {"subscriber_id": reader, "wants": "alerts", "follows": "everything", "frequency": frequency}
    await connection.execute(insert(subscriptions).values(**values, consent_version="test", consented_at=NOON))


async def test_an_alert_in_quiet_hours_is_left_to_a_digest_and_a_call_waits_for_their_end(store: Store) -> None:
    async with store.write() as connection:
        sleeper = await add_reader(connection, 1, quiet_from=22, quiet_until=7)
        await add_reader(connection, 2, wants="calls_to_action", quiet_from=22, quiet_until=7)
        await add_reader(connection, 3)
        alert = await publish(connection, "In the night", NIGHT)
        act = await call(connection, NIGHT, until=NIGHT + 2 * DAY)
        hasty = await call(connection, NIGHT, until=NIGHT + HOUR)
        assert await send_due(connection, NIGHT) == [(3, alert)]
        item = (await connection.execute(select(digest_items))).one()
        assert (item.subscriber_id, item.message_id, item.due_at) == (sleeper, alert, MORNING)
        assert (await count_states(connection, alert))[DeliveryState.SKIPPED] == 1
        assert (await count_states(connection, hasty))[DeliveryState.SKIPPED] == 1
        assert await send_due(connection, MORNING - timedelta(seconds=1)) == []
        assert await send_due(connection, MORNING) == [(2, act)]


async def test_quiet_hours_are_those_of_the_campaigns_time_zone(store: Store) -> None:
    summer = NOON.replace(month=7, hour=21, minute=30)
    async with store.write() as connection:
        await add_reader(connection, 1, quiet_from=22, quiet_until=7)
        await publish(connection, "In the night", summer)
        assert await claim_deliveries(connection, worker="w", now=summer, limit=9, zone=ZoneInfo("Europe/London")) == []
        assert await fates(connection) == [("skipped", "quiet")]


async def test_an_alert_that_may_have_arrived_is_in_no_digest(store: Store) -> None:
    async with store.write() as connection:
        await add_reader(connection, 1, quiet_from=22, quiet_until=7)
        alert = await publish(connection, "Told?", NIGHT - 2 * HOUR)
        (one,) = await claim_deliveries(connection, worker="w", now=NIGHT - 2 * HOUR, limit=9)
        again = Settled(delivery_id=one.id, tries=1, state=DeliveryState.PENDING, reason="crash", due_at=NIGHT)
        await settle(connection, [again], NIGHT)
        assert await send_due(connection, NIGHT) == []
        assert (await connection.execute(select(digest_items))).all() == []
        assert await send_due(connection, MORNING) == [(1, alert)]


async def test_nothing_reaches_who_has_paused(store: Store) -> None:
    async with store.write() as connection:
        await add_reader(connection, 1, paused_until=NOON + DAY)
        await add_reader(connection, 1_000, wants="calls_to_action", paused_until=NOON + DAY)
        await publish(connection, "Unheard", NOON)
        await call(connection, NOON, until=NOON + 9 * DAY)
        assert await send_due(connection, NOON) == []
        assert await fates(connection) == [("skipped", "paused"), ("skipped", "paused")]
        assert (await connection.execute(select(digest_items))).all() == []
        later = await publish(connection, "Heard", NOON + DAY)
        assert await send_due(connection, NOON + DAY) == [(1, later)]


async def test_a_reminder_on_its_way_waits_for_the_end_of_a_pause_that_it_outlasts(store: Store) -> None:
    async with store.write() as connection:
        reader = await add_reader(connection, 1, paused_until=NOON + DAY)
        sent = []
        for lasts in (3 * DAY, HOUR):
            texts = {"en": Message("Remember")}
            kind = MessageKind.REMINDER
            sent.append(await add_message(connection, kind, texts, now=NOON, expires_at=NOON + lasts))
            await owe_reminder(connection, sent[-1], [reader], NOON)
        assert await send_due(connection, NOON) == []
        assert await fates(connection) == [("pending", None), ("skipped", "paused")]
        assert await send_due(connection, NOON + DAY) == [(1, sent[0])]


async def test_no_more_calls_come_in_seven_days_than_somebody_allows(store: Store) -> None:
    async with store.write() as connection:
        await add_reader(connection, 1, wants="calls_to_action", calls_per_week=2)
        await add_reader(connection, 2, wants="calls_to_action")
        sent = []
        for hour in range(3):
            at = NOON + hour * HOUR
            await call(connection, at, until=NOON + 90 * DAY)
            sent += [chat for chat, _ in await send_due(connection, at)]
        assert sent == [1, 2, 1, 2, 2]
        assert ("skipped", "cap") in await fates(connection)
        # Two at once, and one of the week before has left the count.
        at = NOON + 7 * DAY + timedelta(minutes=30)
        for _ in range(2):
            await call(connection, at, until=NOON + 90 * DAY)
        assert sorted(chat for chat, _ in await send_due(connection, at)) == [1, 2, 2]


async def test_two_workers_together_keep_to_a_cap(store: Store) -> None:
    async with store.write() as connection:
        await add_reader(connection, 1, wants="calls_to_action", calls_per_week=1)
        for _ in range(3):
            await call(connection, NOON, until=NOON + 9 * DAY)
    async with store.write() as connection:
        first = await claim_deliveries(connection, worker="one", now=NOON, limit=1)
        if store.dialect == "postgresql":
            async with store.write() as other:
                assert await claim_deliveries(other, worker="two", now=NOON, limit=9) == []
                # It was not skipped: nobody knows yet whether the first claim stands.
                assert {state for state, _ in await fates(other)} == {"pending"}
    async with store.write() as connection:
        assert await claim_deliveries(connection, worker="two", now=NOON + HOUR, limit=9) == []
        assert len(first) == 1
        assert sorted(state for state, _ in await fates(connection)) == ["claimed", "skipped", "skipped"]


async def test_silent_readers_get_silent_messages_and_others_the_same_text_with_a_sound(store: Store) -> None:
    async with store.write() as connection:
        await add_reader(connection, 1, silent=True)
        await add_reader(connection, 2)
        await publish(connection, "Told", NOON)
        first, second = sorted(
            await claim_deliveries(connection, worker="w", now=NOON, limit=9), key=lambda one: one.key.chat_id
        )
        assert first.message.silent
        assert first.message == replace(second.message, silent=True)


async def test_what_organisers_let_wait_is_looked_at_once_and_goes_on_where_it_stood(store: Store) -> None:
    async with store.write() as connection:
        for chat in range(1, 9):
            await add_reader(connection, chat, wants="calls_to_action")
        act = await call(connection, NOON, until=NOON + 9 * DAY)
        assert len(await send_due(connection, NOON, limit=2)) == 2
        await connection.execute(update(messages).values(paused_at=NOON))
        assert await send_due(connection, NOON, limit=2) == []
        assert not await has_due(connection, NOON + DAY)
        await connection.execute(update(messages).values(paused_at=None))
        await put_off(connection, act, NOON + HOUR)
        assert len(await send_due(connection, NOON + HOUR)) == 6


async def test_who_reads_digests_is_told_at_once_of_what_is_urgent_if_they_said_so(store: Store) -> None:
    async with store.write() as connection:
        keen = await add_reader(connection, 1, frequency="weekly", urgent_at_once=True)
        patient = await add_reader(connection, 2, frequency="daily")
        plain = await publish(connection, "Plain", NOON)
        assert await send_due(connection, NOON) == []
        urgent = await publish(connection, "Urgent", NOON, urgent=True)
        assert await send_due(connection, NOON) == [(1, urgent)]
        items = await connection.execute(select(digest_items.c.subscriber_id, digest_items.c.message_id))
        assert sorted(tuple(row) for row in items) == [(keen, plain), (patient, plain), (patient, urgent)]
        # Never in quiet hours.
        await connection.execute(update(subscribers).values(quiet_from=22, quiet_until=7))
        await publish(connection, "Urgent in the night", NIGHT, urgent=True)
        assert await send_due(connection, NIGHT) == []


async def test_of_several_subscriptions_the_soonest_counts_and_of_those_the_most_particular(store: Store) -> None:
    async with store.write() as connection:
        for chat, rhythms in enumerate((("daily", "now"), ("daily", "weekly"), ("now", "now")), 1):
            here, everything = rhythms
            reader = await add_reader(connection, chat, follows="institution:werrington", frequency=here)
            await follow_everything(connection, reader, everything)
        await publish(connection, "Told", NOON)
        claimed = await claim_deliveries(connection, worker="w", now=NOON, limit=9)
        causes = {one.key.chat_id: one.follows for one in claimed}
        assert causes == {1: "everything", 3: "institution:werrington"}
        (item,) = (await connection.execute(select(digest_items))).all()
        rhythm = select(subscriptions.c.follows).where(subscriptions.c.id == item.subscription_id)
        assert (await connection.execute(rhythm)).scalar_one() == "institution:werrington"


async def test_who_is_awake_does_not_wait_until_each_sleeper_was_looked_at(sqlite_store: Store) -> None:
    async with sqlite_store.write() as connection:
        for chat in range(1, 20):
            await add_reader(connection, chat, quiet_from=None if chat == 10 else 22, quiet_until=7)
        alert = await publish(connection, "In the night", NIGHT)
        assert await send_due(connection, NIGHT, limit=1) == [(10, alert)]
        assert (await count_states(connection, alert))[DeliveryState.SKIPPED] == 18
