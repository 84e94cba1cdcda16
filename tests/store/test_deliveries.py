from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import TOO_MANY, DeliveryState, MessageKind, Settled
from bot.model.message import Button, Message
from bot.model.subscriber import ChatKey, Wants
from bot.store import Store
from bot.store.claims import claim_deliveries, has_due
from bot.store.deliveries import (
    count_states,
    expire_message,
    expire_overdue,
    list_abandoned,
    settle,
)
from bot.store.erasing import erase_old_deliveries
from bot.store.messages import add_message, enqueue, stop_message
from bot.store.schema import deliveries, subscribers, subscriptions
from bot.store.subscribers import forget_subscriber
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


async def test_what_is_too_late_or_stopped_ends_with_its_reason(store: Store) -> None:
    async with store.write() as connection:
        await add_reader(connection, 1)
        await add_reader(connection, 2)
        first = await an_alert(connection, MessageKind.DIGEST)
        await owe(connection, first)
        assert await expire_overdue(connection, NOON + timedelta(days=3)) == 2
        second = await an_alert(connection)
        await owe(connection, second)
        assert await stop_message(connection, second, now=NOON, reason="an organiser stopped it") == 2
        states = [await count_states(connection, message) for message in (first, second)]
    assert states[0][DeliveryState.EXPIRED] == 2
    assert states[1][DeliveryState.SKIPPED] == 2


async def test_what_is_erased_stays_in_its_messages_totals(store: Store) -> None:
    async with store.write() as connection:
        for chat in (1, 2, 3):
            await add_reader(connection, chat)
        message_id = await an_alert(connection)
        await owe(connection, message_id)
        claimed = await claim_deliveries(connection, worker="a", now=NOON, limit=2)
        sent = [Settled(delivery_id=one.id, tries=1, state=DeliveryState.SENT) for one in claimed]
        await settle(connection, sent, NOON)
        assert await forget_subscriber(connection, claimed[0].key)
        assert await erase_old_deliveries(connection, settled_before=NOON + timedelta(days=1)) == 1
        for chat in {1, 2, 3} - {claimed[0].key.chat_id}:
            assert await forget_subscriber(connection, ChatKey(chat))
        counts = await count_states(connection, message_id)
        assert (await connection.execute(select(deliveries.c.id))).all() == []
    assert (counts[DeliveryState.SENT], counts[DeliveryState.SKIPPED]) == (2, 1)


async def test_ending_a_whole_message_may_last(store: Store) -> None:
    for end in (stop_message, expire_message):
        async with store.write() as connection:
            message_id = await an_alert(connection)
            if end is stop_message:
                await stop_message(connection, message_id, now=NOON, reason="stopped")
            else:
                await expire_message(connection, message_id, NOON)
            if store.dialect == "postgresql":
                assert (await connection.execute(text("SHOW statement_timeout"))).scalar_one() == "0"


async def test_two_messages_on_their_way_at_once_share_what_is_claimed(store: Store) -> None:
    async with store.write() as connection:
        for chat in range(1, 21):
            await add_reader(connection, chat)
        messages = [await an_alert(connection) for _ in range(2)]
        for place, message_id in enumerate(messages):
            at = NOON + timedelta(seconds=place)
            kind = MessageKind.ALERT
            await enqueue(connection, message_id, kind, wants=Wants.ALERTS, follows=["everything"], now=at)
        later = NOON + timedelta(seconds=1)
        claimed = await claim_deliveries(connection, worker="a", now=later, limit=10)
    assert Counter(one.message_id for one in claimed) == dict.fromkeys(messages, 5)


async def test_a_chats_turn_is_kept_by_the_ledger_so_that_every_worker_keeps_to_it(store: Store) -> None:
    async with store.write() as connection:
        await add_reader(connection, 1)
        for _ in range(2):
            await owe(connection, await an_alert(connection))
        limits: dict[str, Any] = {"limit": 5, "per_chat_seconds": 1}
        (first,) = await claim_deliveries(connection, worker="a", now=NOON, **limits)
        assert await claim_deliveries(connection, worker="b", now=NOON + timedelta(seconds=0.9), **limits) == []
        soon = NOON + timedelta(seconds=1)
        await settle(connection, [Settled(delivery_id=first.id, tries=1, state=DeliveryState.SENT)], soon)
        assert await claim_deliveries(connection, worker="b", now=soon + timedelta(seconds=0.95), **limits) == []
        assert len(await claim_deliveries(connection, worker="b", now=soon + timedelta(seconds=2), **limits)) == 1


async def test_what_a_chat_is_to_wait_for_holds_whatever_else_it_is_owed(store: Store) -> None:
    async with store.write() as connection:
        await add_reader(connection, 1)
        await owe(connection, await an_alert(connection))
        (first,) = await claim_deliveries(connection, worker="a", now=NOON, limit=1)
        until = NOON + timedelta(minutes=10)
        later = Settled(
            delivery_id=first.id, tries=1, state=DeliveryState.PENDING, reason=TOO_MANY, due_at=until, untried=True
        )
        await settle(connection, [later], NOON)
        await owe(connection, await an_alert(connection))
        minutes = [NOON + timedelta(minutes=number) for number in (1, 9, 11)]
        claims = [await claim_deliveries(connection, worker="b", now=now, limit=5) for now in minutes]
    assert [len(claim) for claim in claims] == [0, 0, 2]
    assert {one.tries for one in claims[2]} == {1}
