"""How the nouns become JSON columns and come back."""

from typing import Any

from pydantic import TypeAdapter

from bot.model.draft import Draft
from bot.model.finding import Finding
from bot.model.message import Attachment, Button
from bot.model.story import Traces, Verdict

_verdicts = TypeAdapter(Verdict)
_traces = TypeAdapter(Traces)
_findings = TypeAdapter(Finding)
_buttons = TypeAdapter(tuple[tuple[Button, ...], ...])
_attachments = TypeAdapter(Attachment)
_drafts = TypeAdapter(Draft)

type_of: dict[str, TypeAdapter[Any]] = {
    "verdict": _verdicts,
    "traces": _traces,
    "finding": _findings,
    "buttons": _buttons,
    "attachment": _attachments,
    "draft": _drafts,
}


def dump(name: str, value: object) -> Any:
    """A noun as plain JSON; `name` is the column it goes into."""
    return type_of[name].dump_python(value, mode="json")


def load_verdict(stored: Any) -> Verdict:
    """A verdict out of its column."""
    return _verdicts.validate_python(stored)


def load_traces(stored: Any) -> Traces:
    """Traces out of their column."""
    return _traces.validate_python(stored)


def load_finding(stored: Any) -> Finding:
    """A finding out of its column."""
    return _findings.validate_python(stored)


def load_buttons(stored: Any) -> tuple[tuple[Button, ...], ...]:
    """Rows of buttons out of their column."""
    return _buttons.validate_python(stored)


def load_attachment(stored: Any) -> Attachment | None:
    """An attachment out of its column, if there is one."""
    return _attachments.validate_python(stored) if stored else None


def load_draft(stored: Any) -> Draft:
    """A draft out of its column."""
    return _drafts.validate_python(stored)
