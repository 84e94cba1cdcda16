"""Which entries are one story, and which must never be."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.campaign.pack import Official
from bot.match import Matcher
from bot.match.cluster import choose_story, same_event
from bot.match.traces import find_dates, find_day, slug_words
from bot.match.writing import Writing
from bot.model.story import Traces
from tests.match.conftest import TODAY, entry_with

DAY = date(2026, 7, 28)
WORDS = ("alarm", "door", "faulty", "kitchen", "roof")


def traces(days: int | None = 0, place: str = "werrington", **more: object) -> Traces:
    published = None if days is None else DAY + timedelta(days=days)
    values: dict[str, object] = {"published": published, "institutions": (place,) if place else (), **more}
    return Traces(**values)  # type: ignore[arg-type]


SAME = [
    (traces(0), traces(4), "werrington, 4 days apart"),
    (traces(0, dates=(DAY, DAY)), traces(25, dates=(DAY, DAY), kind="x"), "the same inspection of werrington"),
    (traces(None, dates=(DAY, DAY)), traces(0, dates=(DAY, DAY)), "the same inspection of werrington"),
    (traces(0, kind="inspection"), traces(20, kind="inspection"), "werrington, inspection, 20 days apart"),
    (traces(0, kind="urgent"), traces(2, kind="inspection"), "werrington, 2 days apart"),
    (traces(0, words=WORDS), traces(20, words=WORDS), "werrington, no kind, in like words"),
    (traces(None, kind="death", words=WORDS), traces(0, kind="death", words=WORDS), "werrington, death, in like words"),
    (traces(0, "", numbers=("583 conflicts",)), traces(5, numbers=("583 conflicts",)), "the figure '583 conflicts'"),
    (traces(0, "", quotations=("a very bleak place",)), traces(5, quotations=("a very bleak place",)), "quotation"),
    (
        traces(0, "", title=("doors", "fail", "again")),
        traces(9, "", title=("again", "doors", "fail")),
        "titles are much alike",
    ),
    (traces(0, "", words=WORDS), traces(9, words=WORDS[1:4]), "both speak of door, faulty, kitchen"),
    (traces(None, words=WORDS), traces(9, words=WORDS[1:3]), "werrington, no kind, in like words"),
    (traces(None, "", words=WORDS), traces(9, "", words=WORDS[1:4]), "both speak of door, faulty, kitchen"),
    (traces(None, words=WORDS, kind="x"), traces(9, words=WORDS[1:4]), "both speak of door, faulty, kitchen"),
    (
        traces(0, "", quotations=("it is a very bleak place",)),
        traces(None, quotations=("a very bleak place",)),
        "the quotation 'a very bleak place'",
    ),
    (
        traces(0, "", title=("doors", "fail", "again")),
        traces(None, "", title=("doors", "fail", "again", "because", "nobody", "paid", "anyone", "repairing")),
        "one's title is the beginning of the other's",
    ),
    (
        traces(0, "", kind="inspection", words=WORDS),
        traces(1, "", kind="inspection/education", words=WORDS[:1]),
        "inspection/education about no one place, 1 days apart",
    ),
    (
        traces(0, "", kind="inspection/education", words=WORDS),
        traces(None, "", kind="inspection/education", words=WORDS[:1]),
        "inspection/education about no one place",
    ),
    (
        traces(0, kind="death", words=WORDS),
        traces(9, "", kind="death:inquest", words=WORDS[:2]),
        "both speak of alarm, door",
    ),
    (
        traces(0, "", kind="statistics", everywhere=True),
        traces(1, "", kind="statistics", everywhere=True),
        "statistics about no one place, 1 days apart",
    ),
    (
        traces(0, "", kind="inspection", words=WORDS),
        traces(1, "", kind="inspection", words=WORDS[:1]),
        "inspection about no one place, 1 days apart",
    ),
    (
        traces(0, quotations=("sheer squalor",)),
        traces(9, quotations=("sheer squalor",)),
        "the quotation 'sheer squalor'",
    ),
    (
        traces(0, "", kind="inspection", everywhere=True, words=WORDS),
        traces(1, "", everywhere=True, words=WORDS[:1]),
        "about no one place, 1 days apart",
    ),
    (
        traces(None, quotations=("in limbo",), words=("limbo", "wait")),
        traces(0, words=("limbo", "plan")),
        "one quotes what the other says: 'in limbo'",
    ),
    (
        traces(None, kind="closure", quotations=("in limbo",), words=("limbo", "wait")),
        traces(None, kind="progress", turn_of=("inspection",), words=("limbo", "plan")),
        "one quotes what the other says: 'in limbo'",
    ),
    (
        traces(0, "", numbers=("2400 searches",)),
        traces(None, "", numbers=("2400 times",)),
        "both have the figure '2400'",
    ),
    (traces(0, words=("fire", "door")), traces(3, words=("door", "roof")), "werrington, 3 days apart"),
    (traces(0, kind="inspection", words=("fire",)), traces(1, words=("ayj",)), "werrington, 1 days apart"),
    (
        traces(None, kind="warning", seldom=True),
        traces(0, kind="warning", seldom=True),
        "werrington, warning, and no other is known",
    ),
]
DIFFERENT = [
    ("two words quoted, and no place", traces(0, "", quotations=("a b",)), traces(0, "", quotations=("a b",))),
    ("two places in one week", traces(0), traces(1, "oakhill")),
    ("an urgent notification, and the report weeks later", traces(0, kind="urgent"), traces(21, kind="inspection")),
    ("a report and its review of progress", traces(0, kind="inspection"), traces(120, kind="progress")),
    ("the same figures, twelve weeks later", traces(0, numbers=("450 staff",)), traces(84, numbers=("450 staff",))),
    ("two inspections", traces(0, dates=(DAY, DAY)), traces(1, dates=(DAY, DAY + timedelta(days=9)))),
    ("last year's and this year's report", traces(0, title=("report", "2025")), traces(None, title=("report", "2026"))),
    ("an undated report and an undated inquest", traces(None, kind="inquest"), traces(None, kind="inspection")),
    ("nothing in common", traces(0, ""), traces(0, "")),
    ("the same short title", traces(0, "", title=("reports",)), traces(1, "", title=("reports",))),
    ("alike, a month apart, and no place", traces(0, "", words=WORDS), traces(20, "", words=WORDS)),
    ("a place, weeks apart, and nothing else", traces(0), traces(20)),
    ("a place, no day, and nothing else", traces(None), traces(0)),
    ("two themes on one day", traces(0, "", kind="report/noise"), traces(0, "", kind="report/heat", title=WORDS)),
    ("a theme, and nothing in common", traces(0, "", kind="report/heat"), traces(None, "", kind="report/heat")),
    ("a page on a death, and an inquest", traces(None, kind="death", words=WORDS), traces(0, kind="death:inquest")),
    ("alike in three words, and no day", traces(None, "", words=WORDS), traces(0, "", words=(*WORDS[2:], *"abcdef"))),
    ("other quotations", traces(0, "", quotations=("a bleak place",)), traces(0, "", quotations=("a fine place",))),
    ("another term", traces(None, since=DAY, words=WORDS), traces(-60, words=WORDS)),
    ("a former term", traces(None, until=DAY, words=WORDS), traces(60, words=WORDS)),
    ("two reports on two days", traces(0, "", kind="inspection"), traces(1, "", kind="inspection", everywhere=True)),
    ("two kindless matters", traces(0, words=("drone", "phone")), traces(1, words=("nurse", "court"))),
    ("a drone, and a report days later", traces(0, words=("drone",)), traces(2, kind="inspection", words=("lesson",))),
    ("a turn, and what says nothing of it", traces(0, kind="riot", turn_of=("x",)), traces(0, words=("governor",))),
    (
        "a place and a kind, and no day",
        traces(None, kind="warning", seldom=True),
        traces(None, kind="warning", seldom=True),
    ),
    (
        "two places and one of them",
        traces(None, kind="w", seldom=True),
        Traces(published=DAY, institutions=("werrington", "x"), kind="w", seldom=True),
    ),
    ("a round figure", traces(0, "", numbers=("2000 searches",)), traces(0, "", numbers=("2000 times",))),
    ("another's quotation", traces(None, quotations=("in limbo",), words=("limbo",)), traces(0, words=("plan",))),
    (
        "a warning's words in the report",
        traces(None, kind="warning", quotations=("no hope",), words=("hope",)),
        traces(None, kind="inspection", words=("hope",)),
    ),
    (
        "a report's words in what comes of it",
        traces(None, kind="inspection", quotations=("no hope",), words=("hope",)),
        traces(None, kind="plan", turn_of=("inspection",), words=("hope",)),
    ),
    ("two terms", traces(None, until=DAY, words=WORDS), traces(None, since=DAY + timedelta(90), words=WORDS)),
]


@pytest.mark.parametrize(("one", "other", "reason"), SAME, ids=[reason for _, _, reason in SAME])
def test_one_event_is_one_story_whichever_comes_first(one: Traces, other: Traces, reason: str) -> None:
    for first, second in ((one, other), (other, one)):
        choice = choose_story(second, [(7, [first])])
        assert choice.story_id == 7
        assert reason in choice.reason


@pytest.mark.parametrize(("why", "one", "other"), DIFFERENT, ids=[why for why, _, _ in DIFFERENT])
def test_two_events_are_never_one_story(why: str, one: Traces, other: Traces) -> None:
    assert same_event(one, other) is None, why
    assert same_event(other, one) is None, why
    assert choose_story(one, [(1, [other])]).story_id is None, why


def test_a_bridge_joins_the_earlier_of_two_and_names_the_other() -> None:
    choice = choose_story(traces(2), [(1, [traces(0)]), (2, [traces(1)])])
    assert (choice.story_id, choice.also) == (1, (2,))


def test_the_surest_sign_wins_over_the_earlier_story() -> None:
    sure = traces(2, dates=(DAY, DAY))
    choice = choose_story(sure, [(1, [traces(0)]), (2, [traces(1, dates=(DAY, DAY))])])
    assert choice.story_id == 2


def test_of_two_stories_of_a_kind_that_comes_seldom_an_entry_without_a_day_joins_neither() -> None:
    told = [(1, [traces(0, kind="warning", seldom=True)]), (2, [traces(400, kind="warning", seldom=True)])]
    assert choose_story(traces(None, kind="warning", seldom=True), told).story_id is None
    assert choose_story(traces(None, kind="warning", seldom=True), told[:1]).story_id == 1


def test_a_kind_that_the_story_was_told_as_is_no_other_event() -> None:
    told = [traces(0, kind="urgent", words=WORDS), traces(1, kind="inspection")]
    assert choose_story(traces(None, kind="urgent", words=WORDS), [(1, told)]).story_id == 1
    assert choose_story(traces(None, kind="death", words=WORDS), [(1, told)]).story_id is None


def test_one_entry_of_another_event_keeps_the_whole_story_apart() -> None:
    known = [traces(0, ""), traces(1, "oakhill")]
    assert choose_story(traces(1, title=("doors",)), [(1, known)]).story_id is None


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("inspection (9-19 october 2023)", (date(2023, 10, 9), date(2023, 10, 19))),
        ("15 april - 2 may 2025", (date(2025, 4, 15), date(2025, 5, 2))),
        ("between 30 december 2023 and 5 january 2024", (date(2023, 12, 30), date(2024, 1, 5))),
        ("from 19 to 9 october 2023", None),
        ("31-32 october 2023, then 9 to 10 march 2024", (date(2024, 3, 9), date(2024, 3, 10))),
        ("9 to 10 people 2024", None),
        ("in october 2023", None),
    ],
)
def test_the_days_of_an_inspection_are_read(text: str, span: tuple[date, date] | None) -> None:
    assert find_dates(text) == span


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://x.example/2024/10/02/slug", date(2024, 10, 2)),
        ("https://x.example/2024-10-02/slug", date(2024, 10, 2)),
        ("https://x.example/2007/jul/04/slug", date(2007, 7, 4)),
        ("https://x.example/2017/04/", date(2017, 4, 15)),
        ("https://x.example/2017/44/", None),
        ("https://x.example/news", None),
    ],
)
def test_an_address_may_tell_the_day(url: str, day: date | None) -> None:
    assert find_day(url) == day


def test_an_entry_leaves_its_traces(matcher: Matcher) -> None:
    entry = entry_with(
        "HMYOI Werrington – 'a place without hope at all', inspectors say in 2026",
        "They counted 583 conflicts after the 2025 report, 22 hours a day, 12 lessons. "
        '"Staff did not know the boys", a "shocking squalor", a "young prison" (9-19 March 2026).',
    )
    found = matcher.trace(entry, matcher.judge(entry))
    assert (found.published, found.institutions, found.kind) == (TODAY.date(), ("werrington",), "inspection")
    assert found.dates == (date(2026, 3, 9), date(2026, 3, 19))
    assert found.numbers == ("583 conflicts",)
    assert found.quotations == ("a place without hope at all", "staff did not know the boys", "shocking squalor")
    assert "2026" in found.title
    assert {"hope", "conflict"} <= set(found.words)
    assert "werrington" not in found.words


@pytest.mark.parametrize(
    ("text", "title", "since", "until"),
    [
        ("nothing at all", (), None, None),
        ("in 2019 and in 2015, and by 2027", (), date(2019, 1, 1), None),
        ("ann lee said so", (), date(2010, 7, 15), date(2016, 1, 31)),
        ("bo day said so", (), date(2020, 1, 1), None),
        ("the former inspector ann lee", (), date(2010, 7, 15), None),
        ("ann lee said so in 2019", (), date(2019, 1, 1), None),
        ("a report of 2018", ("2018",), date(2018, 1, 1), date(2020, 12, 31)),
    ],
)
def test_an_undated_text_is_dated_by_years_and_by_who_is_in_office(
    text: str, title: tuple[str, ...], since: date | None, until: date | None
) -> None:
    ann = Official(name="Ann Lee", since=date(2010, 7, 15), until=date(2016, 1, 31))
    officials = (ann, Official(name="Bo Day", since=date(2020, 1, 1)))
    assert Writing(officials).span(text, title, None) == (since, until)


def test_a_report_comes_within_a_year_of_its_days() -> None:
    assert Writing(()).span("", (), (DAY, DAY)) == (DAY, DAY + timedelta(days=365))
    assert Writing(()).span("", (), (date.max, date.max)) == (date.max, None)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://x.example/news/doors-fail-again-today-123/", ("doors", "fail", "again", "today")),
        ("https://x.example/news/reports", ()),
        ("http://[odd/", ()),
        ("", ()),
    ],
)
def test_an_address_may_keep_a_headline(url: str, found: tuple[str, ...]) -> None:
    assert slug_words(url) == found


def test_an_entry_without_a_date_is_of_the_day_on_which_it_was_first_seen(matcher: Matcher) -> None:
    entry = entry_with("HMYOI Werrington inspected, Charlie Taylor says", published_at=None)
    verdict = matcher.judge(entry)
    assert matcher.trace(entry, verdict, DAY).published == DAY
    assert (matcher.trace(entry, verdict, DAY).since, matcher.trace(entry, verdict).since) == (None, date(2020, 11, 1))
    dated = entry_with(entry.title)
    assert matcher.trace(dated, verdict, DAY).published == TODAY.date()


def test_a_review_that_is_announced_and_what_it_finds_are_two_kinds(matcher: Matcher) -> None:
    begun = entry_with("A baroness to lead independent review into girls in custody")
    found = entry_with("Girls in custody: the review and its recommendations")
    kinds = [matcher.trace(entry, matcher.judge(entry)).kind for entry in (begun, found)]
    assert kinds == ["review_begun", "review_found"]


NEVER = [
    (
        "an urgent notification, and the full report",
        ("Urgent notification for HMYOI Cookham Wood: violence, weapons, boys locked up", None),
        ("HMYOI Cookham Wood: inspection finds violence, weapons, boys locked up", None),
    ),
    (
        "the same figures twelve weeks later",
        ("Urgent notification for HMYOI Cookham Wood: 450 staff, hundreds of weapons", date(2023, 4, 25)),
        ("HMYOI Cookham Wood: 450 staff, hundreds of weapons, inspection finds", date(2023, 7, 18)),
    ),
    (
        "a report, and its review of progress",
        ("HMYOI Wetherby: inspectors find workshops without teachers or tools", None),
        ("HMYOI Wetherby: independent review of progress finds workshops without teachers or tools", None),
    ),
    (
        "two years of a monitoring board",
        ("HMYOI Werrington: Independent Monitoring Board annual report 2018/19", None),
        ("HMYOI Werrington: Independent Monitoring Board annual report 2020/21", None),
    ),
    (
        "a monitoring board twice",
        ("HMYOI Werrington: Independent Monitoring Board publishes annual report", None),
        ("HMYOI Werrington: annual report of the Independent Monitoring Board", None),
    ),
    (
        "the same title next year",
        ("Children in custody: annual survey published by HM Inspectorate of Prisons", date(2023, 11, 14)),
        ("Children in custody: annual survey published by HM Inspectorate of Prisons", date(2024, 11, 12)),
    ),
    (
        "two places that nobody names, in one week",
        ("Inspectors find boys at young offender institution too frightened to come out", date(2025, 7, 28)),
        ("Inspectors find drugs and misconduct at secure training centre for children", date(2025, 7, 29)),
    ),
    (
        "two deaths that nobody names",
        ("Boy, 16, dies at young offender institution", date(2025, 7, 28)),
        ("Teenager, 17, found dead in cell at youth jail", date(2025, 7, 29)),
    ),
    (
        "two chief inspectors",
        ("HMYOI Feltham inspected: workshops and kitchens without tools, Nick Hardwick says", None),
        ("HMYOI Feltham inspected: workshops and kitchens without tools, Peter Clarke says", None),
    ),
    (
        "two inspections by their days",
        ("Report on an unannounced inspection of HMYOI Wetherby 12-23 January 2015", None),
        ("Report on an unannounced inspection of HMYOI Wetherby 4-15 March 2019", None),
    ),
    (
        "what is good at a place, twice",
        ("HMYOI Parc: inspectors praise family work", None),
        ("HMYOI Parc: inspectors praise family work but warn about gangs and staff shortages", None),
    ),
]


@pytest.mark.parametrize(("why", "one", "other"), NEVER, ids=[why for why, _, _ in NEVER])
def test_what_an_editor_keeps_apart_stays_apart(
    matcher: Matcher, why: str, one: tuple[str, date | None], other: tuple[str, date | None]
) -> None:
    told = []
    for title, day in (one, other):
        entry = entry_with(title, published_at=datetime.combine(day, time(), UTC) if day else None)
        told.append(matcher.trace(entry, matcher.judge(entry)))
    assert same_event(*told) is None, why
    assert choose_story(told[0], [(1, [told[1]])]).story_id is None, why


def test_reports_on_all_places_within_a_day_are_one_story(matcher: Matcher) -> None:
    first = entry_with("Chief inspector: children's jails are not safe")
    second = entry_with("Not one youth jail is safe for children, chief inspector of prisons warns")
    sign = same_event(*(matcher.trace(one, matcher.judge(one)) for one in (first, second)))
    assert sign is not None
    assert sign.reason == "inspection about no one place, 0 days apart"
