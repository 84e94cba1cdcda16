"""robots.txt (RFC 9309): whether a site wants its pages left alone; asked once a day for each site. Feeds do not ask.

Where a site has none, or fails to answer, its pages are read: we fetch the single page that a feed points to. (For
servers that fail the RFC would have a crawler stay away; ours asks again after ten minutes.)
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from bot.errors import FetchError, StatusError
from bot.net import Client

MOST_BYTES = 512 * 1024  # RFC 9309 section 2.5 asks for 500 KiB at least
MOST_PARSED = 128 * 1024  # characters
SECONDS = 5.0
KEPT, KEPT_FAILED = 24 * 3600.0, 600.0  # seconds
MOST_SITES = 1000
SERVER_ERROR = 500
ACCEPT = "text/plain, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site's file says, None for nothing, and until when that is believed."""

    until: float
    file: Protego | None


class Robots:
    """Asks sites through the guarded client, under its own name."""

    def __init__(self, client: Client, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._sites: dict[str, Rules] = {}

    async def check(self, url: str) -> None:
        """Raise FetchError where the site asks programs like ours not to read this address."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        rules = self._sites.get(site)
        if rules is None or rules.until <= self._clock():
            rules = await self._ask(site)
            self._keep(site, rules)
        if rules.file is not None and not rules.file.can_fetch(url, self._client.user_agent):
            raise FetchError("the site's robots.txt asks programs not to read this page")

    async def _ask(self, site: str) -> Rules:
        now = self._clock()
        try:
            answer = await self._client.get(f"{site}/robots.txt", max_bytes=MOST_BYTES, deadline=SECONDS, accept=ACCEPT)
        except StatusError as error:
            return Rules(now + (KEPT if error.status < SERVER_ERROR else KEPT_FAILED), None)
        except FetchError:
            return Rules(now + KEPT_FAILED, None)
        return Rules(now + KEPT, Protego.parse(answer.body.decode("utf-8", "replace")[:MOST_PARSED]))

    def _keep(self, site: str, rules: Rules) -> None:
        self._sites.pop(site, None)
        while len(self._sites) >= MOST_SITES:
            self._sites.pop(next(iter(self._sites)))
        self._sites[site] = rules
