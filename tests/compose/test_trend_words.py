"""What the pictures of /trend show, and the words that say the same."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.campaign import load_pack
from bot.campaign.history import Inspection, load_history
from bot.campaign.pack import Institution
from bot.campaign.population import Count, Period, Series, Source, load_population
from bot.compose.inline import compose_offer, shorten
from bot.compose.inspections import change_of, is_graded, merge_inspections
from bot.compose.tables import Graded, choose_rows, compose_inspections, compose_places
from bot.compose.text import CAPTION, visible_length, visible_text
from bot.compose.timeline import Event, compose_timeline, merge_events, stories_for
from bot.compose.trend import compose_series, extremes
from bot.compose.wording import LOCALES, Wording
from bot.model.chart import GradeTable, SeriesChart
from bot.model.finding import Direction, Finding, Grade, Grades
from bot.model.story import Told

WORDING = Wording.load("en")
EVERY = load_population()
SOURCE = Source(name="Somebody & Co", url="https://s.example/a")
PLACE = Institution(id="here", name="HMYOI Here", type="under-18 YOI", nation="England")
POOR, GOOD = Grades(safety=Grade.POOR), Grades(safety=Grade.GOOD, care=Grade.GOOD)
DAY = datetime(2026, 11, 25, 12, tzinfo=UTC)
TOLD = Told(title="A report", url="https://s.example/r", source="S", published_at=DAY, first_seen_at=DAY)


def inspection(year: int, grades: Grades = POOR, month: int = 12) -> Inspection:
    return Inspection(
        institution="here", year=year, last=date(year, month, 1), grades=grades, sources=(f"https://s.example/{year}",)
    )


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("series", EVERY, ids=lambda one: one.id)
def test_each_series_of_the_pack_stands_alone_with_its_source_and_last_day(series: Series, language: str) -> None:
    wording = Wording.load(language)
    shown = compose_series(series, EVERY, wording)
    text, chart = visible_text(shown.message.text), shown.chart
    assert isinstance(chart, SeriesChart)
    assert visible_length(shown.message.text) <= CAPTION
    assert all(source.url in shown.message.text for source in series.sources)
    others = [count.value for one in EVERY if one is not series for count in (*one.counts, *one.averages)]
    mine = {count.value for count in (*series.counts, *series.averages)}
    assert not [value for value in others if value not in mine and f"{value:,}" in text]
    assert {mark.value for mark in chart.marks} - {None} == {count.value for count in series.counts}
    assert len(shown.message.buttons) == len(EVERY)


def test_months_make_a_line_and_years_stand_apart_with_room_for_what_is_not_known() -> None:
    joined = {one.id: compose_series(one, EVERY, WORDING).chart for one in EVERY}
    assert [isinstance(chart, SeriesChart) and chart.joined for chart in joined.values()] == [True, False, False]
    years = joined["headline"]
    assert isinstance(years, SeriesChart)
    assert [(mark.label, mark.words) for mark in years.marks][:2] == [
        ("2021/22", "around 450"),
        ("2022/23", "not known"),
    ]


def test_a_series_without_averages_or_note_says_what_it_has() -> None:
    counts = tuple(Count(period=Period(year=2020, month=month), value=month % 4) for month in range(1, 8))
    bare = Series(id="headline", counts=counts, sources=(SOURCE,))
    assert extremes(bare) == (counts[2], counts[3], counts[-1])
    text = compose_series(bare, [bare], WORDING).message.text
    assert "Highest: 3 (March 2020). Lowest: 0 (April 2020). Last: 3 (July 2020)." in text
    assert '<a href="https://s.example/a">Somebody &amp; Co</a>' in text
    assert "Average of a year" not in text


def test_a_published_report_stands_for_the_records_of_the_same_inspection() -> None:
    parted = Finding(
        title="", institutions=("here",), grades=GOOD, inspection_dates=(date(2025, 4, 1), date(2025, 4, 9))
    )
    own = replace(TOLD, institutions=("here",), grades=POOR, inspection_dates=(date(2024, 3, 1), date(2024, 3, 9)))
    elsewhere = replace(own, institutions=("here", "there"))
    ungraded = replace(own, grades=Grades())
    digest = replace(TOLD, institutions=("here", "there"), parts=(parted, replace(parted, institutions=("there",))))
    records = [
        inspection(2025),
        inspection(2024, GOOD, month=1),
        inspection(2019),
        replace(inspection(2020), institution="there"),
    ]
    invented = replace(own, sample=True, inspection_dates=(date(2026, 3, 1), date(2026, 3, 9)))
    found = merge_inspections("here", records, [invented, own, elsewhere, ungraded, digest])
    assert [(one.last, one.grades) for one in found] == [
        (date(2025, 4, 9), GOOD),
        (date(2024, 3, 9), POOR),
        (date(2024, 1, 1), GOOD),
        (date(2019, 12, 1), POOR),
    ]
    assert change_of("safety", found[0], found[1]) is Direction.BETTER
    assert change_of("care", found[0], found[1]) is None
    assert change_of("safety", found[0], None) is None


def test_a_table_and_its_caption_say_the_same_and_nothing_by_colour_alone() -> None:
    graded = Graded(PLACE, [inspection(2025, Grades()), inspection(2023, POOR), inspection(2020, GOOD)])
    shown = compose_places([graded, Graded(PLACE, [])], WORDING, ())
    assert isinstance(shown.chart, GradeTable)
    (row,) = shown.chart.rows
    assert (row.name, row.note) == ("Here", "2023; 2025 not known")
    assert [(cell.grade, cell.words, cell.sign) for cell in row.cells][:2] == [
        (1, "poor", "↓"),
        (None, "not known", ""),
    ]
    text = visible_text(shown.message.text)
    assert "HMYOI Here (2023; those of 2025 are not known here): Safety poor (worse)." in text
    assert 'href="https://s.example/2023"' in shown.message.text
    assert compose_places([], WORDING, ()).chart is None


def test_a_places_inspections_are_named_by_month_where_two_were_in_one_year() -> None:
    every = [inspection(2019, GOOD, 7), inspection(2019, POOR, 1), inspection(2018, Grades())]
    shown = compose_inspections(Graded(PLACE, every), WORDING, ())
    assert isinstance(shown.chart, GradeTable)
    assert [row.name for row in shown.chart.rows] == ["July 2019", "January 2019", "2018"]
    assert "July 2019: Safety good (better); Care good." in visible_text(shown.message.text)
    assert "2018: not known here." in visible_text(shown.message.text)
    none = compose_inspections(Graded(PLACE, [inspection(2018, Grades())]), WORDING, ())
    assert none.chart is None
    assert "no grades of the inspectorate" in none.message.text


@pytest.mark.parametrize("language", LOCALES)
def test_picture_and_caption_show_as_many_rows_as_a_caption_holds(language: str) -> None:
    wording, full = (
        Wording.load(language),
        Grades(**dict.fromkeys(("safety", "care", "purposeful_activity", "resettlement"), Grade.NOT_SUFFICIENTLY_GOOD)),
    )
    shown = compose_inspections(Graded(PLACE, [inspection(year, full) for year in range(2025, 2000, -1)]), wording, ())
    assert isinstance(shown.chart, GradeTable)
    assert visible_length(shown.message.text) <= CAPTION
    assert 2 < len(shown.chart.rows) < 8
    assert all(row.name in shown.message.text for row in shown.chart.rows)
    huge = compose_places([Graded(replace(PLACE, name="n" * 2000), [inspection(2020)])], wording, ())
    assert isinstance(huge.chart, GradeTable)
    assert len(huge.chart.rows) == 1


def test_places_that_hold_children_come_first_and_ungraded_ones_not_at_all() -> None:
    pack, graded = load_pack(), {one.institution for one in load_history() if is_graded(one)}
    rows = choose_rows(pack.institutions, graded, date(2026, 11, 25))
    assert {one.id for one in rows} == graded
    closed = [one.until is not None for one in rows]
    assert closed == sorted(closed)


def test_a_timeline_keeps_the_order_of_days_over_all_its_pages() -> None:
    stories = [replace(TOLD, title=f"S{n}", published_at=datetime(2026 - n // 3, 6, 1, tzinfo=UTC)) for n in range(33)]
    history = [inspection(year) for year in range(2026, 2014, -2)]
    shown: list[Event] = []
    for page in range(5):
        limit, offset = stories_for(page, len(history))
        events = merge_events(page, stories[offset : offset + limit], offset, history)
        assert len(events) <= 11
        shown += events[:10]
    assert len(shown) == 39
    assert [one for one in shown if isinstance(one, Told)] == stories
    days = [one.last if isinstance(one, Inspection) else one.dated_at.date() for one in shown]
    assert days == sorted(days, reverse=True)
    first = compose_timeline("here", shown[:11], WORDING, WORDING("page-none"), 0)
    assert "<b>Inspection</b>, 2026: Safety poor" in first.text
    assert [button.action for button in first.buttons[0]] == ["line:1:here"]
    assert compose_timeline("here", [], WORDING, WORDING("page-none"), 0).buttons == ()


def test_an_offer_has_a_title_in_one_line_and_a_message_with_the_source() -> None:
    offer = compose_offer(replace(TOLD, title="A  title\nin lines", summary=("They said so.",)), WORDING, str)
    assert (offer.title, offer.description) == ("A title in lines", "S, 25 November 2026")
    assert "They said so." in offer.message.text
    assert offer.message.buttons[0][0].url == "https://s.example/r"
    long = compose_offer(replace(TOLD, summary=("word " * 400 + "end.",)), WORDING, str)
    assert "A report" in long.message.text
    assert (shorten("", 5), shorten("abcdefgh", 5)) == ("?", "abcd…")
