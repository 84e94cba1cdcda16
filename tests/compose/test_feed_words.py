from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.compose import Wording, visible_length
from bot.compose.adding import compose_added, compose_known, compose_several, compose_tried
from bot.compose.feed_words import (
    REASON_LIMIT,
    ago,
    compose_feed_notice,
    compose_feeds_notice,
    failed_trial_lines,
    trial_lines,
)
from bot.compose.feeds import PAGE, compose_card, compose_list, compose_removal, compose_removed
from bot.compose.text import LIMIT, visible_text
from bot.model.feed import Candidate, FeedDraft, FeedKind, FeedState, Rhythm, Trial
from bot.model.health import Notice, Trouble
from bot.model.message import Message
from tests.builders import NOON, a_feed, a_feed_spec

DAY = timedelta(days=1)
RHYTHM = Rhythm(usual=2 * DAY, long=7 * DAY)
wording = Wording.load("en")


def well(name: str = "Inspectorate", **changes: object) -> FeedState:
    """A feed that answered a quarter of an hour ago."""
    spec = a_feed_spec(name=name, enabled=changes.pop("enabled", True))
    return a_feed(spec=spec, **{"last_success_at": NOON - timedelta(minutes=15), **changes})


def failing(**changes: object) -> FeedState:
    """A feed that has failed since yesterday."""
    values: dict[str, Any] = {
        "failing_since": NOON - DAY,
        "failures": 7,
        "failure": "there is <nothing> at this address (404)",
    }
    return well(**{**values, "last_success_at": NOON - 2 * DAY, "last_polled_at": NOON, **changes})


def stuck(**changes: object) -> FeedState:
    """A feed whose copy is a month old."""
    month: dict[str, Any] = {"last_entry_at": NOON - 30 * DAY, "last_change_at": NOON - 30 * DAY}
    return well(**{"rhythm": RHYTHM, **month, **changes})


def row(feed: FeedState) -> str:
    """How the list shows it."""
    return visible_text(compose_list([feed], 0, NOON, wording).text).split("\n\n")[1]


def labels(message: Message) -> list[list[str]]:
    """A message's buttons by row."""
    return [[button.label for button in line] for line in message.buttons]


def actions(message: Message) -> list[str]:
    """What its buttons send."""
    return [button.action or "" for line in message.buttons for button in line]


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        (well(), "1. Inspectorate: well, answered 15 minutes ago."),
        (well(last_success_at=None), "1. Inspectorate: not polled yet."),
        (well(enabled=False), "1. Inspectorate: paused."),
        (
            failing(),
            (
                "1. Inspectorate: fails, 7 times since 24 November 2026, 12:00: "
                "there is <nothing> at this address (404). It last answered 2 days ago."
            ),
        ),
        (
            failing(failures=1, failing_since=NOON - timedelta(hours=3), last_success_at=None, failure=None),
            "1. Inspectorate: failed once, 3 hours ago: ?. It has never answered.",
        ),
        (
            failing(gone=True, failure="its publisher says so."),
            "1. Inspectorate: has ended: its publisher says so. It last answered 2 days ago.",
        ),
        (
            stuck(last_change_at=NOON - DAY),
            "1. Inspectorate: well, answered 15 minutes ago. Unusually silent: nothing new since 26 October 2026.",
        ),
        (
            stuck(),
            (
                "1. Inspectorate: well, answered 15 minutes ago. "
                "The same copy for too long: unchanged since 26 October 2026."
            ),
        ),
        (
            stuck(last_change_at=None),
            (
                "1. Inspectorate: well, answered 15 minutes ago. "
                "The same copy for too long: unchanged for as long as the bot has polled it."
            ),
        ),
        # Whether it is silent, nobody knows before it has answered again.
        (stuck(last_success_at=NOON - 3 * DAY), "1. Inspectorate: well, answered 3 days ago."),
    ],
)
def test_a_feeds_state_is_told_in_words(feed: FeedState, words: str) -> None:
    assert row(feed) == words


def test_an_empty_list_says_how_to_add_one() -> None:
    told = compose_list([], 0, NOON, wording)
    assert told.text.startswith("No feed is listed.\n\nTo add one:")
    assert told.buttons == ()


def test_what_needs_a_look_comes_first_and_what_is_paused_last() -> None:
    feeds = [well("B"), well("A"), well("0", enabled=False), failing(id=4), stuck(id=5)]
    told = compose_list(feeds, 0, NOON, wording)
    assert labels(told) == [["1. Inspectorate"], ["2. Inspectorate"], ["3. A"], ["4. B"], ["5. 0"]]
    assert told.text.startswith("<b>5 feeds</b>, 1 of them paused. <b>2 need a look</b>; they come first.")
    assert "Page" not in told.text
    assert "All that are polled are well." in compose_list([well()], 0, NOON, wording).text
    assert "well" not in compose_list([well(enabled=False)], 0, NOON, wording).text


def test_a_long_list_has_pages_and_one_beyond_the_last_is_the_last() -> None:
    feeds = [failing(id=n, failure="x" * 900) for n in range(PAGE * 2 + 1)]
    first, middle, last = (compose_list(feeds, page, NOON, wording) for page in (0, 1, 9))
    assert [labels(page)[-1] for page in (first, middle, last)] == [
        ["Page 2 ›"],
        ["‹ Page 1", "Page 3 ›"],
        ["‹ Page 2"],
    ]
    assert actions(middle)[-2:] == ["feeds:page:0", "feeds:page:2"]
    assert "Page 3 of 3." in last.text
    assert "17. <b>Inspectorate</b>" in last.text
    assert all(visible_length(page.text) <= LIMIT for page in (first, middle, last))


def test_a_card_tells_everything_about_a_feed() -> None:
    feed = well(
        last_change_at=NOON - 3 * timedelta(hours=1),
        last_entry_at=NOON - DAY,
        rhythm=RHYTHM,
        rhythm_at=NOON,
        fetch_url="https://new.example/feed",
        next_poll_at=NOON + timedelta(minutes=5),
        own=True,
        listed=False,
    )
    told = compose_card(feed, 2, NOON, wording, tested=["Tested."])
    assert visible_text(told.text) == (
        "Inspectorate\nhttps://inspectorate.example/feed/\ninspectorate; added by organisers\n\n"
        "Well, answered 15 minutes ago.\nIts copy last changed 3 hours ago.\nIts newest entry is of 24 November 2026.\n"
        "It usually brings something every 2 days, and is rarely silent for more than 7 days.\n"
        "It has moved to https://new.example/feed, where the bot follows it.\nIt is polled next in 5 minutes.\n\n"
        "Tested."
    )
    assert labels(told) == [["Test now", "Pause", "Remove"], ["Back to the list"]]
    assert actions(told) == ["feed:1:test:2", "feed:1:pause:2", "feed:1:remove:2", "feeds:page:2"]


def test_a_card_of_a_feed_of_which_little_is_known_is_short() -> None:
    told = compose_card(well(enabled=False, rhythm_at=NOON, next_poll_at=NOON), 0, NOON, wording)
    assert "from the campaign’s list" in told.text
    assert "Paused.\nIt has brought too little so far" in told.text
    assert labels(told)[0] == ["Test now", "Resume", "Remove"]
    due = compose_card(well(next_poll_at=NOON), 0, NOON, wording)
    assert due.text.endswith("It is polled next in a moment.")
    assert "every day" in compose_card(well(rhythm=Rhythm(usual=DAY, long=DAY), rhythm_at=NOON), 0, NOON, wording).text
    assert "<b>Fails</b>, 7 times" in compose_card(failing(), 0, NOON, wording).text


def test_removing_is_asked_about_and_told() -> None:
    asked = compose_removal(well(), 1, wording)
    assert labels(asked) == [["Yes, remove it", "Keep it"]]
    assert actions(asked) == ["feed:1:confirm:1", "feed:1:open:1"]
    assert "/feeds add https://inspectorate.example/feed/" in visible_text(compose_removed(well(), 1, wording).text)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "a moment ago"),
        (timedelta(seconds=59), "a moment ago"),
        (timedelta(seconds=60), "a minute ago"),
        (timedelta(minutes=119), "119 minutes ago"),
        (timedelta(minutes=120), "2 hours ago"),
        (timedelta(hours=48), "2 days ago"),
    ],
)
def test_an_age_is_told_in_the_unit_that_fits(age: timedelta, words: str) -> None:
    assert ago(age, wording) == words


def a_trial(**changes: object) -> Trial:
    values: dict[str, object] = {
        "title": "News of <the> inspectorate",
        "entries": 20,
        "newest_at": NOON,
        "judged": 20,
        "outcomes": {kind.value: (1, 2, 17) for kind in FeedKind},
        "examples": ("HMYOI Werrington: not safe",),
    }
    return Trial(**{**values, **changes})  # type: ignore[arg-type]


def test_a_test_is_told_with_what_the_entries_would_be() -> None:
    assert visible_text("\n".join(trial_lines(a_trial(), FeedKind.CHARITY, wording))) == (
        "Tested just now: it answers, with 20 entries (the newest of 25 November 2026).\n"
        "Judged as coming from a charity, its 20 newest entries are – alerts: 1, for a person to decide: 2, "
        "not ours: 17.\n"
        "Among the alerts: “HMYOI Werrington: not safe”"
    )
    empty = a_trial(entries=0, judged=0, newest_at=None, examples=())
    assert trial_lines(empty, FeedKind.NEWS, wording) == ["<b>Tested just now:</b> it answers, but has no entry."]
    assert "could not be read: no &lt;answer&gt;." in failed_trial_lines("no <answer>.", wording)[0]


def test_the_newest_of_several_feeds_is_chosen_by_its_button() -> None:
    draft = FeedDraft(
        id=7,
        author_id=1,
        found=(
            Candidate(url="https://a.example/1", title="All <news>"),
            Candidate(url=f"https://a.example/{'x' * 300}"),
        ),
    )
    told = compose_several(draft, wording)
    assert "<b>2 feeds were found.</b> Which one?" in told.text
    assert "1. All &lt;news&gt;\nhttps://a.example/1" in told.text
    assert actions(told) == ["feeds:add:7:pick:0", "feeds:add:7:pick:1", "feeds:add:7:drop"]
    assert all(len(label) <= 50 for line in labels(told) for label in line)
    failed = compose_several(draft, wording, reason="the server failed (500)")
    assert failed.text.startswith("<b>Tested just now:</b> it could not be read: the server failed (500).")


def test_a_feed_that_answers_is_shown_before_it_is_added() -> None:
    draft = FeedDraft(id=7, author_id=1, found=(), url="https://a.example/", trial=a_trial())
    asked = compose_tried(draft, wording)
    assert asked.text.startswith("<b>News of &lt;the&gt; inspectorate</b>\nhttps://a.example/")
    assert "Who speaks in it?" in asked.text
    assert labels(asked) == [["Inspectorate", "Government", "Parliament"], ["News", "Charity"], ["Do not add"]]
    chosen = compose_tried(
        FeedDraft(id=7, author_id=1, found=(), url="x", trial=a_trial(), kind=FeedKind.NEWS), wording
    )
    assert "Add it as coming from a news outlet?" in chosen.text
    assert labels(chosen)[1:] == [["✓ News", "Charity"], ["Add it", "Do not add"]]
    assert max(len(action.encode()) for action in actions(chosen)) <= 64
    untried = compose_tried(FeedDraft(id=7, author_id=1, found=()), wording)
    assert "entries" not in untried.text


def test_a_feed_that_was_added_or_is_there_can_be_opened() -> None:
    for compose, words in ((compose_added, "Added: Inspectorate."), (compose_known, "is there already:")):
        told = compose(well(), wording)
        assert words in told.text
        assert actions(told) == ["feed:1:open:0"]


@pytest.mark.parametrize(
    ("feed", "trouble", "over", "words"),
    [
        (
            failing(),
            Trouble.FAILING,
            False,
            "A feed has failed for a day: Inspectorate. The last reason: there is <noth",
        ),
        (failing(), Trouble.ENDED, False, "A feed has ended: Inspectorate. Its publisher says so: there is"),
        (
            stuck(),
            Trouble.SILENT,
            False,
            "Its newest entry is of 26 October 2026; usually something comes every 2 days.",
        ),
        (stuck(), Trouble.STUCK, False, "A feed gives the same copy for too long: Inspectorate."),
        (well(missed_at=NOON), Trouble.STUCK, False, "Its site shows something new since 25 November 2026"),
        (well(fetch_url="https://n.example/"), Trouble.MOVED, False, "It is at https://n.example/ now"),
        (well(), Trouble.SILENT, False, "A feed is unusually silent"),
        (well(), Trouble.FAILING, True, "A feed answers again: Inspectorate."),
        (well(), Trouble.STUCK, True, "A feed moves again: Inspectorate."),
    ],
)
def test_a_notice_names_the_feed_and_what_is_wrong(feed: FeedState, trouble: Trouble, over: bool, words: str) -> None:
    told = compose_feed_notice(Notice(feed=feed, trouble=trouble, over=over), wording)
    assert words in visible_text(wording(f"told-{told.key}", **told.arguments))


@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize("trouble", list(Trouble))
def test_many_feeds_share_one_notice(trouble: Trouble, over: bool) -> None:
    if trouble is Trouble.MOVED and over:
        return
    told = compose_feeds_notice([Notice(feed=well("A & B"), trouble=trouble, over=over)] * 14, wording)
    words = wording(f"told-{told.key}", **told.arguments)
    assert "<b>14 feeds" in words
    assert words.count("A &amp; B") == 12
    assert "and 2 more" in words
    assert "more" not in compose_feeds_notice([Notice(feed=well(), trouble=trouble)] * 4, wording).arguments["names"]  # type: ignore[operator]


def test_a_draft_is_named_by_the_feed_else_by_the_page_else_by_its_address() -> None:
    found = (Candidate(url="https://a.example/", title="Page’s words"),)
    assert (
        FeedDraft(id=1, author_id=1, found=found, url="https://a.example/", trial=a_trial(title="")).name
        == "Page’s words"
    )
    assert FeedDraft(id=1, author_id=1, found=(), url="https://a.example/").name == "https://a.example/"
    assert FeedDraft(id=1, author_id=1, found=()).name == ""
    assert len(visible_text(failed_trial_lines("x" * 999, wording)[0])) < REASON_LIMIT + 60


def test_a_listing_page_that_cannot_be_read_needs_a_look_where_there_is_one() -> None:
    spec = a_feed_spec(name="Deaf", index_url="https://inspectorate.example/reports/")
    deaf = well(index_failure="there is <nothing> (404)")
    text = visible_text(compose_list([well("Able"), replace(deaf, spec=spec)], 0, NOON, wording).text)
    assert "One needs a look" in text
    assert "1. Deaf: well, answered" in text
    assert "Its listing page cannot be read: there is <nothing> (404)." in text
    assert "listing page" not in compose_card(deaf, 0, NOON, wording).text
