"""Run a feed corpus, hostile bodies, date strings, fetch sequences and a hostile server against our intake.

    python -m benchmarks.conformance SHARED

SHARED/feeds holds run_corpus.py with its corpus, and hostile_server.py. What is missing is said, and is no failure.
"""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.errors import AlertsError
from bot.feeds import fetch_feed
from bot.feeds.command import parse_lines
from bot.feeds.identity import adopt
from bot.model.feed import FeedKind, FeedSpec, FeedState
from bot.net import Client
from bot.workers import Workers

ROOT = Path(__file__).resolve().parent.parent
PORT = 8977


def ingest(body: bytes, headers: dict[str, str], url: str) -> list[dict[str, str | None]]:
    """The corpus runner's door."""
    return list(parse_lines(body, {name.lower(): value for name, value in headers.items()}, url))


def run_corpus(runner: Path) -> None:
    """The corpus, the hostile bodies, the dates."""
    for what, extra in (("corpus", []), ("hostile bodies", ["--hostile"]), ("dates", ["--dates"])):
        print(f"\n== {what}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            arguments = ["--ingest", "benchmarks.conformance:ingest", "--out", str(Path(folder) / "out.jsonl"), *extra]
            done = subprocess.run(
                [sys.executable, str(runner), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
            )
        lines = done.stdout.splitlines()
        print("\n".join(line for line in lines if not line.startswith("ok ")) or done.stderr[-2000:])


@contextlib.contextmanager
def hostile_server(script: Path) -> Iterator[str]:
    """The hostile server on loopback; its address."""
    command = [sys.executable, str(script), "--port", str(PORT), "--lifetime", "300", "--conn-seconds", "20"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            yield str(json.loads(server.stdout.readline())["base"])  # type: ignore[union-attr]
        finally:
            server.terminate()


def feed_at(url: str) -> FeedState:
    """A feed that was polled before."""
    return FeedState(id=1, spec=FeedSpec(name="f", url=url, kind=FeedKind.NEWS))


async def new_in_sequence(client: Client, workers: Workers, url: str, fetches: int) -> list[int]:
    """How many entries were new at each fetch, the first being history; a failed fetch brings none."""
    known: set[str] = set()
    by_url: dict[str, str] = {}
    counts, rule, begun = [], None, False
    for _ in range(fetches):
        feed = feed_at(url)
        try:
            got = await fetch_feed(client, workers, FeedState(id=1, spec=feed.spec, identity_rule=rule))
        except AlertsError:
            counts.append(0)
            continue
        entries = adopt(got.entries, known, by_url)
        fresh = [entry for entry in entries if entry.id not in known]
        counts.append(len(fresh) if begun else 0)
        begun, rule = True, got.identity_rule or rule
        known |= {entry.id for entry in entries}
        by_url |= {entry.url: entry.id for entry in entries if entry.url}
    return counts


async def run_server(base: str, rows: list[dict[str, Any]]) -> None:
    """Sequences, then every path of the hostile server."""
    host = base.removeprefix("http://")
    workers = Workers(1)
    async with Client("conformance (+https://example.org)", [host], read_timeout=5) as client:
        print("\n== sequences")
        right = 0
        for row in (row for row in rows if row["kind"] == "sequence"):
            got = await new_in_sequence(client, workers, f"{base}/seq/{row['name']}", len(row["new_alerts"]))
            right += got == row["new_alerts"]
            if got != row["new_alerts"]:
                print(f"{row['name']}: wanted {row['new_alerts']}, got {got}")
        print(f"{right} of {sum(row['kind'] == 'sequence' for row in rows)} as wanted")
        print("\n== paths of the hostile server")
        paths = [path for path in json.loads((await client.get(f"{base}/")).body) if "<" not in path]
        found = await asyncio.gather(*(outcome(client, workers, base + path) for path in paths))
        for path, words in zip(paths, found, strict=True):
            print(f"{path:32} {words}")
        log = json.loads((await client.get(f"{base}/__log")).body)
        print(f"contacts to the canary: {len(log['canary'])}")
    await workers.close()


async def outcome(client: Client, workers: Workers, url: str) -> str:
    """What one path led to, in a few words."""
    try:
        fetched = await fetch_feed(client, workers, feed_at(url))
    except AlertsError as error:
        return f"{type(error).__name__}: {error}"
    return f"{len(fetched.entries)} entries" + (", moved" if fetched.moved_to else "")


def main(shared: Path) -> None:
    """Run what is there."""
    runner, server = shared / "feeds" / "run_corpus.py", shared / "feeds" / "hostile_server.py"
    if runner.exists():
        run_corpus(runner)
    else:
        print(f"no corpus at {runner}: skipped")
    index = server.parent / "hostile" / "index.jsonl"
    if server.exists():
        with hostile_server(server) as base:
            asyncio.run(run_server(base, [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]))
    else:
        print(f"no hostile server at {server}: skipped")


if __name__ == "__main__":
    os.chdir(ROOT)
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared").resolve())
