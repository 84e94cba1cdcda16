"""Whatever people press, whenever the program dies: nothing is owed without a second person's yes to exactly that."""

import asyncio
import shutil
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import insert, select, update

from bot.flows.approving import Answer
from bot.flows.choosing import find_change
from bot.flows.drafting import Change
from bot.model.broadcast import Broadcast, BroadcastState, Verb
from bot.model.draft import Written
from bot.model.message import Attachment
from bot.store.broadcasts import list_broadcasts
from bot.store.schema import deliveries, message_texts, organisers, subscribers
from tests.builders import store_in
from tests.flows.organising import ANNA, CAROL, OLWEN, TOMOS, Organising

T = TypeVar("T")
DAVID = 2004
"""An organiser whom Olwen invited."""
OWNERS = frozenset({OLWEN, TOMOS, CAROL})
TEAM = OWNERS | {DAVID}
READERS = (ANNA, 502)
PHOTO = Attachment("photo", "file", "unique")
people = st.sampled_from([OLWEN, TOMOS, CAROL, DAVID, ANNA])
words = st.sampled_from(["One.", "Two.", "<b>Three.</b>"])
CHANGES: tuple[Change | None, ...] = (
    find_change("done", "on", []),
    find_change("hours", "24", []),
    find_change("start", "waking", []),
    find_change("test", "", []),
    lambda draft: replace(draft, others={"cy": Written("Helo.")}),
    lambda draft: replace(draft, attachment=PHOTO),
)


@dataclass
class Yes:
    """An approval as the test itself saw it: whose, of whose words, and of what exactly."""

    by: int
    writers: frozenset[int]
    digest: str
    texts: dict[str, str]


class Approvals(RuleBasedStateMachine):
    """`approvals` is what the test itself saw: who said yes to what of whom, and that nobody took it back."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(mkdtemp())
        self.store = self.run(store_in(self.folder))
        self.desk = Organising(self.store, owners=OWNERS)
        self.run(self.desk.open())
        self.run(self.desk.callers(*READERS))
        self.run(self.let_david(come=True))
        self.pressed: dict[int, Broadcast] = {}
        self.approvals: dict[int, Yes] = {}
        self.here = TEAM

    def run(self, doing: Awaitable[T]) -> T:
        return self.loop.run_until_complete(doing)

    def teardown(self) -> None:
        self.run(self.store.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    async def let_david(self, *, come: bool) -> None:
        invited = {"role": "organiser", "invited_by": OLWEN, "since_at": self.desk.now}
        async with self.store.write() as connection:
            if come:
                await connection.execute(insert(organisers).values(user_id=DAVID, **invited))
            else:
                await connection.execute(update(organisers).values(removed_at=self.desk.now))

    def all_broadcasts(self) -> list[Broadcast]:
        async def ask() -> list[Broadcast]:
            async with self.store.read() as connection:
                return list(await list_broadcasts(connection, BroadcastState))

        return self.run(ask())

    def pick(self, choose: int, *, stale: bool) -> tuple[Broadcast, Broadcast] | None:
        """A broadcast as somebody's old button shows it, or as it is; and as it is."""
        there = self.all_broadcasts()
        if not there:
            return None
        current = there[choose % len(there)]
        shown = self.pressed.get(current.id, current) if stale else current
        self.pressed[shown.id] = shown
        return shown, current

    @rule(by=st.sampled_from([OLWEN, TOMOS, DAVID]), text=words, training=st.booleans())
    def write(self, by: int, text: str, training: bool) -> None:
        drafting = self.desk.drafting
        begun = self.run(drafting.begin(by, training=training))
        if self.run(drafting.write(begun, drafting.compose(text, training=training), by=by)) is not None:
            self.approvals.pop(begun.id, None)

    @rule(by=people, choose=st.integers(0, 5), change=st.sampled_from(CHANGES), stale=st.booleans())
    def change(self, by: int, choose: int, change: Change | None, stale: bool) -> None:
        picked = self.pick(choose, stale=stale)
        assert change is not None
        if picked is None:
            return
        shown, current = picked
        if self.run(self.desk.drafting.change(shown.id, shown.digest[:12], change, by=by)) is Answer.DONE:
            assert by in self.here
            self.approvals.pop(current.id, None)

    @rule(verb=st.sampled_from(list(Verb)), by=people, choose=st.integers(0, 5), stale=st.booleans())
    def press(self, verb: Verb, by: int, choose: int, stale: bool) -> None:
        picked = self.pick(choose, stale=stale)
        if picked is None:
            return
        shown, current = picked
        if self.run(self.desk.press(shown, verb, by=by, reason="facts")) is not Answer.DONE:
            return
        assert by in self.here
        if verb is Verb.APPROVE:
            texts = {language: message.text for language, message in current.messages.items()}
            self.approvals[current.id] = Yes(by, current.writers, current.true_digest, texts)
        elif verb not in {Verb.STOP, Verb.PAUSE, Verb.RESUME}:
            self.approvals.pop(current.id, None)

    @initialize(training=st.booleans())
    def begin(self, training: bool) -> None:
        self.write(OLWEN, "One.", training)

    @rule(by=people, seconds=st.sampled_from([1, 61]), whole=st.booleans())
    def go_on(self, by: int, seconds: int, whole: bool) -> None:
        # The way to the end is long: without a guide few runs would get there.
        ways = {BroadcastState.DRAFT: Verb.SUBMIT, BroadcastState.SUBMITTED: Verb.APPROVE}
        for number, one in enumerate(self.all_broadcasts()):
            if one.state in ways:
                self.press(ways[one.state], one.author_id if one.state is BroadcastState.DRAFT else by, number, False)
        if whole:
            self.run(self.desk.beat(seconds=seconds))
        else:
            self.desk.now += timedelta(seconds=seconds)
            self.run(self.desk.dispatch.tick())

    @rule(by=people, choose=st.integers(0, 5))
    def try_again(self, by: int, choose: int) -> None:
        picked = self.pick(choose, stale=False)
        if picked is not None:
            self.run(self.desk.broadcasting.retry(picked[0].id, picked[0].digest[:12], by=by))

    @rule(seconds=st.sampled_from([1, 59, 61, 61, 90_000]))
    def beat(self, seconds: int) -> None:
        self.run(self.desk.beat(seconds=seconds))

    @rule(what=st.sampled_from(["clock", "leaver", "death"]))
    def suffer(self, what: str) -> None:
        """The clock goes back an hour, an organiser is removed, or the program dies and starts again."""
        match what:
            case "clock":
                self.desk.now -= timedelta(hours=1)
            case "leaver":
                self.run(self.let_david(come=False))
                self.here = OWNERS
            case _:
                self.desk.restart()

    @invariant()
    def only_what_was_approved_is_owed_and_rehearsals_to_organisers_alone(self) -> None:
        async def ask() -> tuple[list[Any], list[Any]]:
            async with self.store.read() as connection:
                owed = select(deliveries.c.message_id, subscribers.c.chat_id).join(
                    subscribers, subscribers.c.id == deliveries.c.subscriber_id
                )
                texts = select(message_texts.c.message_id, message_texts.c.language, message_texts.c.text)
                return list((await connection.execute(owed)).all()), list((await connection.execute(texts)).all())

        owed, texts = self.run(ask())
        by_message = {one.message_id: one for one in self.all_broadcasts() if one.message_id is not None}
        for message_id in {row.message_id for row in owed}:
            broadcast = by_message[message_id]
            yes = self.approvals[broadcast.id]
            assert yes.by not in yes.writers
            assert yes.by in OWNERS or OLWEN not in yes.writers
            assert {row.language: row.text for row in texts if row.message_id == message_id} == yes.texts
            assert yes.digest == broadcast.true_digest
            reached = {row.chat_id for row in owed if row.message_id == message_id}
            assert reached <= (TEAM if broadcast.training else set(READERS))
        assert len(owed) == len({(row.message_id, row.chat_id) for row in owed})

    @invariant()
    def nobody_gets_anything_twice(self) -> None:
        sent = [(delivery.message_id, delivery.key.chat_id) for delivery in self.desk.sent]
        assert len(sent) == len(set(sent))


Approvals.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestApprovals = Approvals.TestCase
