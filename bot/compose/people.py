"""Who does what, as organisers see it: people with their roles, invitations, and what a link makes of somebody."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.compose.card import moment, organiser_name
from bot.compose.text import Markup, escape, fit
from bot.compose.wording import Wording
from bot.model.invite import OFFERED, Invite
from bot.model.message import Button, Message
from bot.model.organiser import Organiser, Role

NAME_LIMIT: Final = 64
ROWS: Final = 40
"""A list of more people than this is cut; Telegram takes a hundred buttons."""


def compose_people(
    people: Sequence[Organiser], invites: Sequence[Invite], wording: Wording, *, keeper: int | None = None
) -> Message:
    """Everybody with a role, and the open invitations; with buttons where an owner (`keeper`) reads it in private."""
    rows = [person_row(one, wording) for one in people[:ROWS]]
    text = [wording("people-heading"), "\n".join(rows)]
    if invites:
        text.append("\n".join([wording("people-invites"), *(invite_row(one, wording) for one in invites[:ROWS])]))
    if keeper is None:
        return Message(fit("\n\n".join(text)))
    removable = [one for one in people[:ROWS] if one.invited_by is not None]
    buttons = [remove_buttons(one, wording) for one in removable]
    buttons += [row for one in invites[:ROWS] if (row := invite_buttons(one, keeper, wording))]
    return Message(fit("\n\n".join([*text, wording("people-hint")])), tuple(buttons))


def person_row(one: Organiser, wording: Wording) -> Markup:
    """One person."""
    if one.invited_by is None or one.since_at is None:
        since = wording("people-config")
    else:
        since = wording("people-since", who=organiser_name(one.invited_by, wording), date=one.since_at)
    return wording(
        "people-row", person=organiser_name(one.user_id, wording), role=role_name(one.role, wording), since=since
    )


def invite_row(one: Invite, wording: Wording) -> Markup:
    """One invitation that is open."""
    who, role = organiser_name(one.inviter_id, wording), role_name(one.role, wording)
    if one.used_by is None:
        until = moment(one.expires_at, wording)
        return wording("people-invite-unused", number=str(one.id), role=role, who=who, until=until)
    return wording("people-invite-used", number=str(one.id), role=role, who=who, person=str(one.used_by))


def role_name(role: Role, wording: Wording) -> Markup:
    """What a role is called."""
    return wording(f"role-{role.value}")


def remove_buttons(one: Organiser, wording: Wording) -> tuple[Button, ...]:
    """A row that asks whether to remove somebody."""
    return (Button(wording.plain("button-remove-person", person=str(one.user_id)), action=f"people:ask:{one.user_id}"),)


def invite_buttons(one: Invite, keeper: int, wording: Wording) -> tuple[Button, ...]:
    """What can be done about an invitation: only its inviter decides about whoever accepted."""
    if one.used_by is None:
        return (invite_button("withdraw", one.id, wording, numbered=True),)
    if one.inviter_id != keeper:
        return ()
    return tuple(invite_button(verb, one.id, wording, numbered=True) for verb in ("confirm", "refuse"))


def invite_button(verb: str, invite_id: int, wording: Wording, *, numbered: bool = False) -> Button:
    """Withdraw, confirm or refuse; `numbered` where a list has several."""
    alone = "button-withdraw-invite" if verb == "withdraw" else f"button-{verb}-person"
    label = wording.plain(f"button-{verb}-number", number=str(invite_id)) if numbered else wording.plain(alone)
    return Button(label, action=f"people:{verb}:{invite_id}")


def compose_remove(one: Organiser, wording: Wording) -> Message:
    """Whether to remove somebody, and what that does."""
    person, role = organiser_name(one.user_id, wording), role_name(one.role, wording)
    yes = Button(wording.plain("button-remove-yes"), action=f"people:remove:{one.user_id}")
    back = Button(wording.plain("button-back"), action="people:back:0")
    return Message(wording("people-remove-ask", person=person, role=role), ((yes,), (back,)))


def compose_roles(wording: Wording) -> Message:
    """What somebody can be invited to be."""
    rows = [
        wording("invite-role", role=role_name(one, wording), may=wording(f"role-{one.value}-may")) for one in OFFERED
    ]
    buttons = [
        (Button(wording.plain(f"button-role-{one.value}"), action=f"people:invite:{one.value}"),) for one in OFFERED
    ]
    return Message("\n\n".join([wording("invite-ask"), "\n".join(rows)]), tuple(buttons))


def compose_invite(role: Role, invite_id: int, link: str, until: datetime, wording: Wording) -> Message:
    """The link, for one person."""
    text = wording("invite-made", role=wording(f"a-{role.value}"), link=link, until=moment(until, wording))
    return Message(text, ((invite_button("withdraw", invite_id, wording),),))


def compose_offer(role: Role, secret: str, wording: Wording) -> Message:
    """What whoever opened a link would be; the buttons carry its secret, so that nobody else can press them."""
    text = wording("join-offer", role=wording(f"a-{role.value}"), may=wording(f"join-may-{role.value}"))
    names = ("accept", "decline")
    return Message(
        text, tuple((Button(wording.plain(f"button-{name}"), action=f"join:{secret}:{name}"),) for name in names)
    )


def compose_confirm(invite: Invite, name: str, wording: Wording) -> Message:
    """Who accepted, for the inviter. The name is what Telegram shows now, and is kept nowhere."""
    role, person = wording(f"a-{invite.role.value}"), str(invite.used_by)
    text = wording("card-confirm", name=shown_name(name, wording), role=role, person=person)
    return Message(text, (tuple(invite_button(verb, invite.id, wording) for verb in ("confirm", "refuse")),))


def shown_name(name: str, wording: Wording) -> Markup:
    """Somebody's name on one line, with nothing in it that is not seen: whoever chose it may mean to mislead."""
    seen = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in name)
    words = " ".join(seen.split())
    return Markup(fit(escape(words), NAME_LIMIT)) if words else wording("people-nameless")
