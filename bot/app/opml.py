"""`python -m bot import-opml` and `export-opml`: lists of feeds in and out of the database."""

from dataclasses import dataclass, replace

from bot.app.checks import feed_specs
from bot.campaign import load_pack
from bot.config import Config
from bot.feeds.identity import canonical
from bot.feeds.opml import Outlines, read_opml, write_opml
from bot.model.feed import FeedKind, FeedSpec
from bot.store import Store
from bot.store.feeds import list_feeds
from bot.store.own_feeds import add_own_feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of each row: added, there already, or wrong ("name: what is wrong")."""

    added: tuple[FeedSpec, ...]
    known: tuple[FeedSpec, ...]
    faults: tuple[str, ...]


async def import_opml(config: Config, body: bytes, *, kind: FeedKind | None, disabled: bool) -> Imported:
    """Add the feeds of a list that are not there yet, as organisers' own; raises ParseError where it is no OPML."""
    outlines = read_opml(body, kind=kind)
    store = await Store.open(config.database_url)
    try:
        return await add_all(store, outlines, expected(config), disabled=disabled)
    finally:
        await store.close()


async def add_all(store: Store, outlines: Outlines, listed: tuple[FeedSpec, ...], *, disabled: bool) -> Imported:
    """Add them in one transaction. What the list names is there, even before the bot has run for the first time."""
    added, known = [], []
    async with store.write() as connection:
        there = {canonical(spec.url) for spec in (*listed, *(feed.spec for feed in await list_feeds(connection)))}
        for spec in outlines.feeds:
            if canonical(spec.url) in there:
                known.append(spec)
                continue
            chosen = replace(spec, enabled=spec.enabled and not disabled)
            await add_own_feed(connection, chosen)
            added.append(chosen)
    return Imported(added=tuple(added), known=tuple(known), faults=outlines.faults)


def expected(config: Config) -> tuple[FeedSpec, ...]:
    """The feeds that the list will name when the bot runs; in the sandbox real ones only where they are asked for."""
    if config.sandboxed and not config.sandbox.real_feeds:
        return ()
    return feed_specs(config) or load_pack(config.campaign.pack).feeds


async def export_opml(config: Config) -> bytes:
    """The feeds that are there, as OPML; before the bot has run for the first time, those that the list will name."""
    store = await Store.open(config.database_url)
    try:
        async with store.read() as connection:
            specs = tuple(feed.spec for feed in await list_feeds(connection))
    finally:
        await store.close()
    return write_opml(specs or expected(config), config.campaign.organisation or "Child Prison Alerts")
