"""What the sandbox's newsroom has to tell: one edition per run, each with its own place, dates and figures.

The texts are in newsroom.toml. Everything here is pure: an edition's number and start decide all of its words.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

ENTRIES_PER_EDITION = 10
FIRST_ID = 1000  # ids below it belong to the history


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing published: an entry of the feed of its `desk`, and the page that the entry links to.

    `page` names the template; `words` are the edition's fillings; `grades` are the chart's bars:
    (test, before, now).
    """

    id: int
    desk: str
    page: str
    slug: str
    title: str
    summary: str
    paragraphs: tuple[str, ...]
    label: str
    words: Mapping[str, Any]
    grades: tuple[tuple[str, int, int], ...]
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """One run's stories. It begins at `started_at`; what it would have published after `closed_at` never was."""

    number: int
    started_at: datetime
    closed_at: datetime | None = None

    def pieces(self) -> tuple[Piece, ...]:
        """All its pieces, the later ones too, in order of publication."""
        words = _words(self.number, self.started_at.date())
        first = FIRST_ID + self.number * ENTRIES_PER_EDITION
        return tuple(
            _piece(first + index, text, words, self.started_at + timedelta(seconds=text["after"]))
            for index, text in enumerate(_texts()["edition"])
        )

    def published(self, now: datetime) -> tuple[Piece, ...]:
        """The pieces that are out at `now`."""
        until = now if self.closed_at is None else min(now, self.closed_at)
        return tuple(piece for piece in self.pieces() if piece.published_at <= until)


def history(founded_at: datetime) -> tuple[Piece, ...]:
    """What was there before the first edition: some weeks old, and the same in every run."""
    pieces = []
    for index, text in enumerate(_texts()["history"]):
        published_at = founded_at - timedelta(days=text["days_ago"])
        words = _words(0, published_at.date(), place=text["place"], outcome=text["outcome"])
        pieces.append(_piece(FIRST_ID - 100 + index, text, words, published_at))
    return tuple(pieces)


def written_dates(first: date, last: date) -> str:
    """Two days as the inspectorate writes them: "3–14 August 2026", "28 September – 9 October 2026"."""
    if first.month == last.month:
        return f"{first.day}–{last.day} {last:%B %Y}"
    start = f"{first.day} {first:%B}" if first.year == last.year else f"{first.day} {first:%B %Y}"
    return f"{start} – {last.day} {last:%B %Y}"


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "newsroom.toml").read_text("utf-8"))


def _words(number: int, day: date, *, place: int | None = None, outcome: int | None = None) -> dict[str, Any]:
    """The fillings of one edition. Reports come out about 12 to 17 weeks after the inspection, as the real ones do."""
    texts, turn = _texts(), max(number - 1, 0)
    places = texts["places"]
    here = places[(turn if place is None else place) % len(places)]
    first = _monday(day) - timedelta(weeks=12 + turn // len(places) % 6)
    rotas = {name: rota[turn % len(rota)] for name, rota in texts["rotas"].items()}
    words: dict[str, Any] = {
        "place": here["name"],
        "short": here["short"],
        "slug": here["slug"],
        "spoken": here["spoken"],
        "edition": number,
        "dates": written_dates(first, first + timedelta(days=11)),
        "visit": written_dates(first + timedelta(weeks=2), first + timedelta(weeks=2, days=3)),
        "year": first.year,
        "year_before": first.year - 2,
        "count": 83 + 17 * number % 211,
        "other": 121 + 29 * number % 307,
        "hours": ("three", "four", "five")[number % 3],
        **rotas,
        **{f"{name}_slug": _slug(text) for name, text in rotas.items()},
    }
    outcomes = texts["outcomes"]
    return words | _filled(outcomes[(turn if outcome is None else outcome) % len(outcomes)], words)


def _filled(outcome: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    return {key: text.format(**words) if isinstance(text, str) else text for key, text in outcome.items()}


def _piece(number: int, text: Mapping[str, Any], words: Mapping[str, Any], published_at: datetime) -> Piece:
    tests = ("Safety", "Care", "Purposeful activity", "Resettlement")
    return Piece(
        id=number,
        desk=text["desk"],
        page=text["page"],
        slug=text["slug"].format(**words),
        title=text["title"].format(**words),
        summary=text["summary"].format(**words),
        paragraphs=tuple(paragraph.format(**words) for paragraph in text.get("paragraphs", ())),
        label=text.get("label", ""),
        words=words,
        grades=tuple(zip(tests, words["before"], words["grades"], strict=True)),
        published_at=published_at,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _slug(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", name.lower().replace("'", ""))
