"""Text for Telegram's HTML mode: escaping, the length Telegram counts, trimming that breaks neither tag nor entity."""

import re
from html import unescape
from itertools import accumulate, takewhile
from typing import Final

LIMIT: Final = 4096
"""UTF-16 units that one message may show (Bot API, sendMessage)."""
CAPTION: Final = 1024
"""UTF-16 units that a picture's caption may show (Bot API, sendPhoto)."""
URL_LIMIT: Final = 2000
"""Characters of an address that every reader's device still opens."""

ELLIPSIS: Final = "…"
_ATOM: Final = re.compile(r"<[^>]*>|&[a-z]+;|.", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
_NAME: Final = re.compile(r"[a-z-]+")
# Controls that no reader sees and half of a surrogate pair, which cannot be sent at all.
_UNSENDABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SENTENCE_END: Final = re.compile(r"[.!?…][”’\"')\]]*$")


class Markup(str):
    """Text that is Telegram HTML already, so that nobody escapes it again."""

    __slots__ = ()


def escape(text: str) -> Markup:
    """Any text as Telegram HTML that shows it as it is, without what cannot be sent."""
    clean = _UNSENDABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return Markup(escaped)


def utf16_length(text: str) -> int:
    """How long Telegram says this text is: characters beyond the basic plane count twice."""
    return len(text) + sum(character > "\uffff" for character in text)


def visible_text(html: str) -> str:
    """What a reader is shown of this HTML."""
    return unescape(_TAG.sub("", html))


def visible_length(html: str) -> int:
    """How many UTF-16 units that is."""
    return utf16_length(visible_text(html))


def usable_url(url: str | None) -> str | None:
    """The address if it can be put under a button or a link: http(s), no blanks, not absurdly long; else None."""
    if url is None or len(url) > URL_LIMIT or not re.fullmatch(r"https?://[^\s/\"<>\\]+[^\s\"<>]*", url):
        return None
    return None if _UNSENDABLE.search(url) else url


def fit(html: str, limit: int = LIMIT) -> str:
    """The HTML as it is if it shows at most `limit` units, else its beginning and an ellipsis.

    `html` is well formed. The cut falls after a sentence if one ends in the second half, else after a word, else
    anywhere between two characters; open tags are closed.
    """
    if visible_length(html) <= limit:
        return html
    atoms = _ATOM.findall(html)
    sizes = accumulate(visible_length(atom) for atom in atoms)
    whole = sum(1 for _ in takewhile(lambda size: size <= limit - len(ELLIPSIS), sizes))
    kept = atoms[: cut_point(atoms[:whole])]
    return "".join(kept).rstrip() + ELLIPSIS + "".join(f"</{name}>" for name in reversed(open_tags(kept)))


def cut_point(atoms: list[str]) -> int:
    """After how many atoms to cut: the last sentence's end in the second half, else the last word's, else all."""
    blanks = [place for place, atom in enumerate(atoms) if atom.isspace()]
    ends = [place for place in blanks if _SENTENCE_END.search(unescape("".join(atoms[max(0, place - 4) : place])))]
    for places in (ends, blanks):
        if places and places[-1] > len(atoms) // 2:
            return places[-1]
    return len(atoms)


def open_tags(atoms: list[str]) -> list[str]:
    """The names of the tags that are still open after these atoms, the outermost first."""
    names: list[str] = []
    for atom in atoms:
        if atom.startswith("</"):
            names.pop()
        elif atom.startswith("<"):
            names.extend(_NAME.findall(atom)[:1])
    return names
