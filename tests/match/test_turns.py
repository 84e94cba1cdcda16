"""A turn of events (a response, a departure, a judgment, a closure) is a story of its own that follows the first."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.match import Matcher
from bot.match.cluster import choose_story
from bot.model.story import Traces
from tests.match.conftest import entry_with
from tests.match.test_cluster import traces

FIRST = "HMYOI Werrington: inspectors find boys too frightened to leave their cells"
TURNS = [
    "HMYOI Werrington: government responds to inspection",
    "Action plan: HMYOI Werrington",
    "Governor of HMYOI Werrington resigns after damning inspection",
    "HMYOI Werrington to close after damning inspection",
    "Boys to be moved from HMYOI Werrington",
    "High Court ruled treatment of boys at HMYOI Werrington unlawful",
    "HMYOI Werrington: independent review of progress",
    "HMYOI Werrington: Independent Monitoring Board publishes annual report",
    "Boy dies at HMYOI Werrington",
    "Disturbance at HMYOI Werrington: specialist officers called",
    "Prison officer charged over attack on boy at HMYOI Werrington",
    "No new boys to be sent to HMYOI Werrington",
    "Firm loses contract to run HMYOI Werrington",
    "Teachers walk out at HMYOI Werrington",
    "MPs condemn failures at HMYOI Werrington",
    "HMYOI Werrington: monitoring visit finds little change",
]
NO_TURNS = [
    "HMYOI Werrington 'failing boys', chief inspector of prisons says",
    "Charity responds to inspection of HMYOI Werrington",
    "HMYOI Werrington: what inspectors found",
]


def traced(matcher: Matcher, title: str, days: int) -> Traces:
    entry = entry_with(title, published_at=datetime(2026, 7, 28, tzinfo=UTC) + timedelta(days=days))
    return matcher.trace(entry, matcher.judge(entry))


@pytest.mark.parametrize("days", [0, 3, 40])
@pytest.mark.parametrize("title", TURNS)
def test_a_turn_begins_a_story_that_follows_the_first(matcher: Matcher, title: str, days: int) -> None:
    first, turn = traced(matcher, FIRST, 0), traced(matcher, title, days)
    choice = choose_story(turn, [(7, [first])])
    assert (choice.story_id, choice.follows) == (None, 7), turn
    assert "a new turn" in choice.reason


@pytest.mark.parametrize("title", NO_TURNS)
def test_one_more_voice_on_the_same_days_joins_the_story(matcher: Matcher, title: str) -> None:
    choice = choose_story(traced(matcher, title, 2), [(7, [traced(matcher, FIRST, 0)])])
    assert (choice.story_id, choice.follows) == (7, None)


def test_a_second_outlet_on_the_turn_joins_the_turn(matcher: Matcher) -> None:
    stories = [(1, [traced(matcher, FIRST, 0)]), (2, [traced(matcher, "HMYOI Werrington to close", 3)])]
    assert (
        choose_story(traced(matcher, "Werrington young offender institution will be closed", 4), stories).story_id == 2
    )


ONE_WARNING = [
    "Urgent notification issued at Oakhill secure training centre",
    "Letter to the Secretary of State about Oakhill secure training centre",
    "Watchdogs wrote to the justice secretary about Oakhill secure training centre",
    "Oakhill secure training centre put on notice by inspectors",
    "Inspectors demand urgent action at Oakhill secure training centre",
    "Government promises urgent reforms at Oakhill secure training centre after inspection",
    "Minister urged to act on Oakhill secure training centre after another report",
]


@pytest.mark.parametrize("title", ONE_WARNING)
def test_a_letter_to_the_minister_and_what_asks_him_to_act_are_the_urgent_notification(
    matcher: Matcher, title: str
) -> None:
    stories = [(1, [traced(matcher, ONE_WARNING[0], 0)]), (2, [traced(matcher, f"Inspection: {FIRST}", 0)])]
    assert choose_story(traced(matcher, title, 21), stories).story_id == 1
    undated = matcher.trace(entry := entry_with(title, published_at=None), matcher.judge(entry))
    assert choose_story(undated, stories).story_id == 1


def test_the_full_report_that_names_the_urgent_notification_is_no_part_of_it(matcher: Matcher) -> None:
    told = traced(matcher, "Full inspection report on Oakhill secure training centre follows urgent notification", 20)
    assert choose_story(told, [(1, [traced(matcher, ONE_WARNING[0], 0)])]).story_id is None


def test_an_inquest_follows_the_death(matcher: Matcher) -> None:
    death = traced(matcher, "Boy dies at HMYOI Werrington", 0)
    choice = choose_story(traced(matcher, "Inquest opens into death at HMYOI Werrington", 60), [(7, [death])])
    assert (choice.story_id, choice.follows) == (None, 7)


TURN = traces(5, kind="closure", turn_of=("inspection",))


@pytest.mark.parametrize(
    ("why", "turn", "known"),
    [
        ("another place", TURN, traces(0, "oakhill", kind="inspection")),
        ("too long ago", TURN, traces(-130, kind="inspection")),
        ("a later story", TURN, traces(9, kind="inspection")),
        ("a kind that it does not come of", TURN, traces(0, kind="statistics")),
        ("no day", traces(None, kind="closure", turn_of=("inspection",)), traces(0, kind="inspection")),
        ("the story has no day", TURN, traces(None, kind="inspection")),
        ("no place, and nothing in common", TURN, traces(0, "", kind="inspection")),
        ("no turn", traces(50, kind="closure"), traces(0, kind="inspection")),
    ],
)
def test_what_follows_nothing_begins_alone(why: str, turn: Traces, known: Traces) -> None:
    choice = choose_story(turn, [(7, [known])])
    assert (choice.story_id, choice.follows, choice.reason) == (None, None, "the first to tell it"), why


def test_a_turn_follows_the_last_story_that_it_may_come_of() -> None:
    stories = [(1, [traces(-90, kind="inspection")]), (2, [traces(0, kind="inspection")]), (3, [traces(1, "oakhill")])]
    assert choose_story(TURN, stories).follows == 2


def test_a_turn_that_names_no_place_follows_by_its_words() -> None:
    known = traces(0, "", kind="inspection", numbers=("583 conflicts",))
    turn = traces(5, "", kind="closure", turn_of=("inspection",), numbers=("583 conflicts",))
    assert choose_story(turn, [(7, [known])]).follows == 7
