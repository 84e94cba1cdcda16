"""What Telegram marks in a text by itself: commands, mentions and addresses."""

import re

from bot.sandbox.markup import Entity, utf16

_PATTERNS = (
    ("url", re.compile(r"\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}\b")),
    ("bot_command", re.compile(r"(?<![\w/.@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
)


def find_entities(text: str) -> list[Entity]:
    """The entities that Telegram finds in plain text, by offset (UTF-16 units), never overlapping."""
    found: list[Entity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            entity = {"type": kind, "offset": utf16(text[: match.start()]), "length": utf16(match[0])}
            if not _overlaps(entity, found):
                found.append(entity)
    return sorted(found, key=lambda entity: entity["offset"])


def with_found(text: str, given: list[Entity]) -> list[Entity]:
    """The given entities and those that Telegram finds beside them."""
    beside = [entity for entity in find_entities(text) if not _overlaps(entity, given)]
    return sorted([*given, *beside], key=lambda entity: (entity["offset"], -entity["length"]))


def _overlaps(entity: Entity, others: list[Entity]) -> bool:
    start, end = entity["offset"], entity["offset"] + entity["length"]
    exclusive = (other for other in others if other["type"] not in {"bold", "italic", "underline", "strikethrough"})
    return any(other["offset"] < end and start < other["offset"] + other["length"] for other in exclusive)


def slice_utf16(text: str, entity: Entity) -> str:
    """The words that an entity covers."""
    units = text.encode("utf-16-le")
    return units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le", "replace")
