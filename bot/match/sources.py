"""Whose entry it is, where the feed's kind is not given: by the feed's name or the address."""

from collections.abc import Sequence

from bot.campaign.pack import Source
from bot.match.links import split_link
from bot.match.text import plain
from bot.model.entry import Entry
from bot.model.feed import FeedKind


class SourceKinds:
    """The pack's sources, looked up."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._names = {plain(name): source.kind for source in sources for name in source.names}
        self._addresses = [(address, source.kind) for source in sources for address in source.addresses]

    def find(self, entry: Entry) -> FeedKind | None:
        """The kind of an entry's source, by its name, else by its address; None where the pack knows neither."""
        by_name = self._names.get(plain(entry.source))
        if by_name is not None or not entry.url:
            return by_name
        parts = split_link(entry.url)
        address = f"{(parts.hostname or '').removeprefix('www.')}{parts.path}"
        return next((kind for known, kind in self._addresses if address.startswith(known)), None)
