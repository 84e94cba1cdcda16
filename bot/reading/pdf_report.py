"""A report's parts: its title, its introduction and summary, its concerns, and the row of a table that is about it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.reading.document import Document
from bot.reading.facts import find_words_language
from bot.reading.pdf_blocks import Block, join_blocks
from bot.reading.pdf_layout import GRADE, TEST, clean_pages, plain_name
from bot.reading.pdf_text import Line, read_pages

TITLE_WORDS = 40
MOST_TITLE = 200  # characters
FEWEST_FRONT = 60  # words: a report's introduction and summary are longer
MOST_READ = 60_000  # characters of a report's parts that are read
MOST_CONCERNS = 30
FEWEST_TESTS = 3  # in the head of a table of outcomes
ALIKE = 30.0  # points: a cell stands under its head
_REPORT = re.compile(
    r"(?P<title>(?:interim |joint )?report (?:on|of|by|following) .{3,150}?)(?=\s+by (?:HM|His|Her) (?:Majesty.s )?"
    r"(?:Chief )?Inspect|\s*\(?\d{1,2}\s*(?:[–-]|[A-Z][a-z]+\b)|$)",
    re.IGNORECASE,
)
_URGENT = re.compile(r"urgent notification\b", re.IGNORECASE)
_DAYS = re.compile(r"\d{1,2}\b.{0,60}\b20\d\d\b")
_FRONT = re.compile(
    r"(?:section \d+\W*)?(?:introduction|foreword|chief inspector|what needs to improve|what we found|"
    r"(?:priority|key|main) (?:and (?:priority|key) )?(?:concerns|findings|judgements)|executive summary|"
    r"summary|overview|overall (?:experiences|effectiveness)|inspection outcomes|healthy (?:prison|establishment))",
    re.IGNORECASE,
)
_TOP = re.compile(
    r"(?:introduction|contents|glossary|appendi(?:x|ces)|section \d|fact page|about (?:this|the|our)|"
    r"chief inspector|annexe?\b)",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"(?:section \d+\W*)?(?:appendi(?:x|ces)|annexe?\b|glossary|recommendations and (?:housekeeping|good)|"
    r"about (?:this|our) (?:inspections?|reports?)|progress on recommendations|further resources)",
    re.IGNORECASE,
)
_CONCERNS = re.compile(r"(?:priority|key|main)(?: and (?:priority|key))? concerns|key concerns and", re.IGNORECASE)
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]")
_PLACE_WORDS = re.compile(
    r"\b(?:hm|hmyoi|hmp|yoi|stc|the|and|young offenders?|institution|secure training cent(?:re|er)|secure school)\b"
)


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it is read: `document` holds the parts that tell what was found, `concerns` those that it lists."""

    document: Document
    concerns: tuple[str, ...]


def read_report(body: bytes, url: str) -> Report:
    """A PDF's words; raises ParseError in plain words where it cannot be read."""
    layout = clean_pages(read_pages(body))
    blocks = join_blocks(layout)
    title = find_title(blocks)
    front = list(take(block for part in find_front(blocks, layout.contents) for block in part if block.row is None))
    first = standfirst(blocks, title)
    lines = (*first, *(block.text for block in front))
    document = Document(
        title=title,
        lines=lines,
        bullets=frozenset(at for at, block in enumerate(front, len(first)) if block.mark),
        pictures=tuple(find_outcomes(blocks, title)),
        headings=tuple(block.text for block in front if block.heading),
        language=find_words_language(" ".join(lines)),
        url=url,
    )
    return Report(document, tuple(find_concerns(blocks))[:MOST_CONCERNS])


def title_page(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of the first page, where they are few enough to be a title's; else those at its head."""
    first = [block for block in blocks if block.page == blocks[0].page]
    words = sum(len(block.text.split()) for block in first)
    return first if words <= TITLE_WORDS * 2 else first[:6]


def find_title(blocks: Sequence[Block]) -> str:
    """What the report calls itself on its first page, never what its file does."""
    page = title_page(blocks)
    joined = " ".join(block.text for block in page)
    named = _REPORT.search(joined) or next((one for block in page if (one := _URGENT.search(block.text))), None)
    if named is not None and named.re is _URGENT:
        return next(block.text for block in page if _URGENT.search(block.text))[:MOST_TITLE]
    if named is not None:
        return named["title"].strip(" ,:–-")
    largest = max(block.size for block in page)
    headings = [block.text for block in page if block.size >= largest - 1]
    return (" ".join(headings) if len(headings) < len(page) else page[0].text)[:MOST_TITLE].strip()


def standfirst(blocks: Sequence[Block], title: str) -> tuple[str, ...]:
    """The title with the days that the title page names, as a line of the text; nothing where it names none."""
    page = title_page(blocks)
    days = _DAYS.search(" ".join(block.text for block in page)) if _REPORT.match(title) else None
    return (f"{title} ({days[0]})",) if days else ()


def find_front(blocks: Sequence[Block], contents: frozenset[str]) -> list[list[Block]]:
    """The parts that tell what was found: introduction, concerns, summary; else all before the appendices."""
    parts = list(split_parts(blocks, contents))
    front = [part for part in parts if _FRONT.match(part[0].text)]
    if sum(len(block.text.split()) for part in front for block in part) >= FEWEST_FRONT:
        return front
    return list(takewhile(lambda part: not (part[0].heading and _BACK.match(part[0].text)), parts))


def take(blocks: Iterable[Block]) -> Iterator[Block]:
    """The first blocks, as many as are read."""
    left = MOST_READ
    for block in blocks:
        left -= len(block.text)
        if left < 0:
            return
        yield block


def split_parts(blocks: Sequence[Block], contents: frozenset[str]) -> Iterator[list[Block]]:
    """The blocks in parts, each beginning with a heading that the contents name, or that is as large as such."""
    tops = [block.size for block in blocks if block.heading and is_named(block, contents)]
    least = min(tops, default=max(block.size for block in blocks))
    part: list[Block] = []
    for block in blocks:
        if part and block.heading and (is_named(block, contents) or block.size >= least):
            yield part
            part = []
        part.append(block)
    yield part


def is_named(block: Block, contents: frozenset[str]) -> bool:
    """Whether a heading is one of those that part a report."""
    return plain_name(block.text) in contents or bool(_TOP.match(block.text))


def find_concerns(blocks: Sequence[Block]) -> Iterator[str]:
    """The numbered items under "Priority concerns" and "Key concerns", in their order and each once."""
    within, seen = False, set()
    for block in blocks:
        if block.heading:
            within = bool(_CONCERNS.match(block.text))
        elif within and _NUMBERED.fullmatch(block.mark) and block.text not in seen:
            seen.add(block.text)
            yield block.text


def find_outcomes(blocks: Sequence[Block], title: str) -> Iterator[str]:
    """The row about this report's own place, of a table of outcomes, as the words of a chart."""
    heads: Line | None = None
    own = plain_name(title)
    for row in (block.row for block in blocks if block.row is not None):
        if sum(bool(TEST.fullmatch(cell.text)) for cell in row.cells) >= FEWEST_TESTS:
            heads = row
        elif heads is not None and is_own(row.cells[0].text, own):
            yield tell_row(heads, row)


def is_own(name: str, title: str) -> bool:
    """Whether a table's row names the place that a title names."""
    words = _PLACE_WORDS.sub("", plain_name(name)).split()
    return bool(words) and all(re.search(rf"\b{re.escape(word)}\b", title) for word in words)


def tell_row(heads: Line, row: Line) -> str:
    """A row's grades, each with the head that it stands under."""
    told = []
    for cell in row.cells[1:]:
        above = min(heads.cells, key=lambda head: abs(head.left - cell.left))
        if abs(above.left - cell.left) <= ALIKE and TEST.fullmatch(above.text) and GRADE.fullmatch(cell.text):
            told.append(f"{above.text}: {cell.text}.")
    return f"Chart of outcomes at {row.cells[0].text}. {' '.join(told)}"
