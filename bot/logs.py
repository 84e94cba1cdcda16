"""Logging: one handler on the root logger, in text or JSON, through which no secret passes."""

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, TextIO
from urllib.parse import quote

# Below this their texts hold what must not be kept: URLs with the token, people's messages, rows of the database.
QUIET = {
    "aiohttp": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "multipart": logging.WARNING,
    "procrastinate": logging.WARNING,
    "psycopg": logging.WARNING,
    "python_multipart": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "telegram": logging.WARNING,
    "uvicorn": logging.WARNING,
}
HIDDEN = "[hidden]"
# A bot's token by its shape (Bot API, "Authorizing your bot") and the password of any URL, known to us or not.
TOKEN_SHAPE = re.compile(r"\b\d{5,}(?::|%3A)[A-Za-z0-9_-]{30,}|(?<=/bot)\d+(?::|%3A)[^/\s'\"]+", re.IGNORECASE)
PASSWORD_SHAPE = re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)")
# A secret shorter than this would hide ordinary words.
SHORTEST_SECRET = 6


class Redact(logging.Filter):
    """Hides secrets in a record: text, traceback and stack. It changes the record itself, so no formatter sees more."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        known = {form for secret in secrets for form in (secret, quote(secret, safe=""))}
        self._known = sorted((form for form in known if len(form) >= SHORTEST_SECRET), key=len, reverse=True)

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: the record goes on, without secrets."""
        record.msg, record.args = self.clean(text_of(record)), None
        if record.exc_info and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip()
        record.exc_info = None
        record.exc_text = record.exc_text and self.clean(record.exc_text)
        record.stack_info = record.stack_info and self.clean(record.stack_info)
        return True

    def clean(self, text: str) -> str:
        """The text with each secret replaced."""
        for secret in self._known:
            text = text.replace(secret, HIDDEN)
        return PASSWORD_SHAPE.sub(HIDDEN, TOKEN_SHAPE.sub(HIDDEN, text))


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at (UTC), level, logger, text, and traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "text": record.getMessage(),
        }
        if record.exc_text or record.stack_info:
            line["traceback"] = record.exc_text or record.stack_info or ""
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(
    level: str = "info",
    style: Literal["text", "json"] = "text",
    *,
    secrets: Sequence[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Log to `stream` (standard error), once for the whole process; a second call replaces the first.

    What nobody caught is logged too, so that the interpreter prints no traceback past the filter.
    """
    output = logging.StreamHandler(stream or sys.stderr)
    output.setFormatter(JsonFormatter() if style == "json" else logging.Formatter(TEXT))
    output.addFilter(Redact(secrets))
    logging.basicConfig(level=level.upper(), handlers=[output], force=True)
    for name, floor in QUIET.items():
        logging.getLogger(name).setLevel(max(floor, logging.getLogger().level))
    logging.captureWarnings(capture=True)
    sys.excepthook = log_uncaught
    threading.excepthook = log_uncaught_in_thread


TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def text_of(record: logging.LogRecord) -> str:
    """The record's text; where its arguments do not fit, what there is: a wrong log call must not lose its line."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"{record.msg} {record.args}"


def log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The interpreter's last word on an exception, through the log; Ctrl-C is none."""
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("bot").critical("The program ends.", exc_info=(kind, error, trace))


def log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    """The same for a thread."""
    if args.exc_value is not None:
        log_uncaught(args.exc_type, args.exc_value, args.exc_traceback)
