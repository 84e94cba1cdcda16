"""Digests as their readers see them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.compose.alert import REASON_ROOM
from bot.compose.digest import compose_digest
from bot.compose.reason import because, spell_out, with_reason
from bot.compose.text import LIMIT, visible_length, visible_text
from bot.compose.wording import Wording
from bot.model.delivery import MessageKind
from bot.model.message import Message
from bot.model.story import Told
from tests.builders import NOON

ENGLISH = Wording.load("en")
DAYS = (date(2026, 11, 18), date(2026, 11, 24))


def a_told(title: str = "Poor", **changes: object) -> Told:
    """A story of the inspectorate."""
    values: dict[str, object] = {
        "title": title,
        "url": "https://inspectorate.example/1",
        "source": "Inspectorate",
        "published_at": NOON,
        "first_seen_at": NOON,
    }
    return Told(**{**values, **changes})  # type: ignore[arg-type]


def digest(stories: list[tuple[Told, str]], days: tuple[date, date] = DAYS) -> Message:
    """In English."""
    return compose_digest(stories, days, ENGLISH, str.title, spell_out)


def test_it_says_which_days_it_covers_and_for_all_why() -> None:
    text = visible_text(digest([(a_told(), "topic:self_harm"), (a_told("Good"), "topic:self_harm")]).text)
    assert text == (
        "Your digest: 2 findings\nTold from 18 to 24 November 2026\nBecause you follow self harm.\n\n"
        "Poor\nSource: Inspectorate, 25 November 2026\n\nGood\nSource: Inspectorate, 25 November 2026"
    )


def test_a_digest_of_one_day_and_one_finding_says_so() -> None:
    text = visible_text(digest([(a_told(), "everything")], (DAYS[1], DAYS[1])).text)
    assert text.startswith("Your digest: one finding\nTold on 24 November 2026\nBecause you follow everything.")


def test_where_causes_differ_each_story_has_its_own() -> None:
    text = visible_text(digest([(a_told("First"), "institution:feltham"), (a_told("Second"), "")]).text)
    first, second = text.partition("Second")[::2]
    assert "Because you follow Feltham." in first
    assert "Because you follow everything." in second


def test_no_link_is_beyond_the_entities_that_telegram_formats() -> None:
    many = [(a_told(correction="A date"), "institution:feltham" if number % 2 else "") for number in range(30)]
    line = because("everything", ENGLISH, str.title, MessageKind.DIGEST)
    text = with_reason(digest(many), line).text
    assert text.count("</") <= 95
    assert text.count("</a>") == text.count("<b>Poor</b>") == 22
    assert "And 8 more: /latest" in text


def test_helplines_are_named_where_one_tells_of_a_death() -> None:
    assert "116 123" in digest([(a_told(), "everything"), (a_told(mourning=True), "everything")]).text
    assert "116 123" not in digest([(a_told(), "everything")]).text


def test_many_stories_fit_one_message_and_the_rest_is_counted() -> None:
    stories = [(a_told(f"{number} " + "long headline " * 30), "everything") for number in range(40)]
    text = visible_text(digest(stories).text)
    shown = text.count("Source: ")
    assert shown >= 10
    assert f"And {40 - shown} more: /latest" in text


def test_the_line_under_it_says_that_it_was_chosen() -> None:
    line = because("everything", ENGLISH, str.title, MessageKind.DIGEST)
    assert line == "You get this together because you chose so. Send /stop to end."


@given(
    titles=st.lists(st.text(min_size=1, max_size=600), min_size=1, max_size=60),
    mourning=st.booleans(),
    several=st.booleans(),
)
def test_whatever_they_are_called_the_digest_and_its_reason_fit(
    titles: list[str], mourning: bool, several: bool
) -> None:
    causes = ["everything", "institution:" + "a very long name " * 9] if several else ["everything"]
    stories = [(a_told(title, mourning=mourning), causes[place % len(causes)]) for place, title in enumerate(titles)]
    message = digest(stories)
    assert visible_length(message.text) <= LIMIT - REASON_ROOM
    line = because("everything", ENGLISH, str.title, MessageKind.DIGEST)
    assert with_reason(message, line).text.startswith(message.text)
