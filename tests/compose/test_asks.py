from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.campaign import load_pack
from bot.campaign.pack import Action
from bot.compose import Wording, choose_asks
from bot.compose.action import SHARED, Ask, ask_rows, share_words, write_to_them
from bot.compose.asks import Task, compose_task, compose_tasks, deadline, later_rows
from bot.compose.civic import compose_seat
from bot.compose.why import compose_why_other
from bot.model.action import ActionKind
from bot.model.civic import Petition, Seat
from bot.model.delivery import MessageKind
from bot.model.finding import Grade, Grades, Judgement
from bot.model.message import Button
from bot.model.story import Told
from tests.builders import NOON

WORDING = Wording.load("en")
TODAY = NOON.date()
PACK = load_pack()
POOR = Told(
    title="HMYOI Werrington: not safe",
    url="https://inspectorate.example/werrington",
    source="Inspectorate",
    published_at=NOON,
    first_seen_at=NOON,
    institutions=("werrington",),
    grades=Grades(safety=Grade.POOR),
)


def asks_for(told: Told) -> tuple[Ask, ...]:
    return choose_asks(told, PACK.actions, WORDING, PACK.institution_name, TODAY)


def test_an_ask_comes_with_points_and_three_answers_and_never_with_a_letter() -> None:
    rows = ask_rows(POOR, asks_for(POOR), 12, WORDING)
    assert [[button.label for button in row] for row in rows] == [
        ["Ask your MP what will be done"],
        ["What you could say"],
        ["Done", "Later", "Not for me"],
    ]
    assert rows[0][0].url == "https://www.writetothem.com/?a=westminstermp&message_type=campaigning"
    assert rows[2][0] == Button("Done", action="act:12:write-mp:done")
    assert all(len((button.action or "").encode()) <= 64 for row in rows for button in row)
    assert ask_rows(POOR, (), 12, WORDING) == ()


@pytest.mark.parametrize(
    ("word", "asked"), [("inadequate", "write-mp"), ("requires improvement", "write-mp"), ("good", "share-what-worked")]
)
def test_ofsteds_judgements_call_for_pressure_or_praise_as_grades_do(word: str, asked: str) -> None:
    judged = replace(POOR, kind="ofsted", grades=None, judgements=(Judgement(subject="overall", word=word),))
    assert [ask.action.id for ask in asks_for(judged)] == [asked]


def test_after_a_death_there_is_consolation_and_nothing_to_answer() -> None:
    dead = replace(POOR, mourning=True)
    rows = ask_rows(dead, asks_for(dead), 12, WORDING)
    assert len(rows) == 2
    assert all(button.url and not button.action for row in rows for button in row)


def test_a_welsh_reader_writes_in_welsh_and_a_postcode_is_there_only_where_it_is_given() -> None:
    assert write_to_them("cy").startswith("https://cy.writetothem.com/?a=westminstermp")
    asked = parse_qs(urlsplit(write_to_them("en", "SW1A 1AA")).query)
    assert asked == {"pc": ["SW1A 1AA"], "a": ["westminstermp"], "message_type": ["campaigning"]}


@pytest.mark.parametrize("title", ["Short", "A long headline of many words " * 20, "x" * 500])
def test_a_text_for_sharing_fits_with_its_address_into_280_characters(title: str) -> None:
    good = replace(POOR, title=title, grades=Grades(safety=Grade.GOOD))
    words = share_words(good, WORDING)
    assert len(words) + 1 + len(good.url or "") <= SHARED
    assert words.endswith("(Inspectorate, 25 November 2026)")
    (ask,) = asks_for(good)
    asked = parse_qs(urlsplit(ask.button.url or "").query)
    assert asked == {"url": [good.url], "text": [words]}
    assert ask.action.kind is ActionKind.SHARE


def test_a_very_long_address_is_shared_alone_and_none_is_not_shared() -> None:
    assert share_words(replace(POOR, url="https://e.example/" + "a" * 250), WORDING) == ""
    share = Action(id="s", label="Share", url="https://t.me/", kind=ActionKind.SHARE)
    assert choose_asks(replace(POOR, url=None), [share], WORDING, str, TODAY) == ()


def test_every_action_of_the_pack_has_a_welsh_label_and_points_in_both_languages() -> None:
    assert all(action.labels.get("cy") for action in PACK.actions)
    assert all(len(action.points["cy"]) == len(action.points["en"]) for action in PACK.actions if action.points)


def test_what_has_no_points_is_answered_all_the_same_and_shows_its_place() -> None:
    visit = Action(id="v", label="Ask about {place}", url="https://e.example/?q={place}&u={url}")
    (ask,) = choose_asks(POOR, [visit], WORDING, PACK.institution_name, TODAY)
    rows = ask_rows(POOR, [ask], 12, WORDING)
    assert [len(row) for row in rows] == [1, 3]
    assert rows[0][0].label == "Ask about HMYOI Werrington"
    assert choose_asks(replace(POOR, url=None), [visit], WORDING, str, TODAY) == ()


def test_a_deadline_is_a_day_in_words_and_a_moment_for_telegram() -> None:
    assert deadline(date(2027, 1, 31), WORDING) == '<tg-time unix="1801439940">31 January 2027</tg-time>'


def test_a_task_says_how_a_petition_stands_and_that_a_deadline_has_passed() -> None:
    sign = Action(
        id="p", label="Sign it now, and tell everybody you know about it", url="https://p.example/", petition=7
    )
    closed = Petition(asks="Close them", signatures=1, is_open=False, closes_on=date(2027, 3, 1))
    task = Task(action=sign, today=TODAY, petition=closed)
    shown = compose_task(task, WORDING).text
    assert "“Close them” is closed; 1 person signed it." in shown
    assert "Until" not in shown
    late = Task(action=sign, today=date(2027, 1, 1), story_id=1, told=replace(POOR, answer_by=date(2026, 12, 1)))
    assert "had to answer in public by" in compose_task(late, WORDING).text
    listed = compose_tasks([task], WORDING, private=True)
    assert listed.buttons[0][0].label == "1. Sign it now, and tell everybody you …"
    share = Action(id="s", label="Share", url="https://t.me/", kind=ActionKind.SHARE)
    assert compose_tasks([Task(action=share, today=TODAY)], WORDING, private=False).buttons == ()
    rows = [[one.label for one in row] for row in later_rows(task, WORDING, None)]
    assert rows == [["Tomorrow", "In a week"], ["Back"]]


def test_a_seat_is_told_without_a_party_and_a_name_too_long_for_a_button_is_not_offered() -> None:
    unknown = compose_seat(Seat(name="Vale"), WORDING)
    assert "could not be found out" in unknown.text
    assert len(unknown.buttons) == 2
    assert len(compose_seat(Seat(name="V" * 56, member="M"), WORDING).buttons) == 1
    assert "Northern Ireland" in compose_seat(Seat(name="Vale"), WORDING, nation="Northern Ireland").text


def test_a_reminder_says_that_it_was_asked_for() -> None:
    why = compose_why_other(MessageKind.REMINDER, "everything", WORDING, str)
    assert (
        why.text
        == "You get this because you asked for a reminder, or told us that you wrote to your MP. Send /stop to end."
    )
