from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.pack import Action
from bot.compose import (
    CAPTION,
    LIMIT,
    Wording,
    because,
    choose_asks,
    compose_alert,
    compose_call,
    compose_finding,
    utf16_length,
    with_reason,
)
from bot.compose.broadcast import CALL_LIMIT
from bot.errors import ComposeError
from bot.model.delivery import MessageKind
from bot.model.finding import Direction, Finding, Grade, Grades, Judgement, Quotation
from bot.model.message import Button, Message, Picture
from bot.model.story import Outlet, Told, Verdict, tell
from bot.sandbox.markup import parse_html
from tests.builders import NOON, a_verdict, an_entry

WORDING = Wording.load("en")
PICTURE = Picture(b"png")
NAMES = {"werrington": "HMYOI Werrington", "feltham-a": "HMYOI Feltham A"}


def name_of(institution: str) -> str:
    return NAMES.get(institution, institution)


def a_told(**changes: object) -> Told:
    values: dict[str, object] = {
        "title": "HMYOI Werrington: children locked up for 22 hours a day",
        "url": "https://inspectorate.example/werrington",
        "source": "Inspectorate",
        "published_at": datetime(2026, 7, 28, 9, tzinfo=UTC),
        "first_seen_at": NOON,
        "summary": ("Violence had risen.", "Children were “frightened” & alone."),
        "institutions": ("werrington",),
    }
    return Told(**{**values, **changes})  # type: ignore[arg-type]


def shown(message: Message) -> str:
    return parse_html(message.text)[0].replace("\N{NO-BREAK SPACE}", " ")


grades = st.none() | st.sampled_from(Grade)
all_grades = st.builds(Grades, safety=grades, care=grades, purposeful_activity=grades, resettlement=grades)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
directions = st.lists(st.tuples(st.sampled_from(["safety", "care", "resettlement"]), st.sampled_from(Direction))).map(
    tuple
)
any_part = st.builds(
    Finding,
    title=st.text(max_size=400),
    kind=st.text(max_size=10) | st.just("inspection"),
    institutions=st.lists(st.text() | st.just("werrington"), max_size=3).map(tuple),
    grades=st.none() | all_grades,
    previous_grades=st.none() | all_grades,
    directions=directions,
    answer_by=st.none() | days,
    summary=st.lists(st.text(max_size=600), max_size=3).map(tuple),
    url=st.text() | st.just("https://example.org/part"),
)
any_told = st.builds(
    Told,
    title=st.text(max_size=5000),
    url=st.none() | st.text() | st.just("https://example.org/?a=1&b=%22"),
    source=st.text(max_size=300),
    published_at=st.none() | moments,
    first_seen_at=moments,
    summary=st.lists(st.text(max_size=4000), max_size=5).map(tuple),
    institutions=st.lists(st.text() | st.just("werrington"), max_size=8).map(tuple),
    kind=st.text(max_size=10) | st.sampled_from(["urgent_notification", "digest"]),
    inspection_dates=st.none() | st.tuples(days, days),
    grades=st.none() | all_grades,
    previous_grades=st.none() | all_grades,
    previous_year=st.none() | st.integers(1990, 2100),
    directions=directions,
    earlier=st.none() | st.tuples(all_grades, st.integers(1990, 2100)),
    judgements=st.lists(st.builds(Judgement, subject=st.text(max_size=500), word=st.text(max_size=500))).map(tuple),
    quotation=st.none() | st.builds(Quotation, words=st.text(max_size=2000), speaker=st.text(max_size=500)),
    answer_by=st.none() | days,
    parts=st.lists(any_part, max_size=12).map(tuple),
    document=st.text() | st.just("https://example.org/report.pdf"),
    outlets=st.lists(st.builds(Outlet, name=st.text(), url=st.text() | st.just("https://e.example/"))).map(tuple),
    sample=st.booleans(),
    mourning=st.booleans(),
)


@given(any_told, st.text(max_size=200))
def test_whatever_the_facts_telegram_accepts_the_alert_and_it_fits(told: Told, followed: str) -> None:
    alert = compose_alert(told, WORDING, name_of)
    reason = because(f"institution:{followed}", WORDING, name_of)
    pictured = compose_alert(told, WORDING, name_of, picture=PICTURE)
    whole = with_reason(pictured, reason)
    for message in (alert, with_reason(alert, reason), compose_finding(told, WORDING, name_of), pictured, whole):
        assert 0 < utf16_length(shown(message)) <= (CAPTION if message.picture else LIMIT)
    assert all(len(button.label) < 60 for row in alert.buttons for button in row)


@given(any_told)
def test_the_reason_takes_nothing_from_an_alert(told: Told) -> None:
    for picture in (None, PICTURE):
        alert = compose_alert(told, WORDING, name_of, picture=picture)
        assert with_reason(alert, because("everything", WORDING, name_of)).text.startswith(alert.text)


def test_an_alert_reads_from_the_headline_to_the_source() -> None:
    told = a_told(
        inspection_dates=(date(2026, 5, 1), date(2026, 5, 12)),
        grades=Grades(safety=Grade.POOR, care=Grade.GOOD),
        previous_grades=Grades(safety=Grade.REASONABLY_GOOD),
        previous_year=2024,
        quotation=Quotation(words="Boys told us that they were scared.", speaker="Charlie Taylor, HM Chief Inspector"),
        document="https://inspectorate.example/werrington.pdf",
        outlets=(Outlet(name="News", url="https://news.example/1"), Outlet(name="Nowhere", url="")),
        kind="inspection",
    )
    alert = compose_alert(told, WORDING, name_of)
    assert shown(alert) == (
        "HMYOI Werrington: children locked up for 22 hours a day\nInspection report\n\n"
        "Safety: poor ↓ worse (2024: reasonably good)\nCare: good\n\n"
        "Violence had risen. Children were “frightened” & alone.\n\n"
        "“Boys told us that they were scared.” – Charlie Taylor, HM Chief Inspector\n\n"
        "Inspected from 1 to 12 May 2026\nSource: Inspectorate, 28 July 2026\n"
        "The whole report (PDF)\nAlso reported by News"
    )
    assert alert.buttons == ((Button("Read the source", url="https://inspectorate.example/werrington"),),)
    kinds = [entity["type"] for entity in parse_html(alert.text)[1]]
    assert kinds == ["bold", "bold", "bold", "blockquote", "blockquote", "text_link", "text_link", "text_link"]


def test_places_that_the_headline_does_not_name_are_named() -> None:
    alert = compose_alert(a_told(title="Report published", institutions=("werrington", "feltham-a")), WORDING, name_of)
    assert "About: HMYOI Werrington, HMYOI Feltham A" in shown(alert)


def test_where_no_date_was_given_it_says_when_it_was_seen() -> None:
    assert "seen on 25 November 2026" in shown(compose_alert(a_told(published_at=None), WORDING, name_of))


def test_one_day_is_one_day() -> None:
    day = date(2026, 5, 1)
    assert "Inspected on 1 May 2026" in shown(compose_alert(a_told(inspection_dates=(day, day)), WORDING, name_of))


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (date(2026, 5, 3), "from 3 to 12 May 2026"),
        (date(2026, 4, 28), "from 28 April to 12 May 2026"),
        (date(2025, 12, 28), "from 28 December 2025 to 12 May 2026"),
        (date(2026, 5, 20), "on 20 May 2026"),
    ],
)
def test_two_days_share_what_they_have_in_common(first: date, told: str) -> None:
    alert = compose_alert(a_told(inspection_dates=(first, date(2026, 5, 12))), WORDING, name_of)
    assert f"Inspected {told}\n" in shown(alert)


def test_actions_have_their_buttons_below_the_source() -> None:
    action = Button("Write to your MP", url="https://www.writetothem.com/")
    assert compose_alert(a_told(), WORDING, name_of, [action]).buttons[1:] == ((action,),)


def test_after_a_death_helplines_are_named() -> None:
    assert "Samaritans on 116 123" in shown(compose_alert(a_told(mourning=True), WORDING, name_of))


TODAY = NOON.date()
CLOCK = Action(
    id="28", label="Ask about {place}", url="https://e.example/?q={place}", on=("urgent_notification",), days=28
)
PRAISE = Action(id="praise", label="Share what worked", url="https://t.me/share/url?url={url}", on=("good_report",))
MP = Action(
    id="mp", label="Write to your MP", url="https://mp.example/", on=("poor_grades", "statistics", "inspection")
)
GIVE = Action(id="give", label="Give", url="https://give.example/", until=date(2026, 12, 1))
CONSOLE = Action(id="console", label="Talk to somebody", url="https://samaritans.example/", on=("condolence",))
MOURN = Action(id="mourn", label="Families", url="https://families.example/", on=("condolence",))


def chosen(told: Told, today: date = TODAY) -> list[str]:
    asks = choose_asks(told, [CLOCK, PRAISE, MP, GIVE, CONSOLE, MOURN], WORDING, name_of, today)
    return [one.button.label for one in asks]


def test_the_one_ask_fits_what_happened() -> None:
    poor, good = Grades(safety=Grade.NOT_SUFFICIENTLY_GOOD, care=Grade.GOOD), Grades(safety=Grade.REASONABLY_GOOD)
    urgent = a_told(kind="urgent_notification", published_at=NOON, grades=poor, topics=("inspection",))
    assert chosen(urgent) == ["Ask about HMYOI Werrington"]
    assert chosen(a_told(grades=poor)) == ["Write to your MP"]
    assert chosen(a_told(grades=good, topics=("inspection",))) == ["Share what worked"]
    assert chosen(a_told(grades=Grades(), topics=("statistics",))) == ["Write to your MP"]
    assert chosen(a_told()) == ["Give"]


def test_an_ask_whose_time_is_over_is_not_made() -> None:
    urgent = a_told(kind="urgent_notification", published_at=NOON)
    assert chosen(urgent, date(2026, 12, 23)) == ["Ask about HMYOI Werrington"]
    assert chosen(urgent, date(2026, 12, 24)) == []


def test_nothing_is_asked_about_a_death_and_consolation_is_for_nothing_else() -> None:
    assert chosen(a_told(mourning=True, topics=("inspection",))) == ["Talk to somebody", "Families"]


def test_place_and_address_are_filled_in_and_an_unusable_address_is_no_button() -> None:
    told = a_told(url="https://e.example/a?b=c&d", kind="urgent_notification", published_at=NOON)
    (ask,) = choose_asks(told, [CLOCK], WORDING, name_of, TODAY)
    assert ask.button == Button("Ask about HMYOI Werrington", url="https://e.example/?q=HMYOI%20Werrington")
    share = replace(PRAISE, on=())
    (ask,) = choose_asks(told, [share], WORDING, name_of, TODAY)
    assert ask.button.url == "https://t.me/share/url?url=https%3A%2F%2Fe.example%2Fa%3Fb%3Dc%26d"
    assert choose_asks(a_told(url=None), [share], WORDING, name_of, TODAY) == ()
    assert choose_asks(a_told(institutions=()), [replace(GIVE, url="nowhere")], WORDING, name_of, TODAY) == ()


def test_sample_texts_are_marked() -> None:
    told = tell(an_entry(title="Sample: HMYOI Parc"), a_verdict(), None, first_seen_at=NOON)
    assert "not a real finding" in shown(compose_alert(told, WORDING, name_of))


def test_without_an_address_there_is_no_link_and_no_button() -> None:
    alert = compose_alert(a_told(url=None), WORDING, name_of)
    assert alert.buttons == ()
    assert "<a " not in alert.text


def test_the_pages_words_are_told_before_the_feeds() -> None:
    entry, finding = (
        an_entry(),
        Finding(title="x", kind="inspection", institutions=("parc",), summary=("It was poor.",)),
    )
    read = tell(entry, a_verdict(institutions=()), finding, first_seen_at=NOON)
    assert (read.summary, read.institutions, read.kind) == (("It was poor.",), ("parc",), "inspection")
    unread = tell(replace(entry, published_at=None), a_verdict(), None, first_seen_at=NOON)
    assert (unread.summary, unread.dated_at, unread.institutions) == ((entry.summary,), NOON, ("werrington",))
    silent = tell(an_entry(summary=""), a_verdict(institutions=()), None, first_seen_at=NOON)
    assert (silent.summary, silent.institutions) == ((), ())


def test_a_story_about_a_death_is_one_of_mourning() -> None:
    verdict: Verdict = a_verdict(sensitive=True, sensitive_reason="death")
    assert tell(an_entry(), verdict, None, first_seen_at=NOON).mourning


@pytest.mark.parametrize(
    ("follows", "why"),
    [
        ("everything", "everything"),
        ("institution:werrington", "HMYOI Werrington"),
        ("topic:use_of_force", "use of force"),
        ("", "everything"),
        ("institution:", "everything"),
        ("something new", "everything"),
    ],
)
def test_every_message_says_why(follows: str, why: str) -> None:
    assert f"because you follow {why}." in because(follows, WORDING, name_of)


def test_a_call_says_that_calls_were_said_yes_to() -> None:
    assert "yes to calls to action" in because("everything", WORDING, name_of, MessageKind.CALL)


def test_a_message_that_is_full_gives_way_to_its_reason() -> None:
    full = with_reason(Message(f"<b>{'word ' * 1000}</b>"), because("everything", WORDING, name_of))
    assert utf16_length(shown(full)) <= LIMIT
    assert full.text.endswith("Send /stop to end.</i>")


def test_a_call_is_what_its_author_wrote() -> None:
    call = compose_call(" Write <now> & ask why. ", WORDING, organisation="A & B", buttons=((Button("Go", url="x"),),))
    assert shown(call) == "Write <now> & ask why.\n\n– A & B"
    assert call.buttons == ((Button("Go", url="x"),),)
    assert shown(compose_call("Write.", WORDING)) == "Write."


def test_an_empty_or_too_long_call_is_refused_with_a_sentence() -> None:
    with pytest.raises(ComposeError, match="needs some words"):
        compose_call(" \n", WORDING)
    with pytest.raises(ComposeError, match=r"too long: 4,001 characters, and at most 3,896 fit"):
        compose_call("x" * 4001, WORDING)
    assert utf16_length(shown(compose_call("x" * CALL_LIMIT, WORDING))) == CALL_LIMIT
