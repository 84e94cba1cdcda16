"""Digests: everything once, at each reader's hour, whatever happens in between."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, insert, select, update

from bot.campaign import load_pack
from bot.compose import Wording
from bot.flows import digest
from bot.flows.deliver import Deliver
from bot.flows.digest import Digest, due_of
from bot.model.delivery import ClaimedDelivery, Fate, MessageKind, Receipt
from bot.model.subscriber import EndedReason, Frequency, Wants
from bot.store import Store
from bot.store.choices import pause_subscriber, resume_subscriber, set_choices, set_frequency
from bot.store.digests import Unscheduled, owe_digests
from bot.store.following import end_subscription
from bot.store.identity import claim_identity
from bot.store.joining import absorb_story
from bot.store.schema import alerts, digest_items, message_texts, messages, stories, subscriptions
from bot.store.stories import find_story
from bot.store.subscribers import add_subscription, end_subscriptions, set_blocked
from tests.builders import NOON, add_reader
from tests.store.telling import publish

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONDON = ZoneInfo("Europe/London")
EIGHT = NOON + 20 * HOUR


class Post:
    """A store with the two flows over it; `got` is what each chat got, by chat."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOON
        self.got: dict[int, list[str]] = {}
        self.woken: list[str] = []
        pack = load_pack()
        self.digest = Digest(
            store=store,
            wordings={"en": Wording.load("en")},
            name_of=pack.institution_name,
            now=lambda: self.now,
            wake=self.woken.append,
            zone=LONDON,
        )
        self.deliver = Deliver(
            store=store,
            send=self.send,
            now=lambda: self.now,
            wake=self.woken.append,
            worker="w",
            per_second=1e9,
            per_chat_seconds=0,
            zone=LONDON,
        )

    async def send(self, delivery: ClaimedDelivery) -> Receipt:
        """It arrives."""
        self.got.setdefault(delivery.key.chat_id, []).append(delivery.message.text)
        return Receipt(fate=Fate.SENT, telegram_message_id=1)

    async def at(self, moment: datetime) -> dict[int, list[str]]:
        """What each chat gets at a moment."""
        self.now, self.got = moment, {}
        await self.digest.tick()
        await self.deliver.tick()
        return self.got

    async def tell(self, title: str, at: datetime | None = None, **more: object) -> int:
        """An alert is published."""
        async with self.store.write() as connection:
            return await publish(connection, title, at or self.now, **more)  # type: ignore[arg-type]


@pytest.fixture
async def post(store: Store) -> Post:
    async with store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
    return Post(store)


@pytest.fixture
async def lone_post(sqlite_store: Store) -> Post:
    async with sqlite_store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
    return Post(sqlite_store)


async def test_each_gets_what_they_follow_at_their_hour_once_and_the_same_text_is_stored_once(post: Post) -> None:
    async with post.store.write() as connection:
        for chat in (1, 2, 3):
            await add_reader(connection, chat, frequency="daily")
        await add_reader(connection, 4, follows="institution:werrington", frequency="daily")
        await add_reader(connection, 5, frequency="weekly", digest_hour=9)
        await add_reader(connection, 6, frequency="daily", digest_hour=18)
        await add_reader(connection, 7)
    await post.tell("At Werrington")
    await post.tell("At Wetherby", places=("wetherby",))
    assert list(await post.at(NOON)) == [7]
    assert list(await post.at(NOON + 6 * HOUR)) == [6]
    got = await post.at(EIGHT)
    assert {chat: len(texts) for chat, texts in got.items()} == {1: 1, 2: 1, 3: 1, 4: 1}
    assert got[1] == got[2] == got[3]
    assert "2 findings" in got[1][0]
    assert "At Wetherby" in got[1][0]
    assert got[1][0].count("Because you follow everything") == 1
    assert "At Wetherby" not in got[4][0]
    assert "Because you follow HMYOI Werrington" in got[4][0]
    assert await post.at(EIGHT + DAY) == {}
    # Monday, at nine.
    assert list(await post.at(NOON + 4 * DAY + 21 * HOUR)) == [5]
    async with post.store.read() as connection:
        kinds = select(func.count()).select_from(messages).where(messages.c.kind == MessageKind.DIGEST.value)
        assert (await connection.execute(kinds)).scalar_one() == 3 + 1
        assert (await connection.execute(select(digest_items))).all() == []
    assert "deliver" in post.woken


async def test_what_quiet_hours_held_back_comes_when_they_end(post: Post) -> None:
    async with post.store.write() as connection:
        await add_reader(connection, 1, quiet_from=22, quiet_until=7)
        await add_reader(connection, 2, frequency="daily", digest_hour=6, quiet_from=22, quiet_until=7)
    post.now = NOON + 11 * HOUR
    await post.tell("In the night")
    await post.tell("A little later")
    assert await post.at(post.now) == {}
    # A digest is no reason to be woken, either.
    assert await post.at(NOON + 18 * HOUR + HOUR / 2) == {}
    got = await post.at(NOON + 19 * HOUR)
    assert {chat: len(texts) for chat, texts in got.items()} == {1: 1, 2: 1}
    assert "2 findings" in got[1][0]


async def test_what_was_told_merged_withdrawn_stopped_or_unfollowed_is_left_out_and_an_empty_one_never_sent(
    post: Post,
) -> None:
    async with post.store.write() as connection:
        reader = await add_reader(connection, 1, frequency="daily")
        left = await add_reader(connection, 2, frequency="daily")
        blocked = await add_reader(connection, 3, frequency="daily")
        told = await publish(connection, "Merged", NOON)
        await connection.execute(update(stories).values(state="merged"))
        withdrawn = await publish(connection, "Withdrawn", NOON)
        stopped = await publish(connection, "Stopped", NOON)
        await connection.execute(update(messages).where(messages.c.id == withdrawn).values(withdrawn_at=NOON))
        await connection.execute(update(messages).where(messages.c.id == stopped).values(stopped_at=NOON))
        await end_subscriptions(connection, left, reason=EndedReason.STOPPED, now=NOON)
        await set_blocked(connection, blocked, blocked=True, now=NOON)
        assert told
    assert await post.at(EIGHT) == {}
    async with post.store.write() as connection:
        assert (await connection.execute(select(digest_items))).all() == []
        again = await publish(connection, "Told by itself", EIGHT, urgent=True)
        await set_frequency(connection, reader, "everything", Frequency.NOW)
        await publish(connection, "Told at once", EIGHT)
        assert again
    got = await post.at(EIGHT + HOUR)
    assert sorted("digest" in text for text in got[1]) == [False, True]
    assert await post.at(EIGHT + 9 * DAY) == {}


async def test_who_unfollows_one_thing_loses_nothing_that_the_rest_of_what_they_follow_brings(post: Post) -> None:
    async with post.store.write() as connection:
        await add_reader(connection, 1, frequency="daily", follows="institution:werrington")
        other = await add_reader(connection, 2, frequency="daily", follows="institution:werrington")
        wetherby = "institution:wetherby"
        await add_subscription(connection, other, Wants.ALERTS, wetherby, consent_version="test", now=NOON)
        await set_frequency(connection, other, wetherby, Frequency.DAILY)
    await post.tell("At both", places=("werrington", "wetherby"))
    await post.tell("At one")
    await post.digest.schedule()
    async with post.store.write() as connection:
        assert await end_subscription(connection, other, "institution:werrington", now=NOON)
    got = await post.at(EIGHT)
    assert {chat: len(texts) for chat, texts in got.items()} == {1: 1, 2: 1}
    assert "At one" in got[1][0]
    assert "At one" not in got[2][0]
    assert "Because you follow HMYOI Wetherby" in got[2][0]


@pytest.mark.parametrize(("other", "comes"), [("institution:wetherby", True), ("institution:parc", False)])
async def test_a_digest_on_its_way_is_not_lost_with_one_of_what_it_tells_of(
    lone_post: Post, other: str, comes: bool
) -> None:
    async with lone_post.store.write() as connection:
        reader = await add_reader(connection, 1, frequency="daily", follows="institution:werrington")
        await add_subscription(connection, reader, Wants.ALERTS, other, consent_version="test", now=NOON)
        await set_frequency(connection, reader, other, Frequency.DAILY)
    await lone_post.tell("At Wetherby", places=("wetherby",))
    await lone_post.tell("At Werrington")
    lone_post.now = NOON
    await lone_post.digest.schedule()
    lone_post.now = EIGHT
    await lone_post.digest.tick()
    async with lone_post.store.write() as connection:
        assert await end_subscription(connection, reader, "institution:werrington", now=EIGHT)
    assert list(await lone_post.at(EIGHT)) == ([1] if comes else [])


async def test_an_alert_on_its_way_is_caused_by_what_is_still_followed(lone_post: Post) -> None:
    async with lone_post.store.write() as connection:
        reader = await add_reader(connection, 1, follows="institution:werrington")
        await add_subscription(connection, reader, Wants.ALERTS, "everything", consent_version="test", now=NOON)
    await lone_post.tell("At Werrington")
    async with lone_post.store.write() as connection:
        assert await end_subscription(connection, reader, "institution:werrington", now=NOON)
    assert await lone_post.at(NOON) == {1: ["At Werrington"]}


async def test_of_two_stories_that_are_one_by_now_each_reader_is_told_once(post: Post) -> None:
    async with post.store.write() as connection:
        await add_reader(connection, 1, frequency="daily")
        await add_reader(connection, 2, frequency="daily", follows="institution:wetherby")
        await add_reader(connection, 3, frequency="daily", follows="institution:werrington")
        await publish(connection, "First", NOON)
        await publish(connection, "Second", NOON, places=("wetherby",))
        into, gone = [
            await find_story(connection, story_id)
            for story_id in (await connection.execute(select(alerts.c.story_id).order_by(alerts.c.id))).scalars().all()
        ]
        assert into
        assert gone
        await absorb_story(connection, into, gone, as_second=False, by=1, now=NOON)
    got = await post.at(EIGHT)
    assert {chat: [text.count("First") for text in texts] for chat, texts in got.items()} == {1: [1], 2: [1], 3: [1]}
    assert "Because you follow HMYOI Wetherby" in got[2][0]


async def test_digests_wait_for_the_end_of_a_pause_and_choices_move_them(post: Post) -> None:
    async with post.store.write() as connection:
        reader = await add_reader(connection, 1, frequency="daily")
    await post.tell("Before")
    await post.at(NOON)
    async with post.store.write() as connection:
        await pause_subscriber(connection, reader, NOON + 3 * DAY, now=NOON)
    await post.tell("Meanwhile")
    assert await post.at(EIGHT + DAY) == {}
    async with post.store.write() as connection:
        await set_choices(connection, reader, digest_hour=20)
    got = await post.at(NOON + 3 * DAY + 8 * HOUR)
    assert "2 findings" in got[1][0]
    async with post.store.write() as connection:
        await pause_subscriber(connection, reader, NOON + 20 * DAY, now=post.now)
        await publish(connection, "Last", post.now)
        await resume_subscriber(connection, reader, now=post.now)
    assert list(await post.at(NOON + 4 * DAY + 8 * HOUR)) == [1]


async def test_a_crash_between_two_batches_repeats_and_loses_nothing(
    lone_post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest, "READERS_AT_ONCE", 2)
    monkeypatch.setattr(digest, "ITEMS_AT_ONCE", 2)
    async with lone_post.store.write() as connection:
        for chat in range(1, 6):
            await add_reader(connection, chat, frequency="daily")
    await lone_post.tell("Told")
    await lone_post.digest.schedule()
    lone_post.now = EIGHT
    batches = 0

    async def killed(*arguments: object) -> None:
        nonlocal batches
        batches += 1
        await owe_digests(*arguments)  # type: ignore[arg-type]
        if batches == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(digest, "owe_digests", killed)
    with pytest.raises(KeyboardInterrupt):
        await lone_post.digest.tick()
    monkeypatch.setattr(digest, "owe_digests", owe_digests)
    got = await lone_post.at(EIGHT)
    assert {chat: len(texts) for chat, texts in got.items()} == dict.fromkeys(range(1, 6), 1)


async def test_who_follows_several_things_is_told_the_cause_of_each(lone_post: Post) -> None:
    async with lone_post.store.write() as connection:
        reader = await add_reader(connection, 1, follows="institution:werrington", frequency="daily")
        other = {"subscriber_id": reader, "wants": "alerts", "follows": "institution:wetherby", "frequency": "daily"}
        consent = {"consent_version": "test", "consented_at": NOON}
        await connection.execute(insert(subscriptions).values(**other, **consent))
    await lone_post.tell("First")
    await lone_post.tell("Second", places=("wetherby",))
    (text,) = (await lone_post.at(EIGHT))[1]
    assert text.index("Second") < text.index("Because you follow HMYOI Wetherby") < text.index("First")
    async with lone_post.store.read() as connection:
        rows = (await connection.execute(select(message_texts.c.language))).scalars().all()
    assert set(rows) == {"en"}


def a_waiting(**changes: object) -> Unscheduled:
    """Held back at noon, for a daily digest at eight."""
    values: dict[str, object] = {
        "subscriber_id": 1,
        "message_id": 1,
        "held_at": NOON,
        "frequency": Frequency.DAILY,
        "digest_hour": 8,
        "digest_day": 0,
        "quiet_from": None,
        "quiet_until": None,
        "paused_until": None,
    }
    return Unscheduled(**{**values, **changes})  # type: ignore[arg-type]


def test_a_digest_that_a_late_start_nearly_missed_is_due_at_once() -> None:
    held = a_waiting(held_at=EIGHT - HOUR)
    assert due_of(held, EIGHT + timedelta(minutes=5), LONDON) == EIGHT
    # An hour that was chosen when it was over comes tomorrow.
    assert due_of(held, EIGHT + 2 * HOUR, LONDON) == EIGHT + DAY


def test_what_is_wanted_at_once_by_now_waits_for_quiet_hours_and_pauses_only() -> None:
    now = NOON + 11 * HOUR
    assert due_of(a_waiting(frequency=Frequency.NOW), now, LONDON) == now
    asleep = a_waiting(frequency=Frequency.NOW, quiet_from=22, quiet_until=7)
    assert due_of(asleep, now, LONDON) == NOON + 19 * HOUR
    assert due_of(asleep, NOON, LONDON) == NOON
    paused = a_waiting(frequency=Frequency.NOW, paused_until=NOON + 3 * DAY)
    assert due_of(paused, now, LONDON) == NOON + 3 * DAY
    assert due_of(a_waiting(paused_until=NOON + 3 * DAY), now, LONDON) == EIGHT + 3 * DAY
