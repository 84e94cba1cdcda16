"""What an organiser's message holds that a call to action can be made of."""

from dataclasses import dataclass

from telegram import Message as TelegramMessage

from bot.model.message import Attachment


@dataclass(frozen=True, slots=True)
class Content:
    """Words with their formatting as Telegram HTML, the same without, and a photo or document."""

    html: str
    plain: str
    attachment: Attachment | None = None


def read_content(message: TelegramMessage) -> Content | str:
    """What it holds, or the key of the sentence that says why nothing can be made of it."""
    if message.poll is not None:
        return "broadcast-no-poll"
    if message.media_group_id is not None:
        return "broadcast-no-album"
    if message.text is not None:
        return Content(tidy(message.text_html), message.text.strip())
    attachment = find_attachment(message)
    if attachment is None:
        return "broadcast-kinds"
    return Content(tidy(message.caption_html or ""), (message.caption or "").strip(), attachment)


def tidy(html: str) -> str:
    """The library escapes more than Telegram's HTML needs."""
    return html.replace("&#x27;", "'").strip()


def find_attachment(message: TelegramMessage) -> Attachment | None:
    """Its photo (of the sizes the largest) or its document. Telegram calls an animation a document, too: not that."""
    if message.photo:
        return Attachment("photo", message.photo[-1].file_id, message.photo[-1].file_unique_id)
    if message.document is not None and message.animation is None:
        return Attachment("document", message.document.file_id, message.document.file_unique_id)
    return None
