"""How messages reach a chat, in words and as buttons: hours, quiet hours, sound, urgent ones, a cap, a pause."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.compose.text import Markup
from bot.compose.wording import Wording
from bot.model.message import Button, Message
from bot.model.subscriber import Choices

HOME: Final = "set"
"""The callback data that shows the settings."""
HOURS_A_ROW: Final = 4
DAYS_A_ROW: Final = 4
CAPS: Final = (1, 2, 3, 5)
NIGHTS: Final = ((22, 7), (23, 8))
PAUSES: Final = ("day", "week", "month", "open")
OPEN_END: Final = datetime(2200, 1, 1, tzinfo=UTC)
"""Until when somebody pauses who says "until I return"."""


def compose_settings(choices: Choices, place: str, wording: Wording, now: datetime) -> Message:
    """The present state in words, and a button for each of it; hours are those of `place`."""
    text = "\n".join([wording("settings-heading"), *setting_lines(choices, wording, now)])
    rows = (
        (choice_button("hour", wording), choice_button("day", wording)),
        (choice_button("quiet", wording), choice_button("cap", wording)),
        (switch_button("silent", wording, on=choices.silent),),
        (switch_button("urgent", wording, on=choices.urgent_at_once),),
        (Button(wording.plain("button-following"), action="sub"),),
    )
    return Message("\n\n".join([text, wording("settings-hours", place=place)]), rows)


def setting_lines(choices: Choices, wording: Wording, now: datetime) -> list[Markup]:
    """The present state, a line for each of it."""
    at, day, cap = clock(choices.digest_hour), wording.plain(f"weekday-{choices.digest_day}"), choices.calls_per_week
    begins, ends = choices.quiet_from, choices.quiet_until
    quiet = begins is not None and ends is not None
    return [
        wording("settings-digests", at=at, day=day),
        wording("settings-quiet", begins=clock(begins or 0), ends=clock(ends or 0))
        if quiet
        else wording("settings-quiet-none"),
        wording("settings-silent-yes" if choices.silent else "settings-silent-no"),
        wording("settings-urgent-yes" if choices.urgent_at_once else "settings-urgent-no"),
        wording("settings-cap-none") if cap is None else wording("settings-cap", count=cap),
        *(
            [wording("settings-paused", until=until_words(paused, wording))]
            if (paused := pause_of(choices, now))
            else []
        ),
    ]


def pause_of(choices: Choices, now: datetime) -> datetime | None:
    """Until when this chat is paused; None: it is not."""
    until = choices.paused_until
    return until if until is not None and until > now else None


def until_words(until: datetime, wording: Wording) -> str:
    """The end of a pause in words."""
    return wording.plain("until-open") if until >= OPEN_END else wording.time(until)


def clock(hour: int) -> str:
    """An hour as clocks show it."""
    return f"{hour:02}:00"


def choice_button(name: str, wording: Wording) -> Button:
    """The way to the choices of this name."""
    return Button(wording.plain(f"button-set-{name}"), action=f"{HOME}:{name}")


def switch_button(name: str, wording: Wording, *, on: bool) -> Button:
    """The button that turns this to what it is not."""
    other = "off" if on else "on"
    return Button(wording.plain(f"button-set-{name}-{other}"), action=f"{HOME}:{name}:{other}")


def compose_hours(wording: Wording) -> Message:
    """The hours at which digests can come."""
    return Message(wording("settings-ask-hour"), (*hour_rows(f"{HOME}:hour:", range(24)), *back(wording)))


def hour_rows(path: str, hours: Iterable[int]) -> tuple[tuple[Button, ...], ...]:
    """Hours, some in a row; `path` is the callback data before the hour."""
    return in_rows([Button(clock(hour), action=f"{path}{hour}") for hour in hours], HOURS_A_ROW)


def in_rows(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    """Buttons, so many in a row."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def back(wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """The way back to the settings."""
    return ((Button(wording.plain("button-go-back"), action=HOME),),)


def compose_days(wording: Wording) -> Message:
    """The days on which weekly digests can come."""
    days = [Button(wording.plain(f"weekday-{day}"), action=f"{HOME}:day:{day}") for day in range(7)]
    return Message(wording("settings-ask-day"), (*in_rows(days, DAYS_A_ROW), *back(wording)))


def compose_quiet(wording: Wording) -> Message:
    """Quiet hours that many people want, others, or none."""
    usual = tuple(
        Button(
            wording.plain("button-quiet", begins=clock(begins), ends=clock(ends)),
            action=f"{HOME}:quiet:{begins}:{ends}",
        )
        for begins, ends in NIGHTS
    )
    other = Button(wording.plain("button-quiet-other"), action=f"{HOME}:quiet:from")
    none = Button(wording.plain("button-quiet-none"), action=f"{HOME}:quiet:off")
    return Message(wording("settings-ask-quiet"), (usual, (other, none), *back(wording)))


def compose_quiet_hours(begins: int | None, wording: Wording) -> Message:
    """When quiet hours begin; where that is chosen, when they end."""
    if begins is None:
        return Message(wording("settings-ask-from"), (*hour_rows(f"{HOME}:quiet:", range(24)), *back(wording)))
    hours = [(begins + step) % 24 for step in range(1, 24)]
    rows = hour_rows(f"{HOME}:quiet:{begins}:", hours)
    return Message(wording("settings-ask-until", begins=clock(begins)), (*rows, *back(wording)))


def compose_caps(wording: Wording) -> Message:
    """How many calls to action a week at most."""
    caps = tuple(Button(str(cap), action=f"{HOME}:cap:{cap}") for cap in CAPS)
    none = (Button(wording.plain("button-cap-none"), action=f"{HOME}:cap:none"),)
    return Message(wording("settings-ask-cap"), (caps, none, *back(wording)))


def compose_pauses(until: datetime | None, wording: Wording) -> Message:
    """How long to pause; where it is paused already, until when."""
    heading = wording("pause-question") if until is None else wording("pause-again", until=until_words(until, wording))
    rows = tuple((Button(wording.plain(f"button-pause-{span}"), action=f"pause:{span}"),) for span in PAUSES)
    return Message(heading, (*rows, *(resume_row(wording) if until else ())))


def resume_row(wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """The button that ends a pause."""
    return ((Button(wording.plain("button-resume"), action="pause:over"),),)


def compose_paused(
    until: datetime, wording: Wording, words_of: Callable[[datetime, Wording], str] = until_words
) -> Message:
    """Until when nothing is sent, and what happens then."""
    key = "paused-open" if until >= OPEN_END else "paused"
    return Message(wording(key, until=words_of(until, wording)), resume_row(wording))
