from bot.model.organiser import CardKind
from bot.store import Store
from bot.store.cards import (
    UNREACHED,
    CardCopy,
    add_card,
    add_notice,
    decide_card,
    end_cards_of,
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
from tests.builders import NOON

OLWEN, TOMOS = 2001, 2002


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


async def test_the_cards_of_one_story_alone_end_where_it_has_changed(store: Store) -> None:
    async with store.write() as connection:
        await add_card(connection, CardKind.STORY, [7], "Text", now=NOON)
        burst = await add_card(connection, CardKind.FUSE, [7, 8], "", now=NOON)
        other = await add_card(connection, CardKind.STORY, [8], "Text", now=NOON)
        await end_cards_of(connection, 7, now=NOON)
        assert [card.id for card in await list_open_cards(connection)] == [burst, other]


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
