"""What organisers are told of a page that has changed after its alert."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.campaign import load_pack
from bot.compose import LIMIT, Wording, utf16_length
from bot.compose.change import change_buttons, compose_change, list_changes
from bot.model.finding import Finding, Grade, Grades, Judgement
from bot.model.organiser import Card, CardKind
from bot.sandbox.markup import parse_html

WORDING = Wording.load("en")
name_of = load_pack().institution_name
SENT = Finding(
    title="A report",
    kind="inspection",
    grades=Grades(safety=Grade.POOR, care=Grade.GOOD),
    previous_grades=Grades(safety=Grade.GOOD),
    judgements=(Judgement(subject="overall", word="good"),),
    inspection_dates=(date(2026, 5, 1), date(2026, 5, 12)),
    parts=(Finding(title="x", kind="inspection", institutions=("parc",), grades=Grades(care=Grade.POOR)),),
)


def changed(before: Finding = SENT, /, **changes: Any) -> list[str]:
    lines = list_changes(before, replace(before, **changes), WORDING, name_of)
    return [parse_html(line)[0] for line in lines]


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"summary": ("Other words.",), "text": "Other words.", "headings": ("Action plan",)}, []),
        ({"grades": Grades(safety=Grade.GOOD, care=Grade.GOOD)}, ["Safety: poor → good"]),
        ({"grades": None}, ["Safety: poor → not stated", "Care: good → not stated"]),
        ({"previous_grades": None}, ["Safety, the inspection before: good → not stated"]),
        (
            {"judgements": (Judgement(subject="overall", word="inadequate"), Judgement(subject="Health", word="good"))},
            ["overall: good → inadequate", "Health: not stated → good"],
        ),
        (
            {"inspection_dates": (date(2026, 5, 3), date(2026, 5, 3))},
            ["Inspected: 1 May 2026 – 12 May 2026 → 3 May 2026"],
        ),
        ({"answer_by": date(2026, 6, 1)}, ["To be answered by: not stated → 1 June 2026"]),
        ({"parts": ()}, [f"No longer on the page: {name_of('parc')} (inspection)"]),
        (
            {"parts": (replace(SENT.parts[0], grades=Grades(care=Grade.GOOD)), Finding(title="A <new> one"))},
            [f"{name_of('parc')} (inspection): Care: poor → good", "New on the page: A <new> one"],
        ),
    ],
)
def test_what_differs_in_grades_dates_and_parts_is_told_and_nothing_else(
    changes: dict[str, Any], lines: list[str]
) -> None:
    assert changed(**changes) == lines


def test_an_urgent_notifications_page_is_seen_to_grow() -> None:
    page = Finding(title="x", kind="urgent_notification", headings=("Letter",), document="https://e.example/1.pdf")
    grown = {"headings": ("LETTER", "Action plan"), "document": "https://e.example/2.pdf"}
    assert changed(page, **grown) == ["New on the page: Action plan", "A new document: https://e.example/2.pdf"]
    assert changed(replace(page, answer_by=date(2026, 6, 1)), answer_by=None) == [
        "To be answered by: 1 June 2026 → not stated"
    ]


def test_a_card_says_what_differs_and_what_can_be_done_and_fits() -> None:
    lines = list_changes(SENT, replace(SENT, parts=(Finding(title="<long> " * 300),) * 30), WORDING, name_of)
    text, _ = parse_html(compose_change("A <title> " * 100, lines * 20, WORDING))
    assert "more.\n\nOn the left is what readers were sent" in text
    assert utf16_length(text) < LIMIT - 150
    assert "more" not in compose_change("A title", lines, WORDING)
    assert "again what readers were sent" in compose_change("A title", [], WORDING)


def test_its_buttons_are_seen_and_the_page() -> None:
    card = Card(id=7, kind=CardKind.CHANGE, subject_ids=(1,), text="x", created_at=datetime(2026, 1, 1, tzinfo=UTC))
    seen, page = change_buttons(card, "https://e.example/", WORDING)
    assert (seen[0].action, page[0].url) == ("seen:7", "https://e.example/")
    assert change_buttons(card, None, WORDING) == (seen,)
