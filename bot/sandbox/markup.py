"""Telegram's HTML, parsed as strictly as Telegram does.

Facts: the Bot API's "HTML style", and the behaviour of Telegram's own server (offsets are in bytes of UTF-8; an unknown
named reference stays as it was written). Stricter in one thing: a link inside a link, which Telegram silently drops,
is refused, because it is always a mistake of ours.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.refusals import cannot_parse

Entity = dict[str, Any]

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}  # fmt: skip

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<number>[0-9]+)|(?P<name>[a-zA-Z]+));?")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]*)\s*(=?)\s*("[^"]*"|'[^']*'|[A-Za-z0-9.-]*)""")
_ADDRESS = re.compile(r"(https?|tg|ton)://\S+$")
_LAST_CODE_POINT = 0x10FFFF


def utf16(text: str) -> int:
    """The length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def decode(text: str) -> str:
    """Character references become characters; what Telegram does not know stays as written."""
    return _REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    if match["name"]:
        return _NAMED.get(match["name"], match[0])
    code = int(match["hex"], 16) if match["hex"] else int(match["number"])
    return chr(code) if 0 < code < _LAST_CODE_POINT else match[0]


@dataclass(slots=True)
class _Open:
    name: str
    attributes: dict[str, str]
    offset: int
    start: int


@dataclass(slots=True)
class _Reader:
    """Walks one text; `position` is in characters of the source, offsets of entities in UTF-16 units of the result."""

    source: str
    position: int = 0
    plain: str = ""
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> tuple[str, list[Entity]]:
        while self.position < len(self.source):
            if self.source[self.position] != "<":
                self._text()
            elif self.source.startswith("</", self.position):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return self.plain, sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))

    def _text(self) -> None:
        end = self.source.find("<", self.position)
        end = len(self.source) if end < 0 else end
        self.plain += decode(self.source[self.position : end])
        self.position = end

    def _bytes(self) -> int:
        return len(self.source[: self.position].encode())

    def _start_tag(self) -> None:
        name_end = re.compile(r"[\s>]").search(self.source, self.position)
        if name_end is None:
            raise cannot_parse(f"Unclosed start tag at byte offset {self._bytes()}")
        name = self.source[self.position + 1 : name_end.start()].lower()
        if name not in KINDS:
            raise cannot_parse(f'Unsupported start tag "{name}" at byte offset {self._bytes()}')
        attributes, end = self._attributes(name, name_end.start())
        self._check(name, attributes)
        self.open.append(_Open(name, attributes, utf16(self.plain), len(self.plain)))
        self.position = end

    def _attributes(self, tag: str, position: int) -> tuple[dict[str, str], int]:
        found: dict[str, str] = {}
        while not self.source[position:].lstrip().startswith(">"):
            match = _ATTRIBUTE.match(self.source, position)
            if match is None or match.end() >= len(self.source):
                raise cannot_parse(f"Unclosed start tag at byte offset {self._bytes()}")
            name, equals, value = match.groups()
            if not name:
                raise cannot_parse(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes()}')
            found[name] = decode(_unquoted(value)) if equals else ""
            position = match.end() if equals else match.end(2)
            self._check_token_end(position, match.start(3))
        return found, self.source.index(">", position) + 1

    def _check_token_end(self, position: int, token: int) -> None:
        following = self.source[position]
        if following in "\"'":
            raise cannot_parse(f"Unclosed start tag at byte offset {self._bytes()}")
        if not following.isspace() and following != ">":
            offset = len(self.source[:token].encode())
            raise cannot_parse(f"Unexpected end of name token at byte offset {offset}")

    def _check(self, name: str, attributes: dict[str, str]) -> None:
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes()}')
        if name == "a" and any(tag.name == "a" for tag in self.open):
            raise cannot_parse(f'Unsupported start tag "a" inside tag "a" at byte offset {self._bytes()}')

    def _end_tag(self) -> None:
        if not self.open:
            raise cannot_parse(f"Unexpected end tag at byte offset {self._bytes()}")
        end = self.source.find(">", self.position)
        if end < 0:
            raise cannot_parse(f"Unclosed end tag at byte offset {self._bytes()}")
        found, tag = self.source[self.position + 2 : end].strip().lower(), self.open.pop()
        if found not in {"", tag.name}:
            words = f'expected "</{tag.name}>", found "</{found}>"'
            raise cannot_parse(f"Unmatched end tag at byte offset {self._bytes()}, {words}")
        self._add(tag)
        self.position = end + 1

    def _add(self, tag: _Open) -> None:
        length = utf16(self.plain) - tag.offset
        extra = _extra(tag, self.plain[tag.start :])
        if length and extra is not None:
            self.entities.append({"type": KINDS[tag.name], "offset": tag.offset, "length": length} | extra)


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in {'"', "'"} else value


def _extra(tag: _Open, inner: str) -> Entity | None:
    """What the tag's entity says beyond its place, or None where Telegram makes no entity of it."""
    match tag.name:
        case "a":
            url = tag.attributes.get("href") or inner
            return {"url": url} if _ADDRESS.match(url) else None
        case "blockquote" if "expandable" in tag.attributes:
            return {"type": "expandable_blockquote"}
        case "tg-emoji":
            return {"custom_emoji_id": tag.attributes.get("emoji-id", "")}
        case "tg-time":
            unix, style = tag.attributes.get("unix", ""), tag.attributes.get("format", "")
            return {"unix_time": int(unix), "date_time_format": style} if unix.isdecimal() else None
        case _:
            return {}


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The text and its entities (offsets and lengths in UTF-16 units); raises RefusalError with Telegram's words."""
    return _Reader(source).read()
