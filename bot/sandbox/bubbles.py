"""A message's text and entities as safe HTML, for the chat page.

Entities are Telegram's: `type`, `offset` and `length` in UTF-16 units (https://core.telegram.org/bots/api#messageentity).
Everything that is not a tag written here is escaped.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

SAFE_SCHEMES = {"http", "https", "mailto", "tel", "tg"}
SIMPLE = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
BLOCKS = {"pre", "blockquote", "expandable_blockquote"}
LINKS = {"text_link", "url", "email", "phone_number"}

Entity = Mapping[str, Any]


def rendered(text: str, entities: Iterable[Entity] = ()) -> Markup:
    """The text as HTML. Overlapping entities are cut at the end of the one they began in; unknown ones stay plain."""
    units = text.encode("utf-16-le")
    inside = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return _rendered(units, 0, len(units) // 2, inside)


def _rendered(units: bytes, start: int, end: int, entities: list[Entity]) -> Markup:
    pieces: list[Markup] = []
    at = start
    while entities:
        entity, entities = entities[0], entities[1:]
        first, last = max(entity["offset"], at), min(entity["offset"] + entity["length"], end)
        if first >= last:
            continue
        inner = [other for other in entities if other["offset"] < last]
        entities = entities[len(inner) :]
        block = entity["type"] in BLOCKS
        pieces.append(escape(_words(units, at, first, ends_line=block)))
        pieces.append(_wrapped(entity, _words(units, first, last), _rendered(units, first, last, inner)))
        at = last + (block and _words(units, last, last + 1) == "\n")
    pieces.append(escape(_words(units, at, end)))
    return Markup("").join(pieces)


def _words(units: bytes, first: int, last: int, *, ends_line: bool = False) -> str:
    """A run of the text; a block begins a line of its own, so the line's end before it is not shown twice."""
    words = units[first * 2 : last * 2].decode("utf-16-le", "replace")
    return words.removesuffix("\n") if ends_line else words


def _wrapped(entity: Entity, words: str, inner: Markup) -> Markup:
    kind = entity["type"]
    if kind in SIMPLE:
        tag = SIMPLE[kind]
        return Markup("<{tag}>{inner}</{tag}>").format(tag=tag, inner=inner)
    if kind in LINKS:
        return _link(_address(entity, words), inner)
    if kind == "spoiler":
        return Markup('<span class="spoiler" tabindex="0">{}</span>').format(inner)
    if kind == "bot_command":
        return Markup('<button class="command" form="command" name="command" value="{}">{}</button>').format(
            words, inner
        )
    if kind == "date_time":
        at = datetime.fromtimestamp(entity["unix_time"], UTC).isoformat()
        return Markup('<time datetime="{}">{}</time>').format(at, inner)
    return inner


def _address(entity: Entity, words: str) -> str:
    kind = entity["type"]
    if kind == "text_link":
        return str(entity["url"])
    if kind == "email":
        return f"mailto:{words}"
    if kind == "phone_number":
        return f"tel:{words}"
    return words if "://" in words else f"https://{words}"


def is_safe(address: str) -> bool:
    """Whether an address may become a link: a known scheme, never script."""
    try:
        return urlsplit(address.strip()).scheme.lower() in SAFE_SCHEMES
    except ValueError:
        return False


def _link(address: str, inner: Markup) -> Markup:
    if not is_safe(address):
        return inner
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(address, inner)
