"""What the one-shot commands of the command line do."""

import asyncio
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from bot.app.opml import Imported
from bot.config.sections import FetchSection
from bot.errors import ConfigError, FetchError
from bot.model.feed import FeedKind
from bot.net import Client

MOST_BYTES = 20 * 1024 * 1024  # the largest PDF that is read


@dataclass(frozen=True, slots=True)
class Document:
    """A file or page: its bytes, its headers (lower-case names), and the address it came from."""

    body: bytes
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


def bring(source: str, url: str | None, content_type: str, fetch: FetchSection) -> Document:
    """A FILE, "-" for standard input, or a URL as a document; raises FetchError with what is wrong."""
    if source.startswith(("http://", "https://")):
        return asyncio.run(bring_page(source, fetch))
    headers = {"content-type": content_type} if content_type else {}
    return Document(read_source(source), url or "", headers)


def read_source(source: str) -> bytes:
    """The bytes of a file, or of standard input."""
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise FetchError(f"{source} cannot be read: {error.strerror}.") from error


async def bring_page(url: str, fetch: FetchSection) -> Document:
    """The page at an address that is public, or whose host is named in fetch.allow_hosts."""
    async with Client(fetch.user_agent, fetch.allow_hosts) as client:
        answer = await client.get(url, max_bytes=MOST_BYTES)
        return Document(answer.body, answer.url, answer.headers)


def echo_lines(lines: Iterable[object]) -> None:
    """Write each as a line of JSON, as it comes; a reader that has had enough (`| head`) ends it in silence."""
    try:
        for line in lines:
            click.echo(json.dumps(line, ensure_ascii=False, default=str))
    except BrokenPipeError:
        # The interpreter would complain once more when it flushes at exit.
        sys.stderr.close()


def as_json_lines(rows: Iterable[object]) -> bytes:
    """Each as a line of JSON, in UTF-8."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def read_kind(name: str | None) -> FeedKind | None:
    """A kind of feed as typed; raises ConfigError where there is no such kind."""
    try:
        return FeedKind(name.lower()) if name else None
    except ValueError as error:
        raise ConfigError(f"--kind {name}: there is no such kind; use one of {', '.join(FeedKind)}.") from error


def tell_imported(imported: Imported) -> None:
    """Say what became of each row; what was wrong goes to standard error."""
    for spec in imported.added:
        click.echo(f"added{'' if spec.enabled else ' (paused)'}: {spec.name} ({spec.kind.value}) {spec.url}")
    for spec in imported.known:
        click.echo(f"there already: {spec.name} {spec.url}")
    for fault in imported.faults:
        click.echo(f"skipped: {fault}", err=True)
    counts = f"{len(imported.added)} added, {len(imported.known)} there already, {len(imported.faults)} skipped."
    click.echo(counts, err=bool(imported.faults))


def write_target(target: str | None, content: bytes) -> None:
    """Write to a file, or to standard output; raises FetchError where the file cannot be written."""
    if target is None or target == "-":
        click.echo(content, nl=False)
        return
    try:
        Path(target).write_bytes(content)
    except OSError as error:
        raise FetchError(f"{target} cannot be written: {error.strerror}.") from error
