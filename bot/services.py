"""What handlers and web are given: the store, the campaign, the wording, and the flows they may start."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from bot.campaign import Pack
from bot.charts.gallery import Gallery
from bot.civic import Civic
from bot.compose.wording import DEFAULT_LANGUAGE, Wording
from bot.flows.adding import Adding
from bot.flows.desk import Desk
from bot.flows.publish import Publish
from bot.match.asking import Asking
from bot.model.organiser import Role
from bot.model.plots import Plot
from bot.store import Store
from bot.store.organisers import find_role


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What handlers need to know of the configuration; no secret is among it. `owners` are Telegram user ids."""

    organisation: str = ""
    contact: str = ""
    owners: frozenset[int] = frozenset()
    review_chat: int | None = None
    single_organiser: bool = False
    cooling_off: timedelta = timedelta(seconds=60)
    timezone: str = "Europe/London"
    sandboxed: bool = False


@dataclass(frozen=True, kw_only=True)
class Services:
    """`wordings` maps a language to its catalogue ("en" is always there); `wake` rings a flow by name.

    `desk` holds the flows by which organisers decide, `adding` is what they do with feeds. `civic` asks who somebody's
    MP is and how petitions stand; None: nobody can be asked. `draw_plot` makes a PNG of the bot's own figures; None:
    there are no pictures. `flow_failures` says which flows of this process fail, and why.
    """

    store: Store
    pack: Pack
    wordings: Mapping[str, Wording]
    publish: Publish
    desk: Desk
    adding: Adding
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    settings: Settings
    civic: Civic | None = None
    draw_plot: Callable[[Plot], Awaitable[bytes]] | None = None
    flow_failures: Callable[[], Mapping[str, str | None]] = dict
    started_at: datetime | None = None
    gallery: Gallery = field(default_factory=Gallery)

    @cached_property
    def asking(self) -> Asking:
        """What reads questions with the campaign's names."""
        return Asking(self.pack)

    async def find_role(self, user_id: int) -> Role | None:
        """What this Telegram user is to the campaign now; None: a supporter."""
        async with self.store.read() as connection:
            return await find_role(connection, user_id, self.settings.owners)

    def language(self, code: str | None) -> str:
        """The language we have for a person's language code ("en-GB"), else the default."""
        prefix = (code or "").partition("-")[0].lower()
        return prefix if prefix in self.wordings else DEFAULT_LANGUAGE

    def wording(self, code: str | None = None) -> Wording:
        """The catalogue for a person's language code."""
        return self.wordings[self.language(code)]
