"""What a chat follows, as buttons: everything, topics and places, each with how many alerts that would have been."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.compose.text import Markup, fit
from bot.compose.wording import Wording
from bot.model.message import Button, Message
from bot.model.subscriber import EVERYTHING, Frequency

SHOWN: Final = 10
"""Choices on one page."""
LABEL: Final = 48
YEAR_OF_MONTHS: Final = 12
HOME: Final = "sub"
"""The callback data that shows what is followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to follow, by the name that people read.

    `frequency` None: it is not followed. `expected` are the alerts of the last 365 days.
    """

    follows: str
    name: str
    expected: int
    frequency: Frequency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a chat has chosen by now. `calls`: it gets calls to action; `paused` says until when, in words."""

    chosen: Sequence[Choice]
    everything: Choice
    calls: bool
    paused: str | None = None


def compose_following(standing: Standing, page: int, wording: Wording) -> Message:
    """What is followed and how often that is told, with the ways to change it."""
    lines = [followed_line(one, wording) for one in standing.chosen] or [wording("following-nothing")]
    blocks = [
        wording("following-heading"),
        "\n".join(lines),
        wording("following-calls-yes" if standing.calls else "following-calls-no"),
        *([wording("following-paused", until=standing.paused)] if standing.paused else []),
        wording("following-counted"),
    ]
    own = pick(standing.chosen, page, lambda one: wording.plain("button-change", name=one.name))
    return Message(
        fit("\n\n".join(blocks)),
        (
            *own,
            *turn_row(len(standing.chosen), page, wording, lambda target: f"{HOME}:home:{target}"),
            *everything_row(standing.everything, wording),
            (
                Button(wording.plain("button-go-topics"), action=f"{HOME}:topics:0"),
                Button(wording.plain("button-go-places"), action=f"{HOME}:places"),
            ),
            (Button(wording.plain("button-calls"), action=f"{HOME}:calls"),),
            (Button(wording.plain("button-settings"), action="set"),),
        ),
    )


def followed_line(one: Choice, wording: Wording) -> Markup:
    """Something that is followed, how often it is told, and what to expect."""
    return wording(
        "following-line", name=one.name, often=often(one.frequency, wording), expected=expected(one.expected, wording)
    )


def often(frequency: Frequency | None, wording: Wording) -> str:
    """How often, in words."""
    return wording.plain(f"often-{frequency.value if frequency else 'never'}")


def expected(year: int, wording: Wording) -> str:
    """Alerts of a year as people count them: "about 3 a month", "2 a year"."""
    if year >= YEAR_OF_MONTHS:
        return wording.plain("expected-month", count=round(year / YEAR_OF_MONTHS))
    return wording.plain("expected-year", count=year)


def shortly(year: int, wording: Wording) -> str:
    """The same as it fits a button, which phones cut off."""
    if year >= YEAR_OF_MONTHS:
        return wording.plain("short-month", count=round(year / YEAR_OF_MONTHS))
    return wording.plain("short-year", count=year)


def everything_row(everything: Choice, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """The button that follows all there is, where that is not followed yet."""
    if everything.frequency is not None:
        return ()
    label = wording.plain("button-everything", expected=shortly(everything.expected, wording))
    return ((Button(label, action=f"{HOME}:one:{EVERYTHING}"),),)


def compose_list(heading: Markup, choices: Sequence[Choice], page: int, wording: Wording, path: str) -> Message:
    """A page of topics or places to choose from; `path` is the callback data up to the page's number."""
    rows = pick(choices, page, lambda one: list_label(one, wording))
    turns = turn_row(len(choices), page, wording, lambda target: f"{path}:{target}")
    return Message(heading, (*rows, *turns, *back(wording)))


def list_label(one: Choice, wording: Wording) -> str:
    """A name with what to expect, or with how often it is told where it is followed."""
    told = shortly(one.expected, wording) if one.frequency is None else often(one.frequency, wording)
    key = "choice-label" if one.frequency is None else "choice-label-followed"
    room = LABEL - len(wording.plain(key, name="", told=told))
    return wording.plain(key, name=fit(one.name, room), told=told)


def pick(choices: Sequence[Choice], page: int, label_of: Callable[[Choice], str]) -> tuple[tuple[Button, ...], ...]:
    """A page of choices, a button each."""
    shown = choices[page * SHOWN : (page + 1) * SHOWN]
    return tuple((Button(label_of(one), action=f"{HOME}:one:{one.follows}"),) for one in shown)


def turn_row(
    count: int, page: int, wording: Wording, action_of: Callable[[int], str]
) -> tuple[tuple[Button, ...], ...]:
    """Towards the pages before and after this one, where there are any."""
    turns = [("button-page-before", page - 1)] if page else []
    turns += [("button-page-after", page + 1)] if count > (page + 1) * SHOWN else []
    row = tuple(Button(wording.plain(key), action=action_of(target)) for key, target in turns)
    return (row,) if row else ()


def back(wording: Wording, action: str = HOME) -> tuple[tuple[Button, ...], ...]:
    """The way back."""
    return ((Button(wording.plain("button-go-back"), action=action),),)


def compose_kinds(groups: Iterable[tuple[str, str]], wording: Wording) -> Message:
    """The kinds of places by their group's id and label, a button each."""
    rows = tuple((Button(fit(label, LABEL), action=f"{HOME}:places:{group}:0"),) for group, label in groups)
    return Message(wording("following-places"), (*rows, *back(wording)))


def compose_choice_of(one: Choice, wording: Wording, *, anyway: bool, stands: Markup | None) -> Message:
    """One topic or place, whether it is followed, and how often it shall be told.

    `anyway`: it is told already because everything is followed; `stands` is what else to know of a place.
    """
    followed = one.frequency is not None
    blocks = [
        wording("choice-heading", name=one.name),
        *([stands] if stands else []),
        wording("choice-state", often=often(one.frequency, wording), expected=expected(one.expected, wording)),
        *([wording("choice-anyway")] if anyway and not followed else []),
        *([] if followed else [wording("choice-consent")]),
    ]
    ways = tuple(
        Button(way_label(each, one.frequency, wording), action=f"{HOME}:to:{one.follows}:{each.value}")
        for each in Frequency
    )
    end = ((Button(wording.plain("button-unfollow"), action=f"{HOME}:to:{one.follows}:never"),),) if followed else ()
    return Message("\n\n".join(blocks), (ways, *end, *back(wording)))


def way_label(each: Frequency, chosen: Frequency | None, wording: Wording) -> str:
    """How often, on its button; the one that is chosen says so."""
    label = wording.plain(f"button-often-{each.value}")
    return wording.plain("button-chosen", label=label) if each is chosen else label
