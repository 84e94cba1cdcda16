"""A message: what Telegram is given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it opens `url`, or it sends us `action` (callback data, at most 64 bytes)."""

    label: str
    url: str | None = None
    action: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Telegram HTML and rows of buttons. `text` is escaped already and fits one message (bot.compose.text)."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    silent: bool = False
