"""A call to action: words that an organiser wrote and another approved, unchanged but for escaping."""

from typing import Final

from bot.compose.alert import REASON_ROOM
from bot.compose.text import LIMIT, Markup, escape, visible_length
from bot.compose.wording import Wording
from bot.errors import ComposeError
from bot.model.message import Button, Message

CALL_LIMIT: Final = LIMIT - REASON_ROOM
"""UTF-16 units that a call may show, its signature included: a longer one is refused, never cut."""


def compose_call(
    text: str,
    wording: Wording,
    *,
    organisation: str = "",
    buttons: tuple[tuple[Button, ...], ...] = (),
) -> Message:
    """The call as readers see it: the text as written, signed by the organisation if it is named.

    Markup keeps its formatting; any other text is plain and shown as it is.
    Raises ComposeError, with a sentence for the organiser, when it is empty or too long.
    """
    words = Markup(text.strip()) if isinstance(text, Markup) else escape(text.strip())
    if not words:
        raise ComposeError(wording.plain("call-empty"))
    signature = f"\n\n{wording('call-signature', organisation=organisation)}" if organisation else ""
    length = visible_length(words + signature)
    if length > CALL_LIMIT:
        raise ComposeError(wording.plain("call-too-long", length=length, limit=CALL_LIMIT))
    return Message(words + signature, buttons)
