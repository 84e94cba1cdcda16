"""Who somebody's MP is, in words. A party is never named, and a postcode is only in the link that its owner gets."""

from typing import Final

from bot.compose.action import write_to_them
from bot.compose.wording import Wording
from bot.model.civic import Constituency, Seat
from bot.model.message import Button, Message

KEEP_LIMIT: Final = 55
"""Bytes of a constituency's name that fit into a button's callback data."""
KEEP: Final = "mp:keep:"
FORGET: Final = "mp:forget"


def compose_seat(
    seat: Seat, wording: Wording, *, postcode: str | None = None, nation: str = "", kept: bool = False
) -> Message:
    """A constituency and who sits for it, with the way to write to them and to have the constituency kept or not."""
    lines = [seat_line(seat, wording), *devolved_lines(Constituency(name=seat.name, nation=nation), wording)]
    lines.append(wording("mp-kept" if kept else "mp-not-kept"))
    return Message("\n\n".join(lines), (write_row(wording, postcode), *keep_rows(seat, wording, kept=kept)))


def seat_line(seat: Seat, wording: Wording) -> str:
    """The constituency, and who sits for it where that is known."""
    if seat.vacant:
        return wording("mp-vacant", constituency=seat.name)
    if not seat.member:
        return wording("mp-member-unknown", constituency=seat.name)
    return wording("mp-found", constituency=seat.name, member=seat.member)


def devolved_lines(place: Constituency, wording: Wording) -> list[str]:
    """That prisons are another government's business there, where they are."""
    if not place.devolved:
        return []
    return [wording("mp-devolved-scotland" if place.nation == "Scotland" else "mp-devolved-northern-ireland")]


def write_row(wording: Wording, postcode: str | None = None) -> tuple[Button, ...]:
    """The way to write."""
    return (Button(wording.plain("button-mp-write"), url=write_to_them(wording.language, postcode)),)


def keep_rows(seat: Seat, wording: Wording, *, kept: bool) -> list[tuple[Button, ...]]:
    """To have the constituency kept, or not any more. No name of 2024 is too long for its button."""
    if kept:
        return [(Button(wording.plain("button-mp-forget"), action=FORGET),)]
    if len(seat.name.encode()) > KEEP_LIMIT:
        return []
    return [(Button(wording.plain("button-mp-keep"), action=KEEP + seat.name),)]


def compose_unfound(why: str, wording: Wording, postcode: str | None = None) -> Message:
    """No answer (`why` is "unreadable", "unknown" or "down"), and the way to write all the same."""
    return Message(wording(f"mp-{why}"), (write_row(wording, postcode),))


def with_erasing(message: Message, wording: Wording, message_id: int, user_id: int) -> Message:
    """The same with an offer to delete the message that has the postcode in it, to whoever wrote it."""
    offer = Button(wording.plain("button-mp-erase"), action=f"mp:erase:{message_id}:{user_id}")
    return Message(message.text, (*message.buttons, (offer,)))
