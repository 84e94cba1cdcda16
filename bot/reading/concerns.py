"""The concerns that a report lists: under their heading, or as the items of a list that a sentence opens."""

import re
from collections.abc import Iterator, Sequence

MOST = 15
LONGEST_HEADING = 90
_HEADING = re.compile(
    r"(?:(?:key|priority|main|our|other|the|\w+) )?(?:and )?(?:(?:key|priority|main) )?concerns?(?: and "
    r"recommendations?)?"
    r"(?: (?:from|at) (?:this|the) inspection)?\W*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\b(?:concerned (?:to find|that|about|by)|concerns? (?:were|included?|are)|reasons (?:for|why|are|were)\b|"
    r"(?:urgent )?notification\b[^.]{0,60}\bbecause|weaknesses|failings)\b[^.]{0,100}:\W*$",
    re.IGNORECASE,
)
_GOOD = re.compile(r"\b(?:pleased|encouraged|reassured|impressed|positive|strengths|good practice)\b", re.IGNORECASE)
_TAIL = re.compile(r"(?:[;,]\s*(?:and|or)?|,?\s+(?:and|or))$")
SHORTEST = 20


def find_concerns(lines: Sequence[str], bullets: frozenset[int]) -> tuple[str, ...]:
    """The concerns, each a whole item or line of the source, in its order."""
    found: list[str] = []
    for number, line in enumerate(lines):
        if is_heading(line) and _HEADING.fullmatch(line):
            found += under_heading(lines, bullets, number + 1)
        elif _LEAD.search(line) and not _GOOD.search(line):
            found += items(lines, bullets, number + 1)
    return tuple(dict.fromkeys(_TAIL.sub("", one) for one in found))[:MOST]


def items(lines: Sequence[str], bullets: frozenset[int], start: int) -> Iterator[str]:
    """The items of the list that begins at a line."""
    for number in range(start, len(lines)):
        if number not in bullets:
            return
        yield lines[number]


def under_heading(lines: Sequence[str], bullets: frozenset[int], start: int) -> Iterator[str]:
    """The items under a heading, also after sentences; where there are none, the paragraphs, to the next heading."""
    section: list[int] = []
    for number in range(start, len(lines)):
        if number not in bullets and is_heading(lines[number]):
            break
        section.append(number)
    listed = [number for number in section if number in bullets]
    yield from (lines[number] for number in listed or section if len(lines[number]) >= SHORTEST)


def is_heading(line: str) -> bool:
    """Whether a line is short and no sentence."""
    return len(line) <= LONGEST_HEADING and not re.search(r"[.:;,?!”\"]$", line)
