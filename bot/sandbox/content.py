"""Reads what a message says from a call: text or caption, its entities and its limits."""

from typing import Any

from bot.sandbox.entities import with_found
from bot.sandbox.markup import Entity, parse_html, utf16
from bot.sandbox.params import Params
from bot.sandbox.refusals import bad_request

JSON = dict[str, Any]

LONGEST_TEXT = 4_096
LONGEST_CAPTION = 1_024
_LONGEST_RAW = 32_768
_MOST_ENTITIES = 100
_PLACE = ("offset", "length")


def read_text(params: Params) -> JSON:
    """`text` and `entities` of a message; raises RefusalError for what Telegram refuses."""
    text, entities = _formatted(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if utf16(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def read_caption(params: Params) -> JSON:
    """`caption` and `caption_entities` of a message, or nothing if it has none."""
    text, entities = _formatted(params, "caption", "caption_entities")
    if utf16(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text} | ({"caption_entities": entities} if entities else {})


def _formatted(params: Params, name: str, entities_name: str) -> tuple[str, list[Entity]]:
    raw = params.text(name)
    if len(raw.encode()) > _LONGEST_RAW:
        raise bad_request("text is too long")
    text, entities = format_text(raw, params.text("parse_mode"), params.objects(entities_name))
    return text, entities


def format_text(raw: str, parse_mode: str, given: list[Entity] | None = None) -> tuple[str, list[Entity]]:
    """The text as people see it and every entity in it. Only HTML is understood; the sandbox refuses Markdown."""
    match parse_mode.lower():
        case "html":
            text, entities = parse_html(raw)
        case "":
            text, entities = raw, [_checked(entity) for entity in given or []]
        case _:
            raise bad_request("unsupported parse_mode (the sandbox reads HTML only)")
    stripped, entities = _trimmed(text, entities)
    return stripped, with_found(stripped, entities)[:_MOST_ENTITIES]


def _checked(entity: Entity) -> Entity:
    if not isinstance(entity.get("type"), str) or not all(isinstance(entity.get(key), int) for key in _PLACE):
        raise bad_request("can't parse MessageEntity")
    return entity


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram drops white space at both ends and moves the entities along."""
    cut = utf16(text[: len(text) - len(text.lstrip())])
    stripped = text.strip()
    end, kept = utf16(stripped), []
    for entity in entities:
        start, stop = max(entity["offset"] - cut, 0), min(entity["offset"] + entity["length"] - cut, end)
        if stop > start:
            kept.append(entity | {"offset": start, "length": stop - start})
    return stripped, kept
