"""Bytes to text that a parser can bear: the charset ladder, and what is taken out before parsing."""

import codecs
import re
from collections.abc import Mapping

from w3lib.encoding import resolve_encoding

from bot.feeds.text import C1

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDE = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
NO_CHARSETS = frozenset(
    {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
LATIN = frozenset({"iso8859-1", "cp1252", "ascii"})
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
DECLARATION = re.compile(r"<\?xml[\s?][^>]*+>")
ROOT = re.compile(r"<\?xml[\s?]|<(?:\w{1,20}:)?(?:rss|feed|rdf|channel|item|entry)[\s>]", re.IGNORECASE)
HTML = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]++)|([0-9]++));?")
UNLAWFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
HIGHEST = 0x10FFFF
PREAMBLE = 4096
LONGEST_TAG = 16_384
HUGE_TAG = re.compile(rf"<([a-zA-Z][\w:.-]{{0,100}}+)[^<>]{{{LONGEST_TAG},}}+(?<!/)(/?)>")


def _in_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """What a byte that is no UTF-8 almost always is: Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(C1.get(byte, chr(byte)) or "\ufffd" for byte in bad), error.end


codecs.register_error("windows-1252", _in_windows_1252)


def decode(body: bytes, headers: Mapping[str, str]) -> str:
    """The body as text. Bytes that are valid UTF-8 are UTF-8, whatever a header says; never raises."""
    for bom, name in BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    declared = [charset for charset in (in_header(headers), in_declaration(body)) if charset]
    sniffed = [name for start, name in WIDE if body.lstrip(b" \t\r\n")[:4].startswith(start)]
    stateful = [name for name in declared if name.startswith(("iso2022", "hz"))]
    fitting = [name for name in declared if name not in LATIN and fits(name, body)]
    for name in (*sniffed, *stateful, "utf-8", *fitting):
        try:
            return body.decode(name)
        except (UnicodeError, ValueError):
            continue
    return body.decode("utf-8", "windows-1252")


def fits(name: str, body: bytes) -> bool:
    """Whether a declared charset can be meant: a two-byte one cannot where the markup has no zero bytes."""
    return not name.startswith(("utf-16", "utf-32")) or b"\x00" in body[:200]


def in_header(headers: Mapping[str, str]) -> str | None:
    """The charset of the Content-Type header, if it is one."""
    match = CHARSET.search(headers.get("content-type", "")[:500])
    return known_charset(match[1]) if match else None


def in_declaration(body: bytes) -> str | None:
    """The charset of the XML declaration, if it is one."""
    match = DECLARED.search(body[:500])
    return known_charset(match[1].decode("ascii", "ignore")) if match else None


def known_charset(label: str) -> str | None:
    """Python's name for a charset; None for one that is unknown, not a charset, or not to be trusted."""
    try:
        # What publishers mean by a charset is its larger successor (https://encoding.spec.whatwg.org/#names-and-labels).
        found = codecs.lookup(resolve_encoding(label) or resolve_encoding(label.lower().removeprefix("x-")) or label)
    except (LookupError, ValueError):
        return None
    trusted = getattr(found, "_is_text_encoding", True) and found.name.replace("_", "-") not in NO_CHARSETS
    return found.name if trusted else None


def prepare(text: str) -> str:
    """Text as an XML parser can bear it: no junk in front, no unlawful characters or references, no huge tags."""
    text = UNLAWFUL.sub("", text.lstrip("\ufeff \t\r\n")).lstrip("\ufeff \t\r\n")
    root = ROOT.search(text, 0, PREAMBLE)
    if root and not text.startswith("<"):  # what a server printed before it: a warning, a stray line
        text = text[root.start() :]
    declaration = DECLARATION.match(text)
    if declaration:
        text = text[declaration.end() :].lstrip()
    return HUGE_TAG.sub(r"<\1\2>", REFERENCE.sub(lawful, text))


def lawful(match: re.Match[str]) -> str:
    """A character reference as it is, as what Windows-1252 means by it, or as nothing."""
    digits, base = (match[1], 16) if match[1] else (match[2], 10)
    significant = digits.lstrip("0")
    code = int(significant or "0", base) if len(significant) < 8 else -1  # noqa: PLR2004 -- longer than any code
    if code in C1:
        return C1[code] or ""
    return match[0] if 0 <= code <= HIGHEST and not UNLAWFUL.match(chr(code)) else ""
