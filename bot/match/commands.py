"""`match` and `cluster` for the command line: dicts in, dicts out, nothing else touched."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.campaign import load_pack
from bot.errors import ParseError
from bot.match.telling import Stories
from bot.match.traces import MID_MONTH
from bot.match.verdict import Matcher
from bot.model.entry import Entry
from bot.model.feed import FeedKind
from bot.model.story import Outcome, Traces

Line = dict[str, Any]
_DATES = ("%Y-%m-%d", "%Y-%m", "%Y")


def match_line(matcher: Matcher, line: Mapping[str, Any]) -> Line:
    """One entry judged: id, verdict, score, topics, institutions, nation, sensitive and its reason, evidence."""
    verdict = matcher.judge(entry_of(line))
    return {
        "id": line.get("id"),
        "verdict": verdict.outcome.value,
        "score": verdict.score,
        "topics": list(verdict.topics),
        "institutions": list(verdict.institutions),
        "nation": verdict.nation,
        "sensitive": verdict.sensitive,
        "sensitive_reason": verdict.sensitive_reason,
        "evidence": [{"rule": e.rule, "words": e.words, "weight": e.weight} for e in verdict.evidence],
    }


def match_lines(lines: Iterable[str], matcher: Matcher | None = None) -> Iterator[Line]:
    """Every entry judged in turn. Raises ParseError, after the last, naming the lines that are not JSON."""
    matcher = matcher or Matcher(load_pack())
    bad: list[str] = []
    for line in read_objects(lines, bad):
        yield match_line(matcher, line)
    complain(bad)


def cluster_lines(lines: Iterable[str], matcher: Matcher | None = None) -> Iterator[Line]:
    """The story of every entry (id, story; reason), in the order given; null where the entry is not ours.

    Entries are told in the order of their dates; those without one after them, the surest first. Raises ParseError,
    after the last, naming the lines that are not JSON.
    """
    matcher = matcher or Matcher(load_pack())
    bad: list[str] = []
    names, ours = [], {}
    for number, line in enumerate(read_objects(lines, bad)):
        names.append(line.get("id"))
        traces = _trace(matcher, line)
        if traces is not None:
            ours[number] = traces
    stories = Stories()
    stories.tell_dated({number: traces for number, traces in ours.items() if traces.published})
    stories.tell_undated({number: traces for number, traces in ours.items() if not traces.published})
    for number, name in enumerate(names):
        story, reason = stories.told.get(number, (None, "not ours"))
        yield {"id": name, "story": story, "reason": reason}
    complain(bad)


def _trace(matcher: Matcher, line: Mapping[str, Any]) -> Traces | None:
    """The traces of an entry that is ours; a month stands for its middle, and of a year only the bounds are known."""
    entry = entry_of(line)
    verdict = matcher.judge(entry)
    if verdict.outcome is Outcome.IGNORE:
        return None
    given = str(line.get("published")).strip()
    if entry.published_at is None or len(given) > len("2026-01"):
        return matcher.trace(entry, verdict)
    undated, first = replace(entry, published_at=None), entry.published_at.date()
    if len(given) == len("2026-01"):
        return matcher.trace(undated, verdict, first.replace(day=MID_MONTH))
    return replace(matcher.trace(undated, verdict), since=first, until=first.replace(month=12, day=31))


def entry_of(line: Mapping[str, Any]) -> Entry:
    """An entry from a dict; unknown keys are passed over, and what is missing or of no use is empty."""
    kind, categories = line.get("kind"), line.get("categories")
    return Entry(
        id=str(line.get("id", "")),
        url=_text(line, "url") or None,
        title=_text(line, "title"),
        summary=_text(line, "summary"),
        published_at=read_day(line.get("published")),
        source=_text(line, "source"),
        kind=FeedKind(kind) if kind in list(FeedKind) else None,
        categories=tuple(str(one) for one in categories) if isinstance(categories, list) else (),
    )


def _text(line: Mapping[str, Any], key: str) -> str:
    value = line.get(key)
    return value if isinstance(value, str) else ""


def read_day(value: Any) -> datetime | None:
    """A year, month, day or timestamp (ISO 8601) as its first moment, UTC; None for anything else."""
    text = str(value).strip() if isinstance(value, str | int) else ""
    try:
        moment = datetime.fromisoformat(text) if len(text) > len("2026-01") else None
    except ValueError:
        moment = None
    for form in _DATES if moment is None else ():
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 - the zone is added below
        except ValueError:
            continue
    if moment is None or moment.tzinfo is None:
        return moment and moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None


def read_objects(lines: Iterable[str], bad: list[str]) -> Iterator[Mapping[str, Any]]:
    """The objects of JSON lines; what is wrong with other lines is added to `bad`."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            bad.append(f"line {number} is not JSON: {getattr(error, 'msg', 'it is nested too deeply')}")
            continue
        if isinstance(value, Mapping):
            yield value
        else:
            bad.append(f"line {number} is not a JSON object")


def complain(bad: list[str]) -> None:
    """Raise ParseError if any line was wrong."""
    if bad:
        raise ParseError("; ".join(bad))
