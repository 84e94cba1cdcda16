"""The configuration's tables, each key with its type and default; config.example.toml says what each does."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

from bot.config.values import Duration, OptionalUrl, Port, WebUrl, read_database_url, read_token


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
    """What becomes of a page: a chart of its grades, and an optional model that chooses among its sentences."""

    pictures: bool = True
    model_url: OptionalUrl = ""
    model_key: SecretStr = SecretStr("")
    model_name: str = ""

    @property
    def model_hosts(self) -> tuple[str, ...]:
        """The model's host as `fetch.allow_hosts` names one; it may be this machine. None without a model."""
        return (urlsplit(self.model_url).netloc.lower(),) if self.model_url else ()


class CivicSection(Section):
    """Public services that are linked or asked."""

    postcodes_url: WebUrl = "https://api.postcodes.io"
    members_url: WebUrl = "https://members-api.parliament.uk"
    petitions_url: WebUrl = "https://petition.parliament.uk"


class WebSection(Section):
    """Health, metrics, and who else is told that all is well."""

    host: str = "127.0.0.1"
    port: Port | None = None
    public_url: OptionalUrl = ""
    heartbeat_url: OptionalUrl = ""

    @property
    def heartbeat_hosts(self) -> tuple[str, ...]:
        """Its host as `fetch.allow_hosts` names one; it may be a machine of one's own. None without it."""
        return (urlsplit(self.heartbeat_url).netloc.lower(),) if self.heartbeat_url else ()


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
        # Whoever knows the heartbeat's address can feign it.
        return [text for text in (*(one.get_secret_value() for one in hidden), self.web.heartbeat_url) if text]
