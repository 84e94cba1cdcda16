"""A call to action: words that an organiser wrote and another approved, unchanged but for escaping."""

import re
from typing import Final
from urllib.parse import quote

from bot.compose.alert import REASON_ROOM
from bot.compose.text import CAPTION, LIMIT, Markup, escape, usable_url, visible_length, visible_text
from bot.compose.wording import Wording
from bot.errors import ComposeError
from bot.model.draft import Draft
from bot.model.message import Attachment, Button, Message

CALL_LIMIT: Final = LIMIT - REASON_ROOM
"""UTF-16 units that a call may show, its signature included: a longer one is refused, never cut."""
CAPTION_LIMIT: Final = CAPTION - CAPTION // 8 - 2
"""The same under a photo or document (bot.compose.reason keeps an eighth for the line that says why)."""
SHARED_LIMIT: Final = 200
_LINKED: Final = re.compile(r'<a href="([^"]+)"')
_BARE: Final = re.compile(r"https?://[^\s<>\"]+")
_TRAILING: Final = ".,;:!?)’”'"

Rows = tuple[tuple[Button, ...], ...]


def compose_call(
    text: str,
    wording: Wording,
    *,
    organisation: str = "",
    buttons: Rows = (),
    attachment: Attachment | None = None,
    rehearsal: bool = False,
) -> Message:
    """The call as readers see it: the text as written, signed by the organisation if it is named.

    Markup keeps its formatting; any other text is plain and shown as it is. A `rehearsal` says so in its first line.
    Raises ComposeError, with a sentence for the organiser, when it is empty or too long.
    """
    words = Markup(text.strip()) if isinstance(text, Markup) else escape(text.strip())
    if not words:
        raise ComposeError(wording.plain("call-empty"))
    signature = f"\n\n{wording('call-signature', organisation=organisation)}" if organisation else ""
    mark = f"{wording('call-rehearsal')}\n\n" if rehearsal else ""
    whole = mark + words + signature
    limit = CAPTION_LIMIT if attachment else CALL_LIMIT
    if visible_length(whole) > limit:
        key = "call-caption-too-long" if attachment else "call-too-long"
        raise ComposeError(wording.plain(key, length=visible_length(whole), limit=limit))
    return Message(whole, buttons, attachment=attachment)


def call_buttons(draft: Draft, broadcast_id: int, wording: Wording, *, text: str, home: str) -> Rows:
    """What stands under a call in one language; `home` is the bot's own address, shared where the call has no link."""
    rows = [(Button(link.label, url=link.url),) for link in draft.links]
    if draft.done:
        rows.append((Button(wording.plain("button-counted-done"), action=f"count:{broadcast_id}:done"),))
    for number, option in enumerate(draft.options, 1):
        rows.append((Button(option, action=f"count:{broadcast_id}:{number}"),))
    if draft.share:
        rows.append((Button(wording.plain("button-share-call"), url=share_url(draft, text, home)),))
    return tuple(rows)


def share_url(draft: Draft, text: str, home: str) -> str:
    """Telegram's own page for passing something on (core.telegram.org/widgets/share)."""
    url = draft.links[0].url if draft.links else home
    words = " ".join(visible_text(text).split())[:SHARED_LIMIT]
    return f"https://t.me/share/url?url={quote(url, safe='')}&text={quote(words, safe='')}"


def urls_of(message: Message) -> tuple[str, ...]:
    """Every address that a reader could press, once each; what Telegram's share button carries is among the others."""
    linked = [visible_text(url) for url in _LINKED.findall(message.text)]
    bare = [found.rstrip(_TRAILING) for found in _BARE.findall(visible_text(message.text))]
    under = [button.url for row in message.buttons for button in row if button.url]
    pressed = [url for url in under if not url.startswith("https://t.me/share/url?")]
    return tuple(dict.fromkeys(url for url in [*linked, *bare, *pressed] if usable_url(url)))
