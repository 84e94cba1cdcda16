"""Clean plain text out of titles and summaries: no markup, no double escapes, no invisible tricks."""

import html
import re
import unicodedata
from collections.abc import Iterator

LONGEST_TITLE = 500
LONGEST_SUMMARY = 10_000
LONGEST_MARKUP = 200_000

TAG = re.compile(
    r"""<(/?)([a-zA-Z][\w:-]*+)(?:[^<>"']++|"[^"]{0,500}+"|'[^']{0,500}+'|["'])*+>|<!--|<!\[CDATA\[|<[!?][^<>]*+>""",
)
KNOWN_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|center|cite|code|div|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|li|ol|p|pre|q|s"
    r"|script|section|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul|video)\b[^<>]*+>",
    re.IGNORECASE,
)
SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "svg", "head"})
BLOCK_NAMES = (
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section summary table "
    "tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(BLOCK_NAMES.split())
COMMENT, CDATA = "<!--", "<![CDATA["

# C1 controls are Windows-1252 in disguise wherever they occur in practice.
C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
C0 = {code: " " if chr(code) in "\t\n\v\f\r\x1c\x1d\x1e\x1f" else None for code in (*range(0x20), 0x7F)} | {10: "\n"}
BLANK = dict.fromkeys((0x00A0, 0x115F, 0x1160, 0x2028, 0x2029, 0x2800, 0x3164, 0xFFA0), " ")
HIDDEN = dict.fromkeys(
    (
        *(0x00AD, 0x034F, 0x061C, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180E, 0x180F, 0x200B, 0x200E, 0x200F),
        *range(0x202A, 0x202F),  # direction embeddings and overrides
        *range(0x2060, 0x2070),  # word joiner, invisible operators, direction isolates
        *range(0xFE00, 0xFE0F),  # variation selectors; FE0F stays, emoji need it
        *(0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFC, 0xFFFE, 0xFFFF),
        *range(0xE0100, 0xE01F0),
    ),
)
CHARACTERS = str.maketrans(C0 | C1 | BLANK | HIDDEN)
JOINER_IN_PLAIN = re.compile(r"(?<![^\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f])")
STRAY_TAGS = re.compile(r"(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+")
UNUSABLE = re.compile(r"[\ud800-\udfff\ufdd0-\ufdef\ue000-\uf8ff\U000f0000-\U0010ffff]")
MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
BOILERPLATE = re.compile(r"\s*The post .{1,300}? (?:appeared first|first appeared) on .{1,200}$", re.DOTALL)


def clean_title(value: str, *, markup: bool) -> str:
    """A title as one line; `markup` says that it is HTML. Text that merely looks odd ("5 < 6") stays."""
    text = unfold(value[:LONGEST_MARKUP], markup=markup)
    return shorten(" ".join(tidy(text).split()), LONGEST_TITLE)


def clean_summary(value: str, *, markup: bool) -> str:
    """A summary with one line per paragraph, without the "The post ... appeared first on ..." that WordPress adds."""
    value = value[:LONGEST_MARKUP]
    text = unfold(value, markup=markup or bool(KNOWN_TAG.search(value)))
    lines = (" ".join(line.split()) for line in tidy(text).split("\n"))
    return shorten(BOILERPLATE.sub("", "\n".join(line for line in lines if line)), LONGEST_SUMMARY)


def unfold(value: str, *, markup: bool) -> str:
    """Markup taken off and references decoded, again where a publisher escaped twice."""
    if markup:
        value = html.unescape(strip_markup(value))
    for _ in range(2):
        decoded = html.unescape(value)
        if KNOWN_TAG.search(decoded) and not KNOWN_TAG.search(value):
            return html.unescape(strip_markup(decoded)) if markup else value
        if markup and KNOWN_TAG.search(decoded):
            decoded = strip_markup(decoded)
        if decoded == value:
            break
        value = decoded
    return value


def strip_markup(value: str) -> str:
    """The text between tags: blocks end lines, scripts and comments vanish. Its time grows with the length only."""
    return "".join(pieces(value))


def pieces(value: str) -> Iterator[str]:
    """The runs of text, and what stands for a tag between two of them."""
    at = 0
    while match := TAG.search(value, at):
        yield value[at : match.start()]
        opener = match.group()
        at = match.end()
        if opener == COMMENT:
            at = after(value, "-->", at)
        elif opener == CDATA:
            end = after(value, "]]>", at)
            yield value[at:end].removesuffix("]]>")
            at = end
        elif match.group(2):
            name = match.group(2).lower()
            if name in SILENT and not match.group(1) and not opener.endswith("/>"):
                at = closing(value, name, at)
            yield "\n" if name in BLOCKS else ""
    yield value[at:]


def after(value: str, mark: str, start: int) -> int:
    """Where the text after a mark begins; the end of everything where the mark is missing."""
    found = value.find(mark, start)
    return len(value) if found < 0 else found + len(mark)


def closing(value: str, name: str, start: int) -> int:
    """Where an element's end tag begins; the end of everything where it is missing."""
    match = re.compile(f"</{name}", re.IGNORECASE).search(value, start)
    return match.start() if match else len(value)


def tidy(text: str) -> str:
    """Characters that can be shown: controls, direction overrides and zero-width ones go, emoji and accents stay."""
    text = UNUSABLE.sub("", text.translate(CHARACTERS))
    text = STRAY_TAGS.sub("", JOINER_IN_PLAIN.sub("", text))
    return MARKS.sub(r"\1", unicodedata.normalize("NFC", text))


def shorten(text: str, most: int) -> str:
    """At most so many characters, ended at a word with an ellipsis where it was cut."""
    if len(text) <= most:
        return text.strip()
    cut = text[: most - 1]
    return (cut.rsplit(None, 1)[0] if len(cut.split()) > 1 else cut).rstrip() + "…"


def first_words(text: str, most: int = 100) -> str:
    """A line of a text that can stand for a missing title."""
    return shorten(" ".join(text.split()), most)
