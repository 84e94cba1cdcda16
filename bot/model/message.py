"""A message: what Telegram is given."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it opens `url`, or it sends us `action` (callback data, at most 64 bytes).

    Or it lets its presser ask this bot for `inline` in another chat; only a bot with inline mode may offer that.
    """

    label: str
    url: str | None = None
    action: str | None = None
    inline: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG. `file_id` is Telegram's name for it once it was uploaded; then `content` need not be at hand."""

    content: bytes = field(default=b"", repr=False)
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or document that Telegram has already: `file_id` sends it again, `file_unique_id` says which it is."""

    kind: Literal["photo", "document"]
    file_id: str
    file_unique_id: str


@dataclass(frozen=True, slots=True)
class Message:
    """Telegram HTML and rows of buttons. `text` is escaped already and fits one message (bot.compose.text).

    Under a picture or an attachment `text` is its caption, and shorter. A picture's says in words all that it shows.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    silent: bool = False
    picture: Picture | None = None
    attachment: Attachment | None = None

    @property
    def captioned(self) -> bool:
        """Whether the text is a caption."""
        return self.picture is not None or self.attachment is not None
