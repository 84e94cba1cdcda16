"""What was fetched, read: the finding, and the addresses that its page leads to. For workers."""

from dataclasses import dataclass, field

from bot.errors import ParseError
from bot.model.finding import Finding
from bot.reading.document import WELSH, is_pdf, read_any_language
from bot.reading.facts import Links
from bot.reading.lexicon import Lexicon
from bot.reading.page import find_all
from bot.reading.pdf import read_pdf


@dataclass(frozen=True, slots=True)
class Read:
    """A page's or PDF's finding; None for a page in Welsh, of which only the `links` are of use."""

    finding: Finding | None
    links: Links = field(default=Links())


def read_body(body: bytes, url: str, lexicon: Lexicon, content_type: str = "") -> Read:
    """Read a page or a PDF, whatever its address says; raises ParseError."""
    if is_pdf(body, content_type):
        return Read(read_pdf(body, url, lexicon))
    document = read_any_language(body, url, content_type)
    finding = None if document.language == WELSH else find_all(document, url, lexicon)
    return Read(finding, document.links)


def read_whole(body: bytes, url: str, lexicon: Lexicon, content_type: str = "") -> Finding:
    """The finding of a page in English or of a PDF; raises ParseError."""
    read = read_body(body, url, lexicon, content_type)
    if read.finding is None:
        where = f": its English page is {read.links.english}" if read.links.english else ", and names no English page"
        raise ParseError(f"the page is in Welsh{where}")
    return read.finding
