from datetime import UTC, date, datetime

import pytest
from fluent.runtime import FluentBundle

from bot.compose.text import Markup
from bot.compose.wording import LOCALES, Wording, add_file


@pytest.fixture
def wording() -> Wording:
    return Wording.load("en")


def test_every_argument_is_escaped(wording: Wording) -> None:
    assert wording("alert-headline", title="<b>A & B</b>") == "&lt;b&gt;A &amp; B&lt;/b&gt;"


def test_markup_is_not_escaped_again(wording: Wording) -> None:
    assert wording("alert-headline", title=Markup("A &amp; B")) == "A &amp; B"


def test_plain_text_is_left_as_it_is(wording: Wording) -> None:
    assert wording.plain("alert-headline", title="A & B") == "A & B"


def test_an_unknown_key_raises(wording: Wording) -> None:
    with pytest.raises(KeyError, match="no-such-key"):
        wording("no-such-key")
    assert not wording.has("no-such-key")


def test_a_missing_argument_raises(wording: Wording) -> None:
    with pytest.raises(KeyError, match="title"):
        wording("alert-headline")


def test_an_unknown_language_raises() -> None:
    with pytest.raises(KeyError):
        Wording.load("xx")


def test_dates_are_british_and_in_the_campaigns_time_zone(wording: Wording) -> None:
    just_before_midnight_utc = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert wording.day(just_before_midnight_utc) == "1 July 2026"
    assert wording.day(date(2026, 3, 3)) == "3 March 2026"
    assert wording.time(just_before_midnight_utc) == "1 July 2026, 00:30"
    assert wording.time(datetime(2026, 12, 1, 9, 5, tzinfo=UTC)) == "1 December 2026, 09:05"


def test_a_date_among_the_arguments_is_written_out(wording: Wording) -> None:
    assert "3 March 2026" in wording("agreed-latest", date=date(2026, 3, 3))
    assert wording.plain("button-show-latest", date=date(2026, 3, 3)) == "Show the finding of 3 March 2026"


def test_numbers_are_grouped_as_in_britain(wording: Wording) -> None:
    assert "1,234 characters" in wording.plain("call-too-long", length=1234, limit=3896)


def test_a_faulty_file_is_refused() -> None:
    bundle = FluentBundle([LOCALES["en"]])
    for source, fault in [
        ("no equals sign\n", "not Fluent"),
        ("a = one\n", None),
        ("a = two\n", "twice"),
        ("b =\n    .attribute = x\n", "says nothing"),
        ("# a comment alone\n", None),
    ]:
        if fault is None:
            add_file(bundle, "x.ftl", source)
        else:
            with pytest.raises(ValueError, match=fault):
                add_file(bundle, "x.ftl", source)


def test_an_argument_may_be_of_any_length() -> None:
    assert Wording.load("en")("alert-headline", title="<" * 5000) == "&lt;" * 5000
