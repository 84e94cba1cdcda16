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

    A part begins at the short line above "Type of inspection:"; where there are no parts nothing is cut.
    """
    parts = list(find_parts(lines))
    if not parts:
        return lines, bullets
    kept = [number for part in parts if is_ours(lines, part, find_places) for number in part]
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


def is_ours(lines: Sequence[str], part: range, find_places: Callable[[str], tuple[str, ...]]) -> bool:
    """Whether a part's heading names a place of the campaign, as read with what follows it."""
    whole = "\n".join(lines[number] for number in part)
    named = find_places(f"{lines[part.start]}\n{whole}")
    return bool(set(named) & set(find_places(f"{lines[part.start]}. A prison for children.")))
