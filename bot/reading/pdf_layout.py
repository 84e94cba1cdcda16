"""What a report's pages hold beside its text: running heads, page numbers, notes, contents, the labels of figures."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.reading.pdf_text import Line, Page

MARGIN = 0.12  # of the page's height, at its head and foot
SMALL = 0.9  # of the body's size: notes are smaller
FEW_PAGES, FEW_TIMES, TIMES = 6, 2, 3
MOST_CONTENTS_PAGE = 10  # contents stand before it
FEWEST_ENTRIES = 3
COLUMN_LINES, COLUMN_PART, SAME_EDGE = 8, 0.4, 6.0
FEWEST_LABELS = 3
_ENTRY = re.compile(r"(?P<name>.{3,120}?)(?:\s*(?:\.\s?){4,}\s*|\s+)(?P<page>\d{1,3})$")
_CONTENTS = re.compile(r"(?:table of )?contents\b", re.IGNORECASE)
_DOTS = re.compile(r"(?:\.\s?){5,}")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡])\s*\S")
_GRADE = r"(?:good|reasonably good|not sufficiently good|insufficiently good|poor)"
_TEST = (
    r"(?:safety|care|respect|purposeful activity|resettlement|rehabilitation and release planning|"
    r"preparation for release)"
)
LONE = re.compile(rf"(?:{_TEST}|{_GRADE}):?", re.IGNORECASE)
TEST, GRADE = re.compile(_TEST, re.IGNORECASE), re.compile(_GRADE, re.IGNORECASE)
_AXIS = re.compile(rf"(?:{_GRADE}\W*)+|(?:{_TEST}\W*){{2,}}|(?:20\d\d\W*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages' own text, the names that the contents list, and the size of the running text."""

    pages: tuple[Page, ...]
    contents: frozenset[str]
    body: float


def clean_pages(pages: Sequence[Page]) -> Layout:
    """The pages without what stands round their text."""
    body = body_size(pages)
    running = find_running(pages, body)
    names: set[str] = set()
    kept = []
    for page in pages:
        lines = [line for line in page.lines if not is_margin(line, page) or not is_running(line, running, body)]
        lines = list(drop_notes(lines, page, body))
        if page.number <= MOST_CONTENTS_PAGE:
            lines, found = cut_contents(lines)
            names |= found
        kept.append(replace(page, lines=tuple(drop_labels(part_columns(lines)))))
    return Layout(tuple(kept), frozenset(names), body)


def body_size(pages: Sequence[Page]) -> float:
    """The size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def is_margin(line: Line, page: Page) -> bool:
    """Whether a line stands at the head or foot of its page."""
    return line.base > page.height * (1 - MARGIN) or line.base < page.height * MARGIN


def find_running(pages: Sequence[Page], body: float) -> frozenset[str]:
    """What stands in the margins of several pages, its figures aside."""
    times: Counter[str] = Counter()
    for page in pages:
        times.update({shape(line) for line in page.lines if line.size <= body * 1.1 and is_margin(line, page)})
    often = FEW_TIMES if len(pages) <= FEW_PAGES else TIMES
    return frozenset(words for words, count in times.items() if count >= often)


def shape(line: Line) -> str:
    """A line's words, whatever its page's number."""
    return re.sub(r"\d+", "#", line.text.lower())


def is_running(line: Line, running: frozenset[str], body: float) -> bool:
    """Whether a line of the margin is a running head or foot, or the page's number."""
    number = re.fullmatch(r"(?:page )?(?:\d{1,3}|[ivxl]{1,6})(?: of \d+)?", line.text, re.IGNORECASE)
    return bool(number) or (line.size <= body * 1.1 and shape(line) in running)


def drop_notes(lines: Sequence[Line], page: Page, body: float) -> Iterator[Line]:
    """The lines without the notes at the page's foot: small ones, from the first that begins with a mark on."""
    lowest = min((line.base for line in lines if line.size >= body * SMALL), default=page.height)
    noting = False
    for line in lines:
        small = line.size < body * SMALL and line.base < min(lowest, page.height / 2)
        noting = small and (noting or bool(_NOTE.match(line.text)))
        if not noting:
            yield line


def cut_contents(lines: Sequence[Line]) -> tuple[list[Line], set[str]]:
    """The lines without the list of contents, and the names in it."""
    start = next((at for at, line in enumerate(lines) if _CONTENTS.match(line.text)), None)
    dotted = [at for at, line in enumerate(lines) if _DOTS.search(line.text)]
    if start is None and len(dotted) < FEWEST_ENTRIES:
        return list(lines), set()
    start = dotted[0] if start is None else start
    entries = {at: found for at in range(start, len(lines)) if (found := _ENTRY.fullmatch(lines[at].text))}
    if len(entries) < FEWEST_ENTRIES:
        return list(lines), set()
    return [*lines[:start], *lines[max(entries) + 1 :]], {plain_name(one["name"]) for one in entries.values()}


def plain_name(name: str) -> str:
    """A heading as it may be compared with another."""
    return " ".join(re.sub(r"[^\w ]+", " ", name.lower()).split())


def part_columns(lines: Sequence[Line]) -> list[Line]:
    """The left column and then the right one, where a page was written across both."""
    seconds = Counter(round(line.cells[1].left / SAME_EDGE) for line in lines if len(line.cells) == FEW_TIMES)
    if not seconds:
        return list(lines)
    edge, count = seconds.most_common(1)[0]
    if count < max(COLUMN_LINES, COLUMN_PART * len(lines)):
        return list(lines)
    sides: defaultdict[bool, list[Line]] = defaultdict(list)
    for line in lines:
        for cell in line.cells or [line]:
            part = replace(line, text=cell.text, left=cell.left, right=cell.right, cells=())
            sides[cell.left >= (edge - 1) * SAME_EDGE].append(part)
    return sides[False] + sides[True]


def drop_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without the labels of a figure: three grades or more in a row, and the tests and years beside them."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _AXIS.fullmatch(lines[end].text):
            end += 1
        grades = sum(len(GRADE.findall(line.text)) for line in lines[at:end])
        tests = [line for line in lines[at:end] if TEST.match(line.text)]
        if end == at or not (grades >= FEWEST_LABELS or tests):
            yield lines[at]
            at += 1
        else:
            at = end
