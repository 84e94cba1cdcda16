"""The parameters of one call, however they were sent: query, form, multipart or JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.refusals import bad_request

_NAMES = {list: "array", dict: "object"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """Typed reading of one call's parameters; what cannot be read is refused with 400."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def as_written(self) -> dict[str, Any]:
        """Every parameter, with attach://name in the place of a file."""
        attached = {name: f"attach://{name}" for name in self.uploads}
        return {**self.values} | {name: where for name, where in attached.items() if where not in self.values.values()}

    def text(self, name: str) -> str:
        """The parameter as text; "" if it is missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def whole(self, name: str, default: int | None = None) -> int:
        """The parameter as a whole number, or `default`; without a default it is required."""
        raw = self.text(name)
        if not raw and default is not None:
            return default
        try:
            return int(raw)
        except ValueError:
            raise bad_request(f"{name} is empty" if not raw else f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        """The parameter as yes or no; missing means no."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def parsed(self, name: str, kind: type[list[Any]] | type[dict[str, Any]]) -> Any | None:
        """The parameter as a JSON list or object, or None if it is missing or empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            value = _decode(name, value)
        if not isinstance(value, kind):
            raise bad_request(f"{_NAMES[kind]} expected as {name.replace('_', ' ')}")
        return value

    def nested(self, name: str) -> "Params":
        """The fields of an object within."""
        return Params(self.parsed(name, dict) or {})

    def objects(self, name: str) -> list[dict[str, Any]] | None:
        """The parameter as a JSON list of objects, or None."""
        value = self.parsed(name, list)
        if value is not None and not all(isinstance(part, dict) for part in value):
            raise bad_request(f"{name.replace('_', ' ')} must be an Array of Objects")
        return value

    def upload(self, name: str) -> Upload | str:
        """The file sent as `name` (itself or by attach://), else the file_id or address written there."""
        written = self.text(name)
        if written.startswith("attach://"):
            name = written.removeprefix("attach://")
        return self.uploads.get(name, written)


def _decode(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        what = "reply keyboard markup" if name == "reply_markup" else name.replace("_", " ")
        raise bad_request(f"can't parse {what} JSON object") from None
