"""A shelf of stories: those that one entry may belong to are found by day and place, not by walking past all others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bot.model.story import Traces

Story = tuple[int, list[Traces]]


class Shelf(list[Story]):
    """Stories as (id, traces of its entries), the earliest first; each stands under its first entry's day and places.

    Add stories with `append`; entries may be added to a story's own list.
    """

    def __init__(self, stories: Iterable[Story] = ()) -> None:
        super().__init__()
        self._by_month: dict[tuple[int, int] | None, list[int]] = defaultdict(list)
        self._by_place: dict[str, list[int]] = defaultdict(list)
        for story in stories:
            self.append(story)

    def append(self, story: Story) -> None:
        """Put a story, which has at least one entry or gets its first at once, at the end."""
        first, number = story[1][0], len(self)
        super().append(story)
        self._by_month[_month(first.published)].append(number)
        for place in first.institutions or ("",):
            self._by_place[place].append(number)

    def near(self, traces: Traces, within: timedelta) -> Iterator[Story]:
        """The stories whose first entry is not too many days away, and may be about one place; the earliest first."""
        places, day = frozenset(traces.institutions), traces.published
        since, until = (day - within, day + within) if day else (date.min, date.max)
        for number in sorted(self._numbers(traces, within)):
            first = self[number][1][0]
            if places and first.institutions and places.isdisjoint(first.institutions):
                continue
            if since <= (first.published or since) <= until:
                yield self[number]

    def _numbers(self, traces: Traces, within: timedelta) -> Iterable[int]:
        """The numbers of stories in the months about the entry's day; where it has none, at its places."""
        if traces.published is not None:
            first, last = traces.published - within, traces.published + within
            months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
            keys = [None, *((month // 12, month % 12 + 1) for month in months)]
            return [number for key in keys for number in self._by_month.get(key, ())]
        if traces.institutions:
            return {number for place in (*traces.institutions, "") for number in self._by_place.get(place, ())}
        return range(len(self))


def _month(day: date | None) -> tuple[int, int] | None:
    return (day.year, day.month) if day else None
