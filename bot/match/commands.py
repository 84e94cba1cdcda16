"""`match` and `cluster` for the command line: dicts in, dicts out, nothing else touched."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.campaign import load_pack
from bot.errors import ParseError
from bot.match.cluster import Choice, choose_story
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
    for line in _objects(lines, bad):
        yield match_line(matcher, line)
    _complain(bad)


def cluster_lines(lines: Iterable[str], matcher: Matcher | None = None) -> Iterator[Line]:
    """The story of every entry (id, story; reason), in the order given; null where the entry is not ours.

    Entries are told in the order of their dates; those without one after them, the surest first. Raises ParseError,
    after the last, naming the lines that are not JSON.
    """
    matcher = matcher or Matcher(load_pack())
    bad: list[str] = []
    entries = [(line.get("id"), entry_of(line)) for line in _objects(lines, bad)]
    stories = Stories()
    undated: dict[int, Traces] = {}
    for number in sorted(range(len(entries)), key=lambda one: _when(entries[one][1])):
        entry = entries[number][1]
        verdict = matcher.judge(entry)
        traces = matcher.trace(entry, verdict)
        if verdict.outcome is not Outcome.IGNORE and traces.published is None:
            undated[number] = traces
        elif verdict.outcome is not Outcome.IGNORE:
            stories.tell(number, traces, choose_story(traces, stories.known))
    stories.tell_undated(undated)
    for number, (name, _) in enumerate(entries):
        story, reason = stories.told.get(number, (None, "not ours"))
        yield {"id": name, "story": story, "reason": reason}
    _complain(bad)


class Stories:
    """The stories of one run: what is known of each, and where each entry went and why."""

    def __init__(self) -> None:
        self.known: list[tuple[int, list[Traces]]] = []
        self.told: dict[int, tuple[int, str]] = {}

    def tell(self, number: int, traces: Traces, choice: Choice | None) -> tuple[int, list[Traces]]:
        """Add an entry to the story chosen, or begin one; returns that story."""
        if choice is None:
            choice = Choice(len(self.known) + 1, "the first to tell it")
            self.known.append((choice.story_id, []))
        story = self.known[choice.story_id - 1]
        story[1].append(traces)
        self.told[number] = (choice.story_id, choice.reason)
        return story

    def tell_undated(self, waiting: dict[int, Traces]) -> None:
        """Add entries without a day: always the surest of those left, so that their order in a file says nothing."""
        choices = {number: choose_story(traces, self.known) for number, traces in waiting.items()}
        while choices:
            number = max(choices, key=lambda one: _strength(choices[one]))
            changed = self.tell(number, waiting[number], choices.pop(number))
            for other, choice in choices.items():
                choices[other] = self._chosen_again(waiting[other], choice, changed)

    def _chosen_again(self, traces: Traces, choice: Choice | None, changed: tuple[int, list[Traces]]) -> Choice | None:
        """An entry's choice after one story changed."""
        again = choose_story(traces, [changed])
        if again is None and choice is not None and choice.story_id == changed[0]:
            return choose_story(traces, self.known)
        return again if _strength(again) > _strength(choice) else choice


def _strength(choice: Choice | None) -> int:
    return choice.strength if choice else 0


def _when(entry: Entry) -> tuple[bool, datetime]:
    return entry.published_at is None, entry.published_at or datetime.min.replace(tzinfo=UTC)


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
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _objects(lines: Iterable[str], bad: list[str]) -> Iterator[Mapping[str, Any]]:
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


def _complain(bad: list[str]) -> None:
    if bad:
        raise ParseError("; ".join(bad))
