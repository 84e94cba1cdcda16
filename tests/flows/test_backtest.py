from datetime import UTC, datetime, timedelta

import pytest

from bot.campaign import load_pack
from bot.flows.backtest import Backtest, Fate, Item, Would, as_line, hold_back
from bot.match import Matcher
from bot.match.cluster import Choice
from bot.model.entry import Entry
from bot.model.feed import FeedKind
from bot.model.story import Outcome
from tests.builders import NOON, a_verdict, an_entry

PLACES = ("Werrington", "Wetherby", "Feltham A", "Parc")


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_pack())


def a_report(place: str, at: datetime | None = NOON, **changes: object) -> Entry:
    """A report on a child prison."""
    title = f"HMYOI {place}: an unannounced inspection found children unsafe"
    values = {"id": f"{place} {at}", "url": None, "title": title, "summary": title, "published_at": at}
    return an_entry(**{**values, **changes})


def fates(matcher: Matcher, *entries: Entry, since: datetime | None = None) -> list[Fate]:
    return [one.fate for one in Backtest(matcher, since=since).run(map(Item, entries))]


def test_each_entry_gets_the_fate_that_the_bot_would_have_given_it(matcher: Matcher) -> None:
    entries = (
        a_report("Werrington", NOON - timedelta(days=40)),
        a_report("Parc", NOON - timedelta(days=2)),
        a_report("Parc", NOON - timedelta(days=1), source="News", kind=FeedKind.NEWS),
        a_report("Parc", NOON - timedelta(days=1), source="News", kind=FeedKind.NEWS),
        an_entry(id="rain", title="Storm brings rain", summary="", kind=FeedKind.NEWS),
        an_entry(id="death", title="A 16-year-old boy has died at HMYOI Wetherby", summary="", published_at=NOON),
        an_entry(id="?", title="Reports published 28 July", summary="", published_at=None),
    )
    told = Backtest(matcher, since=NOON - timedelta(days=30)).run(map(Item, entries))
    assert [one.fate for one in told] == [
        *(Fate.HISTORY, Fate.SENT, Fate.JOINS, Fate.REPEATED, Fate.NOT_OURS, Fate.SENSITIVE, Fate.DOUBTFUL)
    ]
    assert told[1].owed[0] == "institution:parc-yoi"
    assert told[1].owed[-1] == "everything"
    assert told[1].story == told[2].story
    line = as_line(told[5])
    assert (line["fate"], line["sensitive_reason"]) == ("sensitive", "death")
    assert as_line(told[3])["verdict"] is None
    assert as_line(told[6])["published"] is None


def test_news_of_history_is_sent_and_a_sure_word_lets_out_what_was_doubtful(matcher: Matcher) -> None:
    old, new = a_report("Parc", NOON - timedelta(days=3)), a_report("Parc", NOON, source="News")
    assert fates(matcher, old, new, since=NOON - timedelta(days=1)) == [Fate.HISTORY, Fate.SENT]
    run = Backtest(matcher, fates={1: Fate.DOUBTFUL})
    assert run.join(new, a_verdict(), Choice(1, "")) is Fate.SENT
    assert run.join(new, a_verdict(outcome=Outcome.REVIEW), Choice(1, "")) is Fate.JOINS


def test_a_burst_of_one_poll_and_too_many_of_a_day_wait(matcher: Matcher) -> None:
    burst = [a_report(place, NOON + timedelta(minutes=1)) for place in PLACES]
    assert fates(matcher, *burst) == [Fate.FUSE] * 4
    assert fates(matcher, *burst[:3]) == [Fate.SENT] * 3
    # Where only the day is known, nobody knows with which poll they came.
    midnight = [a_report(place, datetime(2026, 11, 25, tzinfo=UTC)) for place in PLACES]
    assert fates(matcher, *midnight) == [Fate.SENT] * 4


def test_more_than_eight_in_a_day_wait_and_the_next_day_begins_anew() -> None:
    def would(number: int) -> Would:
        moment = NOON + timedelta(hours=number * 2)
        return Would(entry=an_entry(id=str(number), published_at=moment), verdict=None, fate=Fate.SENT)

    undated = Would(entry=an_entry(published_at=None), verdict=None, fate=Fate.SENT)
    held = [one.fate is Fate.FUSE for one in hold_back([*map(would, range(13)), undated])]
    # The first is a day old when the thirteenth comes.
    assert held == [*[False] * 8, *[True] * 4, False, False]


@pytest.mark.parametrize(("exact", "whole_year"), [(True, False), (False, False), (False, True)])
def test_a_month_stands_for_its_middle_and_a_year_for_all_of_it(
    matcher: Matcher, *, exact: bool, whole_year: bool
) -> None:
    entry = a_report("Parc", datetime(2026, 3, 1, tzinfo=UTC))
    run = Backtest(matcher)
    run.run([Item(entry, exact=exact, whole_year=whole_year)])
    ((_, (traces,)),) = run.known
    day = traces.published.isoformat() if traces.published else None
    assert (day, str(traces.since)) == {
        (True, False): ("2026-03-01", "None"),
        (False, False): ("2026-03-15", "None"),
        (False, True): (None, "2026-03-01"),
    }[exact, whole_year]
