from datetime import date, timedelta

import pytest

from bot.compose.state import Condition, compose_problems, problem_lines, program_lines
from bot.compose.stats import compose_effect, compose_list, compose_overview, compose_text, duration, list_plots
from bot.compose.text import visible_text
from bot.compose.wording import Wording
from bot.model.amendment import SentMessage
from bot.model.delivery import MessageKind
from bot.model.plots import GrowthPlot, MovesPlot, SpansPlot
from bot.model.statistics import Day, Effect, Statistics, Times, share
from tests.builders import NOON

WORDING = Wording.load("en")
DAY = date(2026, 11, 25)


def a_message(**changes: object) -> SentMessage:
    values = {
        "id": 7,
        "kind": MessageKind.ALERT,
        "title": "HMYOI Werrington: a report",
        "words": "",
        "created_at": NOON,
        "story_id": 3,
        "sent": 1,
    }
    return SentMessage(**{**values, **changes})  # type: ignore[arg-type]


def statistics(**changes: object) -> Statistics:
    sources = {"": 300, "leaflet": 40, "poster": 3, "stall": 4}
    values = {
        "sources": share(sources),
        "languages": share({"en": 337, "cy": 10}),
        "days": [Day(DAY - timedelta(days=29), {"": 280, "leaflet": 3}), Day(DAY, sources)],
        "effects": [Effect(message=a_message(), joined=12, times=Times(copies=20, p50=42.0, p95=420.0))],
        "times": Times(copies=20, p50=42.0, p95=7200.0),
        "done": 11,
    }
    return Statistics(**{**values, **changes})  # type: ignore[arg-type]


def test_the_overview_tells_people_sources_times_and_actions_and_nothing_under_ten() -> None:
    told = visible_text(compose_overview(statistics(), WORDING).text)
    assert "Subscribers: 347." in told
    assert "29 days ago there were 283." in told
    assert "How they came: without a link 300, others together 47." in told
    assert "Languages: en 337, cy 10." in told
    assert "within 42 s of being detected, 95 of 100 within 2 h" in told
    assert "asked: 11. People who had an answer from their MP: fewer than ten." in told


def test_of_few_people_nothing_is_told() -> None:
    few = statistics(
        sources=share({"": 9}), languages=share({"en": 9}), days=[Day(DAY, {"": 9})], effects=[], times=None
    )
    message = compose_overview(few, WORDING)
    assert "fewer than ten, so nothing is told of them" in message.text
    assert "No delivery times yet." in message.text
    assert message.buttons == ()
    absorbed = compose_overview(statistics(sources=share({"": 9, "leaflet": 8})), WORDING)
    assert "How they came" not in absorbed.text
    assert list_plots(few, WORDING) == []
    assert "Message by message" not in compose_text(few, WORDING)


@pytest.mark.parametrize(("before", "told"), [(340, "about as many"), (300, "there were 300"), (5, None)])
def test_a_small_change_is_not_told(before: int, told: str | None) -> None:
    days = [Day(DAY - timedelta(days=20), {"": before}), Day(DAY, {"": 347})]
    text = compose_overview(statistics(days=days), WORDING).text
    assert ("20 days ago" in text) == (told is not None)
    assert told is None or told in text
    assert "days ago" not in compose_overview(statistics(days=[]), WORDING).text


def test_every_plot_says_the_same_in_words() -> None:
    (growth, grown), (moves, moved), (spans, took) = list_plots(statistics(), WORDING)
    assert isinstance(growth, GrowthPlot)
    assert [(line.name, line.points[-1][1]) for line in growth.lines] == [("in all", 347), ("without a link", 300)]
    assert visible_text(grown).splitlines()[1:3] == ["27 October 2026: 283", "25 November 2026: 347"]
    assert isinstance(moves, MovesPlot)
    assert (moves.rows[0].up_words, moves.rows[0].down_words) == ("12", "under 10")
    assert "a report: 12 joined, fewer than ten left" in moved
    assert isinstance(spans, SpansPlot)
    assert spans.rows[0].words == "42 s – 7 min"
    assert "half within 42 s, 95 of 100 within 7 min" in took
    assert "Subscribers over time" in compose_text(statistics(), WORDING)
    untimed = statistics(effects=[Effect(message=a_message())])
    assert not any(isinstance(plot, SpansPlot) for plot, _ in list_plots(untimed, WORDING))
    (_, words), *_ = list_plots(
        statistics(days=[Day(DAY, {"": 4, "a": 8}), Day(DAY + timedelta(1), {"": 5, "a": 9})]), WORDING
    )
    assert "How they came" not in words


def test_days_that_differ_by_a_few_people_are_not_told_beside_one_another() -> None:
    numbers = [300, 304, 320, 316, 347]
    days = [Day(DAY - timedelta(days=4 - place), {"": number}) for place, number in enumerate(numbers)]
    (_, grown), *_ = list_plots(statistics(days=days), WORDING)
    told = [line.partition(": ")[2] for line in visible_text(grown).splitlines()[1:6]]
    near = "nearly as many as on another of these days"
    assert told == [near, "304", near, "316", "347"]


def test_a_corrected_broadcast_keeps_its_name() -> None:
    words = "<b>Correction by the campaign:</b> <i>Not today.</i>\n\nWrite to your MP"
    told = compose_effect(Effect(message=a_message(title="", words=words, corrected_at=NOON)), WORDING).text
    assert "“Write to your MP”" in told


def test_one_message_tells_what_came_of_it() -> None:
    effect = Effect(
        message=a_message(title="", words="Write to <b>your MP</b>", withdrawn_at=NOON, corrected_at=NOON, waiting=2),
        sent=12,
        left=10,
        times=Times(copies=20, p50=0.0, p95=90_000.0),
        marks={"done": 12, "refused": None},
        replied=10,
        asked=True,
    )
    told = visible_text(compose_effect(effect, WORDING).text)
    assert "Message 7, 25 November 2026: “Write to your MP”" in told
    assert "Copies delivered: 12. On their way: fewer than ten." in told
    assert "within 0 s, 95 of 100 within a day" in told
    assert "fewer than ten joined and 10 left" in told
    assert "What people pressed: done: 12, refused: fewer than ten." in told
    assert "Answered by their MP: 10." in told
    assert "withdrawn on" in told
    assert "corrected on" in told
    assert "asked for nothing" in compose_effect(Effect(message=a_message()), WORDING).text


def test_messages_come_a_page_at_a_time() -> None:
    many = compose_list([a_message(id=number) for number in range(9)], 1, WORDING)
    assert len(many.buttons) == 9
    assert [button.action for button in many.buttons[-1]] == ["stats:0", "stats:2"]
    assert compose_list([a_message()], 0, WORDING).buttons[0][0].action == "stats:m:7"
    assert "Nothing has been sent" in compose_list([], 0, WORDING).text


def test_a_time_is_told_in_the_largest_unit_that_fits() -> None:
    assert [duration(one, WORDING) for one in (0, 0.4, 59, 60, 3600, 86400 * 2)] == [
        "0 s", "1 s", "59 s", "1 min", "1 h", "2 days"
    ]  # fmt: skip


def test_what_is_wrong_is_told_first_and_counted() -> None:
    ill = Condition(
        now=NOON,
        version="1",
        polled_at=NOON - timedelta(hours=3),
        due_at=NOON - timedelta(minutes=20),
        failures={"poll": "OSError", "publish": None},
    )
    told = [visible_text(line) for line in compose_problems(problem_lines(ill, WORDING), WORDING)]
    assert told == [
        "3 things are wrong:",
        "• The oldest message that is due has waited for 20 min.",
        "• No feed has been read for 3 h.",
        "• The “poll” part fails: OSError. The log says more.",
    ]
    held = Condition(
        now=NOON,
        version="1",
        due_at=NOON - timedelta(hours=2),
        frozen_at=NOON,
        frozen_by=2001,
        held_as_gone=True,
        paused_until=NOON,
        share=0.7,
    )
    told = [visible_text(line) for line in problem_lines(held, WORDING)]
    assert [line[:21] for line in told] == [
        "All bulk sending was ",
        "Sending waits for org",
        "Telegram asked for pa",
        "Bulk sending goes at ",
    ]
    assert compose_problems([], WORDING) == [WORDING("state-well")]


def test_the_program_tells_its_queue_rates_and_age() -> None:
    young = Condition(now=NOON, version="1", due_at=NOON + timedelta(hours=1), late=True)
    assert [visible_text(line) for line in program_lines(young, WORDING)] == [
        "Sent in the last minute: 0. Rate: at most 25 a second.",
        "At work on deliveries now: nobody.",
        "Version 1. Database: 1 MB.",
    ]
    old = Condition(
        now=NOON, version="1", due_at=NOON - timedelta(seconds=9), share=0.5, started_at=NOON - timedelta(days=3)
    )
    told = [visible_text(line) for line in program_lines(old, WORDING)]
    assert told[0] == "The oldest has been due for 9 s."
    assert told[1].endswith("now 50 % of it.")
    assert "running for 3 days" in told[-1]
