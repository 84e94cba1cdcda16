"""Nouns with sensible values, for tests that care about one of them only."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import insert, make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.campaign import load_pack
from bot.match import Matcher
from bot.model.entry import Entry
from bot.model.feed import FeedKind, FeedSpec, FeedState
from bot.model.story import Outcome, Verdict
from bot.store import Store, create_engine
from bot.store.marks import KeptMark, list_marks
from bot.store.schema import metadata, subscribers, subscriptions

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@cache
def the_matcher() -> Matcher:
    """The campaign's matcher: pure, and slow to build, so that all tests share one."""
    return Matcher(load_pack())


def a_feed_spec(**changes: object) -> FeedSpec:
    """The inspectorate's feed, unless told otherwise."""
    values: dict[str, object] = {
        "name": "Inspectorate",
        "url": "https://inspectorate.example/feed/",
        "kind": FeedKind.INSPECTORATE,
        "every": timedelta(minutes=10),
    }
    return FeedSpec(**{**values, **changes})  # type: ignore[arg-type]


def a_feed(**changes: object) -> FeedState:
    """A feed that has been polled before, so that what is new in it is news."""
    values: dict[str, object] = {"id": 1, "spec": a_feed_spec(), "history_at": NOON - timedelta(days=30)}
    return FeedState(**{**values, **changes})  # type: ignore[arg-type]


def an_entry(**changes: object) -> Entry:
    """An inspection of a child prison, just published."""
    values: dict[str, object] = {
        "id": "https://inspectorate.example/?p=1",
        "url": "https://inspectorate.example/reports/werrington",
        "title": "HMYOI Werrington: inspectors find children locked up for 22 hours a day",
        "summary": "An unannounced inspection of HMYOI Werrington found outcomes for children poor in safety.",
        "published_at": NOON - timedelta(minutes=5),
        "source": "Inspectorate",
        "kind": FeedKind.INSPECTORATE,
    }
    return Entry(**{**values, **changes})  # type: ignore[arg-type]


def a_verdict(**changes: object) -> Verdict:
    """Certainly ours, and not sensitive."""
    values: dict[str, object] = {"outcome": Outcome.ALERT, "score": 6.0, "institutions": ("werrington",)}
    return Verdict(**{**values, **changes})  # type: ignore[arg-type]


async def add_reader(
    connection: AsyncConnection,
    chat_id: int,
    *,
    wants: str = "alerts",
    follows: str = "everything",
    at: datetime = NOON,
    frequency: str = "now",
    **choices: object,
) -> int:
    """A subscriber with one live subscription and these choices (columns); returns the subscriber's id."""
    values = {"language": "en", **choices, "chat_id": chat_id, "created_at": at}
    made = await connection.execute(insert(subscribers).values(values).returning(subscribers.c.id))
    subscriber_id = int(made.scalar_one())
    await connection.execute(
        insert(subscriptions).values(
            subscriber_id=subscriber_id,
            wants=wants,
            follows=follows,
            frequency=frequency,
            consent_version="test",
            consented_at=at,
        ),
    )
    return subscriber_id


async def store_in(folder: Path) -> Store:
    """An empty database, with the tables that the migrations would make, for who can have no fixture.

    In memory it would have one connection only, which a look in the middle of a transaction cannot use.
    """
    engine = create_engine(make_url(f"sqlite+aiosqlite:///{folder / 'alerts.db'}"))
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    return Store(engine)


async def find_mark(connection: AsyncConnection, subscriber_id: int, subject: str) -> KeptMark | None:
    """What somebody pressed under a subject; None where nothing."""
    return next((one for one in await list_marks(connection, subscriber_id) if one.subject == subject), None)
