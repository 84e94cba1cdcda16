"""What the one-shot commands of the command line do."""

import asyncio
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from bot.config.sections import FetchSection
from bot.errors import FetchError
from bot.net import Client


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
        answer = await client.get(url)
        return Document(answer.body, answer.url, answer.headers)


def echo_lines(lines: Iterable[object]) -> None:
    """Write each as a line of JSON, as it comes; a reader that has had enough (`| head`) ends it in silence."""
    try:
        for line in lines:
            click.echo(json.dumps(line, ensure_ascii=False, default=str))
    except BrokenPipeError:
        # The interpreter would complain once more when it flushes at exit.
        sys.stderr.close()
