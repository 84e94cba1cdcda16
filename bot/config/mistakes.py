"""What is wrong with a configuration, in sentences that name the key and the fix."""

import difflib
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from bot.config.sections import Config, FeedSection

FREE_RATE = 30  # messages a second that Telegram allows without paid broadcast (Bots FAQ)
SHORTEST_PUBLIC = timedelta(seconds=60)
WEBHOOK_PORTS = {443, 80, 88, 8443}
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


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
    owners = len(set(config.organisers.owners))
    if config.organisers.single_organiser and owners > 1:
        yield f"  [organisers] single_organiser: there are {owners} owners; it is for one organiser alone"
    loopback = urlsplit(config.telegram.api_url).hostname in LOOPBACK
    if config.delivery.messages_per_second > FREE_RATE and not config.telegram.paid_broadcast and not loopback:
        yield (
            f"  [delivery] messages_per_second: Telegram allows {FREE_RATE} a second; "
            "lower it, or set paid_broadcast = true under [telegram] (it costs Stars)"
        )
    if bool(config.reading.model_url) != bool(config.reading.model_name):
        yield "  [reading] model_url, model_name: set both for a model that chooses sentences, or neither"
    if config.sandboxed:
        yield from sandbox_contradictions(config, environ)
    elif config.telegram.mode == "webhook":
        yield from webhook_contradictions(config)


def webhook_contradictions(config: Config) -> Iterator[str]:
    """What Telegram asks of a webhook (Bot API, setWebhook): https on one of four ports, and a secret."""
    if not WEBHOOK_SECRET.fullmatch(config.telegram.webhook_secret.get_secret_value()):
        yield "  [telegram] webhook_secret: a webhook needs one of 16 to 256 letters, digits, - and _; make one up"
    parts = urlsplit(config.web.public_url)
    if not parts.hostname:
        yield '  [web] public_url: a webhook needs the address at which Telegram reaches us ("https://host")'
    elif parts.hostname not in LOOPBACK and (parts.scheme != "https" or (parts.port or 443) not in WEBHOOK_PORTS):
        yield "  [web] public_url: Telegram brings updates by https only, to port 443, 80, 88 or 8443"


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
