"""A digest tells of several reports: only the parts about the campaign's places are read."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

_TYPE = re.compile(r"^type of (?:inspection|visit|report)\b", re.IGNORECASE)
MOST_HEADING = 80

Lines = tuple[str, ...]


def cut_to_places(
    lines: Lines, bullets: frozenset[int], find_places: Callable[[str], tuple[str, ...]]
) -> tuple[Lines, frozenset[int]]:
    """The lines of the parts whose heading names a place of the campaign, and which of them are items of a list.

    A part begins at the short line above "Type of inspection:". Where there are no parts, or none is ours, nothing is
    cut: what it says is of other places.
    """
    parts = list(find_parts(lines))
    kept = [number for part in parts if find_places(f"{lines[part.start]}. A prison for children.") for number in part]
    if not kept:
        return lines, bullets
    return tuple(lines[number] for number in kept), frozenset(
        place for place, number in enumerate(kept) if number in bullets
    )


def find_parts(lines: Sequence[str]) -> Iterator[range]:
    """The numbers of the lines of each part."""
    starts = [
        number - 1 if number and len(lines[number - 1]) <= MOST_HEADING else number
        for number, line in enumerate(lines)
        if _TYPE.match(line)
    ]
    for start, end in pairwise([*starts, len(lines)]):
        yield range(start, end)
