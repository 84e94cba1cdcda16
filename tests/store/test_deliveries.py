from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState, MessageKind, Settled
from bot.model.message import Button, Message
from bot.model.subscriber import ChatKey, Wants
from bot.store import Store
from bot.store.deliveries import (
    claim_deliveries,
    count_states,
    expire_overdue,
    has_due,
    list_abandoned,
    settle,
    skip_deliveries_of,
)
from bot.store.messages import add_message, enqueue, stop_message
from bot.store.schema import deliveries, subscribers, subscriptions
from tests.builders import NOON, add_reader

ALERT = Message("<b>Werrington</b>", ((Button("Read", url="https://inspectorate.example/"),),))


async def an_alert(connection: AsyncConnection, kind: MessageKind = MessageKind.ALERT) -> int:
    texts = {"en": ALERT, "cy": Message("<b>Werrington</b> (Cymraeg)")}
    return await add_message(connection, kind, texts, now=NOON, expires_at=NOON + timedelta(days=2))


async def owe(connection: AsyncConnection, message_id: int, kind: MessageKind = MessageKind.ALERT) -> int:
    wants = Wants.CALLS if kind is MessageKind.CALL else Wants.ALERTS
    return await enqueue(
        connection, message_id, kind, wants=wants, follows=["institution:werrington", "everything"], now=NOON
    )


async def test_each_live_subscriber_is_owed_a_message_once_by_their_most_particular_choice(store: Store) -> None:
    async with store.write() as connection:
        both = await add_reader(connection, 1, follows="everything")
        await connection.execute(
            subscriptions.insert().values(
                subscriber_id=both,
                wants="alerts",
                follows="institution:werrington",
                consent_version="test",
                consented_at=NOON,
            ),
        )
        await add_reader(connection, 2, follows="institution:werrington")
        await add_reader(connection, 3, follows="institution:feltham-a")
        await add_reader(connection, 4, wants="calls_to_action")
        gone = await add_reader(connection, 5)
        await connection.execute(
            update(subscriptions).where(subscriptions.c.subscriber_id == gone).values(ended_at=NOON)
        )
        blocked = await add_reader(connection, 6)
        await connection.execute(update(subscribers).where(subscribers.c.id == blocked).values(blocked_at=NOON))
        message_id = await an_alert(connection)
        assert await owe(connection, message_id) == 2
        claimed = await claim_deliveries(connection, worker="a", now=NOON, limit=10)
    assert [(c.key, c.follows) for c in claimed] == [
        (ChatKey(1), "institution:werrington"),
        (ChatKey(2), "institution:werrington"),
    ]
    assert claimed[0].message == ALERT
    assert claimed[0].tries == 1


async def test_a_reader_gets_their_language_where_the_message_has_it(store: Store) -> None:
    async with store.write() as connection:
        await add_reader(connection, 1)
        await add_reader(connection, 2)
        await connection.execute(update(subscribers).where(subscribers.c.chat_id == 1).values(language="cy"))
        await connection.execute(update(subscribers).where(subscribers.c.chat_id == 2).values(language="fr"))
        await owe(connection, await an_alert(connection))
        claimed = await claim_deliveries(connection, worker="a", now=NOON, limit=10)
    assert [(c.message.text, c.message.buttons) for c in claimed] == [
        ("<b>Werrington</b> (Cymraeg)", ()),
        (ALERT.text, ALERT.buttons),
    ]


async def test_what_is_claimed_is_nobody_elses_until_it_is_settled(store: Store) -> None:
    async with store.write() as connection:
        for chat in range(1, 4):
            await add_reader(connection, chat)
        message_id = await an_alert(connection)
        await owe(connection, message_id)
        first = await claim_deliveries(connection, worker="a", now=NOON, limit=2)
        second = await claim_deliveries(connection, worker="b", now=NOON, limit=2)
        assert len(first) == 2
        assert len(second) == 1
        assert not await has_due(connection, NOON)
        await settle(
            connection,
            [
                Settled(delivery_id=first[0].id, tries=1, state=DeliveryState.SENT, telegram_message_id=99),
                Settled(
                    delivery_id=first[1].id, tries=1, state=DeliveryState.PENDING, due_at=NOON + timedelta(seconds=5)
                ),
            ],
            NOON,
        )
        assert await count_states(connection, message_id) == {
            **dict.fromkeys(DeliveryState, 0),
            DeliveryState.SENT: 1,
            DeliveryState.PENDING: 1,
            DeliveryState.CLAIMED: 1,
        }
        assert not await has_due(connection, NOON)
        assert await has_due(connection, NOON + timedelta(seconds=5))
        kept = select(deliveries.c.telegram_message_id).where(deliveries.c.id == first[0].id)
        assert (await connection.execute(kept)).scalar_one() == 99


async def test_sent_wins_over_a_lease_that_ran_out_and_nothing_wins_over_sent(store: Store) -> None:
    async with store.write() as connection:
        await add_reader(connection, 1)
        message_id = await an_alert(connection)
        await owe(connection, message_id)
        (claim,) = await claim_deliveries(connection, worker="a", now=NOON, limit=1)
        await settle(
            connection, [Settled(delivery_id=claim.id, tries=1, state=DeliveryState.PENDING, due_at=NOON)], NOON
        )
        await settle(connection, [Settled(delivery_id=claim.id, tries=1, state=DeliveryState.SENT)], NOON)
        await settle(connection, [Settled(delivery_id=claim.id, tries=1, state=DeliveryState.FAILED)], NOON)
        assert (await count_states(connection, message_id))[DeliveryState.SENT] == 1


async def test_who_was_frozen_settles_no_claim_but_its_own_unless_it_sent(store: Store) -> None:
    async with store.write() as connection:
        await add_reader(connection, 1)
        message_id = await an_alert(connection)
        await owe(connection, message_id)
        (frozen,) = await claim_deliveries(connection, worker="a", now=NOON, limit=1)
        swept = Settled(delivery_id=frozen.id, tries=frozen.tries, state=DeliveryState.PENDING, due_at=NOON)
        await settle(connection, [swept], NOON)
        (other,) = await claim_deliveries(connection, worker="b", now=NOON, limit=1)
        for state in (DeliveryState.PENDING, DeliveryState.FAILED, DeliveryState.GONE, DeliveryState.UNKNOWN):
            await settle(connection, [Settled(delivery_id=frozen.id, tries=frozen.tries, state=state)], NOON)
            assert (await count_states(connection, message_id))[DeliveryState.CLAIMED] == 1
        await settle(connection, [Settled(delivery_id=frozen.id, tries=1, state=DeliveryState.SENT)], NOON)
        await settle(connection, [Settled(delivery_id=other.id, tries=2, state=DeliveryState.PENDING)], NOON)
        assert (await count_states(connection, message_id))[DeliveryState.SENT] == 1


async def test_alerts_go_before_calls_to_action(store: Store) -> None:
    async with store.write() as connection:
        reader = await add_reader(connection, 1)
        await connection.execute(
            subscriptions.insert().values(
                subscriber_id=reader,
                wants="calls_to_action",
                follows="everything",
                consent_version="test",
                consented_at=NOON,
            ),
        )
        call = await an_alert(connection, MessageKind.CALL)
        await owe(connection, call, MessageKind.CALL)
        alert = await an_alert(connection)
        await owe(connection, alert)
        claimed = await claim_deliveries(connection, worker="a", now=NOON, limit=5)
    assert [c.message_id for c in claimed] == [alert, call]


async def test_claims_whose_holder_died_are_found(store: Store) -> None:
    async with store.write() as connection:
        await add_reader(connection, 1)
        await owe(connection, await an_alert(connection))
        (claim,) = await claim_deliveries(connection, worker="a", now=NOON, limit=1)
        assert await list_abandoned(connection, claimed_before=NOON) == []
        later = NOON + timedelta(seconds=1)
        assert await list_abandoned(connection, claimed_before=later) == [(claim.id, MessageKind.ALERT, 1)]


async def test_what_is_too_late_stopped_or_owed_to_somebody_who_left_ends_with_its_reason(store: Store) -> None:
    async with store.write() as connection:
        reader = await add_reader(connection, 1)
        await add_reader(connection, 2)
        first = await an_alert(connection)
        await owe(connection, first)
        assert await skip_deliveries_of(connection, reader, now=NOON, reason="stopped") == 1
        assert await expire_overdue(connection, NOON + timedelta(days=3)) == 1
        second = await an_alert(connection)
        await owe(connection, second)
        assert await stop_message(connection, second, now=NOON, reason="an organiser stopped it") == 2
        states = [await count_states(connection, message) for message in (first, second)]
    assert [states[0][DeliveryState.SKIPPED], states[0][DeliveryState.EXPIRED]] == [1, 1]
    assert states[1][DeliveryState.SKIPPED] == 2
