"""The campaign's matcher, and a second campaign's: nothing in the code knows either subject."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest

from bot.campaign import read_pack
from bot.match import Matcher
from bot.model.entry import Entry
from bot.model.feed import FeedKind
from bot.model.story import Verdict
from tests.builders import the_matcher

TODAY = datetime(2026, 11, 25, 9, tzinfo=UTC)


class Judge(Protocol):
    """Judge a title, and what else is given."""

    def __call__(self, title: str, summary: str = "", *, page: str = "", **more: object) -> Verdict: ...


def entry_with(title: str, summary: str = "", **more: object) -> Entry:
    values: dict[str, object] = {"id": "1", "url": None, "published_at": TODAY, "kind": FeedKind.NEWS, **more}
    return Entry(title=title, summary=summary, **values)  # type: ignore[arg-type]


def judge_by(matcher: Matcher) -> Judge:
    def judge(title: str, summary: str = "", *, page: str = "", **more: object) -> Verdict:
        return matcher.judge(entry_with(title, summary, **more), page_text=page)

    return judge


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return the_matcher()


@pytest.fixture(scope="session")
def judge(matcher: Matcher) -> Judge:
    return judge_by(matcher)


@pytest.fixture(scope="session")
def floods() -> Matcher:
    return Matcher(read_pack(Path(__file__).parent / "floods", "floods"))


@pytest.fixture(scope="session")
def judge_flood(floods: Matcher) -> Judge:
    return judge_by(floods)
