"""How the nouns become JSON columns and come back."""

from typing import Any

from pydantic import TypeAdapter

from bot.model.finding import Finding
from bot.model.message import Button
from bot.model.story import Traces, Verdict

_verdicts = TypeAdapter(Verdict)
_traces = TypeAdapter(Traces)
_findings = TypeAdapter(Finding)
_buttons = TypeAdapter(tuple[tuple[Button, ...], ...])

type_of: dict[str, TypeAdapter[Any]] = {
    "verdict": _verdicts,
    "traces": _traces,
    "finding": _findings,
    "buttons": _buttons,
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
