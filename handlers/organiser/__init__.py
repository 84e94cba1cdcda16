"""What organisers do: see how things stand, decide what waits, send calls to action that two people want."""

from typing import Any, TypeAlias

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from handlers.context import Context
from handlers.organiser.adding import ADDING, press_adding
from handlers.organiser.auditing import OLDER, audit, turn_audit
from handlers.organiser.broadcast import CAPTIONED, broadcast, captioned, rehearse, take_text
from handlers.organiser.calls import AFTER, CALL, REJECT, press_after, press_call, press_reject
from handlers.organiser.changes import SEEN, press_seen
from handlers.organiser.changing import CHANGE, press_change
from handlers.organiser.corrections import FIX, correct, press_fix
from handlers.organiser.drafted_corrections import AMEND, press_amend, take_words
from handlers.organiser.drafts import DRAFT, press_draft
from handlers.organiser.editing import EDIT, OPEN, open_editor, press_edit
from handlers.organiser.feeds import FEED, LIST, press_feed, show_feeds, turn_feeds
from handlers.organiser.holding import HOLD, press_hold
from handlers.organiser.inviting import PEOPLE, invite, people, press_people
from handlers.organiser.joining import JOIN, press_join
from handlers.organiser.merging import OFFER, SPLIT, merge, press_offer, press_split, split
from handlers.organiser.people import whoami
from handlers.organiser.review import CARD, press_card, review
from handlers.organiser.stats import STATS, press_stats, stats
from handlers.organiser.status import status
from handlers.organiser.stopping import LIFT, lift_stop, press_lift, stop_all

Handler: TypeAlias = BaseHandler[Any, Context, Any]

# An edited message repeats no command.
_NEW = filters.UpdateType.MESSAGE
_FREE_TEXT = _NEW & filters.ChatType.PRIVATE & ~filters.COMMAND & ~filters.StatusUpdate.ALL


async def take_free_text(update: Update, context: Context) -> None:
    """An organiser's words for a correction; else what a broadcast waits for, or nobody can read."""
    if not await take_words(update, context):
        await take_text(update, context)


HANDLERS: tuple[Handler, ...] = (
    CommandHandler("status", status, _NEW),
    CommandHandler("feeds", show_feeds, _NEW),
    CommandHandler("review", review, _NEW),
    CommandHandler("merge", merge, _NEW),
    CommandHandler("split", split, _NEW),
    CommandHandler("broadcast", broadcast, _NEW),
    CommandHandler("rehearse", rehearse, _NEW),
    CommandHandler("correct", correct, _NEW),
    CommandHandler("stats", stats, _NEW),
    CommandHandler("people", people, _NEW),
    CommandHandler("invite", invite, _NEW),
    CommandHandler("audit", audit, _NEW),
    CommandHandler("stopall", stop_all, _NEW),
    CommandHandler("liftstop", lift_stop, _NEW),
    CommandHandler("whoami", whoami, _NEW),
    CallbackQueryHandler(press_card, CARD),
    CallbackQueryHandler(press_change, CHANGE),
    CallbackQueryHandler(open_editor, OPEN),
    CallbackQueryHandler(press_edit, EDIT),
    CallbackQueryHandler(press_offer, OFFER),
    CallbackQueryHandler(press_split, SPLIT),
    CallbackQueryHandler(press_hold, HOLD),
    CallbackQueryHandler(press_seen, SEEN),
    CallbackQueryHandler(press_call, CALL),
    CallbackQueryHandler(press_reject, REJECT),
    CallbackQueryHandler(press_after, AFTER),
    CallbackQueryHandler(press_draft, DRAFT),
    CallbackQueryHandler(press_fix, FIX),
    CallbackQueryHandler(press_stats, STATS),
    CallbackQueryHandler(press_amend, AMEND),
    CallbackQueryHandler(press_people, PEOPLE),
    CallbackQueryHandler(press_join, JOIN),
    CallbackQueryHandler(turn_audit, OLDER),
    CallbackQueryHandler(press_lift, LIFT),
    CallbackQueryHandler(turn_feeds, LIST),
    CallbackQueryHandler(press_feed, FEED),
    CallbackQueryHandler(press_adding, ADDING),
    MessageHandler(_FREE_TEXT & filters.CaptionRegex(CAPTIONED), captioned),
    # Before any other row for free text: it answers what is no awaited text itself.
    MessageHandler(_FREE_TEXT, take_free_text),
)
