import pytest

from bot.flows.choosing import find_change
from bot.model.draft import Audience, Draft, Link, Start
from tests.builders import NOON

TOPICS = ["topic:restraint", "topic:isolation"]
BEFORE = Draft(
    links=(Link("Go", "https://example.org"),),
    options=("Yes", "No"),
    audience=Audience(follows=("topic:isolation",), rested_days=7),
    expires_at=NOON,
    start=Start.AT,
    start_at=NOON,
)


@pytest.mark.parametrize(
    ("what", "argument", "changed"),
    [
        ("share", "on", {"share": True}),
        ("done", "on", {"done": False}),
        ("clear", "", {"links": (), "options": ()}),
        ("hours", "24", {"hours": 24, "expires_at": None}),
        ("start", "waking", {"start": Start.WAKING, "start_at": None}),
        ("everybody", "", {"audience": Audience()}),
        ("topic", "0", {"audience": Audience(follows=("topic:isolation", "topic:restraint"), rested_days=7)}),
        ("topic", "1", {"audience": Audience(rested_days=7)}),
        ("lang", "cy", {"audience": Audience(follows=("topic:isolation",), languages=("cy",), rested_days=7)}),
        ("rested", "", {"audience": Audience(follows=("topic:isolation",))}),
        ("test", "", {"audience": Audience(follows=("topic:isolation",), rested_days=7, test_group=True)}),
    ],
)
def test_a_press_changes_what_it_says_and_nothing_else(what: str, argument: str, changed: dict[str, object]) -> None:
    change = find_change(what, argument, TOPICS)
    assert change is not None
    after = change(BEFORE)
    kept = {name: getattr(BEFORE, name) for name in ("attachment", "others", "links", "share", "hours", "start")}
    assert {name: getattr(after, name) for name in {**kept, **changed}} == {**kept, **changed}


@pytest.mark.parametrize(
    ("what", "argument"),
    [("topic", "2"), ("topic", "x"), ("lang", "fr"), ("hours", "0"), ("hours", "9999"), ("start", "at"), ("no", "")],
)
def test_a_button_that_we_never_made_changes_nothing(what: str, argument: str) -> None:
    assert find_change(what, argument, TOPICS) is None


def test_done_counts_where_no_question_is_asked() -> None:
    change = find_change("done", "on", [])
    assert change is not None
    assert change(Draft()).done
