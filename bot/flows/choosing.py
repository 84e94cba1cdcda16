"""Choosing: what a press on a draft's panel changes. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from bot.model.draft import REST_DAYS, Audience, Await, Draft, Start

Change = Callable[[Draft], Draft]

ASKED: Final = {
    "welsh": Await.WELSH,
    "link": Await.LINK,
    "question": Await.QUESTION,
    "place": Await.TOPIC,
    "expiry": Await.EXPIRY,
    "start": Await.START,
}
"""What is typed, by the button that asks for it."""
PAGE_OF: Final = {
    **dict.fromkeys(("link", "share", "done", "question", "clear"), "buttons"),
    **dict.fromkeys(("topic", "lang", "rested", "test", "place", "everybody"), "audience"),
}
"""The page of the panel on which a choice is; others lead back to the first."""
MOST_HOURS: Final = 24 * 14


def find_change(what: str, argument: str, topics: Sequence[str]) -> Change | None:
    """What a button changes; `topics` are those of the panel, in its order. None for no button of ours."""
    match what:
        case "share" | "done" if argument in {"on", "off"}:
            return switch(what, on=argument == "on")
        case "clear":
            return lambda draft: replace(draft, links=(), options=())
        case "hours" if argument.isdecimal() and 0 < int(argument) <= MOST_HOURS:
            return lambda draft: replace(draft, hours=int(argument), expires_at=None)
        case "start" if argument in {Start.NOW, Start.WAKING}:
            return lambda draft: replace(draft, start=Start(argument), start_at=None)
        case _:
            return find_filter(what, argument, topics)


def switch(what: str, *, on: bool) -> Change:
    """A button of the message, put there or taken away. A question has buttons of its own."""
    if what == "share":
        return lambda draft: replace(draft, share=on)
    return lambda draft: replace(draft, done=on and not draft.options)


def find_filter(what: str, argument: str, topics: Sequence[str]) -> Change | None:
    """What a button changes of the audience."""
    match what:
        case "everybody":
            return lambda draft: replace(draft, audience=Audience())
        case "topic" if argument.isdecimal() and int(argument) < len(topics):
            return lambda draft: follow(draft, topics[int(argument)])
        case "lang" if argument in {"en", "cy"}:
            return lambda draft: replace(
                draft, audience=replace(draft.audience, languages=toggled(draft.audience.languages, argument))
            )
        case "rested":
            return rest
        case "test":
            return lambda draft: replace(
                draft, audience=replace(draft.audience, test_group=not draft.audience.test_group)
            )
        case _:
            return None


def follow(draft: Draft, follows: str) -> Draft:
    """Followers of this too, or not any more."""
    return replace(draft, audience=replace(draft.audience, follows=toggled(draft.audience.follows, follows)))


def rest(draft: Draft) -> Draft:
    """Nobody whom something reached this week, or them too."""
    days = REST_DAYS if draft.audience.rested_days is None else None
    return replace(draft, audience=replace(draft.audience, rested_days=days))


def toggled(chosen: tuple[str, ...], one: str) -> tuple[str, ...]:
    """With it, or without it where it was there; in one order whatever was pressed first."""
    return tuple(sorted(set(chosen) ^ {one}))
