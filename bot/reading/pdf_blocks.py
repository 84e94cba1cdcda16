"""Lines become paragraphs: joined over line, column and page ends, with the words that those broke made whole."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.reading.pdf_layout import LONE, Layout
from bot.reading.pdf_text import Line

HEADING = 1.12  # times the body's size
LONGEST_HEADING = 160
LOOSE = 1.25  # times the usual distance between lines: more parts paragraphs
SHORT = 0.6  # of the column: a line that ends before it ends a paragraph
LETTER = 0.5  # of its size is about a letter's width
_MARK = re.compile(
    r"(?P<item>[•●▪■·*–-]|o(?=\s+[A-Z]))\s+|(?P<number>\(?[0-9]{1,2}[.)])\s+(?=\S)|"
    r"(?P<paragraph>(?:S|HP|EP|SI)?\d{1,2}\.\d{1,3}|(?:S|HP|EP|SI)\d{1,3})\s+(?=\S)"
)
_STOPS = re.compile(r"[.!?:;][”’\"')\]]*$")
_HYPHEN = re.compile(r"(\w+)-$")
# These stand before a hyphen that belongs to the word.
_PREFIX = frozenset(
    re.findall(
        r"\w+",
        "self non well ill long short high low full half part ex co pre post multi mid cross anti semi under one two "
        "three four five six seven eight nine ten first second third twenty thirty forty fifty sixty all in on off up "
        "out day night time year strip lock keep drop stand",
    )
)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an item of a list (`mark` is its bullet or number) or a row of a table (`row`)."""

    text: str
    size: float
    page: int
    heading: bool = False
    mark: str = ""
    row: Line | None = None


def join_blocks(layout: Layout) -> list[Block]:
    """The text's blocks in their order."""
    known = Counter(word for page in layout.pages for word in whole_words(page.lines))
    return [make_block(group, page, layout.body, known) for page, group in group_lines(layout)]


def whole_words(lines: Sequence[Line]) -> Iterator[str]:
    """The words that no line's end breaks."""
    broken = False
    for line in lines:
        words = re.findall(r"\w[\w-]*", line.text.lower())
        before, broken = broken, line.broken or line.text.endswith("-")
        yield from words[int(before) : len(words) - int(broken)]


def group_lines(layout: Layout) -> Iterator[tuple[int, list[Line]]]:
    """The lines of each block, with the number of the page on which it begins."""
    leading = usual_leading(layout)
    group: list[Line] = []
    begun, edge = 0, 0.0
    for page in layout.pages:
        wide = max((line.right for line in page.lines), default=0.0)
        for line in page.lines:
            if group and goes_on(group, line, layout.body, leading, edge):
                group.append(line)
            else:
                if group:
                    yield begun, group
                group, begun = [line], page.number
            edge = column_edge(page.lines, line, wide)
    if group:
        yield begun, group


def usual_leading(layout: Layout) -> float:
    """The usual distance from a line of text to the next, in points."""
    steps: Counter[float] = Counter()
    for page in layout.pages:
        for one, after in pairwise(page.lines):
            if one.size == after.size == layout.body and 0 < one.base - after.base < 3 * layout.body:
                steps[round(one.base - after.base)] += 1
    return steps.most_common(1)[0][0] if steps else layout.body * LOOSE


def column_edge(lines: Sequence[Line], line: Line, wide: float) -> float:
    """How far to the right a line's column reaches."""
    beside = [other.left for other in lines if other.left > line.right + line.size and abs(other.base - line.base) < 1]
    return min(beside, default=wide) if beside else wide


def goes_on(group: Sequence[Line], line: Line, body: float, leading: float, edge: float) -> bool:
    """Whether a line belongs to the block of those before it."""
    last = group[-1]
    if last.broken:
        return True
    if line.cells or last.cells or LONE.fullmatch(line.text) or LONE.fullmatch(last.text):
        return False
    headed = is_heading(last, body)
    if headed != is_heading(line, body) or abs(last.size - line.size) > 1 or _MARK.match(line.text):
        return False
    step = last.base - line.base
    turned = step < 0 or step > 12 * leading
    if headed:
        return last.size == line.size and 0 < step < 1.7 * line.size
    if turned:
        return not _STOPS.search(last.text)
    return step <= LOOSE * leading and not ends_early(last, line, edge)


def ends_early(last: Line, line: Line, edge: float) -> bool:
    """Whether a line was ended though the next one's first word would have fitted."""
    word = line.text.split()[0]
    if last.right + (len(word) + 1) * line.size * LETTER * 1.2 > edge:
        return False
    short = last.right - last.left < SHORT * (edge - last.left)
    return bool(_STOPS.search(last.text)) or (short and line.text[:1].isupper())


def is_heading(line: Line, body: float) -> bool:
    """Whether a line is set as a heading: larger than the text, or bold and short."""
    if len(line.text) > LONGEST_HEADING or line.cells:
        return False
    return line.size >= body * HEADING or (line.bold and line.size >= body and not line.text.endswith((".", ",")))


def make_block(group: Sequence[Line], page: int, body: float, known: Counter[str]) -> Block:
    """One block of its lines."""
    first = group[0]
    text = join_words(group, known)
    mark = None if is_heading(first, body) else _MARK.match(text)
    name = next((one for one in mark.groups() if one), "") if mark else ""
    return Block(
        text=text[mark.end() :] if mark else text,
        size=first.size,
        page=page,
        heading=is_heading(first, body) and len(text) <= LONGEST_HEADING,
        mark="" if mark and mark["paragraph"] else name,
        row=first if first.cells else None,
    )


def join_words(lines: Sequence[Line], known: Counter[str]) -> str:
    """The lines as one text; a word that was broken at a line's end is whole again."""
    text = lines[0].text
    for before, line in pairwise(lines):
        end = _HYPHEN.search(text)
        if before.broken and not end:
            text, end = f"{text}-", _HYPHEN.search(f"{text}-")
        if end is None:
            text = f"{text} {line.text}"
        else:
            first = end[1] if not keeps_hyphen(end[1], line.text, known) else f"{end[1]}-"
            text = f"{text[: end.start()]}{first}{line.text}"
    return text


def keeps_hyphen(first: str, after: str, known: Counter[str]) -> bool:
    """Whether the hyphen between two halves belongs to the word: the text's other pages tell, else what it joins."""
    word = re.match(r"[\w-]*", after)
    second = word[0].lower() if word else ""
    whole, joined = f"{first.lower()}{second}", f"{first.lower()}-{second}"
    if known[whole] or known[joined]:
        return known[joined] > known[whole]
    if not after[:1].islower():
        return True
    return first.lower() in _PREFIX or first.isdigit() or (known[first.lower()] > 0 and known[second] > 0)
