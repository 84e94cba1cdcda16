from datetime import timedelta

from bot.model.delivery import MessageKind
from bot.model.message import Button, Message
from bot.model.organiser import BroadcastState, CardKind, Verb, digest_of
from bot.store import Store
from bot.store.broadcasts import (
    add_broadcast,
    add_deed,
    find_awaiting,
    find_broadcast,
    list_broadcasts,
    list_deeds,
    list_unreceipted,
    mark_receipted,
    move_broadcast,
    set_message,
    write_text,
)
from bot.store.cards import (
    UNREACHED,
    CardCopy,
    add_card,
    add_notice,
    decide_card,
    find_card,
    find_card_of,
    forget_unreached,
    list_copies,
    list_missing,
    list_open_cards,
    list_stale_cards,
    list_unreached,
    mark_copies_edited,
    put_copy,
    touch_card,
)
from bot.store.deliveries import add_message
from tests.builders import NOON

OLWEN, TOMOS = 2001, 2002
CALL = Message("<b>Write</b> now.", ((Button("Go", url="https://example.org/"),),))


async def test_a_card_is_missing_wherever_it_has_no_copy(store: Store) -> None:
    async with store.write() as connection:
        first = await add_card(connection, CardKind.STORY, [7], "First", now=NOON)
        second = await add_notice(connection, "refused", {"reason": "why", "skipped": 3}, now=NOON)
        await put_copy(connection, first, OLWEN, 11)
        missing = [(card.id, chat) for card, chat in await list_missing(connection, [OLWEN, TOMOS])]
        assert missing == [(first, TOMOS), (second, OLWEN), (second, TOMOS)]
        assert await decide_card(connection, first, "publish", by=OLWEN, now=NOON)
        assert {card.id for card, _ in await list_missing(connection, [TOMOS])} == {second}
        assert [card.kind for card in await list_open_cards(connection)] == [CardKind.NOTICE]


async def test_a_newer_copy_replaces_an_older_one(store: Store) -> None:
    async with store.write() as connection:
        card = await add_card(connection, CardKind.STORY, [7], "Text", now=NOON)
        await put_copy(connection, card, OLWEN, 11)
        await put_copy(connection, card, OLWEN, 12)
        assert list(await list_copies(connection, card)) == [CardCopy(card, OLWEN, 12)]


async def test_a_card_is_decided_once(store: Store) -> None:
    async with store.write() as connection:
        card = await add_card(connection, CardKind.STORY, [7], "Text", now=NOON)
        assert await decide_card(connection, card, "publish", by=OLWEN, now=NOON)
        assert not await decide_card(connection, card, "dismiss", by=TOMOS, now=NOON)
        found = await find_card(connection, card)
        assert found is not None
        assert (found.decision, found.decided_by, found.decided_at) == ("publish", OLWEN, NOON)
        assert await find_card(connection, card + 1) is None


async def test_copies_are_edited_again_when_the_card_has_changed_meanwhile(store: Store) -> None:
    async with store.write() as connection:
        card = await add_card(connection, CardKind.FUSE, [7, 8], "", now=NOON)
        notice = await add_notice(connection, "refused", {"reason": "why", "skipped": 3}, now=NOON)
        await decide_card(connection, notice, "told", by=None, now=NOON)
        assert await list_stale_cards(connection) == []
        await touch_card(connection, card, "choosing")
        (seen,) = await list_stale_cards(connection)
        await decide_card(connection, card, "choosing", by=OLWEN, now=NOON)
        await mark_copies_edited(connection, seen, NOON)
        (decided,) = await list_stale_cards(connection)
        await touch_card(connection, card, "open again")
        await mark_copies_edited(connection, decided, NOON)
        assert await list_stale_cards(connection) == []


async def test_a_chat_counts_as_unreached_until_a_later_card_arrives_or_they_write(store: Store) -> None:
    async with store.write() as connection:
        first = await add_card(connection, CardKind.STORY, [7], "First", now=NOON)
        second = await add_card(connection, CardKind.STORY, [8], "Second", now=NOON)
        for chat in (OLWEN, TOMOS):
            await put_copy(connection, first, chat, UNREACHED)
        assert await list_unreached(connection) == [OLWEN, TOMOS]
        assert await list_copies(connection, first) == []
        await put_copy(connection, second, OLWEN, 12)
        assert await list_unreached(connection) == [TOMOS]
        assert await forget_unreached(connection, TOMOS) == 1
        assert await list_unreached(connection) == []
        assert (first, TOMOS) in [(card.id, chat) for card, chat in await list_missing(connection, [TOMOS])]


async def test_the_newest_card_about_a_broadcast_is_its_card(store: Store) -> None:
    async with store.write() as connection:
        await add_card(connection, CardKind.BROADCAST, [3], "old", now=NOON)
        newest = await add_card(connection, CardKind.BROADCAST, [3], "new", now=NOON)
        await add_card(connection, CardKind.BROADCAST, [4], "other", now=NOON)
        await add_card(connection, CardKind.STORY, [3], "a story", now=NOON)
        found = await find_card_of(connection, CardKind.BROADCAST, 3)
        assert found is not None
        assert found.id == newest
        assert await find_card_of(connection, CardKind.BROADCAST, 5) is None


async def test_a_broadcast_moves_only_from_where_it_stands_and_only_with_the_same_words(store: Store) -> None:
    async with store.write() as connection:
        await add_broadcast(connection, OLWEN, now=NOON)
        waiting = await find_awaiting(connection, OLWEN)
        assert waiting is not None
        assert await find_awaiting(connection, TOMOS) is None
        assert await write_text(connection, waiting, CALL, NOON)
        assert not await write_text(connection, waiting, CALL, NOON)
        draft = await find_broadcast(connection, waiting.id)
        assert draft is not None
        assert (draft.message, draft.digest, draft.state) == (CALL, digest_of(CALL), BroadcastState.DRAFT)
        assert not await move_broadcast(connection, draft, Verb.APPROVE)
        assert await move_broadcast(connection, draft, Verb.SUBMIT)
        assert not await move_broadcast(connection, draft, Verb.SUBMIT)
        assert [one.id for one in await list_broadcasts(connection, [BroadcastState.SUBMITTED])] == [draft.id]
        assert await find_broadcast(connection, 99) is None


async def test_writing_anew_voids_an_approval(store: Store) -> None:
    async with store.write() as connection:
        await add_broadcast(connection, OLWEN, now=NOON)
        waiting = await find_awaiting(connection, OLWEN)
        assert waiting is not None
        await write_text(connection, waiting, CALL, NOON)
        draft = await find_broadcast(connection, waiting.id)
        assert draft is not None
        approved = {"approver_id": TOMOS, "approved_at": NOON, "approved_digest": draft.digest, "send_at": NOON}
        await move_broadcast(connection, draft, Verb.EDIT, **approved)
        edited = await find_broadcast(connection, waiting.id)
        assert edited is not None
        await write_text(connection, edited, Message("Other words."), NOON + timedelta(minutes=1))
        again = await find_broadcast(connection, waiting.id)
        assert again is not None
        assert (again.approver_id, again.approved_digest, again.send_at, again.sealed) == (None, None, None, False)


async def test_a_receipt_is_owed_until_it_is_given(store: Store) -> None:
    async with store.write() as connection:
        await add_broadcast(connection, OLWEN, now=NOON)
        for verb in (Verb.WRITE, Verb.SUBMIT, Verb.APPROVE, Verb.BEGIN, Verb.FINISH):
            assert await list_unreceipted(connection) == []
            current = await find_broadcast(connection, 1)
            assert current is not None
            assert await move_broadcast(connection, current, verb)
        assert [one.id for one in await list_unreceipted(connection)] == [1]
        await mark_receipted(connection, 1, NOON)
        assert await list_unreceipted(connection) == []


async def test_a_broadcast_names_the_message_that_it_became(store: Store) -> None:
    async with store.write() as connection:
        await add_broadcast(connection, OLWEN, now=NOON)
        message = await add_message(connection, MessageKind.CALL, {"en": CALL}, now=NOON, expires_at=NOON)
        await set_message(connection, 1, message)
        found = await find_broadcast(connection, 1)
        assert found is not None
        assert found.message_id == message


async def test_deeds_are_kept_in_order_with_the_hash_of_the_words(store: Store) -> None:
    async with store.write() as connection:
        await add_deed(connection, OLWEN, "publish", "story:1", now=NOON)
        await add_deed(connection, TOMOS, "call_approve", "broadcast:1", now=NOON, digest="ab")
        deeds = await list_deeds(connection)
    assert [(deed.user_id, deed.verb, deed.subject, deed.digest) for deed in deeds] == [
        (OLWEN, "publish", "story:1", None),
        (TOMOS, "call_approve", "broadcast:1", "ab"),
    ]
