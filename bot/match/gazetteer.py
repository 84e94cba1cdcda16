"""The gazetteer: which places a text names, with regard to ambiguity and to the time at which it was written."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.campaign.pack import Institution, Pack, Scope
from bot.match.phrases import Hit, Mark
from bot.match.signals import Signals

SURE, TELLING, WEAK, NEVER = "place_sure", "place_telling", "place_weak_name", "place_never"
# What a name means after the place's last day where nothing in the text looks back, and where no day is known.
AFTER = {SURE: "place_other", TELLING: "place_past", WEAK: "place_other"}
UNDATED = {SURE: "place_past", TELLING: "place", WEAK: "place_other"}


def name_phrases(institutions: Sequence[Institution]) -> Iterator[tuple[str, Mark]]:
    """Every name of every place as a phrase; a phrase of `never` hides the names inside it."""
    for one in institutions:
        for strength, phrases in ((SURE, one.names), (TELLING, one.telling), (WEAK, one.weak), (NEVER, one.never)):
            for phrase in phrases:
                yield phrase, Mark(strength, one.id)


class Gazetteer:
    """What names mean on a day, as the groups that rules ask for.

    These are `place`, `place_weak`, `place_past`, `place_other` and `place_elsewhere`.
    """

    def __init__(self, pack: Pack) -> None:
        self._places: Mapping[str, Institution] = {one.id: one for one in pack.institutions}

    def settle(self, signals: Signals, day: date | None) -> tuple[str, ...]:
        """Add to the signals what the names found mean on that day; returns the ids of the campaign's own places."""
        named: dict[str, Hit] = {}
        found = [(mark, hit) for strength in (SURE, TELLING, WEAK) for mark, hit in signals.places(strength)]
        for mark, hit in found:
            meaning = self._meaning(self._places[mark.place], mark.group, signals, day)
            if meaning is not None:
                signals.add(meaning, hit)
                if meaning in {"place", "place_weak"}:
                    named.setdefault(mark.place, hit)
        return tuple(sorted(named, key=lambda one: (named[one].sentence, named[one].start, one)))

    @staticmethod
    def _meaning(place: Institution, strength: str, signals: Signals, day: date | None) -> str | None:
        if place.scope is not Scope.OURS:
            return "place_elsewhere" if place.scope is Scope.ELSEWHERE else "place_other"
        if strength == WEAK and not signals.any(place.needs):
            return None
        if place.until is None or (day is not None and day <= place.until) or signals.any(place.needs_after):
            return "place_weak" if strength == WEAK else "place"
        return (AFTER if day else UNDATED)[strength]
