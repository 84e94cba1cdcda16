"""What people can say to the bot, and who answers: one ordered table; the first row that fits answers."""

from collections.abc import Callable, Coroutine
from re import Pattern
from typing import Any, TypeAlias

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from handlers.context import App, Context
from handlers.errors import apologise
from handlers.organiser import HANDLERS
from handlers.questions.corrections import LOGGED, show_corrections, turn_corrections
from handlers.questions.inline import inline
from handlers.questions.latest import NEWEST, SHOW_LATEST, latest, show_latest, turn_latest
from handlers.questions.places import LINE, PLACE, PLACES, show_line, show_place, show_places
from handlers.questions.prison import prison
from handlers.questions.search import FIND, search, turn_search
from handlers.questions.trend import TREND, trend, turn_trend
from handlers.questions.unknown import unknown_command, unknown_edit, unknown_press
from handlers.questions.why import why
from handlers.supporter.actions import LIST, actions, press_act, show_list
from handlers.supporter.counting import COUNT, press_count
from handlers.supporter.following import (
    CALLS,
    GROUP,
    HOME,
    KINDS,
    ONE,
    TO,
    TOPICS,
    ask_calls,
    set_one,
    show_following,
    show_group,
    show_kinds,
    show_one,
    show_topics,
    subscribe,
)
from handlers.supporter.language import LANGUAGE, choose_language, language
from handlers.supporter.marking import ACT
from handlers.supporter.membership import follow_migration, note_membership
from handlers.supporter.mp import ERASE, FORGETTING, KEEPING, erase, forget_constituency, keep_constituency, mp
from handlers.supporter.pausing import MISSED, PAUSE, missed, pause, press_pause, resume, turn_missed
from handlers.supporter.privacy import FORGET, answer_forget, forget, mydata, show_privacy
from handlers.supporter.settings import SET, SHOW, set_choice, settings, show_part
from handlers.supporter.start import show_help, start
from handlers.supporter.subscriptions import ANSWER, answer_question, stop

Callback: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]

ALLOWED_UPDATES = ("message", "edited_message", "channel_post", "callback_query", "my_chat_member", "inline_query")
"""The kinds of update that the table below answers; Telegram is asked for no others."""

COMMANDS: tuple[tuple[str, Callback], ...] = (
    ("start", start),
    ("help", show_help),
    ("latest", latest),
    ("search", search),
    ("prison", prison),
    ("trend", trend),
    ("why", why),
    ("actions", actions),
    ("mp", mp),
    ("corrections", show_corrections),
    ("subscribe", subscribe),
    ("settings", settings),
    ("pause", pause),
    ("resume", resume),
    ("missed", missed),
    ("stop", stop),
    ("language", language),
    ("privacy", show_privacy),
    ("mydata", mydata),
    ("forget", forget),
)

PRESSES: tuple[tuple[str | Pattern[str], Callback], ...] = (
    (ANSWER, answer_question),
    (HOME, show_following),
    (TOPICS, show_topics),
    (KINDS, show_kinds),
    (GROUP, show_group),
    (ONE, show_one),
    (TO, set_one),
    (CALLS, ask_calls),
    (SHOW, show_part),
    (SET, set_choice),
    (PAUSE, press_pause),
    (MISSED, turn_missed),
    (FORGET, answer_forget),
    (COUNT, press_count),
    (LANGUAGE, choose_language),
    (f"^{SHOW_LATEST}$", show_latest),
    (NEWEST, turn_latest),
    (FIND, turn_search),
    (LOGGED, turn_corrections),
    (ACT, press_act),
    (LIST, show_list),
    (KEEPING, keep_constituency),
    (FORGETTING, forget_constituency),
    (ERASE, erase),
    (PLACE, show_place),
    (LINE, show_line),
    (PLACES, show_places),
    (TREND, turn_trend),
)

# What a channel's admins choose for it; what anybody may ask is not answered there, where all readers would see it.
OF_A_CHANNEL = frozenset(
    {"start", "subscribe", "settings", "pause", "resume", "stop", "language", "mydata", "forget", "help", "privacy"}
)
# An edited message repeats no command.
_NEW = filters.UpdateType.MESSAGE
_NEW_POST = _NEW | filters.UpdateType.CHANNEL_POST
_PRIVATE = _NEW & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL
_EDITED = filters.UpdateType.EDITED_MESSAGE & filters.ChatType.PRIVATE & filters.COMMAND


def register(application: App) -> None:
    """Give the application its callbacks, in the table's order. Groups are answered only where a command is ours."""
    for name, callback in COMMANDS:
        application.add_handler(CommandHandler(name, callback, _NEW_POST if name in OF_A_CHANNEL else _NEW))
    for pattern, callback in PRESSES:
        application.add_handler(CallbackQueryHandler(callback, pattern))
    for handler in HANDLERS:
        application.add_handler(handler)
    application.add_handler(InlineQueryHandler(inline))
    application.add_handler(ChatMemberHandler(note_membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, follow_migration))
    application.add_handler(MessageHandler(_PRIVATE & filters.COMMAND, unknown_command))
    application.add_handler(MessageHandler(_EDITED, unknown_edit))
    application.add_handler(CallbackQueryHandler(unknown_press))
    application.add_error_handler(apologise)
