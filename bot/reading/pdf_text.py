"""The lines of a PDF's pages, with their sizes and places. For workers only: the file may be hostile.

PDFium gives a page's text in the order in which it was written, a mark where a word is broken at a line's end, and for
each character its box; only a few characters of each line are asked for theirs.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.errors import ParseError

MOST_PAGES = 400
MOST_PAGE_CHARACTERS = 40_000
MOST_CHARACTERS = 2_000_000
FEWEST_CHARACTERS = 100  # in a whole file: scanned pages hold at most a stamp
PASSWORD = 4  # PDFium's FPDF_ERR_PASSWORD
GAP = 2.0  # a space this many times as wide as the letters are high parts two cells
RAISED = 0.8  # a mark of a note is smaller than this part of its line
BROKEN = "\ufffe\x02"
_LINE = re.compile(r"[^\s\ufffe\x02](?:[^\r\n\ufffe\x02]*[^\s\ufffe\x02])?")
_MARK = re.compile(r"(?<=[^\W\d_]|[.,;:)’”'\"])\d{1,3}(?=$|[\s.,;:)])")
# The number of a paragraph or the bullet of an item stands apart from its text, but is no cell.
_NUMBER = re.compile(r"(?:\(?[\da-zA-Z]{1,2}[.)]|[A-Z]{0,3}\d{1,2}(?:\.\d{1,3})?|[-•●▪■o–*·])$")
_LETTERS = str.maketrans(
    {
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬀ": "ff",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
        "\0": None,
        **dict.fromkeys("\uf0b7\uf0a7\uf0fc\uf06e\u2022", "•"),
    }
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line that stands apart; edges in points from the page's left."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its letters' size and its place in points; `base` is its height above the page's foot.

    `broken` says that its last word goes on in the next line. `cells` has more than one where it is a row of a table.
    """

    text: str
    size: float
    left: float
    right: float
    base: float
    bold: bool = False
    broken: bool = False
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines as they were written; its height in points."""

    number: int
    height: float
    lines: tuple[Line, ...]


def read_pages(body: bytes) -> list[Page]:
    """The pages; raises ParseError in plain words where they cannot be read or hold no text."""
    import pypdfium2  # noqa: PLC0415 - in workers only

    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        raise ParseError(why_not(error)) from error
    with document:
        count = len(document)
        if count > MOST_PAGES:
            raise ParseError(f"the PDF has {count} pages; at most {MOST_PAGES} are read")
        pages = list(take_pages(document, count))
    if sum(len(line.text) for page in pages for line in page.lines) < FEWEST_CHARACTERS:
        raise ParseError("the PDF holds no text that can be read (perhaps its pages were scanned)")
    return pages


def why_not(error: Any) -> str:
    """The reason for which PDFium opens no file, as a sentence."""
    if getattr(error, "err_code", None) == PASSWORD:
        return "the PDF is locked with a password"
    return "the PDF is broken and cannot be opened"


def take_pages(document: Any, count: int) -> Iterator[Page]:
    """Each page that can be read, until there is more text than is read."""
    import pypdfium2  # noqa: PLC0415

    left = MOST_CHARACTERS
    for number in range(count):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            continue  # one broken page does not lose the others
        lines = tuple(Reader(text_page).lines())
        yield Page(number + 1, page.get_height(), lines)
        text_page.close()
        page.close()
        left -= sum(len(line.text) for line in lines)
        if left < 0:
            return


class Reader:
    """Asks PDFium about one page's characters; indexes are those of its text."""

    def __init__(self, text_page: Any) -> None:
        import pypdfium2.raw as pdfium  # noqa: PLC0415

        self._raw: Any = pdfium
        self._page = text_page
        self._text: str = text_page.get_text_range(0, min(text_page.count_chars(), MOST_PAGE_CHARACTERS))
        self._box = [ctypes.c_double() for _ in range(4)]
        self._into = [ctypes.byref(one) for one in self._box]
        self._matrix = pdfium.FS_MATRIX()

    def lines(self) -> Iterator[Line]:
        """The page's lines in their order."""
        for match in _LINE.finditer(self._text):
            yield self.line(*match.span(), self._text[match.end() : match.end() + 1])

    def line(self, start: int, end: int, after: str) -> Line:
        """The line of these characters and the one that ends it."""
        middle = next((one for one in range((start + end) // 2, end) if self._text[one].isalnum()), start)
        size = self.size(middle)
        cells = tuple(self.cells(start, end, size))
        return Line(
            text=" ".join(cell.text for cell in cells),
            size=round(size, 1),
            left=cells[0].left,
            right=cells[-1].right,
            base=self.base(start),
            bold=self.is_bold(middle),
            broken=bool(after) and after in BROKEN,
            cells=cells if len(cells) > 1 else (),
        )

    def cells(self, start: int, end: int, size: float) -> Iterator[Cell]:
        """The pieces of a line between its wide gaps."""
        begun = start
        for space in re.finditer(r"\s+", self._text[start:end]):
            before, after = start + space.start() - 1, start + space.end()
            wide = self.edge(after, 0) - self.edge(before, 1) > GAP * size
            if wide and not _NUMBER.match(self._text[begun : before + 1].strip()):
                yield self.cell(begun, before + 1, size)
                begun = after
        yield self.cell(begun, end, size)

    def cell(self, start: int, end: int, size: float) -> Cell:
        """A piece without the marks of notes."""
        text = self._text[start:end]
        for mark in reversed(list(_MARK.finditer(text))):
            if self.size(start + mark.start()) < RAISED * size:
                text = text[: mark.start()] + text[mark.end() :]
        return Cell(" ".join(text.translate(_LETTERS).split()), self.edge(start, 0), self.edge(end - 1, 1))

    def edge(self, index: int, side: int) -> float:
        """Where a character begins (side 0) or ends (1), from the left."""
        self._raw.FPDFText_GetCharBox(self._page, self.char(index), *self._into)
        return self._box[side].value

    def base(self, index: int) -> float:
        """How high a character stands on the page."""
        self._raw.FPDFText_GetCharOrigin(self._page, self.char(index), self._into[0], self._into[1])
        return self._box[1].value

    def size(self, index: int) -> float:
        """How large a character is drawn."""
        self._raw.FPDFText_GetMatrix(self._page, self.char(index), self._matrix)
        scale = math.hypot(self._matrix.c, self._matrix.d)
        return float(self._raw.FPDFText_GetFontSize(self._page, self.char(index)) * scale)

    def is_bold(self, index: int) -> bool:
        """Whether a character's font calls itself bold."""
        name = ctypes.create_string_buffer(128)
        self._raw.FPDFText_GetFontInfo(self._page, self.char(index), name, len(name), None)
        return bool(re.search(rb"bold|black|heavy|semibold|demi", name.value, re.IGNORECASE))

    def char(self, index: int) -> int:
        """PDFium numbers its characters otherwise than its text where some have no letter."""
        return max(0, int(self._raw.FPDFText_GetCharIndexFromTextIndex(self._page, index)))
