"""An invitation's link, opened by whoever was given it."""

import re

from telegram import Update
from telegram.constants import ChatType

from bot.compose.people import compose_confirm, compose_offer
from bot.model.invite import Standing
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.inviting import PREFIX
from handlers.organiser.people import is_anonymous, tell

JOIN = re.compile(r"^join:(?P<secret>[A-Za-z0-9_-]{20,43}):(?P<answer>accept|decline)$")
"""The answer to an invitation; the secret is in it, so that only who has the link can give one."""


def find_secret(words: list[str] | None) -> str | None:
    """The secret of the invitation that /start was followed by, if it was."""
    first = words[0] if words else ""
    return first.removeprefix(PREFIX) if first.startswith(PREFIX) else None


async def open_invite(update: Update, context: Context, secret: str) -> None:
    """Say what somebody would be, and ask; nothing is kept of who looks."""
    user, chat, wording = update.effective_user, update.effective_chat, wording_of(update, context)
    if user is None or chat is None or chat.type != ChatType.PRIVATE or is_anonymous(update):
        await reply(update, wording("join-group"))
        return
    standing, invite = await context.services.desk.people.look(secret, by=user.id)
    if standing is Standing.OPEN and invite is not None:
        await reply(update, compose_offer(invite.role, secret, wording))
    else:
        await reply(update, wording(f"join-{standing.value}"))


async def press_join(update: Update, context: Context) -> None:
    """Accept, and let the inviter know who it was; or decline. A second press asks the inviter once more."""
    pressed, user, wording = context.match, update.effective_user, wording_of(update, context)
    if pressed is None or user is None:
        return
    await acknowledge(update)
    if pressed["answer"] == "decline":
        await decline(update, context, pressed["secret"], user.id)
        return
    standing, invite = await context.services.desk.people.accept(pressed["secret"], by=user.id)
    await rewrite(update, wording(f"join-{standing.value}"))
    if standing is Standing.ASKED and invite is not None:
        english = context.services.wording()
        await tell(context, invite.inviter_id, compose_confirm(invite, user.full_name, english))


async def decline(update: Update, context: Context, secret: str, by: int) -> None:
    """Say no, even after an acceptance: then the inviter is told that there is nobody to confirm."""
    standing, invite = await context.services.desk.people.decline(secret, by=by)
    await rewrite(
        update, wording_of(update, context)("join-member" if standing is Standing.MEMBER else "join-declined")
    )
    if standing is Standing.ASKED and invite is not None:
        english = context.services.wording()
        told = english("card-declined", number=str(invite.id), role=english(f"a-{invite.role.value}"))
        await tell(context, invite.inviter_id, told)
