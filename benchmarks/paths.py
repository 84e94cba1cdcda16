"""The hostile server's paths, and where a good client ends on each."""

from collections.abc import Iterator, Sequence
from typing import Any

STATUSES = (204, 206, 400, 401, 403, 404, 410, 418, 451, 500, 502, 503, 520, 999)
WAITS = {
    "seconds": "2:00",
    "date": "2:00",
    "past": "0:00",
    "huge": "1 day",
    "zero": "0:00",
    **dict.fromkeys(("negative", "garbage", "float"), "None"),
}
READ_PATHS = (
    "/feed /redirect/301 /redirect/302 /redirect/307 /redirect/308 /redirect/chain/3 /redirect/chain/5 /slow/3s "
    "/big/2mb-ok /gzip/ok /deflate/zlib /deflate/raw /http/no-length /http/keepalive-drop /header/etag-huge "
    "/header/etag-weird /header/charset-evil /header/cookies /cache/etag-stuck /cache/lastmod-future "
    "/cache/max-age-year /flap /xxe/http /xxe/dtd /xxe/stylesheet /links/canary /new-feed-url"
)
READ = frozenset(READ_PATHS.split())
DOUBTFUL_PATHS = (
    "/redirect/chain/10 /redirect/bad-chars /redirect/cookie /gzip/not-gzip /gzip/undeclared /gzip/trailing "
    "/encoding/unknown /http/long /http/te-and-cl /header/many"
)
EITHER = frozenset(DOUBTFUL_PATHS.split())


def families(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The paths that stand for many."""
    yield from (f"/redirect/chain/{count}" for count in (3, 5, 10, 30))
    yield from (f"/status/{status}" for status in STATUSES)
    yield from (f"/retry-after/{kind}" for kind in WAITS)
    yield from (f"/body/{row['name']}" for row in rows if row["kind"] == "body" and row["name"] != "xxe-http-metadata")


def as_wanted(path: str, words: str) -> bool:
    """Whether a path led where a good client ends: entries, or an error of ours; the corpus judges bodies closer."""
    refused, defect = "Error: " in words, words.startswith("DEFECT")
    if path == "/status/410":
        return words.startswith("FeedEndedError")
    if path.startswith("/retry-after/"):
        return refused and WAITS[path.rpartition("/")[2]] in words.rpartition("wait ")[2]
    if path.startswith("/body/") or path in EITHER:
        return not defect
    return not defect and refused == (path not in READ)
