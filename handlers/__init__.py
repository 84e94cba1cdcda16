"""What people can say to the bot, and who answers: one ordered table; the first row that fits answers."""

from collections.abc import Callable, Coroutine
from re import Pattern
from typing import Any, TypeAlias

from telegram import Update
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from handlers.context import App, Context
from handlers.errors import apologise
from handlers.organiser import HANDLERS
from handlers.questions.corrections import LOGGED, show_corrections, turn_corrections
from handlers.questions.latest import NEWEST, SHOW_LATEST, latest, show_latest, turn_latest
from handlers.questions.places import LINE, PLACE, PLACES, show_line, show_place, show_places
from handlers.questions.prison import prison
from handlers.questions.search import FIND, search, turn_search
from handlers.questions.unknown import unknown_command, unknown_press
from handlers.questions.why import why
from handlers.supporter.actions import LIST, actions, press_act, show_list
from handlers.supporter.counting import COUNT, press_count
from handlers.supporter.language import LANGUAGE, choose_language, language
from handlers.supporter.marking import ACT
from handlers.supporter.membership import follow_migration, note_membership
from handlers.supporter.mp import ERASE, FORGETTING, KEEPING, erase, forget_constituency, keep_constituency, mp
from handlers.supporter.privacy import FORGET, answer_forget, forget, show_privacy
from handlers.supporter.start import show_help, start
from handlers.supporter.subscriptions import ANSWER, answer_question, stop

Callback: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
"""The kinds of update that the table below answers; Telegram is asked for no others."""

COMMANDS: tuple[tuple[str, Callback], ...] = (
    ("start", start),
    ("help", show_help),
    ("latest", latest),
    ("search", search),
    ("prison", prison),
    ("why", why),
    ("actions", actions),
    ("mp", mp),
    ("corrections", show_corrections),
    ("stop", stop),
    ("language", language),
    ("privacy", show_privacy),
    ("forget", forget),
)

PRESSES: tuple[tuple[str | Pattern[str], Callback], ...] = (
    (ANSWER, answer_question),
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
)

# An edited message repeats no command.
_NEW = filters.UpdateType.MESSAGE
_PRIVATE = _NEW & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL


def register(application: App) -> None:
    """Give the application its callbacks, in the table's order. Groups are answered only where a command is ours."""
    for name, callback in COMMANDS:
        application.add_handler(CommandHandler(name, callback, _NEW))
    for pattern, callback in PRESSES:
        application.add_handler(CallbackQueryHandler(callback, pattern))
    for handler in HANDLERS:
        application.add_handler(handler)
    application.add_handler(ChatMemberHandler(note_membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, follow_migration))
    application.add_handler(MessageHandler(_PRIVATE & filters.COMMAND, unknown_command))
    application.add_handler(CallbackQueryHandler(unknown_press))
    application.add_error_handler(apologise)
