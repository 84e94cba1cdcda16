"""A message: what Telegram is given."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it opens `url`, or it sends us `action` (callback data, at most 64 bytes)."""

    label: str
    url: str | None = None
    action: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG. `file_id` is Telegram's name for it once it was uploaded; then `content` need not be at hand."""

    content: bytes = field(default=b"", repr=False)
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Telegram HTML and rows of buttons. `text` is escaped already and fits one message (bot.compose.text).

    Under a picture `text` is its caption, and shorter: it says in words all that the picture shows.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    silent: bool = False
    picture: Picture | None = None
