"""The configuration: a TOML file and the environment, read once into a frozen Config. The only reader of os.environ.

Every mistake is told at once: where it is written, what is wrong, and the fix. Secrets never show in a repr.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from bot.errors import ConfigError

PREFIX = "BOT__"
ALIASES = {
    "TELEGRAM_TOKEN": ("telegram", "token"),
    "DATABASE_URL": ("database", "url"),
    "PORT": ("web", "port"),
}
TOKEN_SHAPE = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
DURATION = re.compile(r"(\d+)\s*(s|m|h|d)")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
FREE_RATE = 30  # messages a second that Telegram allows without paid broadcast (Bots FAQ)
SHORTEST_PUBLIC = timedelta(seconds=60)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


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


def read_token(value: object) -> object:
    """A bot's token; what was written is not repeated, since it may be most of one."""
    if isinstance(value, str) and (not value or TOKEN_SHAPE.fullmatch(value.strip())):
        return value.strip()
    raise ValueError("this is no bot token: copy it whole from @BotFather; it is a number, a colon and 35 characters")


Duration = Annotated[timedelta, BeforeValidator(read_duration)]
WebUrl = Annotated[str, BeforeValidator(read_web_url)]
Port = Annotated[int, Field(ge=0, le=65535)]


class Section(BaseModel):
    """A table of the file: its keys and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class TelegramSection(Section):
    """How Telegram is reached."""

    token: Annotated[SecretStr, BeforeValidator(read_token)] = SecretStr("")
    api_url: WebUrl = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_secret: SecretStr = SecretStr("")
    paid_broadcast: bool = False


class DatabaseSection(Section):
    """Where everything is kept."""

    url: Annotated[str, BeforeValidator(read_database_url)] = "sqlite+aiosqlite:///data/alerts.db"


class CampaignSection(Section):
    """Whose campaign it is."""

    pack: str = "child_prisons"
    timezone: str = "Europe/London"
    organisation: str = ""
    contact: str = ""


class OrganisersSection(Section):
    """Who runs it."""

    owners: tuple[int, ...] = ()
    review_chat: int | None = None
    single_organiser: bool = False
    cooling_off: Duration = timedelta(seconds=60)


class DeliverySection(Section):
    """How fast messages go out."""

    messages_per_second: Annotated[float, Field(gt=0, le=1000)] = 25
    per_chat_seconds: Annotated[float, Field(ge=0, le=60)] = 1.0


class FetchSection(Section):
    """How feeds and pages are fetched."""

    user_agent: str = "ChildPrisonAlerts/0.1 (+https://github.com/child-prison-alerts)"
    concurrency: Annotated[int, Field(ge=1, le=100)] = 8
    allow_hosts: tuple[str, ...] = ()


class ReadingSection(Section):
    """An optional model that chooses among a source's sentences."""

    model_url: str = ""
    model_key: SecretStr = SecretStr("")
    model_name: str = ""


class CivicSection(Section):
    """Public services that are linked or asked."""

    postcodes_url: WebUrl = "https://api.postcodes.io"
    members_url: WebUrl = "https://members-api.parliament.uk"
    petitions_url: WebUrl = "https://petition.parliament.uk"


class WebSection(Section):
    """Health and metrics."""

    host: str = "127.0.0.1"
    port: Port | None = None
    public_url: str = ""


class SandboxSection(Section):
    """The local Telegram that is used when there is no token."""

    enabled: bool = True
    port: Port = 8080
    real_feeds: bool = False


class FeedSection(Section):
    """One feed."""

    name: Annotated[str, Field(min_length=1)]
    url: WebUrl
    kind: Literal["inspectorate", "government", "parliament", "news", "charity"]
    every: Duration = timedelta(minutes=10)
    index_url: WebUrl | None = None
    enabled: bool = True


class LogSection(Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Config(Section):
    """Everything, checked. `folder` is what relative paths are relative to."""

    telegram: TelegramSection = TelegramSection()
    database: DatabaseSection = DatabaseSection()
    campaign: CampaignSection = CampaignSection()
    organisers: OrganisersSection = OrganisersSection()
    delivery: DeliverySection = DeliverySection()
    fetch: FetchSection = FetchSection()
    reading: ReadingSection = ReadingSection()
    civic: CivicSection = CivicSection()
    web: WebSection = WebSection()
    sandbox: SandboxSection = SandboxSection()
    feeds: tuple[FeedSection, ...] = ()
    log: LogSection = LogSection()
    folder: Path = Path()

    @property
    def token(self) -> str:
        """The bot's token; "" in the sandbox."""
        return self.telegram.token.get_secret_value()

    @property
    def sandboxed(self) -> bool:
        """Whether the bot runs in the sandbox: there is no token."""
        return not self.token

    @property
    def database_url(self) -> str:
        """The database in use, its path absolute; in the sandbox it is the sandbox's own."""
        if self.sandboxed:
            return f"sqlite+aiosqlite:///{(self.folder / 'data' / 'sandbox.db').absolute()}"
        scheme, path = self.database.url.split("://", 1)
        file = path.removeprefix("/").split("?")[0]
        if not scheme.startswith("sqlite") or file in {"", ":memory:"} or Path(file).is_absolute():
            return self.database.url
        return f"{scheme}:///{(self.folder / file).absolute()}"

    @property
    def sandbox_file(self) -> Path:
        """Where the sandbox keeps its chats."""
        return (self.folder / "data" / "sandbox.json").absolute()

    def secrets(self) -> list[str]:
        """What must never be logged."""
        hidden = (self.telegram.token, self.telegram.webhook_secret, self.reading.model_key)
        return [secret.get_secret_value() for secret in hidden if secret.get_secret_value()]


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


def literal(value: str) -> Any:
    """A TOML literal, or else the text as it is."""
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return value


def sentences(error: ValidationError) -> Iterator[str]:
    """Each mistake with the key as it is written, and the fix."""
    for mistake in error.errors(include_url=False, include_input=False):
        place = [str(part) for part in mistake["loc"]]
        text = mistake["msg"].removeprefix("Value error, ")
        if mistake["type"] == "extra_forbidden":
            text = unknown_key(place)
        yield f"  {written_as(place)}: {text}"


def written_as(place: list[str]) -> str:
    """A key as it stands in the file: "[telegram] token", "[[feeds]] row 2, url"."""
    if place[0] == "feeds" and len(place) > 1:
        return f"[[feeds]] row {int(place[1]) + 1}" + (f", {place[2]}" if place[2:] else "")
    return f"[{place[0]}]" + (f" {place[1]}" if place[1:] else "")


def unknown_key(place: list[str]) -> str:
    """That there is no such key, and what may have been meant."""
    known: Mapping[str, Any] = Config.model_fields
    if place[1:]:
        section = FeedSection if place[0] == "feeds" else Config.model_fields[place[0]].annotation
        known = section.model_fields  # type: ignore[union-attr]
    near = difflib.get_close_matches(place[-1], [name for name in known if name != "folder"], n=1)
    kind = "key" if place[1:] else "section"
    meant = f'did you mean "{near[0]}"?' if near else "config.example.toml lists what there is"
    return f"there is no such {kind}; {meant}"


def contradictions(config: Config, environ: Mapping[str, str]) -> Iterator[str]:
    """Keys that are right alone and wrong together."""
    yield from feeds_too_often(config)
    loopback = urlsplit(config.telegram.api_url).hostname in LOOPBACK
    if config.delivery.messages_per_second > FREE_RATE and not config.telegram.paid_broadcast and not loopback:
        yield (
            f"  [delivery] messages_per_second: Telegram allows {FREE_RATE} a second; "
            "lower it, or set paid_broadcast = true under [telegram] (it costs Stars)"
        )
    if config.sandboxed:
        yield from sandbox_contradictions(config, environ)


def feeds_too_often(config: Config) -> Iterator[str]:
    """Public hosts are polled once a minute at most."""
    for number, feed in enumerate(config.feeds, 1):
        parts = urlsplit(feed.url)
        names = {parts.hostname or "", parts.netloc.lower()}
        if feed.every < SHORTEST_PUBLIC and not names & set(config.fetch.allow_hosts):
            yield (
                f"  [[feeds]] row {number}, every: at least 60s for a public host; "
                "only a host named in [fetch] allow_hosts may be polled more often"
            )


def sandbox_contradictions(config: Config, environ: Mapping[str, str]) -> Iterator[str]:
    """A forgotten token must never mark real people's messages as sent."""
    if not config.sandbox.enabled:
        yield "  no TELEGRAM_TOKEN: set it, or set enabled = true under [sandbox] to try the bot without Telegram"
        return
    set_names = [name for name in ("DATABASE_URL", "PORT") if environ.get(name)]
    if config.telegram.mode == "webhook":
        set_names.append('[telegram] mode = "webhook"')
    if set_names:
        yield f"  no TELEGRAM_TOKEN: set it, or unset {' and '.join(set_names)} to run in the sandbox"
