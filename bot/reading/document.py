"""An HTML page as lines of its main text: decoded, extracted and freed of the site's furniture. Raises ParseError."""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from bot.errors import ParseError
from bot.reading.dates import read_iso_day, read_written_day
from bot.reading.facts import Links, find_author, find_canonical, find_language, find_links, find_site
from bot.reading.furniture import clean_lines, plain_title
from bot.reading.headings import find_headings

MOST_BYTES = 4 * 1024 * 1024
MOST_ELEMENTS = 10_000
WELSH, PDF_MAGIC = "cy", b"%PDF-"
FEWEST_WORDS = 25
# A page of more words than this is no wall or error page, whatever its title says.
WALL_WORDS = 150
_MISSING = re.compile(
    r"\b(?:page|content|article|file) (?:not|can ?not be|could not be|wasn.t) found\b|^(?:error )?404\b", re.IGNORECASE
)
_WALL = re.compile(
    r"\b(?:log|sign) ?in to (?:continue|view|read|your)\b|\b(?:log ?in|sign ?in|subscribe|"
    r"register)\b.{0,20}\bto (?:continue|read)\b"
    r"|\byou (?:must|need to) (?:be logged in|log in|sign in)\b",
    re.IGNORECASE,
)
_BOTS = re.compile(
    r"^just a moment|\bchecking (?:your browser|if the site connection)|\bverify(?:ing)? (?:that )?you are (?:a )?human"
    r"|\benable javascript and cookies to continue|^access denied|^attention required|\bare you a robot\b",
    re.IGNORECASE,
)
_BARE_LOGIN = re.compile(r"^(?:log|sign) ?in\b|^member login\b", re.IGNORECASE)
_ALTS = "//img[string-length(@alt) > 40]/@alt | //figure//figcaption//text()"
_DAYS = (
    "//meta[@property='article:published_time' or @name='article:published_time' or @name='pubdate']/@content"
    " | //time/@datetime"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page or PDF: `lines` of main text (`bullets`: the numbers of those that are items of a list), pictures' words.

    `site` and `author` as the page names them, `language` a code such as "en", `url` its canonical address; each is
    empty where the page does not say ("en" for the language). `headings` are those of its parts, also of parts that
    hold only a link.
    """

    title: str
    lines: tuple[str, ...]
    bullets: frozenset[int] = frozenset()
    pictures: tuple[str, ...] = ()
    published: date | None = None
    site: str = ""
    author: str = ""
    language: str = "en"
    url: str = ""
    headings: tuple[str, ...] = ()
    links: Links = field(default=Links())

    @property
    def text(self) -> str:
        """The main text, a line per paragraph."""
        return "\n".join(self.lines)


def read_document_html(body: bytes, url: str, content_type: str) -> Document:
    """A page's words; raises ParseError in plain words where it is not a page that can be read, or is in Welsh."""
    document = read_any_language(body, url, content_type)
    if document.language == WELSH:
        raise ParseError("the page is in Welsh, which is not read yet")
    return document


def read_any_language(body: bytes, url: str, content_type: str) -> Document:
    """A page's words, be they English or Welsh; raises ParseError as above."""
    refuse_by_type(body, content_type)
    tree = parse(body, content_type)
    links = find_links(tree, url)
    title, raw = extract(tree, url)
    lines, bullets = clean_lines(raw, title)
    refuse_by_words(tree, title, "\n".join(lines))
    return Document(
        title=title,
        lines=lines,
        bullets=bullets,
        pictures=tuple(dict.fromkeys(" ".join(str(alt).split()) for alt in tree.xpath(_ALTS) if str(alt).strip())),
        published=find_published(tree, raw),
        site=find_site(tree),
        author=find_author(tree),
        language=find_language(tree, " ".join(lines)),
        url=find_canonical(tree, url),
        headings=find_headings(tree),
        links=links,
    )


def refuse_by_type(body: bytes, content_type: str) -> None:
    """Raise ParseError for what is no HTML at all."""
    kind = content_type.partition(";")[0].strip().lower()
    if is_pdf(body, content_type):
        raise ParseError("it is a PDF and no web page")
    if kind and "html" not in kind and not kind.startswith("text/") and "xml" not in kind:
        raise ParseError(f"it is not a web page but {kind}")
    if not body.strip():
        raise ParseError("the page is empty")


def is_pdf(body: bytes, content_type: str = "") -> bool:
    """Whether a body is a PDF, by its first bytes or by what its server says."""
    return PDF_MAGIC in body[:1024] or content_type.partition(";")[0].strip().lower() == "application/pdf"


def parse(body: bytes, content_type: str) -> Any:
    """The page as a tree; its encoding is taken from the header, the page, or guessed."""
    import trafilatura  # noqa: PLC0415 - in workers only: it costs 40 MB
    from w3lib.encoding import html_to_unicode  # noqa: PLC0415

    _, text = html_to_unicode(
        content_type or None, body[:MOST_BYTES], default_encoding="cp1252", auto_detect_fun=guess_encoding
    )
    tree = trafilatura.load_html(decode_again(body[:MOST_BYTES], text).replace("\0", ""))
    if tree is None:
        raise ParseError("the page has no text to read")
    cut_tree(tree)
    return tree


def decode_again(body: bytes, text: str) -> str:
    """The text, or the bytes as cp1252 where most of what is not ASCII makes no sense in the encoding that is named."""
    broken = text.count("\ufffd")
    sound = sum(letter > "\x7f" for letter in text) - broken if broken else 0
    return body.decode("cp1252", "replace") if broken > sound else text


def cut_tree(tree: Any) -> None:
    """Leave out what follows the first elements: extraction takes minutes for hundreds of thousands."""
    node = next(islice(tree.iter(), MOST_ELEMENTS, None), None)
    while node is not None and (parent := node.getparent()) is not None:
        del parent[parent.index(node) + 1 :]
        node = parent


def guess_encoding(body: bytes) -> str | None:
    """UTF-8 where the bytes are that, else None."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def extract(tree: Any, url: str) -> tuple[str, str]:
    """The title, and the main text with a line per paragraph."""
    import trafilatura  # noqa: PLC0415

    title = find_title(tree)
    found = trafilatura.bare_extraction(tree, url=url or None, include_comments=False, include_tables=False)
    return title, "" if found is None or isinstance(found, dict) else (found.text or "").strip()


def find_title(tree: Any) -> str:
    """The headline: the only first-level heading, else what the page calls itself."""
    headings = [text for node in tree.xpath("//h1") if (text := " ".join(node.text_content().split()))]
    shared = [str(one) for one in tree.xpath("//meta[@property='og:title' or @name='twitter:title']/@content")]
    named = [" ".join(node.text_content().split()) for node in tree.xpath("//title")]
    if len(headings) == 1:
        return headings[0]
    return next((plain_title(one) for one in [*shared, *headings[:1], *named] if one.strip()), "")


def find_published(tree: Any, raw: str) -> date | None:
    """The day of publication: from the page's own marks, else the first whole date that stands alone on a line."""
    marked = (read_iso_day(str(one)) for one in tree.xpath(_DAYS))
    written = (read_written_day(" ".join(node.split())) for node in [*raw.splitlines(), *tree.xpath("//body//text()")])
    return next((day for days in (marked, written) for day in days if day), None)


def refuse_by_words(tree: Any, title: str, text: str) -> None:
    """Raise ParseError for walls, and for error pages that say 200."""
    count = len(text.split())
    if count < WALL_WORDS:
        everything = " ".join(tree.text_content().split())[:4000]
        refuse_walls(
            title, everything, bare=count < FEWEST_WORDS, password=bool(tree.xpath("//input[@type='password']"))
        )
    if count < FEWEST_WORDS:
        raise ParseError("the page has no text to read")


def refuse_walls(title: str, everything: str, *, bare: bool, password: bool) -> None:
    """Raise ParseError where the words are those of an error page or a wall."""
    if _MISSING.search(title) or (bare and _MISSING.search(everything)):
        raise ParseError("the page is not there any more, though the server says that it is")
    if _BOTS.search(title) or (bare and _BOTS.search(everything)):
        raise ParseError("the site asks whether we are a person before it shows the page")
    if password or _BARE_LOGIN.search(title) or (bare and _WALL.search(everything)):
        raise ParseError("the page is behind a login")
