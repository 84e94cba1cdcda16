import json

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import MessageKind
from bot.model.message import Message
from bot.model.subscriber import EVERYTHING, ChatKey, Wants
from bot.store import Store
from bot.store.following import end_subscription
from bot.store.messages import add_message, enqueue
from bot.store.mydata import ORGANISERS, THEIRS, gather_held, gather_organised
from bot.store.schema import deliveries, digest_items, endings, invites, marks, metadata, organisers, subscribers
from bot.store.subscribers import add_subscriber, add_subscription, forget_subscriber
from tests.builders import NOON

ANNA = ChatKey(501)
BEN = ChatKey(502)


async def with_a_row_of_each_kind(connection: AsyncConnection, key: ChatKey) -> int:
    """A chat about which there is something in every table; returns its id."""
    chat = await add_subscriber(connection, key, language="en", source="leaflet", now=NOON)
    await add_subscription(connection, chat.id, Wants.ALERTS, EVERYTHING, consent_version="1", now=NOON)
    message = await add_message(connection, MessageKind.ALERT, {"en": Message("x")}, now=NOON, expires_at=NOON)
    await enqueue(connection, message, MessageKind.ALERT, wants=Wants.ALERTS, follows=[EVERYTHING], now=NOON)
    whose = {"subscriber_id": chat.id}
    await connection.execute(insert(digest_items).values(**whose, message_id=message, held_at=NOON))
    await connection.execute(insert(marks).values(**whose, subject="story:1", mark="done", made_at=NOON))
    await connection.execute(insert(endings).values(**whose, reason="blocked", at=NOON))
    return chat.id


def test_what_somebody_is_shown_is_every_table_that_is_about_subscribers() -> None:
    about_people = {name for name, table in metadata.tables.items() if "subscriber_id" in table.c}
    assert {table.name for table in THEIRS} == about_people


def test_every_column_that_names_an_organiser_is_looked_through_for_them() -> None:
    endings_of_names = ("author_id", "editor_id", "approver_id", "inviter_id", "user_id", "decided_by", "ended_by")
    named = {
        str(column)
        for table in metadata.tables.values()
        for column in table.c
        if column.name.endswith(endings_of_names) and table.name != "stories"
    }
    assert named <= {str(column) for columns in ORGANISERS for column in columns}


async def test_forgetting_leaves_no_row_of_any_table_and_nobody_elses_is_touched(store: Store) -> None:
    async with store.write() as connection:
        await with_a_row_of_each_kind(connection, BEN)
        ben = await gather_held(connection, BEN)
        anna = await with_a_row_of_each_kind(connection, ANNA)
        held = await gather_held(connection, ANNA)
        assert {name: len(rows) for name, rows in held.items()} == {
            **dict.fromkeys((table.name for table in THEIRS), 1),
            "subscribers": 1,
        }
        assert json.loads(json.dumps(held))["subscribers"][0]["chat_id"] == ANNA.chat_id
        assert await forget_subscriber(connection, ANNA)
        for table in (subscribers, *THEIRS):
            column = table.c.id if table is subscribers else table.c.subscriber_id
            left = select(func.count()).select_from(table).where(column == anna)
            assert (await connection.execute(left)).scalar_one() == 0, table.name
        assert await gather_held(connection, ANNA) == {}
        kept = await gather_held(connection, BEN)
        assert {name: kept[name] for name in kept if name != "deliveries"} == {
            name: ben[name] for name in ben if name != "deliveries"
        }


async def test_an_organiser_is_shown_their_rows_without_secrets(sqlite_store: Store) -> None:
    async with sqlite_store.write() as connection:
        await connection.execute(insert(organisers).values(user_id=7, role="owner", invited_by=8, since_at=NOON))
        times = {"created_at": NOON, "expires_at": NOON}
        await connection.execute(insert(invites).values(secret_digest="x", role="viewer", inviter_id=8, **times))
        assert list(await gather_organised(connection, 7)) == ["organisers"]
        theirs = await gather_organised(connection, 8)
        assert "secret_digest" not in theirs["invites"][0]
        assert await gather_organised(connection, 9) == {}


async def test_what_is_followed_no_more_is_owed_because_of_everything_or_not_at_all(store: Store) -> None:
    parc = "institution:parc"
    async with store.write() as connection:
        chat = await add_subscriber(connection, ANNA, language="en", source=None, now=NOON)
        for follows in (EVERYTHING, parc):
            await add_subscription(connection, chat.id, Wants.ALERTS, follows, consent_version="1", now=NOON)
        message = await add_message(connection, MessageKind.ALERT, {"en": Message("x")}, now=NOON, expires_at=NOON)
        both = [parc, EVERYTHING]
        await enqueue(connection, message, MessageKind.ALERT, wants=Wants.ALERTS, follows=both, now=NOON)
        states = select(deliveries.c.state)
        assert await end_subscription(connection, chat.id, parc, now=NOON)
        assert not await end_subscription(connection, chat.id, parc, now=NOON)
        assert (await connection.execute(states)).scalars().all() == ["pending"]
        assert await end_subscription(connection, chat.id, EVERYTHING, now=NOON)
        assert (await connection.execute(states)).scalars().all() == ["skipped"]
        left = select(subscribers.c.left_at)
        assert (await connection.execute(left)).scalar_one() == NOON
