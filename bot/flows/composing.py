"""A story in the words that readers get: what can be told of it, its chart, and the alert in every language."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.campaign import Pack
from bot.campaign.pack import Action
from bot.compose.action import ask_rows, choose_asks
from bot.compose.alert import OUTLETS, compose_alert
from bot.compose.picture import choose_chart
from bot.compose.wording import Wording
from bot.errors import AlertsError
from bot.model.chart import GradeChart
from bot.model.entry import KeptEntry
from bot.model.finding import Finding
from bot.model.message import Message, Picture
from bot.model.story import Earlier, Outlet, Prior, Story, Told, tell

log = logging.getLogger(__name__)


def find_nothing(institution: str, before: date) -> Earlier | None:
    """For a campaign that keeps no history of grades."""
    del institution, before
    return None


@dataclass(frozen=True, kw_only=True)
class Material:
    """Everything that a story's alert is composed from; `prior` is the story whose new turn this is.

    `ask` is what an organiser chose to ask for (an action's id, "" for nothing); None: what suits.
    """

    story: Story
    finding: Finding
    entries: Sequence[KeptEntry]
    prior: Prior | None = None
    ask: str | None = None


@dataclass(frozen=True, kw_only=True)
class Composing:
    """`find_previous` gives an institution's grades before a day, and their year; `draw` makes a chart's PNG.

    Without `draw` there are no pictures.
    """

    pack: Pack
    wordings: Mapping[str, Wording]
    now: Callable[[], datetime]
    find_previous: Callable[[str, date], Earlier | None] = find_nothing
    draw: Callable[[GradeChart], Awaitable[bytes]] | None = None

    def tell(self, material: Material) -> Told:
        """What can be told of a story, with what it is compared with and who else carries it."""
        lead = next(kept for kept in material.entries if kept.row_id == material.story.lead_row_id)
        return tell(
            lead.entry,
            material.story.verdict,
            material.finding,
            first_seen_at=lead.first_seen_at,
            earlier=self.find_earlier(material.finding),
            outlets=list_outlets(lead, material.entries),
            prior=material.prior,
        )

    def find_earlier(self, finding: Finding) -> Earlier | None:
        """The grades before those of a report on one institution whose inspection has a date."""
        if len(finding.institutions) != 1 or finding.inspection_dates is None or finding.grades is None:
            return None
        return self.find_previous(finding.institutions[0], finding.inspection_dates[0])

    def choose_charts(self, material: Material) -> dict[str, GradeChart]:
        """The chart that goes with the alert, by language, where one helps."""
        if self.draw is None:
            return {}
        told, name_of = self.tell(material), self.pack.institution_name
        charts = {language: choose_chart(told, wording, name_of) for language, wording in self.wordings.items()}
        return {language: chart for language, chart in charts.items() if chart is not None}

    async def draw_charts(self, material: Material) -> dict[str, Picture]:
        """The alert's pictures; outside any transaction, for it takes a while.

        One that cannot be made is left out: the words go alone.
        """
        pictures: dict[str, Picture] = {}
        for language, chart in self.choose_charts(material).items():
            try:
                pictures[language] = Picture(await self.draw(chart) if self.draw else b"")
            except AlertsError as error:
                log.warning("story %d goes without its picture: %s", material.story.id, error)
        return pictures

    def preview(self, material: Material) -> dict[str, Message]:
        """The alert as `compose` will make it, whose pictures are not drawn yet."""
        return self.compose(material, {language: Picture() for language in self.choose_charts(material)})

    def compose(self, material: Material, pictures: Mapping[str, Picture]) -> dict[str, Message]:
        """The alert in every language there is."""
        return {
            language: self.alert(material, wording, pictures.get(language))
            for language, wording in self.wordings.items()
        }

    def alert(self, material: Material, wording: Wording, picture: Picture | None) -> Message:
        """The alert in one language, with the one ask that fits and what may be said of it."""
        told, name_of = self.tell(material), self.pack.institution_name
        actions = self.actions_for(told, material.ask)
        asks = choose_asks(told, actions, wording, name_of, self.now().date())
        alert = compose_alert(told, wording, name_of, picture=picture)
        return replace(alert, buttons=(*alert.buttons, *ask_rows(told, asks, material.story.id, wording)))

    def actions_for(self, told: Told, ask: str | None) -> Sequence[Action]:
        """What may be asked: an organiser's choice suits whatever happened, but about a death nobody has one."""
        if ask is None or told.mourning:
            return self.pack.actions
        return [replace(action, on=(), days=None) for action in self.pack.actions if action.id == ask]


def list_outlets(lead: KeptEntry, entries: Sequence[KeptEntry]) -> list[Outlet]:
    """Who else carries the story, each source once, the first to do so first."""
    found: dict[str, Outlet] = {}
    for kept in entries:
        if kept.entry.url and kept.entry.source != lead.entry.source:
            found.setdefault(kept.entry.source, Outlet(name=kept.entry.source, url=kept.entry.url))
    return list(found.values())[:OUTLETS]
