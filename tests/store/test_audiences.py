from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState, MessageKind
from bot.model.draft import Audience
from bot.model.message import Attachment, Message
from bot.store import Store
from bot.store.audiences import Rule, count_audience, enqueue_call, rule_of, seat_organisers, wake_rested, was_owed
from bot.store.broadcasts import add_broadcast, set_message
from bot.store.claims import claim_deliveries
from bot.store.messages import add_message
from bot.store.outcomes import list_outcomes
from bot.store.schema import deliveries, message_totals, subscribers, subscriptions
from tests.builders import NOON, add_reader

CALLS = "calls_to_action"
LONDON = ZoneInfo("Europe/London")
OLWEN = 2001


def utc(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


async def a_call(connection: AsyncConnection, message: Message | None = None) -> int:
    texts = {"en": message or Message("Write.")}
    return await add_message(connection, MessageKind.CALL, texts, now=NOON, expires_at=NOON + timedelta(days=2))


async def follow(connection: AsyncConnection, subscriber_id: int, follows: str) -> None:
    consent = {"consent_version": "1", "consented_at": NOON, "wants": "alerts"}
    await connection.execute(subscriptions.insert().values(subscriber_id=subscriber_id, follows=follows, **consent))


async def chats_of(connection: AsyncConnection, message_id: int) -> set[int]:
    query = (
        select(subscribers.c.chat_id)
        .join(deliveries, deliveries.c.subscriber_id == subscribers.c.id)
        .where(deliveries.c.message_id == message_id)
    )
    return set((await connection.execute(query)).scalars())


async def people(connection: AsyncConnection) -> None:
    """Who only reads alerts, who blocked us, who follows a topic, reads Welsh, was reached this week, an organiser."""
    await add_reader(connection, 1, wants="alerts")
    await add_reader(connection, 2, wants=CALLS, blocked_at=NOON)
    await follow(connection, await add_reader(connection, 3, wants=CALLS), "topic:restraint")
    await add_reader(connection, 4, wants=CALLS, language="cy")
    reached = await add_reader(connection, 5, wants=CALLS)
    await add_reader(connection, OLWEN, wants=CALLS)
    earlier = await a_call(connection)
    done = {"state": DeliveryState.SENT.value, "settled_at": NOON - timedelta(days=6), "urgency": 1, "due_at": NOON}
    await connection.execute(deliveries.insert().values(message_id=earlier, subscriber_id=reached, **done))


@pytest.mark.parametrize(
    ("audience", "chats"),
    [
        (Audience(), {3, 4, 5, OLWEN}),
        (Audience(follows=("topic:restraint", "institution:x")), {3}),
        (Audience(languages=("cy",)), {4}),
        (Audience(rested_days=7), {3, 4, OLWEN}),
        (Audience(rested_days=5), {3, 4, 5, OLWEN}),
        (Audience(test_group=True), {OLWEN}),
        (Audience(test_group=True, languages=("cy",)), set()),
    ],
)
async def test_whom_it_counts_it_is_owed_to(store: Store, audience: Audience, chats: set[int]) -> None:
    rule = rule_of(audience, [OLWEN], training=False, retry_of=None)
    async with store.write() as connection:
        await people(connection)
        message = await a_call(connection)
        assert await count_audience(connection, rule, NOON) == len(chats)
        assert await enqueue_call(connection, message, rule, now=NOON) == len(chats)
        assert await chats_of(connection, message) == chats


async def test_a_rehearsal_can_reach_organisers_alone_whatever_was_chosen(store: Store) -> None:
    rule = rule_of(Audience(languages=("cy",)), [OLWEN, 2002], training=True, retry_of=None)
    async with store.write() as connection:
        await people(connection)
        await seat_organisers(connection, rule.organisers, NOON)
        await seat_organisers(connection, rule.organisers, NOON)
        message = await a_call(connection)
        await enqueue_call(connection, message, rule, now=NOON)
        assert await chats_of(connection, message) == {OLWEN, 2002}
        claimed = await claim_deliveries(connection, worker="w", now=NOON, limit=9)
        assert {one.key.chat_id for one in claimed} == {OLWEN, 2002}
        nobody = Rule(audience=Audience(), organisers=(), training=True)
        assert await enqueue_call(connection, await a_call(connection), nobody, now=NOON) == 0


async def test_only_those_whom_it_failed_to_reach_are_tried_again(store: Store) -> None:
    async with store.write() as connection:
        ids = {chat: await add_reader(connection, chat, wants=CALLS) for chat in (11, 12, 13)}
        message = await a_call(connection)
        broadcast = await add_broadcast(connection, OLWEN, now=NOON)
        await set_message(connection, broadcast, message)
        states = {11: DeliveryState.FAILED, 12: DeliveryState.UNKNOWN, 13: DeliveryState.SENT}
        for chat, state in states.items():
            row = {"message_id": message, "subscriber_id": ids[chat], "urgency": 1, "due_at": NOON}
            await connection.execute(deliveries.insert().values(state=state.value, **row))
        again = await a_call(connection)
        rule = rule_of(Audience(), [], training=False, retry_of=broadcast)
        await enqueue_call(connection, again, rule, now=NOON)
        assert await chats_of(connection, again) == {11}
        assert await was_owed(connection, again, ids[11])
        assert not await was_owed(connection, again, ids[12])


@pytest.mark.parametrize(
    ("now", "plain", "early", "night_shift"),
    [
        # Winter: London is on UTC. Hours that began are quiet until they end.
        (utc(11, 25, 12), None, None, utc(11, 25, 16)),
        (utc(11, 25, 23), utc(11, 26, 8), utc(11, 26, 5), None),
        (utc(11, 25, 6), utc(11, 25, 8), None, None),
        # Summer: an hour ahead.
        (utc(7, 1, 20), utc(7, 2, 7), utc(7, 2, 4), None),
    ],
)
async def test_each_gets_it_in_their_waking_hours(
    store: Store, now: datetime, plain: datetime | None, early: datetime | None, night_shift: datetime | None
) -> None:
    expected = {21: plain or now, 22: early or now, 23: night_shift or now}
    async with store.write() as connection:
        await add_reader(connection, 21, wants=CALLS)
        await add_reader(connection, 22, wants=CALLS, quiet_from=20, quiet_until=5)
        await add_reader(connection, 23, wants=CALLS, quiet_from=9, quiet_until=16)
        message = await a_call(connection)
        await enqueue_call(connection, message, Rule(audience=Audience()), now=now, zone=LONDON)
        query = select(subscribers.c.chat_id, deliveries.c.due_at).join(
            deliveries, deliveries.c.subscriber_id == subscribers.c.id
        )
        assert {row.chat_id: row.due_at for row in await connection.execute(query)} == expected


@pytest.mark.parametrize("zone", [None, LONDON])
async def test_what_a_pause_put_off_is_due_again_and_nothing_else_is_touched(
    store: Store, zone: ZoneInfo | None
) -> None:
    async with store.write() as connection:
        await add_reader(connection, 31, wants=CALLS)
        await add_reader(connection, 32, wants=CALLS)
        message = await a_call(connection)
        await enqueue_call(connection, message, Rule(audience=Audience()), now=NOON + timedelta(hours=1))
        first = select(deliveries.c.id).order_by(deliveries.c.id).limit(1).scalar_subquery()
        rests = deliveries.update().where(deliveries.c.id == first).values(due_at=NOON + timedelta(days=365))
        await connection.execute(rests)
        assert await wake_rested(connection, message, now=NOON, zone=zone) == 1
        assert await wake_rested(connection, message, now=NOON, zone=zone) == 0
        due = (await connection.execute(select(deliveries.c.due_at).order_by(deliveries.c.id))).scalars().all()
    assert list(due) == [NOON, NOON + timedelta(hours=1)]


async def test_an_attachment_is_claimed_with_its_message(store: Store) -> None:
    photo = Attachment("photo", "file", "unique")
    async with store.write() as connection:
        await add_reader(connection, 41, wants=CALLS)
        message = await a_call(connection, Message("Look.", attachment=photo))
        await enqueue_call(connection, message, Rule(audience=Audience()), now=NOON)
        (claimed,) = await claim_deliveries(connection, worker="w", now=NOON, limit=1)
    assert claimed.message.attachment == photo


async def test_outcomes_are_counted_by_state_reason_and_hour(store: Store) -> None:
    async with store.write() as connection:
        message = await a_call(connection)
        for chat in (51, 52, 53):
            reader = await add_reader(connection, chat, wants=CALLS)
            row = {"message_id": message, "subscriber_id": reader, "urgency": 1, "due_at": NOON}
            ended = (
                {"state": "sent", "settled_at": NOON + timedelta(minutes=chat)} if chat < 53 else {"state": "pending"}
            )
            await connection.execute(deliveries.insert().values(**row, **ended))
        await connection.execute(message_totals.insert().values(message_id=message, state="gone", number=4))
        found = await list_outcomes(connection, message)
    assert [(one.state, one.reason, one.hour, one.count) for one in found] == [
        ("pending", "", "", 1),
        ("sent", "", "2026-11-25 12:00", 2),
        ("gone", "", "", 4),
    ]
