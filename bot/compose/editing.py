"""The editor of a story's alert: the source's sentences a page at a time, each in or out, and what is asked for."""

from typing import Final

from bot.compose.text import Markup, escape, fit
from bot.compose.wording import Wording
from bot.model.editing import NOTHING, Bench
from bot.model.message import Button, Message

PAGE: Final = 6
JUMP: Final = 10
"""A long report has hundreds of pages of sentences; so many are turned at once, too."""
SENTENCE_LIMIT: Final = 450
LABEL_LIMIT: Final = 40


def compose_editor(bench: Bench, wording: Wording, page: int | None = None) -> Message:
    """A page of sentences; without one, that of the first that is chosen."""
    if not bench.sentences:
        return Message("\n\n".join([head(bench, wording), wording("edit-no-sentences")]), tuple(ends(bench, wording)))
    chosen = bench.edit.chosen
    at = min(page if page is not None else (chosen[0] if chosen else 0) // PAGE, pages(bench) - 1)
    numbers = range(at * PAGE, min((at + 1) * PAGE, len(bench.sentences)))
    rows = [sentence_row(bench, number, wording) for number in numbers]
    where = wording("edit-page", page=at + 1, pages=pages(bench))
    toggles = tuple(toggle(bench, number, wording) for number in numbers)
    turns = tuple(turn(bench, to, label) for label, to in turns_of(at, pages(bench)))
    buttons = [toggles, *([turns] if turns else []), *ends(bench, wording)]
    return Message(fit("\n\n".join([head(bench, wording), *rows, where])), tuple(buttons))


def head(bench: Bench, wording: Wording) -> Markup:
    """What is being edited, and what is asked for as it stands."""
    return wording("edit-heading", count=len(bench.edit.chosen), ask=ask_name(bench, wording))


def ask_name(bench: Bench, wording: Wording) -> Markup:
    """What is asked for."""
    if bench.edit.ask is None:
        return wording("edit-ask-automatic")
    if bench.edit.ask == NOTHING:
        return wording("edit-ask-nothing")
    return escape(dict(bench.asks).get(bench.edit.ask, bench.edit.ask))


def pages(bench: Bench) -> int:
    """How many pages of sentences there are."""
    return max(1, -(-len(bench.sentences) // PAGE))


def sentence_row(bench: Bench, number: int, wording: Wording) -> Markup:
    """A sentence with its number, and whether it is in."""
    text = Markup(fit(escape(bench.sentences[number]), SENTENCE_LIMIT))
    return wording("edit-in" if number in bench.edit.chosen else "edit-out", number=number + 1, sentence=text)


def toggle(bench: Bench, number: int, wording: Wording) -> Button:
    """Take a sentence in or out."""
    key = "button-sentence-in" if number in bench.edit.chosen else "button-sentence-out"
    return Button(wording.plain(key, number=number + 1), action=f"edit:{bench.edit.id}:t:{number}")


def turns_of(page: int, count: int) -> list[tuple[str, int]]:
    """The pages that can be turned to, with their signs."""
    near = [("‹", page - 1), ("›", page + 1)]
    far = [("«", page - JUMP), ("»", page + JUMP)] if count > JUMP else []
    return [(sign, to) for sign, to in (*far[:1], *near, *far[1:]) if 0 <= to < count]


def turn(bench: Bench, page: int, label: str) -> Button:
    """Turn to a page."""
    return Button(label, action=f"edit:{bench.edit.id}:p:{page}")


def ends(bench: Bench, wording: Wording) -> list[tuple[Button, ...]]:
    """Change the ask where one may be, apply, or leave everything as it was."""
    ask = ("button-edit-ask", "ask")
    names = [*([ask] if bench.asks else []), ("button-edit-apply", "apply"), ("button-edit-drop", "drop")]
    return [tuple(Button(wording.plain(key), action=f"edit:{bench.edit.id}:{name}") for key, name in names)]


def compose_asks(bench: Bench, wording: Wording) -> Message:
    """What can be asked for, a row each; first the pack's own choice, and nothing."""
    fixed = [(wording.plain("button-ask-automatic"), "auto"), (wording.plain("button-ask-nothing"), "none")]
    listed = [(fit(label, LABEL_LIMIT), str(place)) for place, (_, label) in enumerate(bench.asks)]
    rows = [(Button(label, action=f"edit:{bench.edit.id}:a:{name}"),) for label, name in (*fixed, *listed)]
    back = (Button(wording.plain("button-back"), action=f"edit:{bench.edit.id}:p:0"),)
    return Message(wording("edit-ask", ask=ask_name(bench, wording)), (*rows, back))
