"""Rules over signals: which fire, and on which words."""

from collections.abc import Iterator

from bot.campaign.pack import Rule
from bot.match.phrases import Hit
from bot.match.signals import Signals
from bot.model.feed import FeedKind
from bot.model.story import Evidence


def fire(rule: Rule, signals: Signals, kind: FeedKind | None) -> Evidence | None:
    """The rule's evidence if it holds for these signals from this kind of source, else None."""
    if rule.kinds and kind not in rule.kinds:
        return None
    if not all(signals.any(item) for item in rule.all) or signals.any(rule.unless):
        return None
    hits = _hits(rule, signals)
    if hits is None:
        return None
    words = " … ".join(dict.fromkeys(filter(None, map(signals.words_of, hits))))
    return Evidence(rule=rule.name, words=f"{rule.says}: {words}" if words else rule.says, weight=rule.weight)


def _hits(rule: Rule, signals: Signals) -> list[Hit] | None:
    """One hit per item of the rule, as close as it asks; None where there are none such."""
    found = [[hit for hit in signals.of(item) if _counts(rule, signals, hit)] for item in rule.all]
    if not all(found):
        return None
    if rule.within is None and not rule.together:
        return [hits[0] for hits in found]
    return next(_close(rule, found), None)


def _counts(rule: Rule, signals: Signals, hit: Hit) -> bool:
    return not rule.title_only or signals.field_of(hit) in {"title", ""}


def _close(rule: Rule, found: list[list[Hit]]) -> Iterator[list[Hit]]:
    """Hits of the first item with the nearest of each other item in its sentence, where those are near enough."""
    for first in found[0]:
        nearest = [first]
        for others in found[1:]:
            same = [hit for hit in others if hit.sentence == first.sentence]
            if not same:
                break
            nearest.append(min(same, key=lambda hit: _gap(first, hit)))
        else:
            if rule.within is None or max(_gap(first, hit) for hit in nearest) <= rule.within:
                yield nearest


def _gap(one: Hit, other: Hit) -> int:
    """How many words lie between two hits."""
    return max(one.start - other.end, other.start - one.end, 0)
