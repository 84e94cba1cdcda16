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
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.paths import as_wanted, families
from benchmarks.sequences import polled
from bot.errors import AlertsError, FeedEndedError, StatusError
from bot.feeds import fetch_feed
from bot.feeds.command import parse_lines
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
            results = Path(folder) / "out.jsonl"
            arguments = ["--ingest", "benchmarks.conformance:ingest", "--out", str(results), *extra]
            done = subprocess.run(
                [sys.executable, str(runner), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
            )
            lines = done.stdout.splitlines()
            print("\n".join(line for line in lines if not line.startswith("ok ")) or done.stderr[-2000:])
            if what == "corpus" and lines:
                print(f"dates told wrongly, where None would do: {wrong_dates(results)}")


def wrong_dates(results: Path) -> int:
    """Files whose date is wrong and there at all."""
    rows = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
    return sum(row["verdict"].get("date") == "wrong" and bool((row["first"] or {}).get("published")) for row in rows)


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


async def run_server(base: str, rows: list[dict[str, Any]]) -> None:
    """Sequences, then every path of the hostile server."""
    host = base.removeprefix("http://")
    workers = Workers(1)
    async with Client("conformance (+https://example.org)", [host], read_timeout=5) as client:
        fetch = partial(fetch_feed, client, workers)
        print("\n== sequences, polled into a database")
        right = 0
        sequences = [row for row in rows if row["kind"] == "sequence"]
        for row in sequences:
            pushed, aged = await polled(fetch, f"{base}/seq/{row['name']}", len(row["new_alerts"]))
            by_age = [one + other for one, other in zip(pushed, aged, strict=True)]
            right += row["new_alerts"] in (pushed, by_age)
            if pushed != row["new_alerts"]:
                print(f"{row['name']}: wanted {row['new_alerts']}, got {pushed}; kept as too old for news: {aged}")
        print(f"{right} of {len(sequences)} as wanted")
        print("\n== paths of the hostile server")
        named = [path for path in json.loads((await client.get(f"{base}/")).body) if "<" not in path]
        paths = [*named, *families(rows)]
        found = await asyncio.gather(*(outcome(client, workers, base + path) for path in paths))
        odd = [(path, words) for path, words in zip(paths, found, strict=True) if not as_wanted(path, words)]
        for path, words in odd:
            print(f"{path:32} {words}")
        print(f"{len(paths) - len(odd)} of {len(paths)} as wanted")
        log = json.loads((await client.get(f"{base}/__log")).body)
        print(f"contacts to the canary: {len(log['canary'])}")
    await workers.close()


async def outcome(client: Client, workers: Workers, url: str) -> str:
    """What one path led to, in a few words."""
    try:
        fetched = await fetch_feed(client, workers, feed_at(url))
    except (StatusError, FeedEndedError) as error:
        asked = getattr(error, "retry_after", None)
        return f"{type(error).__name__}: {error}; wait {near_minute(asked)}"
    except AlertsError as error:
        return f"{type(error).__name__}: {error}"
    except Exception as error:  # noqa: BLE001 -- what nobody foresaw is what is looked for
        return f"DEFECT {error!r}"
    return f"{len(fetched.entries)} entries" + (", moved" if fetched.moved_to else "")


def near_minute(wait: timedelta | None) -> str:
    """A wait to the minute: a date in a header has lost part of a second on its way."""
    return "None" if wait is None else str(timedelta(minutes=round(wait.total_seconds() / 60)))


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
