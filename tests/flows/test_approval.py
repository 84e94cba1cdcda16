"""Whatever people press and whenever the program dies: nothing is owed without a second person's yes to those words."""

import asyncio
import shutil
from collections.abc import Awaitable
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from bot.flows.approving import Answer
from bot.model.broadcast import Broadcast, BroadcastState, Verb
from bot.store.broadcasts import list_broadcasts
from bot.store.schema import deliveries, message_texts, messages
from tests.builders import store_in
from tests.flows.organising import ANNA, CAROL, OLWEN, TOMOS, Organising

T = TypeVar("T")
OWNERS = frozenset({OLWEN, TOMOS, CAROL})
READERS = (ANNA, 502)
people = st.sampled_from([OLWEN, TOMOS, CAROL, ANNA])
words = st.sampled_from(["One.", "Two.", "<b>Three.</b>"])


class Approvals(RuleBasedStateMachine):
    """`approvals` is what the test itself saw: who said yes to which words of whom, and that nobody took it back."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(mkdtemp())
        self.store = self.run(store_in(self.folder))
        self.desk = Organising(self.store, owners=OWNERS)
        self.run(self.desk.open())
        self.run(self.desk.callers(*READERS))
        self.pressed: dict[int, Broadcast] = {}
        self.approvals: dict[int, tuple[int, int, str]] = {}

    def run(self, doing: Awaitable[T]) -> T:
        return self.loop.run_until_complete(doing)

    def teardown(self) -> None:
        self.run(self.store.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    def all_broadcasts(self) -> list[Broadcast]:
        async def ask() -> list[Broadcast]:
            async with self.store.read() as connection:
                return list(await list_broadcasts(connection, BroadcastState))

        return self.run(ask())

    @rule(by=st.sampled_from([OLWEN, TOMOS]), text=words)
    def write(self, by: int, text: str) -> None:
        desk = self.desk
        begun = self.run(desk.drafting.begin(by))
        self.run(desk.drafting.write(begun, desk.drafting.compose(text)))

    @rule(verb=st.sampled_from(list(Verb)), by=people, choose=st.integers(0, 5), stale=st.booleans())
    def press(self, verb: Verb, by: int, choose: int, stale: bool) -> None:
        there = self.all_broadcasts()
        if not there:
            return
        shown = there[choose % len(there)]
        # An old button: it stands under what these words were when somebody last looked.
        shown = self.pressed.get(shown.id, shown) if stale else shown
        self.pressed[shown.id] = shown
        current = next(one for one in there if one.id == shown.id)
        if self.run(self.desk.press(shown, verb, by=by)) is not Answer.DONE:
            return
        assert by in OWNERS
        if verb is Verb.APPROVE:
            assert by != current.author_id
            self.approvals[current.id] = (by, current.author_id, current.text)
        elif verb is not Verb.STOP:
            self.approvals.pop(current.id, None)

    @rule(by=people)
    def go_on(self, by: int) -> None:
        # The way to the end is long: without a guide few runs would get there.
        ways = {BroadcastState.DRAFT: Verb.SUBMIT, BroadcastState.SUBMITTED: Verb.APPROVE}
        for number, one in enumerate(self.all_broadcasts()):
            if one.state in ways:
                self.press(ways[one.state], one.author_id if one.state is BroadcastState.DRAFT else by, number, False)

    @rule(seconds=st.sampled_from([1, 59, 61, 61]))
    def beat(self, seconds: int) -> None:
        self.run(self.desk.beat(seconds=seconds))

    @rule()
    def die_and_start_again(self) -> None:
        self.desk.restart()

    @invariant()
    def only_approved_words_are_owed(self) -> None:
        async def ask() -> list[Any]:
            async with self.store.read() as connection:
                query = (
                    select(message_texts.c.message_id, message_texts.c.text, deliveries.c.subscriber_id)
                    .join(messages, messages.c.id == message_texts.c.message_id)
                    .join(deliveries, deliveries.c.message_id == messages.c.id)
                )
                return list((await connection.execute(query)).all())

        owed = self.run(ask())
        by_message = {one.message_id: one for one in self.all_broadcasts() if one.message_id is not None}
        assert {row.message_id for row in owed} <= set(by_message)
        for row in owed:
            approver, author, text = self.approvals[by_message[row.message_id].id]
            assert (approver != author, row.text) == (True, text)
        assert len(owed) == len({(row.message_id, row.subscriber_id) for row in owed})

    @invariant()
    def nobody_gets_anything_twice(self) -> None:
        sent = [(delivery.message_id, delivery.key.chat_id) for delivery in self.desk.sent]
        assert len(sent) == len(set(sent))


Approvals.TestCase.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
TestApprovals = Approvals.TestCase
