"""/people and /invite: who has which role, and the links that give one."""

import re

from telegram import Update
from telegram.constants import ChatType

from bot.compose.people import compose_invite, compose_people, compose_remove, compose_roles
from bot.compose.text import Markup
from bot.flows.people import Said
from bot.model.invite import LASTS
from bot.model.message import Message
from bot.model.organiser import Act, Role, may
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.people import admit, admit_press, show_role, tell

PEOPLE = re.compile(
    r"^people:(?:invite:(?P<role>organiser|reviewer|viewer)|"
    r"(?P<verb>ask|remove|back|withdraw|confirm|refuse):(?P<id>\d{1,15}))$"
)
"""A press on what /people and /invite show, and on the card that asks to confirm somebody."""
PREFIX = "invite-"
"""How the payload of an invitation's link begins."""


async def people(update: Update, context: Context) -> None:
    """List everybody with a role; an owner in private may remove and decide."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or not await admit(update, context, Act.SEE):
        return
    await reply(update, await list_people(update, context))


async def list_people(update: Update, context: Context) -> Message:
    """The list as this person may see it here."""
    user, chat = update.effective_user, update.effective_chat
    known, invites = await context.services.desk.people.list()
    keeps = user is not None and chat is not None and chat.type == ChatType.PRIVATE
    keeps = keeps and may(await context.services.find_role(user.id if user else 0), Act.INVITE)
    wording = wording_of(update, context)
    return compose_people(known, invites, wording, keeper=user.id if keeps and user else None)


async def invite(update: Update, context: Context) -> None:
    """Ask what somebody is to be."""
    if await admit(update, context, Act.INVITE, private=True):
        await reply(update, compose_roles(wording_of(update, context)))


async def press_people(update: Update, context: Context) -> None:
    """Do what was pressed; everything is asked again here and now."""
    pressed = context.match
    if pressed is None:
        return
    by = await admit_press(update, context, Act.INVITE)
    if by is None:
        return
    if pressed["role"]:
        await make_link(update, context, Role(pressed["role"]), by)
        return
    verb, number = pressed["verb"], int(pressed["id"])
    if verb in {"confirm", "refuse"}:
        await decide(update, context, number, by, confirm=verb == "confirm")
    elif verb == "withdraw":
        await withdraw(update, context, number, by)
    elif verb == "remove":
        await remove(update, context, number, by)
    else:
        await ask_remove(update, context, number if verb == "ask" else None)


async def make_link(update: Update, context: Context, role: Role, by: int) -> None:
    """Show a link for one person; a second press of the same button makes no second one."""
    wording, chat = wording_of(update, context), update.effective_chat
    if chat is None or chat.type != ChatType.PRIVATE:
        await acknowledge(update, wording.plain("broadcast-private"))
        return
    made = await context.services.desk.people.invite(role, by=by)
    await acknowledge(update, wording.plain("notice-invited"))
    if made is not None:
        invite_id, secret = made
        link = f"https://t.me/{context.bot.username}?start={PREFIX}{secret}"
        await rewrite(update, compose_invite(role, invite_id, link, context.services.now() + LASTS, wording))


async def decide(update: Update, context: Context, invite_id: int, by: int, *, confirm: bool) -> None:
    """Confirm or refuse whoever accepted, and tell them."""
    wording = wording_of(update, context)
    said, invite = await context.services.desk.people.decide(invite_id, confirm=confirm, by=by)
    await acknowledge(update, wording.plain("notice-done" if said is Said.DONE else f"notice-{said.value}"))
    if said is not Said.DONE or invite is None or invite.used_by is None:
        return
    role = wording(f"a-{invite.role.value}")
    key = "card-confirmed" if confirm else "card-refused"
    await rewrite(update, wording(key, person=str(invite.used_by), role=role) if confirm else wording(key))
    if confirm:
        await show_role(context, invite.used_by)
    await tell(context, invite.used_by, wording("join-confirmed", role=role) if confirm else wording("join-refused"))


async def withdraw(update: Update, context: Context, invite_id: int, by: int) -> None:
    """End an invitation, and tell whoever waits for it."""
    wording = wording_of(update, context)
    ended = await context.services.desk.people.withdraw(invite_id, by=by)
    await acknowledge(update, wording.plain("notice-done" if ended else "notice-passed"))
    if ended is None:
        return
    await rewrite(update, wording("invite-withdrawn-done"))
    if ended.used_by is not None:
        await tell(context, ended.used_by, wording("join-refused"))


async def ask_remove(update: Update, context: Context, user_id: int | None) -> None:
    """Ask before somebody is removed; without anybody, show the list again."""
    await acknowledge(update)
    known, _ = await context.services.desk.people.list()
    asked = next((one for one in known if one.user_id == user_id and one.invited_by is not None), None)
    shown = compose_remove(asked, wording_of(update, context)) if asked else await list_people(update, context)
    await rewrite(update, shown)


async def remove(update: Update, context: Context, user_id: int, by: int) -> None:
    """Take somebody's role away, at once; they are told."""
    wording = wording_of(update, context)
    done = await context.services.desk.people.remove(user_id, by=by)
    await acknowledge(update, wording.plain("notice-removed" if done else "notice-passed"))
    if not done:
        await rewrite(update, wording("people-unremovable"))
        return
    told = wording("people-removed", person=wording("organiser-name", id=str(user_id)))
    hint = wording("people-removed-group") if context.services.settings.review_chat else ""
    await rewrite(update, Markup(f"{told} {hint}".rstrip()))
    await show_role(context, user_id)
    await tell(context, user_id, wording("join-removed"))
