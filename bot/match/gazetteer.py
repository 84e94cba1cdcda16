"""The gazetteer: which places a text names, with regard to ambiguity and to the time at which it was written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.campaign.pack import Institution, Pack, Scope
from bot.match.phrases import Hit, Mark
from bot.match.signals import Signals
from bot.match.text import plain
from bot.match.traces import find_dates

SURE, TELLING, WEAK, NEVER = "place_sure", "place_telling", "place_weak_name", "place_never"
# What a name means after the place's last day where nothing in the text looks back, and where no day is known.
AFTER = {SURE: "place_other", TELLING: "place_past", WEAK: "place_other"}
# Whoever looks at a place within a month of its last day sees what it was.
CHANGING = timedelta(days=31)
UNDATED = {SURE: "place_past", TELLING: "place", WEAK: "place_other"}


def name_phrases(institutions: Sequence[Institution]) -> Iterator[tuple[str, Mark]]:
    """Every name of every place as a phrase; a phrase of `never` hides the names inside it.

    Weak names are the bare ones, which take a genitive: its apostrophe is no part of a word.
    """
    for one in institutions:
        for strength, phrases in ((SURE, one.names), (TELLING, one.telling), (WEAK, one.weak), (NEVER, one.never)):
            for phrase in phrases:
                yield phrase, Mark(strength, one.id)
        for name in one.weak:
            yield f"{name}s", Mark(WEAK, one.id)


class Gazetteer:
    """What names mean on a day, as the groups that rules ask for.

    These are `place`, `place_weak`, `place_past`, `place_other`, `place_elsewhere` and what a place's `hint` names.
    """

    def __init__(self, pack: Pack) -> None:
        self._places: Mapping[str, Institution] = {one.id: one for one in pack.institutions}

    def settle(self, signals: Signals, day: date | None, text: str = "") -> tuple[str, ...]:
        """Add to the signals what the names found mean on that day; returns the ids of the campaign's own places.

        The days of which the `text` is the report count for more than the day of its publication.
        """
        named: dict[str, Hit] = {}
        found = [(mark, hit) for strength in (SURE, TELLING, WEAK) for mark, hit in signals.places(strength)]
        for mark, hit in found:
            meaning = _meaning(self._places[mark.place], mark.group, signals, hit, When(day, text))
            if meaning:
                signals.add(meaning, hit)
                if meaning in {"place", "place_weak"}:
                    named.setdefault(mark.place, hit)
        return tuple(sorted(named, key=lambda one: (named[one].sentence, named[one].start, one)))

    def list_hinted(self, signals: Signals) -> tuple[str, ...]:
        """The ids of the places at which settled signals only hint."""
        weak = [(self._places[mark.place], hit) for mark, hit in signals.places(WEAK)]
        return tuple(dict.fromkeys(place.id for place, hit in weak if hit in signals.of((place.hint,))))


@dataclass(frozen=True, slots=True)
class When:
    """The day of an entry, None where it is not known, and its text, which may name the days it reports on."""

    day: date | None
    text: str


def _meaning(place: Institution, strength: str, signals: Signals, hit: Hit, when: When) -> str | None:
    if place.scope is not Scope.OURS:
        return "place_elsewhere" if place.scope is Scope.ELSEWHERE else "place_other"
    if strength == WEAK and not signals.any(place.needs):
        in_time = place.until is None or _in_time(place, place.until, signals, when)
        return place.hint if in_time and signals.word_before(hit) not in place.towns else None
    if place.until is None or _in_time(place, place.until, signals, when) or signals.any(place.needs_after):
        return "place_weak" if strength == WEAK else "place"
    return (AFTER if when.day else UNDATED)[strength]


def _in_time(place: Institution, until: date, signals: Signals, when: When) -> bool:
    """Whether a text is of the time when the place was the campaign's subject; a report may come somewhat later."""
    if when.day is not None and when.day <= until:
        return True
    if not signals.any(place.reports):
        return False
    dates = find_dates(plain(when.text))
    if dates is not None:
        return dates[0] <= until + CHANGING
    return when.day is not None and when.day <= until + timedelta(days=place.reports_for)
