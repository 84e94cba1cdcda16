"""A draft's panel: one message that is edited, wherever its draft is changed."""

from telegram import Update

from bot.compose.drafting import Topic, compose_panel
from bot.compose.text import Markup
from bot.flows.approving import count_approvers
from bot.model.broadcast import Broadcast, BroadcastState
from bot.model.delivery import Fate
from bot.model.message import Message
from handlers.context import Context, rewrite

UNFINISHED = (BroadcastState.DRAFT, BroadcastState.SUBMITTED, BroadcastState.COOLING)


def list_topics(context: Context) -> list[Topic]:
    """What people follow beside places, in the campaign's order."""
    return [Topic(f"topic:{topic.name}", topic.label) for topic in context.services.pack.terms.topics]


async def render_panel(context: Context, broadcast: Broadcast, page: str = "main") -> Message:
    """The panel as its draft stands now."""
    services = context.services
    standing = await services.desk.broadcasting.standings.of(broadcast)
    wording, topics = services.wording(), list_topics(context)
    return compose_panel(
        broadcast, wording, standing, page=page, topics=topics, ask=await next_step(context, broadcast)
    )


async def next_step(context: Context, broadcast: Broadcast) -> Markup | None:
    """What comes next, where the page does not say it."""
    services, wording = context.services, context.services.wording()
    single = services.settings.single_organiser
    if broadcast.state is BroadcastState.SUBMITTED:
        async with services.store.read() as connection:
            others = await count_approvers(connection, broadcast, services.settings.owners, single=single)
        key = "broadcast-submitted-single" if single and others else "broadcast-submitted"
        return wording(key if others else "broadcast-submitted-alone")
    if broadcast.state is BroadcastState.COOLING:
        return wording("broadcast-approved")
    return wording("broadcast-next-single") if single and broadcast.state is BroadcastState.DRAFT else None


async def post_panel(context: Context, broadcast: Broadcast, chat_id: int) -> None:
    """Send the panel anew, below what was said."""
    drafting = context.services.desk.drafting
    receipt = await drafting.post(chat_id, await render_panel(context, broadcast))
    if receipt.telegram_message_id is not None:
        await drafting.keep_panel(broadcast.id, chat_id, receipt.telegram_message_id)


async def refresh_panel(context: Context, broadcast_id: int, chat_id: int, page: str = "main") -> bool:
    """Let the draft's panel show what was typed; False where it had to be sent anew."""
    drafting = context.services.desk.drafting
    broadcast = await drafting.find(broadcast_id)
    if broadcast is None:
        return False
    if broadcast.draft.panel is not None and broadcast.draft.panel[0] == chat_id:
        shown = await render_panel(context, broadcast, page)
        receipt = await context.services.desk.cards.edit(chat_id, broadcast.draft.panel[1], shown)
        if receipt.fate is Fate.SENT:
            return True
    await post_panel(context, broadcast, chat_id)
    return False


async def rewrite_panel(update: Update, context: Context, broadcast_id: int, page: str = "main") -> None:
    """Let the pressed panel show the draft as it stands now."""
    broadcast = await context.services.desk.drafting.find(broadcast_id)
    if broadcast is not None and broadcast.state in UNFINISHED:
        await rewrite(update, await render_panel(context, broadcast, page))
