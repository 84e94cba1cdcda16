"""The bot as several processes on one PostgreSQL: together, one of them frozen, and with a server that falls silent."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from bot.engine.queue import SCHEMA
from bot.model.delivery import MessageKind
from bot.model.message import Message
from bot.model.subscriber import Wants
from bot.sandbox.faults import Fault, FaultKind
from bot.store import Store
from bot.store import create_engine as create_store_engine
from bot.store.messages import add_message, enqueue
from tests.builders import add_reader
from tests.journeys.fleet import Fleet
from tests.journeys.world import AMINA, REPORT, SUMMARY, World
from tests.postgres import END_OTHERS, fresh_database

pytestmark = pytest.mark.slow

# A lease of a minute is too long to wait for here.
SHORT_LEASE = "from datetime import timedelta; import bot.flows.upkeep as u; u.LEASE = timedelta(seconds=2)"
SHORT_BEAT = "import bot.app.roles as r; r.UPKEEP_SECONDS = 1.0"
SOON_STALE = (
    "from datetime import timedelta; import bot.flows.deliver as d; d.FRESH_FOR = timedelta(seconds=1);"
    "import bot.store as s; s.SERVER_OPTIONS = s.SERVER_OPTIONS.replace('=8000', '=2000')"
)
# How soon a process that hangs ends itself.
WATCHFUL = "import bot.engine.watchdog as w; w.Watchdog.__init__.__kwdefaults__['seconds'] = 4"


WORKERS = "SELECT count(*) FROM alerts_queue.procrastinate_workers"
RUNNING = "SELECT count(*) FROM alerts_queue.procrastinate_jobs WHERE status = 'doing'"
COUNT = "SELECT count(*) FROM deliveries WHERE state = :state"
OPEN = "SELECT count(*) FROM deliveries WHERE state IN ('pending', 'claimed')"


@pytest.fixture
async def fleet(world: World, postgres: URL) -> AsyncIterator[Fleet]:
    with fresh_database(postgres) as url:
        fleet = Fleet(world, url)
        try:
            yield fleet
        finally:
            await fleet.end_all()
            take_queue_away(url)


def take_queue_away(url: URL) -> None:
    """The next test that has this database makes its own."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
    engine.dispose()


async def test_poll_work_and_web_do_the_main_job_and_a_standby_takes_over(fleet: Fleet, unused_tcp_port: int) -> None:
    world = fleet.world
    poll = await fleet.start("poll", changes=SHORT_BEAT)
    work = await fleet.start("work")
    web = await fleet.start("web", port=unused_tcp_port)
    await fleet.said(poll, "has the part 'poll'")
    await fleet.said(web, "has the part 'updates'")
    await fleet.until(lambda: world.site.fetches >= 2)
    await world.subscribe(AMINA)
    # The server restarts: all of them go on.
    assert rows(fleet.url, END_OTHERS) is True
    world.site.publish(REPORT, SUMMARY)
    await fleet.until(lambda: world.count(AMINA, "locked up for 22 hours") == 1)
    health = await web.health()
    assert (health["role"], health["healthy"]) == ("web", True)

    spare = await fleet.start("web")
    await fleet.said(spare, "this one stands by")
    await web.end(signal.SIGKILL)
    await fleet.said(spare, "has the part 'updates'")
    told = len(world.texts(AMINA))
    world.telegram.say(AMINA, AMINA, "/help")
    await fleet.until(lambda: len(world.texts(AMINA)) > told)
    assert await asyncio.gather(*(member.end() for member in (poll, work, spare))) == [0, 0, 0]
    assert rows(fleet.url, "SELECT count(*) FROM deliveries WHERE state = 'claimed'") == 0
    assert rows(fleet.url, RUNNING) == 0


def rows(url: URL, question: str, **values: str) -> object:
    """One figure."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text(question), values).scalar()
    engine.dispose()
    return found


async def owe_a_call(url: URL, readers: int) -> None:
    """A call to action is owed to so many people, whom Telegram knows."""
    store, now = Store(create_store_engine(url)), datetime.now(UTC)
    async with store.write() as connection:
        for chat in range(5001, 5001 + readers):
            await add_reader(connection, chat, wants=Wants.CALLS.value)
        kind = MessageKind.CALL
        texts = {"en": Message("Write to your MP")}
        message = await add_message(connection, kind, texts, now=now, expires_at=now + timedelta(hours=1))
        await enqueue(connection, message, kind, wants=Wants.CALLS, follows=["everything"], now=now)
    await store.close()


async def test_a_frozen_worker_that_wakes_sends_nothing_that_another_may_have_sent(fleet: Fleet) -> None:
    world, readers = fleet.world, 60
    for chat in range(5001, 5001 + readers):
        world.telegram.add_user(chat, f"Reader {chat}")
        world.telegram.say(chat, chat, "hello")
    world.settings = "[delivery]\nmessages_per_second = 20\n"
    await owe_a_call(fleet.url, readers)
    poll = await fleet.start("poll", changes=f"{SHORT_LEASE}; {SHORT_BEAT}")
    frozen = await fleet.start("work", changes=SOON_STALE)
    other = await fleet.start("work")
    # So that something is on its way at any time.
    world.telegram.faults.add(Fault(FaultKind.LATENCY, times=None, seconds=0.3))

    def received() -> Counter[int]:
        return Counter({chat: world.count(chat, "Write to your MP") for chat in range(5001, 5001 + readers)})

    await fleet.until(lambda: received().total() >= 5)
    frozen.process.send_signal(signal.SIGSTOP)
    await fleet.until(lambda: rows(fleet.url, OPEN) == 0)
    before = received()
    frozen.process.send_signal(signal.SIGCONT)
    await asyncio.sleep(2)
    after = received()
    assert max(after.values()) == 1
    # What was on its way when it froze may arrive late; nothing else does.
    assert (after - before).total() <= 2
    sent, unknown = (int(str(rows(fleet.url, COUNT, state=state))) for state in ("sent", "unknown"))
    assert sent + unknown == readers
    assert sent <= after.total() <= sent + unknown
    assert await asyncio.gather(*(member.end() for member in (poll, frozen, other))) == [0, 0, 0]


@dataclass
class Proxy:
    """Between a process and its server. Once it is `silent` it accepts and passes on nothing, and closes nothing."""

    server: str
    port: int = 0
    silent: bool = False
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_unix_connection(self.server)
        self.tasks |= {
            asyncio.create_task(self.pass_on(reader, there[1])),
            asyncio.create_task(self.pass_on(there[0], writer)),
        }

    async def pass_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while piece := await source.read(65536):
            if not self.silent:
                target.write(piece)
                await target.drain()
        target.close()


@asynccontextmanager
async def proxied(url: URL) -> AsyncIterator[tuple[Proxy, URL]]:
    """The server of a database behind a proxy, and the database's address there."""
    proxy = Proxy(f"{url.query['host']}/.s.PGSQL.5432")
    listener = await asyncio.start_server(proxy.accept, "127.0.0.1", 0)
    proxy.port = listener.sockets[0].getsockname()[1]
    try:
        yield proxy, url.set(host="127.0.0.1", port=proxy.port, query={})
    finally:
        listener.close()
        for task in proxy.tasks:
            task.cancel()
        await asyncio.gather(*proxy.tasks, return_exceptions=True)


async def test_a_server_that_accepts_and_never_answers_ends_a_worker_with_a_word_and_a_code(fleet: Fleet) -> None:
    async with proxied(fleet.url) as (proxy, url):
        fleet.url, direct = url, fleet.url
        worker = await fleet.start("work", changes=WATCHFUL)
        fleet.url = direct
        await fleet.until(lambda: has_worker(direct))
        proxy.silent = True
        assert await worker.ended() == 70
    assert "No good answer of the database for 4 seconds" in worker.log


def has_worker(url: URL) -> bool:
    """Whether one has registered."""
    known = rows(url, f"SELECT to_regclass('{SCHEMA}.procrastinate_workers') IS NOT NULL")
    return bool(known) and rows(url, WORKERS) == 1
