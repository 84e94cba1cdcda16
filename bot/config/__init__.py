"""The configuration: a TOML file and the environment, read once into a frozen Config. The only reader of os.environ.

Every mistake is told at once: where it is written, what is wrong, and the fix. Secrets never show in a repr.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.config.mistakes import contradictions, sentences
from bot.config.sections import Config
from bot.errors import ConfigError

__all__ = ["Config", "load_config"]

PREFIX = "BOT__"
ALIASES = {
    "TELEGRAM_TOKEN": ("telegram", "token"),
    "DATABASE_URL": ("database", "url"),
    "PORT": ("web", "port"),
}


def load_config(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """Read the file (None: the defaults alone) and the environment; raises ConfigError with every mistake found."""
    folder = path.parent if path is not None else Path()
    written = read_file(path) if path is not None else {}
    set_from_environment(written, environ)
    try:
        config = Config(**written, folder=folder)
    except ValidationError as error:
        raise ConfigError(told(path, list(sentences(error)))) from None
    if mistakes := list(contradictions(config, environ)):
        raise ConfigError(told(path, mistakes))
    return config


def told(path: Path | None, mistakes: list[str]) -> str:
    """All mistakes, one a line."""
    return "\n".join([f"The configuration ({path or 'defaults and environment'}) has mistakes:", *mistakes])


def read_file(path: Path) -> dict[str, Any]:
    """The file as TOML; raises ConfigError with the line of a slip."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"There is no file {path}. Copy config.example.toml there, or leave --config out.") from None
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}. Compare that line with config.example.toml.") from None


def set_from_environment(written: dict[str, Any], environ: Mapping[str, str]) -> None:
    """Let the environment win: TELEGRAM_TOKEN, DATABASE_URL, PORT, and BOT__SECTION__KEY for any other key."""
    for name, value in environ.items():
        place = ALIASES.get(name)
        if place is None and name.startswith(PREFIX):
            place = tuple(name.removeprefix(PREFIX).lower().split("__", 1))  # type: ignore[assignment]
        if place is None or not value:
            continue
        if len(place) != 2:  # noqa: PLR2004 - a section and a key
            raise ConfigError(f"{name} names no key: write BOT__SECTION__KEY, as in BOT__LOG__LEVEL.")
        section, key = place
        table = written.setdefault(section, {})
        if isinstance(table, dict):
            table[key] = value if name in {"TELEGRAM_TOKEN", "DATABASE_URL"} else literal(value)
    web = written.get("web")
    if environ.get("PORT") and isinstance(web, dict):
        # Whoever sets PORT is a platform that routes to us from outside this machine.
        web.setdefault("host", "0.0.0.0")  # noqa: S104


def literal(value: str) -> Any:
    """A TOML literal, or else the text as it is."""
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return value
