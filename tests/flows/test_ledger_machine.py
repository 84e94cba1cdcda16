"""A state machine over store and Deliver: whatever happens in whatever order, the ledger stays true.

Bounded: a few short stories on each database. What is always so is checked after every step, and at the end of each
story, when Telegram answers and time has passed, that nothing was lost.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import exists, func, make_url, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.wording import Wording
from bot.flows import deliver
from bot.flows.deliver import Deliver
from bot.flows.digest import Digest, Round
from bot.flows.holding import Holding
from bot.flows.upkeep import Upkeep
from bot.model.delivery import ClaimedDelivery, DeliveryState, Fate, MessageKind, Receipt, SkipReason
from bot.model.message import Message
from bot.model.organiser import CardKind
from bot.model.subscriber import EVERYTHING, EndedReason, Frequency, Wants
from bot.store import Store, create_engine
from bot.store.cards import list_open_cards
from bot.store.choices import pause_subscriber, resume_subscriber, set_choices, set_frequency
from bot.store.claims import claim_deliveries
from bot.store.deliveries import count_states
from bot.store.identity import claim_identity, pause_sending
from bot.store.messages import add_message, enqueue, stop_message
from bot.store.schema import (
    audit,
    deliveries,
    digest_items,
    digest_stories,
    messages,
    metadata,
    subscribers,
    subscriptions,
)
from bot.store.stories import add_alert
from tests.builders import NOON, add_reader
from tests.postgres import fresh_database
from tests.store.telling import add_told_story

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

ENGLISH = Wording.load("en")
READERS = 6
ANSWERS = (
    Receipt(fate=Fate.SENT),
    Receipt(fate=Fate.SENT),
    Receipt(fate=Fate.LATER, retry_after=20),
    Receipt(fate=Fate.NOT_SENT, reason="no connection"),
    Receipt(fate=Fate.UNKNOWN, reason="no answer"),
    Receipt(fate=Fate.UNKNOWN, reason="no answer, and it arrived"),
    Receipt(fate=Fate.UNKNOWN, reason="502", faulty=True),
    Receipt(fate=Fate.GONE, ended_reason=EndedReason.BLOCKED),
    Receipt(fate=Fate.GONE, ended_reason=EndedReason.DEACTIVATED),
    Receipt(fate=Fate.MIGRATED),
)
ARRIVES = (Fate.SENT, Fate.UNKNOWN)


class Crash(Exception):  # noqa: N818 - what it is
    """The process is killed at this send."""


class Ledger(RuleBasedStateMachine):
    """Messages to six readers, by two workers that crash, freeze and stop, and a Telegram that answers anything.

    Readers change their minds: they read digests, sleep, pause, and want one call a week.
    """

    url: str

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.now = NOON
        self.answers: list[Receipt] = []
        self.crash_after: int | None = None
        self.kinds: dict[int, MessageKind] = {}
        self.owed: dict[int, int] = {}
        self.arrived: Counter[tuple[int, int]] = Counter()
        self.gone: set[int] = set()
        self.moved: dict[int, int] = {}
        self.stopped: set[int] = set()
        self.workers = 0
        self.killed = asyncio.Event()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Await it."""
        return self.loop.run_until_complete(work)

    @initialize()
    def open(self) -> None:
        """A bot with its readers."""

        async def begin() -> None:
            async with self.store.write() as connection:
                await claim_identity(connection, bot_id=1, username="bot")
                for chat in range(1, READERS + 1):
                    await add_reader(connection, chat, wants="alerts" if chat % 2 else "calls_to_action")

        self.store = Store(create_engine(make_url(self.url)))
        self.run(wipe(self.store))
        self.run(begin())
        for kind in (MessageKind.ALERT, MessageKind.CALL):
            self.publish(kind)

    @rule(kind=st.sampled_from([MessageKind.ALERT, MessageKind.CALL]))
    def publish(self, kind: MessageKind) -> None:
        """Something new is owed."""

        async def owe() -> None:
            async with self.store.write() as connection:
                texts, until = {"en": Message("x")}, self.now + timedelta(days=20)
                message = await add_message(connection, kind, texts, now=self.now, expires_at=until)
                wants = Wants.CALLS if kind is MessageKind.CALL else Wants.ALERTS
                follows = ["everything"]
                if kind is MessageKind.ALERT:
                    await self.tell_story(connection, message)
                self.owed[message] = await enqueue(
                    connection, message, kind, wants=wants, follows=follows, now=self.now
                )
                self.kinds[message] = kind

        self.run(owe())

    async def tell_story(self, connection: AsyncConnection, message: int) -> None:
        """The published story that an alert tells."""
        story = await add_told_story(connection, f"Story {message}", self.now)
        await add_alert(connection, story, message, now=self.now, by=None)

    @rule(
        chat=st.integers(1, READERS),
        choice=st.sampled_from([{"quiet_from": 12, "quiet_until": 13}, {"calls_per_week": 1}, {"silent": True}]),
    )
    def choose(self, chat: int, choice: dict[str, Any]) -> None:
        """A reader chooses; it is noon, so that quiet hours begin at once."""
        self.run(self.change(chat, lambda connection, reader: set_choices(connection, reader, **choice)))

    @rule(chat=st.sampled_from([1, 3, 5]), frequency=st.sampled_from([Frequency.DAILY, Frequency.NOW]))
    def read_digests(self, chat: int, frequency: Frequency) -> None:
        """A reader of alerts wants them in digests, or at once."""
        self.run(self.change(chat, lambda connection, reader: set_frequency(connection, reader, EVERYTHING, frequency)))

    @rule(chat=st.integers(1, READERS), paused=st.booleans())
    def rest(self, chat: int, paused: bool) -> None:
        """A reader pauses, or hears us again."""
        until, now = self.now + timedelta(minutes=30), self.now
        if paused:
            self.run(self.change(chat, lambda connection, reader: pause_subscriber(connection, reader, until, now=now)))
        else:
            self.run(self.change(chat, lambda connection, reader: resume_subscriber(connection, reader, now=now)))

    async def change(self, chat: int, choose: Callable[[AsyncConnection, int], Awaitable[bool]]) -> None:
        """A reader who is still there, wherever their chat moved to, makes a choice."""
        async with self.store.write() as connection:
            query = select(subscribers.c.id).where(subscribers.c.chat_id.in_([chat, chat + 100, chat + 200]))
            for reader in (await connection.execute(query)).scalars().all():
                await choose(connection, reader)

    @rule(hours=st.sampled_from([0, 20]), killed=st.booleans())
    def make_digests(self, hours: int, killed: bool) -> None:
        """Digests are made, tomorrow at eight perhaps; a kill in the middle undoes what was not written down."""
        self.now += timedelta(hours=hours)
        self.run(self.digests(killed=killed))

    async def digests(self, *, killed: bool = False) -> None:
        """One round, and the digests that came of it."""
        flow = Digest(
            store=self.store,
            wordings={"en": ENGLISH},
            name_of=str,
            now=lambda: self.now,
            wake=lambda _: None,
            zone=UTC,
        )
        if killed:
            with suppress(Crash):
                async with self.store.write() as connection:
                    await flow.owe(connection, Round())
                    raise Crash
        else:
            await flow.tick()
        async with self.store.read() as connection:
            query = (
                select(messages.c.id, func.count())
                .join(deliveries, deliveries.c.message_id == messages.c.id)
                .where(messages.c.kind == MessageKind.DIGEST.value, messages.c.id.not_in(list(self.owed)))
                .group_by(messages.c.id)
            )
            for message, number in (await connection.execute(query)).all():
                self.owed[message], self.kinds[message] = number, MessageKind.DIGEST

    @rule(answers=st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=6))
    def deliver(self, answers: list[Receipt]) -> None:
        """A worker delivers what is due."""
        self.answers = list(answers)
        self.run(self.tick(self.new_worker()))

    @rule(answers=st.lists(st.sampled_from(ANSWERS), max_size=3), sends=st.integers(0, 5))
    def crash(self, answers: list[Receipt], sends: int) -> None:
        """A worker is killed after so many sends; the message of the last one arrived, and nobody knows."""
        self.answers, self.crash_after = list(answers), sends
        self.run(self.tick(self.new_worker()))
        self.now += timedelta(minutes=1)
        self.run(self.upkeep().sweep())

    async def tick(self, worker: Deliver) -> None:
        """One tick. A kill ends it between two sends, with nothing written down after that."""
        killed = self.killed = asyncio.Event()
        ticking, kill = asyncio.create_task(worker.tick()), asyncio.create_task(killed.wait())
        await asyncio.wait({ticking, kill}, return_when=asyncio.FIRST_COMPLETED)
        if killed.is_set():
            worker.drain = never  # type: ignore[assignment,method-assign]
        everything = asyncio.all_tasks() - {asyncio.current_task()}
        for task in everything:
            task.cancel()
        await asyncio.gather(*everything, return_exceptions=True)
        self.crash_after = None
        if not killed.is_set():
            ticking.result()

    def new_worker(self) -> Deliver:
        """A process that has just started, or another machine."""
        self.workers += 1
        return Deliver(
            store=self.store,
            send=self.send,
            now=lambda: self.now,
            wake=lambda _: None,
            worker=f"worker-{self.workers}",
            per_second=1e9,
            per_chat_seconds=0,
        )

    async def send(self, delivery: ClaimedDelivery) -> Receipt:
        """What Telegram does and says."""
        if self.crash_after is not None:
            self.crash_after -= 1
            if self.crash_after < 0:
                if not self.killed.is_set():
                    self.arrived[delivery.message_id, delivery.key.chat_id] += 1
                self.killed.set()
                await asyncio.Event().wait()
        chat = delivery.key.chat_id
        assert chat not in self.gone, "what Telegram called gone is sent nothing before that is decided"
        answer = self.answers.pop() if self.answers else Receipt(fate=Fate.SENT)
        if answer.fate is Fate.SENT or "arrived" in answer.reason:
            self.arrived[delivery.message_id, chat] += 1
        if answer.fate is Fate.MIGRATED:
            return replace(answer, new_chat_id=chat + 100)
        if answer.fate is Fate.GONE:
            self.gone.add(chat)
        return answer

    @rule(limit=st.integers(1, 3))
    def freeze(self, limit: int) -> None:
        """A worker claims and is never heard of again."""

        async def claim() -> None:
            async with self.store.write() as connection:
                await claim_deliveries(connection, worker="frozen", now=self.now, limit=limit)

        self.run(claim())

    @rule()
    def stop_a_worker(self) -> None:
        """SIGTERM in the middle: nothing is left claimed by it."""

        async def stop() -> None:
            worker = self.new_worker()
            ticking = asyncio.create_task(worker.tick())
            await asyncio.sleep(0)
            await worker.stop(5)
            await ticking

        before = self.count(DeliveryState.CLAIMED)
        self.run(stop())
        assert self.count(DeliveryState.CLAIMED) <= before

    @rule(minutes=st.sampled_from([0.2, 1, 6]))
    def pass_time(self, minutes: float) -> None:
        """Time passes, and upkeep looks."""
        self.now += timedelta(minutes=minutes)
        self.run(self.upkeep().sweep())

    def upkeep(self) -> Upkeep:
        """Upkeep of this store."""
        return Upkeep(store=self.store, now=lambda: self.now, wake=lambda _: None)

    @rule(seconds=st.integers(1, 20))
    def pause(self, seconds: int) -> None:
        """All sending is held."""

        async def hold() -> None:
            async with self.store.write() as connection:
                await pause_sending(connection, until=self.now + timedelta(seconds=seconds))

        self.run(hold())

    @precondition(lambda self: len(self.owed) > 2)
    @rule(data=st.data())
    def stop_message(self, data: st.DataObject) -> None:
        """Organisers stop one."""
        message = data.draw(st.sampled_from(sorted(self.owed)[2:]))

        async def stop() -> None:
            async with self.store.write() as connection:
                await stop_message(connection, message, now=self.now, reason="stopped")

        self.run(stop())
        self.stopped.add(message)

    def states(self, message: int) -> dict[DeliveryState, int]:
        """How a message's deliveries stand."""

        async def count() -> dict[DeliveryState, int]:
            async with self.store.read() as connection:
                return await count_states(connection, message)

        found: dict[DeliveryState, int] = self.run(count())
        return found

    def count(self, state: DeliveryState) -> int:
        """How many deliveries are in a state."""
        return sum(self.states(message)[state] for message in self.owed)

    @invariant()
    def totals_add_up(self) -> None:
        """To the number targeted."""
        for message, owed in self.owed.items():
            assert sum(self.states(message).values()) == owed

    @invariant()
    def no_call_comes_twice(self) -> None:
        """Whatever happened."""
        twice = [one for one, times in self.arrived.items() if times > 1 and self.kinds[one[0]] is MessageKind.CALL]
        assert twice == []

    def teardown(self) -> None:
        """In the end everything has its end, and no alert is lost."""
        if self.owed:
            self.run(self.let_all_end())
            for message, kind in self.kinds.items():
                states = self.states(message)
                assert states[DeliveryState.PENDING] == states[DeliveryState.CLAIMED] == 0
                times = sum(1 for one in self.arrived if one[0] == message)
                if kind is MessageKind.ALERT and message not in self.stopped:
                    assert states[DeliveryState.FAILED] == states[DeliveryState.EXPIRED] == 0
                    assert times >= states[DeliveryState.SENT]
            self.run(self.check_digests())
        if hasattr(self, "store"):
            self.run(self.store.close())
        self.loop.close()

    async def check_digests(self) -> None:
        """What waited for a digest was told in one, and nobody was told by an alert as well."""
        async with self.store.read() as connection:
            assert (await connection.execute(select(func.count()).select_from(digest_items))).scalar() == 0
            assert await count_untold(connection) == 0
            listed = (await connection.execute(select(digest_stories))).all()
        told = {(message, chat % 100) for message, chat in self.arrived}
        for row in listed:
            readers = {chat for message, chat in told if message == row.message_id}
            assert not any((row.alert_message_id, chat) in told for chat in readers)

    async def let_all_end(self) -> None:
        """Good answers from now on, and as much time as it takes."""
        self.answers, self.crash_after = [], None
        holding = Holding(store=self.store, now=lambda: self.now, wake=lambda _: None)
        # Within the last two every pause and all quiet hours end, and it is eight o'clock at least once.
        for minutes in (*[15] * 6, 13 * 60, 13 * 60):
            self.now += timedelta(minutes=minutes)
            await self.digests()
            await self.upkeep().sweep()
            async with self.store.read() as connection:
                cards = await list_open_cards(connection)
            for card in cards:
                if card.kind is CardKind.GONE:
                    await holding.decide(card.id, "go", by=1)
            await self.new_worker().tick()


async def count_untold(connection: AsyncConnection) -> int:
    """How many alerts that quiet hours held back were put into no digest, though their reader is there."""
    both = deliveries.alias()
    listed = exists().where(
        digest_stories.c.alert_message_id == deliveries.c.message_id,
        both.c.message_id == digest_stories.c.message_id,
        both.c.subscriber_id == deliveries.c.subscriber_id,
    )
    query = (
        select(func.count())
        .select_from(deliveries)
        .join(subscriptions, subscriptions.c.id == deliveries.c.subscription_id)
        .join(messages, messages.c.id == deliveries.c.message_id)
        .where(
            deliveries.c.reason == SkipReason.QUIET.value,
            messages.c.kind == MessageKind.ALERT.value,
            messages.c.stopped_at.is_(None),
            subscriptions.c.ended_at.is_(None),
            ~listed,
        )
    )
    return int((await connection.execute(query)).scalar_one())


async def never(*arguments: object) -> Any:
    """What a killed process writes down."""
    del arguments
    raise Crash


async def wipe(store: Store) -> None:
    """Nothing of the story before."""
    async with store.write() as connection:
        for table in reversed(metadata.sorted_tables):
            # What organisers did is only ever added to.
            if table is not audit:
                await connection.execute(table.delete())


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_ledger_stays_true_whatever_happens(
    database: str,
    migrated_file: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Answers come at once here: nobody waits for more of them.
    monkeypatch.setattr(deliver, "GROUP_SECONDS", 0.001)
    monkeypatch.setattr(deliver, "REST_SECONDS", 0.002)
    with a_database(database, migrated_file, tmp_path, request) as url:
        bounded = settings(
            max_examples=14 if database == "sqlite" else 8,
            stateful_step_count=10,
            # A failing story is told as it was found: to shorten it takes minutes.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        machine = type("Machine", (Ledger,), {"url": url})
        run_state_machine_as_test(machine, settings=bounded)


@contextmanager
def a_database(database: str, migrated_file: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a migrated database."""
    if database == "sqlite":
        file = tmp_path / "alerts.db"
        file.write_bytes(migrated_file.read_bytes())
        yield f"sqlite+aiosqlite:///{file}"
        return
    template: URL = request.getfixturevalue("postgres")
    with fresh_database(template) as url:
        yield url.render_as_string(hide_password=False)
