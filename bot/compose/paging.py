"""Long lists a page at a time. The buttons hold all that the next page needs, so that they work on old messages."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bot.compose.alert import list_item
from bot.compose.text import Markup
from bot.compose.wording import Wording
from bot.model.message import Button, Message
from bot.model.story import Told

PAGE: Final = 10
LAST_PAGE: Final = 39
"""Pages count from 0; what is asked for beyond this one is asked for more narrowly."""
HEADLINE: Final = 200
ACTION_LIMIT: Final = 64
"""Bytes of callback data (Bot API, InlineKeyboardButton)."""

ActionOf = Callable[[int], str]
"""The callback data that shows a page."""


def compose_page(stories: Sequence[Told], wording: Wording, heading: Markup, page: int, action_of: ActionOf) -> Message:
    """A page of stories under a heading; `stories` may hold one more than a page, which says that there is another.

    Where the callback data does not fit a button there is none, and a line says that there is more.
    """
    items = [list_item(told, wording, HEADLINE) for told in stories[:PAGE]]
    more = len(stories) > PAGE and page < LAST_PAGE
    turns = tuple(page_turns(page, wording, action_of, more=more))
    untold = [wording("page-more")] if more and not turns else []
    return Message("\n\n".join([heading, *items, *untold]), (turns,) if turns else ())


def page_turns(page: int, wording: Wording, action_of: ActionOf, *, more: bool) -> Iterator[Button]:
    """Towards older and newer ones, where there are any and a button can say so."""
    turns = [("button-newer", page - 1)] if page else []
    turns += [("button-older", page + 1)] if more else []
    for key, target in turns:
        if fits_button(action_of(target)):
            yield Button(wording.plain(key), action=action_of(target))


def fits_button(action: str) -> bool:
    """Whether Telegram takes this as callback data."""
    return len(action.encode()) <= ACTION_LIMIT
