"""Likeness: what shows that two entries are about one event where no common place and day does."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rapidfuzz.fuzz import token_sort_ratio

from bot.match.text import stem
from bot.model.story import Traces

DAYS_ALIKE = 10
TITLES_ALIKE = 80.0
TITLES_ALIKE_OF_KIND = 68.0
# Shorter titles (a place's name, "Reports published") are the same for different events.
TITLE_WORDS = 3
WORDS_ALIKE = 3
DAYS_ONE_NATIONAL = 2
# A shorter quotation may be a common phrase, unless both are about one place.
QUOTED_WORDS = 3
# A hundred or more to the last digit, or a thousand or more that is not a round thousand.
_EXACT = re.compile(r"\d{2,}[1-9]|\d+[1-9]00|\d{2,}[1-9]0")
# A sign that says only that nothing else is known: a place and a kind.
ALONE = 35
SHARE_TOGETHER = 0.3
SHARE_ALIKE = 0.12
SHARE_OTHERWISE = 0.6
# Entries of whose words so many are shared say little else.
SHARE_MOST = 0.35
# Between a kind of event and its theme ("inspection/education"), or what comes of it ("death:inquest").
THEME, STAGE = "/", ":"


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that two entries are about one event; the stronger, the surer."""

    strength: int
    reason: str


def akin(one: Traces, other: Traces) -> bool:
    """Whether one entry is of a theme or stage of the other's kind; a general word may be used for the special."""
    if not one.kind or not other.kind or one.kind == other.kind:
        return False
    shorter, longer = sorted((one.kind, other.kind), key=len)
    return longer.startswith((shorter + THEME, shorter + STAGE))


def alike(one: Traces, other: Traces, days: int | None) -> Sign | None:
    """What shows one event where no place does, the surest sign first; `days` are those between the two, if known."""
    if days is not None and days > DAYS_ALIKE:
        return None
    for look in _LOOKS:
        sign = look(one, other, days)
        if sign is not None:
            return sign
    return None


def _figure(one: Traces, other: Traces, _days: int | None) -> Sign | None:
    if not one.numbers or not other.numbers:
        return None
    both = next((found for found in one.numbers if found in other.numbers), None) or _striking(one, other)
    return None if both is None else Sign(75, f"both have the figure {both!r}")


def _striking(one: Traces, other: Traces) -> str | None:
    """A figure so exact that it is the same whatever each counts by it ("2,400 searches", "2,400 times")."""
    mine, theirs = ({found.partition(" ")[0] for found in each.numbers} for each in (one, other))
    return next(filter(_EXACT.fullmatch, sorted(mine & theirs)), None)


def _quotation(one: Traces, other: Traces, _days: int | None) -> Sign | None:
    """A quotation of both; the whole of one's may be only a part of the other's, for outlets cut where they like."""
    if not one.quotations and not other.quotations:
        return None
    least = 1 if set(one.institutions) & set(other.institutions) else QUOTED_WORDS
    for mine, theirs in product(one.quotations, other.quotations):
        if min(mine.count(" "), theirs.count(" ")) + 1 < least:
            continue
        if f" {mine} " in f" {theirs} " or f" {theirs} " in f" {mine} ":
            return Sign(75, f"both have the quotation {min(mine, theirs, key=len)!r}")
    return said_by_both(one, other)


def said_by_both(one: Traces, other: Traces) -> Sign | None:
    """What one outlet quotes and another says of the same place."""
    return _quoted_of(one, other) or _quoted_of(other, one)


def _quoted_of(one: Traces, other: Traces) -> Sign | None:
    if not set(one.institutions) & set(other.institutions):
        return None
    for quotation in one.quotations:
        telling = _set(one.words) & set(map(stem, quotation.split()))
        if telling and telling <= _set(other.words):
            return Sign(50 + len(telling), f"one quotes what the other says: {quotation!r}")
    return None


def _titles(one: Traces, other: Traces, _days: int | None) -> Sign | None:
    long_enough = min(len(one.title), len(other.title)) >= TITLE_WORDS
    if not long_enough or _set(one.title).isdisjoint(other.title):
        return None
    least = TITLES_ALIKE_OF_KIND if _of_one_kind_nowhere(one, other) else TITLES_ALIKE
    if token_sort_ratio(" ".join(one.title), " ".join(other.title), score_cutoff=least):
        return Sign(65, "their titles are much alike")
    return None


def _of_one_kind_nowhere(one: Traces, other: Traces) -> bool:
    """Whether two entries tell one kind of event, not both of a place, and share a word that tells it."""
    placed = one.institutions and other.institutions
    return one.kind == other.kind != "" and not placed and shared(one, other) > 0


def _longer_title(one: Traces, other: Traces, _days: int | None) -> Sign | None:
    """A headline that was lengthened, or cut."""
    shorter = min(len(one.title), len(other.title))
    if shorter < TITLE_WORDS or one.title[:shorter] != other.title[:shorter] or _places(one, other):
        return None
    return Sign(43, "one's title is the beginning of the other's")


def _words(one: Traces, other: Traces, days: int | None) -> Sign | None:
    found = words_alike(one, other, days)
    if not found:
        return None
    return Sign(45 + found, f"both speak of {', '.join(sorted(set(one.words) & set(other.words))[:4])}")


def _national(one: Traces, other: Traces, days: int | None) -> Sign | None:
    """What shows one event between entries about no one place: there are few of a kind, and fewer on one subject."""
    if _places(one, other):
        return None
    at_once = days is not None and days <= DAYS_ONE_NATIONAL
    of_all = (one.everywhere and other.everywhere) or THEME in one.kind
    if at_once and one.kind == other.kind != "" and (of_all or shared(one, other)):
        return Sign(55, f"{one.kind} about no one place, {days} days apart")
    if at_once and one.everywhere and other.everywhere and not (one.kind and other.kind) and shared(one, other):
        return Sign(50, f"about no one place, {days} days apart")
    if at_once and akin(one, other) and shared(one, other):
        return Sign(54, f"{max(one.kind, other.kind)} about no one place, {days} days apart")
    if days is None and one.kind == other.kind and THEME in one.kind and shared(one, other):
        return Sign(40, f"{one.kind} about no one place")
    return None


def words_alike(one: Traces, other: Traces, days: int | None) -> int:
    """How many words are shared, if they are enough; else 0.

    Fewer will do for one kind or days that touch; more are needed where neither day nor place is known, unless the
    entries say little else.
    """
    found = shared(one, other)
    if found < WORDS_ALIKE - 1:
        return 0
    every = len(one.words) + len(other.words) - found
    one_place = bool(one.institutions and other.institutions)
    at_once = days is not None and days <= DAYS_ONE_NATIONAL
    one_kind = akin(one, other) or (one.kind == other.kind and bool(one.kind or one_place))
    unsure = days is None and not one_place and found < SHARE_MOST * every
    least = WORDS_ALIKE - (one_kind or at_once) + unsure
    return found if found >= max(least, SHARE_ALIKE * min(len(one.words), len(other.words))) else 0


def together(one: Traces, known: Sequence[Traces]) -> Sign | None:
    """What an entry without a day shares with all that a story's entries say together, where no single one is like it.

    It tells of the same place, and of no other kind; or of all places, and of the same kind or a theme of it.
    """
    if one.published is not None or not any(_may_be_told(one, other) for other in known):
        return None
    found = _set(one.words) & said(known)
    if not _enough(len(found), one) and not _enough(len(found & said_by_several(known)) + 1, one):
        return None
    return Sign(40 + len(found), f"it and the story speak of {', '.join(sorted(found)[:4])}")


def put_otherwise(one: Traces, known: Sequence[Traces]) -> Sign | None:
    """An entry without a day that says of the same place mostly what a story's entries say, though by another kind.

    Only kinds of reports, which come seldom, are taken for one another; a turn never is.
    """
    if one.published is not None or not all(each.seldom and not each.turn_of for each in (one, *known)):
        return None
    found = _set(one.words) & said(known)
    placed = any(set(one.institutions) & set(other.institutions) for other in known)
    if not placed or len(found) <= WORDS_ALIKE or len(found) < SHARE_OTHERWISE * len(one.words):
        return None
    return Sign(40 + len(found), f"it says what the story says: {', '.join(sorted(found)[:4])}")


def _enough(found: int, one: Traces) -> bool:
    return found >= WORDS_ALIKE and found >= SHARE_TOGETHER * len(one.words)


def said_by_several(known: Sequence[Traces]) -> frozenset[str]:
    """The words that at least two of a story's entries say: they are the story's, not one outlet's."""
    times = Counter(word for one in known for word in _set(one.words))
    return frozenset(word for word, count in times.items() if count > 1)


def _may_be_told(one: Traces, other: Traces) -> bool:
    if set(one.institutions) & set(other.institutions):
        return not one.kind or one.kind == other.kind
    return one.everywhere and not _places(one, other) and (akin(one, other) or one.kind == other.kind != "")


def said(known: Sequence[Traces]) -> frozenset[str]:
    """The words of all a story's entries."""
    return frozenset().union(*(one.words for one in known))


def shared(one: Traces, other: Traces) -> int:
    """How many words both have."""
    return len(_set(one.words) & _set(other.words))


@lru_cache(maxsize=4096)
def _set(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


def _places(one: Traces, other: Traces) -> bool:
    return bool(one.institutions or other.institutions)


_LOOKS = (_figure, _quotation, _titles, _national, _words, _longer_title)
