from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.broadcast import Broadcast, BroadcastState, Verb, digest_of
from bot.model.delivery import MessageKind
from bot.model.draft import Await, Awaited, Draft
from bot.model.message import Button, Message
from bot.store import Store
from bot.store.broadcasts import (
    add_broadcast,
    add_deed,
    find_awaiting,
    find_broadcast,
    list_broadcasts,
    list_unreceipted,
    mark_receipted,
    move_broadcast,
    rewrite,
    set_message,
)
from bot.store.messages import add_message
from tests.audit import list_deeds
from tests.builders import NOON

OLWEN, TOMOS = 2001, 2002
WORDS = Message("Write to <b>your MP</b>.", ((Button("Go", url="https://example.org/"),),))


async def current(connection: AsyncConnection, broadcast_id: int) -> Broadcast:
    found = await find_broadcast(connection, broadcast_id)
    assert found is not None
    return found


async def write(connection: AsyncConnection, broadcast_id: int, words: Message) -> bool:
    before = await current(connection, broadcast_id)
    after = replace(before, text=words.text, buttons=words.buttons)
    return await rewrite(connection, before, after, Verb.WRITE, by=before.author_id, now=NOON)


async def a_draft(connection: AsyncConnection) -> Broadcast:
    broadcast_id = await add_broadcast(connection, OLWEN, now=NOON)
    assert await write(connection, broadcast_id, WORDS)
    return await current(connection, broadcast_id)


async def test_what_an_author_wrote_is_kept_with_its_digest(store: Store) -> None:
    async with store.write() as connection:
        draft = await a_draft(connection)
        assert await find_broadcast(connection, draft.id + 1) is None
    assert draft.state is BroadcastState.DRAFT
    assert draft.message == WORDS
    assert draft.digest == digest_of({"en": WORDS})


async def test_only_the_author_of_a_text_is_awaited(store: Store) -> None:
    async with store.write() as connection:
        waits = Draft(awaited=Awaited(Await.TEXT, OLWEN, NOON))
        await add_broadcast(connection, OLWEN, now=NOON, draft=waits)
        newest = await add_broadcast(connection, OLWEN, now=NOON, draft=waits)
        awaiting = await find_awaiting(connection, OLWEN)
        assert await find_awaiting(connection, TOMOS) is None
    assert awaiting is not None
    assert awaiting.id == newest


async def test_a_step_that_leads_nowhere_changes_nothing(store: Store) -> None:
    async with store.write() as connection:
        draft = await a_draft(connection)
        assert not await move_broadcast(connection, draft, Verb.APPROVE, approver_id=TOMOS)
        assert await current(connection, draft.id) == draft


async def test_who_comes_second_moves_nothing(store: Store) -> None:
    async with store.write() as connection:
        draft = await a_draft(connection)
        assert await move_broadcast(connection, draft, Verb.SUBMIT)
        assert not await move_broadcast(connection, draft, Verb.DISCARD)
        assert (await current(connection, draft.id)).state is BroadcastState.SUBMITTED


async def test_what_was_seen_with_other_words_moves_nothing(store: Store) -> None:
    async with store.write() as connection:
        old = await a_draft(connection)
        assert await move_broadcast(connection, old, Verb.EDIT)
        assert await write(connection, old.id, Message("Other."))
        assert not await move_broadcast(connection, old, Verb.SUBMIT)


async def test_new_words_void_every_approval(store: Store) -> None:
    async with store.write() as connection:
        draft = await a_draft(connection)
        approval = {"approver_id": TOMOS, "approved_digest": draft.digest, "approved_at": NOON, "send_at": NOON}
        assert await move_broadcast(connection, draft, Verb.EDIT, **approval)
        assert await write(connection, draft.id, Message("Other."))
        again = await current(connection, draft.id)
    assert (again.approver_id, again.approved_digest, again.send_at) == (None, None, None)


async def test_broadcasts_are_listed_by_state(store: Store) -> None:
    async with store.write() as connection:
        first, second = await a_draft(connection), await a_draft(connection)
        await move_broadcast(connection, second, Verb.SUBMIT)
        drafts = await list_broadcasts(connection, [BroadcastState.DRAFT])
        both = await list_broadcasts(connection, BroadcastState)
    assert [one.id for one in drafts] == [first.id]
    assert [one.id for one in both] == [first.id, second.id]


async def test_a_receipt_is_owed_once_it_is_done(store: Store) -> None:
    async with store.write() as connection:
        broadcast = await a_draft(connection)
        for verb in (Verb.SUBMIT, Verb.APPROVE, Verb.BEGIN, Verb.FINISH):
            assert await list_unreceipted(connection) == []
            assert await move_broadcast(connection, await current(connection, broadcast.id), verb)
        assert [one.id for one in await list_unreceipted(connection)] == [broadcast.id]
        await mark_receipted(connection, broadcast.id, NOON)
        assert await list_unreceipted(connection) == []


async def test_a_broadcast_names_the_message_it_became(store: Store) -> None:
    async with store.write() as connection:
        draft = await a_draft(connection)
        message = await add_message(connection, MessageKind.CALL, {"en": WORDS}, now=NOON, expires_at=NOON)
        await set_message(connection, draft.id, message)
        assert (await current(connection, draft.id)).message_id == message


async def test_deeds_are_kept_in_order(store: Store) -> None:
    async with store.write() as connection:
        await add_deed(connection, OLWEN, "call_write", "broadcast:1", now=NOON, digest="ab")
        await add_deed(connection, TOMOS, "dismiss", "story:2", now=NOON)
        deeds = await list_deeds(connection)
    assert [(deed.at, deed.user_id, deed.verb, deed.subject, deed.digest) for deed in deeds] == [
        (NOON, OLWEN, "call_write", "broadcast:1", "ab"),
        (NOON, TOMOS, "dismiss", "story:2", None),
    ]
