"""A digest tells of several reports: only the parts about the campaign's places are read, each as a finding."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.reading.document import Document

_TYPE = re.compile(r"^type of (?:inspection|visit|report|review)\b:?\s*", re.IGNORECASE)
_KINDS = (
    ("progress_review", re.compile(r"\breview of progress\b|\bprogress review\b|\bIRP\b", re.IGNORECASE)),
    ("scrutiny_visit", re.compile(r"\bscrutiny visit\b", re.IGNORECASE)),
    ("urgent_notification", re.compile(r"\burgent notification\b", re.IGNORECASE)),
    ("thematic", re.compile(r"\bthematic\b|\bsurvey\b", re.IGNORECASE)),
)
MOST_HEADING = 80

Find = Callable[[str], tuple[str, ...]]


def find_part_kind(lines: Sequence[str]) -> str:
    """The kind of report that a part tells of, by what stands after "Type of inspection:" or on the line below."""
    for number, line in enumerate(lines):
        if _TYPE.match(line):
            told = _TYPE.sub("", line) or "".join(lines[number + 1 : number + 2])
            return next((kind for kind, words in _KINDS if words.search(told)), "inspection")
    return "inspection"


def cut_to_parts(document: Document, find_places: Find) -> list[tuple[Document, tuple[str, ...]]]:
    """The parts whose heading names a place of the campaign, each as a document, with the places named."""
    found = []
    for part in find_parts(document.lines, document.headings):
        heading = document.lines[part.start]
        places = find_places(f"{heading}. A prison for children.")
        if places:
            found.append((cut(document, part[1:] or part, heading), places))
    return found


def cut_to_places(document: Document, find_places: Find) -> Document:
    """The document with only the lines of those parts; where none is ours, nothing is cut: it is of other places."""
    ours = [
        number
        for part in find_parts(document.lines, document.headings)
        if find_places(f"{document.lines[part.start]}. A prison for children.")
        for number in part
    ]
    return cut(document, ours, document.title) if ours else document


def cut(document: Document, numbers: Sequence[int], title: str) -> Document:
    """The document with only some of its lines."""
    bullets = frozenset(place for place, number in enumerate(numbers) if number in document.bullets)
    return replace(document, title=title, lines=tuple(document.lines[one] for one in numbers), bullets=bullets)


def find_parts(lines: Sequence[str], headings: Sequence[str] = ()) -> Iterator[range]:
    """The numbers of the lines of each part: from the short line above "Type of inspection:", else from a heading."""
    starts = [
        number - 1 if number and len(lines[number - 1]) <= MOST_HEADING else number
        for number, line in enumerate(lines)
        if _TYPE.match(line)
    ] or [number for number, line in enumerate(lines) if line in set(headings)]
    for start, end in pairwise([*starts, len(lines)]):
        yield range(start, end)
