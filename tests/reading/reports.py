"""Inspection reports as PDFs, drawn in the structure that such reports have; every word is invented."""

import zlib
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from itertools import count

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDE, HIGH = A4
LEFT, RIGHT, TOP, BOTTOM = 70.0, 70.0, 90.0, 90.0
BODY, SMALL, HEADING, SUB = 11.0, 8.0, 22.0, 14.0
PLACE, DATES = "HMYOI Werrington", "4–15 March 2030"
LEAD = (
    "Children at Werrington were locked in their cells for 22 hours a day, and 40% of those who answered our survey "
    "said that they felt unsafe in the accommodation."
)
OUTCOMES = (
    "Outcomes were poor in safety and purposeful activity and not sufficiently good in care, and only in resettlement "
    "were they reasonably good."
)
AFTERMATH = (
    "The restrained child’s self-harm had been recorded on a monitoring form that nobody had read until the afternoon "
    "of the disciplinary hearing, which was held four days later than the establishment’s own instructions require."
)
CONCERNS = (
    "Violence was high and much of it was serious; 128 assaults had been recorded in the last six months.",
    "Children spent far too long locked in their cells, especially those who were kept apart from others.",
    "Education was interrupted every day because there were too few officers to escort children to lessons.",
)
FOOTNOTE = "A keep-apart is a pair of children whom the establishment has decided never to let meet each other."
FILLER = (
    "Staff in the reception area knew the routine for new arrivals and explained it patiently to each child who came. "
    "Records of first-night checks were complete, although several of them had been written by one officer at the end "
    "of a shift. The gardens party met twice in most weeks and had planted two beds of onions beside the workshops. "
    "Managers met every fortnight to look at the figures, but they did not always write down what they had decided. "
)


@dataclass
class Pen:
    """Where the next line goes. A paragraph goes on over a page's end, as it does in a report."""

    canvas: Canvas
    place: str
    columns: int = 1
    y: float = HIGH - TOP
    column: int = 0
    number: int = 1
    notes: list[str] = field(default_factory=list)

    @property
    def width(self) -> float:
        return float(WIDE - LEFT - RIGHT - 24 * (self.columns - 1)) / self.columns

    @property
    def x(self) -> float:
        return LEFT + self.column * (self.width + 24)

    def next_column(self) -> None:
        self.column += 1
        self.y = HIGH - TOP
        if self.column == self.columns:
            self.next_page()

    def next_page(self) -> None:
        """End the page with its header, its notes and its number."""
        self.canvas.setFont("Helvetica", SMALL)
        for place, note in enumerate(self.notes):
            self.canvas.drawString(LEFT, BOTTOM - 20 - 10 * place, note)
        if self.number > 1:
            self.canvas.drawString(LEFT, HIGH - 50, f"Report on an unannounced inspection of {self.place}")
            self.canvas.drawString(LEFT, 40, f"{self.number} {self.place}")
        self.canvas.showPage()
        self.number, self.y, self.column, self.notes = self.number + 1, HIGH - TOP, 0, []

    def line(self, text: str, size: float, font: str = "Helvetica", x: float = 0.0) -> None:
        if self.y < BOTTOM + size:
            self.next_column()
        self.canvas.setFont(font, size)
        self.canvas.drawString(self.x + x, self.y, text)
        self.y -= size * 1.25

    def heading(self, text: str, size: float = HEADING) -> None:
        self.y -= size * 0.8
        for line in wrap(text, self.width, size, "Helvetica-Bold"):
            self.line(line, size, "Helvetica-Bold")
        self.y -= size * 0.3

    def paragraph(self, text: str, lead: str = "") -> None:
        for number, line in enumerate(wrap(text, self.width - 36 * bool(lead), BODY)):
            if lead and not number:
                self.line(lead, BODY)
                self.y += BODY * 1.25
            self.line(line, BODY, x=36 * bool(lead))
        self.y -= BODY * 0.7

    def noted(self, text: str, note: str) -> None:
        """A paragraph of one line that ends in the mark of a note at the page's foot."""
        self.line(text, BODY)
        self.canvas.setFont("Helvetica", 6)
        self.canvas.drawString(self.x + stringWidth(text, "Helvetica", BODY), self.y + BODY * 1.25 + 4, "1")
        self.notes.append(f"1 {note}")
        self.y -= BODY * 0.7

    def table(self, *rows: tuple[str, ...]) -> None:
        for row in rows:
            for cell, text in enumerate(row):
                self.canvas.setFont("Helvetica", 9)
                self.canvas.drawString(LEFT + cell * 108, self.y, text)
            self.y -= 16


def wrap(text: str, width: float, size: float, font: str = "Helvetica") -> list[str]:
    """The text in lines; in a paragraph a long word that does not fit is broken with a hyphen."""
    lines, line = [], ""
    for word in text.split():
        if stringWidth(f"{line} {word}".strip(), font, size) <= width:
            line = f"{line} {word}".strip()
            continue
        first = max(
            (part for part in cut(word) if stringWidth(f"{line} {part}", font, size) <= width), key=len, default=""
        )
        broken = first and font == "Helvetica"
        lines.append(f"{line} {first}" if broken else line)
        line = word[len(first) - (first[-1:] != word[len(first) - 1]) :] if broken else word
    return [*lines, line]


def cut(word: str) -> list[str]:
    """The ways in which a word may begin on one line: up to its hyphen, or with one where it is long."""
    if "-" in word[1:-1]:
        return [word[: word.index("-") + 1]]
    return [f"{word[:at]}-" for at in range(4, len(word) - 3)] if word.isalpha() and len(word) > 9 else []


def draw_report(*, pages: int = 14, columns: int = 1, encrypted: bool = False, own_row: bool = False) -> bytes:
    """A full report of about so many pages, made once for each way of making it."""
    return _draw_report(pages, columns, encrypted, own_row)


@cache
def _draw_report(pages: int, columns: int, encrypted: bool, own_row: bool) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt="a password" if encrypted else None)
    canvas.setTitle("Microsoft Word - draft 7 FINAL (2).docx")
    pen = Pen(canvas, PLACE, columns)
    draw_front(pen, DATES)
    draw_summary(pen)
    draw_sections(pen, pages)
    draw_appendices(pen, own_row=own_row)
    pen.next_page()
    canvas.save()
    return out.getvalue()


def draw_front(pen: Pen, dates: str) -> None:
    pen.y = HIGH - 250
    pen.line("Report on an unannounced inspection of", 16)
    pen.y -= 20
    pen.line(pen.place, 30, "Helvetica-Bold")
    pen.line("by HM Chief Inspector of Prisons", 16)
    pen.line(dates, 16)
    pen.next_page()
    pen.heading("Contents")
    entries = ("Introduction", f"What needs to improve at {pen.place}", f"About {pen.place}")
    sections = ("Summary of key findings", "Safety", "Care", "Purposeful activity", "Resettlement")
    numbered = [f"Section {number} {name}" for number, name in enumerate(sections, 1)]
    for number, entry in enumerate([*entries, *numbered, "Appendix I About our inspections"]):
        pen.line(f"{entry} {'.' * (60 - len(entry))} {3 + number * 2}", BODY)
    pen.next_page()
    pen.heading("Introduction")
    pen.paragraph(LEAD)
    pen.paragraph(OUTCOMES)
    pen.noted("Inspectors counted 266 pairs of children who were never to meet.", FOOTNOTE)
    for _ in range(5):
        pen.paragraph(FILLER)
    pen.paragraph(AFTERMATH)
    for text in ("Jane Sample", "HM Chief Inspector of Prisons", "June 2030"):
        pen.line(text, BODY)
    pen.next_page()
    pen.heading(f"What needs to improve at {pen.place}")
    pen.paragraph(
        "During this inspection we identified three key concerns, of which two should be treated as priorities."
    )
    pen.heading("Priority concerns", SUB)
    for number, concern in enumerate(CONCERNS[:2], 1):
        pen.paragraph(concern, f"{number}.")
    pen.heading("Key concerns", SUB)
    pen.paragraph(CONCERNS[2], "3.")
    pen.next_page()
    pen.heading(f"About {pen.place}")
    pen.paragraph(
        "The establishment holds boys between 15 and 18 and has room for 118 of them on two residential units."
    )
    pen.next_page()


def draw_summary(pen: Pen) -> None:
    pen.heading("Section 1 Summary of key findings")
    pen.heading("Outcomes for children", SUB)
    pen.paragraph(
        "We last inspected the establishment in 2027 and made 14 recommendations, of which it achieved five.", "1.1"
    )
    pen.heading("Figure 1: Werrington healthy establishment outcomes 2027 and 2030", 11)
    for label in ("Good", "Reasonably good", "Not sufficiently good", "Poor"):
        pen.line(label, 9)
    pen.table(("Safety", "Care", "Purposeful activity", "Resettlement"))
    for number, (test, before, now) in enumerate(
        (
            ("Safety", "reasonably good", "now poor"),
            ("Care", "not sufficiently good", "still not sufficiently good"),
            ("Purposeful activity", "not sufficiently good", "now poor"),
            ("Resettlement", "reasonably good", "reasonably good"),
        ),
        2,
    ):
        pen.heading(test, SUB)
        pen.paragraph(
            f"At the last inspection in 2027 we found that outcomes for children in {test.lower()} were {before}.",
            f"1.{number}",
        )
        pen.paragraph(f"At this inspection we found that outcomes for children in {test.lower()} were {now}.")
        pen.paragraph(FILLER)
    pen.next_page()


def draw_sections(pen: Pen, pages: int) -> None:
    for section, name in zip(count(2), ("Safety", "Care", "Purposeful activity", "Resettlement"), strict=False):
        pen.heading(f"Section {section} {name}")
        until = pen.number + max(1, (pages - 10) // 4)
        for number in count(1):
            pen.paragraph(FILLER, f"{section}.{number}")
            if pen.number >= until:
                break
        pen.next_page()
        if name == "Resettlement":
            break


def draw_appendices(pen: Pen, *, own_row: bool) -> None:
    pen.heading("Appendix I About our inspections")
    pen.paragraph(
        "Outcomes for prisoners are poor: they are seriously affected by current practice in safety and in care."
    )
    pen.next_page()
    pen.heading("Appendix II Healthy prison assessments")
    pen.table(
        ("Establishment", "Safety", "Care", "Purposeful activity", "Resettlement"),
        ("Wetherby", "Good", "Good", "Poor", "Good"),
        ("Cookham Wood", "Poor", "Good", "Poor", "Poor"),
        ("Parc", "Good", "Good", "Good", "Good"),
        *([("Werrington", "Poor", "Not sufficiently good", "Poor", "Reasonably good")] if own_row else []),
    )


def draw_scan(pages: int = 3) -> bytes:
    """Pages that are pictures only."""
    from PIL import Image

    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(pages):
        canvas.drawInlineImage(Image.new("L", (60, 80), 200), 0, 0, WIDE, HIGH)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def draw_letter(*paragraphs: str) -> bytes:
    """A letter: no title page, no contents."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    pen = Pen(canvas, PLACE)
    for paragraph in paragraphs:
        pen.paragraph(paragraph)
    pen.next_page()
    canvas.save()
    return out.getvalue()


@cache
def draw_pages(count: int) -> bytes:
    """So many pages of a line each."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number in range(count):
        canvas.drawString(LEFT, 400, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@cache
def draw_bomb() -> bytes:
    """A page whose few bytes unfold into more than a worker may hold."""
    packed = zlib.compressobj(9)
    head = packed.compress(b" ") + packed.flush(zlib.Z_FULL_FLUSH)
    block = packed.compress(b" " * 2**24) + packed.flush(zlib.Z_FULL_FLUSH)  # stands alone, so it can be repeated
    stream = head + block * 80 + packed.flush()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    )
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    return body + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n0\n%%EOF"
