"""How a value is written in the configuration, and what is said where it is not."""

import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field

TOKEN_SHAPE = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
DURATION = re.compile(r"(\d+)\s*(s|m|h|d)")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def read_duration(value: object) -> object:
    """Read "60s", "10m", "24h" or "2d" as a timedelta; raises ValueError with the form that is wanted."""
    if isinstance(value, timedelta):
        return value
    found = DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('write a duration as a number and a unit: "60s", "10m", "24h" or "2d"')
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def read_database_url(value: object) -> object:
    """The database's URL with the driver that this program uses."""
    if not isinstance(value, str) or "://" not in value:
        raise ValueError('write a URL: "sqlite:///data/alerts.db" or "postgresql://user:password@host/name"')
    scheme, rest = value.split("://", 1)
    drivers = {
        "sqlite": "sqlite+aiosqlite",
        "sqlite+aiosqlite": "sqlite+aiosqlite",
        "postgres": "postgresql+psycopg",
        "postgresql": "postgresql+psycopg",
        "postgresql+psycopg": "postgresql+psycopg",
    }
    if scheme not in drivers:
        raise ValueError("only sqlite:// and postgresql:// databases are known")
    return f"{drivers[scheme]}://{rest}"


def read_web_url(value: object) -> object:
    """An http(s) URL."""
    parts = urlsplit(value) if isinstance(value, str) else None
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError('write a whole address, with "https://" (or "http://") at its start')
    return value


def read_optional_url(value: object) -> object:
    """A web address, or nothing."""
    return value if value == "" else read_web_url(value)


def read_token(value: object) -> object:
    """A bot's token; what was written is not repeated, since it may be most of one."""
    if isinstance(value, str) and (not value or TOKEN_SHAPE.fullmatch(value.strip())):
        return value.strip()
    raise ValueError("this is no bot token: copy it whole from @BotFather; it is a number, a colon and 35 characters")


Duration = Annotated[timedelta, BeforeValidator(read_duration)]
WebUrl = Annotated[str, BeforeValidator(read_web_url)]
OptionalUrl = Annotated[str, BeforeValidator(read_optional_url)]
Port = Annotated[int, Field(ge=0, le=65535)]
