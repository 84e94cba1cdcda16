"""A draft's panel: one message that shows all that is decided about a call to action, and changes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.compose.calls import SEAL, call_button, heading
from bot.compose.progress import Standing
from bot.compose.terms import compose_terms
from bot.compose.text import Markup
from bot.compose.wording import Wording
from bot.model.broadcast import Broadcast, BroadcastState, Verb
from bot.model.draft import MOST_LINKS
from bot.model.message import Button, Message

PAGES: Final = ("main", "buttons", "audience", "expiry", "time")
LASTS: Final = (24, 48)
LANGUAGES: Final = ("en", "cy")
IN_A_ROW: Final = 2

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic that people follow: as subscriptions name it, and in words."""

    follows: str
    label: str


def compose_panel(
    broadcast: Broadcast,
    wording: Wording,
    standing: Standing,
    *,
    page: str = "main",
    topics: Sequence[Topic] = (),
    ask: Markup | None = None,
) -> Message:
    """The draft as it stands, with one page of what may be changed; `ask` says what comes next."""
    text = "\n\n".join(
        [heading(broadcast, wording), contents(broadcast, wording), compose_terms(broadcast, wording, standing)]
    )
    return Message(f"{text}\n\n{ask or wording(f'panel-{page}')}", rows_of(broadcast, wording, page, topics))


def contents(broadcast: Broadcast, wording: Wording) -> Markup:
    """What is in it: languages, attachment, buttons."""
    draft = broadcast.draft
    languages = [wording("panel-language-en"), *(wording(f"panel-language-{one}") for one in draft.others)]
    lines = [wording("panel-languages", names=Markup(", ".join(languages)))]
    if draft.attachment:
        lines.append(wording(f"panel-with-{draft.attachment.kind}"))
    lines += [wording("panel-link", label=link.label, url=link.url) for link in draft.links]
    if draft.done:
        lines.append(wording("panel-done"))
    if draft.options:
        lines.append(wording("panel-question", options=", ".join(draft.options)))
    if draft.share:
        lines.append(wording("panel-share"))
    return Markup("\n".join(lines))


def rows_of(broadcast: Broadcast, wording: Wording, page: str, topics: Sequence[Topic]) -> Rows:
    """The buttons of a page; of what was submitted only how to take it back."""
    if broadcast.state in {BroadcastState.SUBMITTED, BroadcastState.COOLING}:
        return (
            tuple(call_button(broadcast, verb, wording) for verb in (Verb.EDIT, Verb.CHANGE)),
            *ways_out(broadcast, wording),
        )
    if broadcast.state is not BroadcastState.DRAFT:
        return ()
    match page:
        case "buttons":
            rows = button_rows(broadcast, wording)
        case "audience":
            rows = audience_rows(broadcast, wording, topics)
        case "expiry":
            rows = [*[choice(broadcast, f"hours.{hours}", wording, hours=hours) for hours in LASTS]]
            rows.append(choice(broadcast, "expiry", wording))
        case "time":
            rows = [choice(broadcast, name, wording) for name in ("start.now", "start.waking", "start")]
        case _:
            return main_rows(broadcast, wording)
    return (*in_rows(rows), (choice(broadcast, "page.main", wording),))


def main_rows(broadcast: Broadcast, wording: Wording) -> Rows:
    """The first page."""
    pages = [choice(broadcast, f"page.{page}", wording) for page in PAGES[1:]]
    text = [call_button(broadcast, Verb.EDIT, wording), choice(broadcast, "welsh", wording)]
    seen = [choice(broadcast, "preview", wording)]
    if broadcast.draft.dead and broadcast.draft.anyway_by is None:
        seen.append(choice(broadcast, "anyway", wording))
    last = tuple(call_button(broadcast, verb, wording) for verb in (Verb.SUBMIT, Verb.DISCARD))
    return (*in_rows([*text, *pages]), tuple(seen), last)


def ways_out(broadcast: Broadcast, wording: Wording) -> Rows:
    """How to end what was submitted, or approved."""
    verb = Verb.DISCARD if broadcast.state is BroadcastState.SUBMITTED else Verb.CANCEL
    return ((call_button(broadcast, verb, wording),),)


def button_rows(broadcast: Broadcast, wording: Wording) -> list[Button]:
    """What may be put under it."""
    draft = broadcast.draft
    names = ["link"] if len(draft.links) < MOST_LINKS else []
    names += ["share.off" if draft.share else "share.on"]
    if not draft.options:
        names.append("done.off" if draft.done else "done.on")
    if not draft.done and not draft.options:
        names.append("question")
    if draft.links or draft.options:
        names.append("clear")
    return [choice(broadcast, name, wording) for name in names]


def audience_rows(broadcast: Broadcast, wording: Wording, topics: Sequence[Topic]) -> list[Button]:
    """Filters, each with a tick where it is set."""
    audience = broadcast.draft.audience
    rows = [
        ticked(choice(broadcast, f"topic.{n}", wording, label=topic.label), on=topic.follows in audience.follows)
        for n, topic in enumerate(topics)
    ]
    rows += [ticked(choice(broadcast, f"lang.{one}", wording), on=one in audience.languages) for one in LANGUAGES]
    rows.append(ticked(choice(broadcast, "rested", wording), on=audience.rested_days is not None))
    rows.append(ticked(choice(broadcast, "test", wording), on=audience.test_group))
    return [*rows, choice(broadcast, "place", wording), choice(broadcast, "everybody", wording)]


def ticked(button: Button, *, on: bool) -> Button:
    """The button as chosen, or not."""
    return Button(f"✓ {button.label}", action=button.action) if on else button


def in_rows(buttons: Sequence[Button]) -> Rows:
    """Two in a row."""
    return tuple(tuple(buttons[place : place + IN_A_ROW]) for place in range(0, len(buttons), IN_A_ROW))


def choice(broadcast: Broadcast, what: str, wording: Wording, **arguments: str | int) -> Button:
    """A button of the panel; its words are `draft-<what>`, of a numbered one without the number."""
    name, _, argument = what.partition(".")
    key = name if argument.isdecimal() else what.replace(".", "-")
    label = wording.plain(f"draft-{key}", **arguments)
    return Button(label, action=f"draft:{broadcast.id}:{what}:{broadcast.digest[:SEAL]}")
