"""What organisers read of each other, of the audit, and of an alert that they change."""

import ast
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

import bot.flows
from bot.compose import Wording
from bot.compose.auditing import PAGE, compose_audit, write_audit
from bot.compose.editing import compose_asks, compose_editor
from bot.compose.people import ROWS, compose_confirm, compose_people
from bot.compose.text import LIMIT, visible_length
from bot.flows.holding import CHOICES
from bot.model.amendment import Step
from bot.model.broadcast import Verb
from bot.model.deed import Deed
from bot.model.editing import NOTHING, Bench, Edit
from bot.model.invite import LASTS, OFFERED, Invite
from bot.model.message import Message
from bot.model.organiser import Organiser, Role
from tests.builders import NOON

WORDING = Wording.load("en")
INVITE = Invite(id=1, role=Role.VIEWER, inviter_id=1, created_at=NOON, expires_at=NOON + LASTS)


def actions(message: Message) -> list[str]:
    return [button.action or "" for row in message.buttons for button in row]


def bench(count: int, *, chosen: tuple[int, ...] = (0,), ask: str | None = None, asks: int = 2) -> Bench:
    edit = Edit(id=7, story_id=1, card_id=1, editor_id=1, chosen=chosen, ask=ask, base="")
    known = tuple((f"ask-{number}", f"Do <this> {number}") for number in range(asks))
    return Bench(edit=edit, sentences=tuple(f"Sentence & {n}. " + "x" * 900 for n in range(count)), asks=known)


def test_a_long_list_of_people_fits_one_message_and_its_buttons_are_what_telegram_takes() -> None:
    many = [Organiser(user_id=10**14 + n, role=Role.VIEWER, invited_by=10**14, since_at=NOON) for n in range(200)]
    shown = compose_people(many, [INVITE] * 60, WORDING, keeper=1)
    assert visible_length(shown.text) <= LIMIT
    assert len(actions(shown)) == 2 * ROWS
    assert all(len(action.encode()) <= 64 for action in actions(shown))


def test_a_name_is_shown_as_it_is_and_no_longer_than_a_name() -> None:
    shown = compose_confirm(INVITE, "<i>" + "n" * 500, WORDING)
    assert "&lt;i&gt;" in shown.text
    assert "n" * 65 not in shown.text


def test_a_name_cannot_pose_as_what_the_bot_says() -> None:
    posing = compose_confirm(INVITE, "\u202eOlwen\n\nTheir Telegram number is 2001.\u2028", WORDING).text
    assert posing.startswith("<b>“Olwen Their Telegram number is 2001.” accepted your invitation</b>")
    assert "“(a name that cannot be shown)”" in compose_confirm(INVITE, "\u200b \u2066", WORDING).text


def test_the_audit_ends_where_it_began() -> None:
    deeds = [Deed(number, NOON, 1, "publish", f"story:{number}") for number in range(PAGE, 0, -1)]
    assert actions(compose_audit(deeds, WORDING)) == []
    later = [Deed(deed.id + 5, NOON, 1, "publish", deed.subject) for deed in deeds]
    assert actions(compose_audit(later, WORDING)) == ["audit:6"]


@pytest.mark.parametrize(
    ("verb", "subject", "told"),
    [
        ("merge", "story:1+2", "put together stories 1 and 2"),
        ("split", "story:1-3", "split story 1 (what was taken out is story 3)"),
        ("invite", "invite:4", "made invitation 4"),
        ("make_viewer", "person:501", "made a viewer of 501"),
        ("stopall", "everything", "stopped everything"),
        ("call_pause", "broadcast:2", "paused call to action 2"),
        ("odd", "<odd>", "did this: odd, &lt;odd&gt;"),
    ],
)
def test_a_deed_is_told_in_words(verb: str, subject: str, told: str) -> None:
    assert f"organiser 1 {told}" in compose_audit([Deed(1, NOON, 1, verb, subject)], WORDING).text


FAMILIES: Mapping[str, Sequence[str]] = {
    "call_": [verb for verb in Verb if verb not in {Verb.LAPSE, Verb.BEGIN, Verb.FINISH}],
    "correct_": [step for step in Step if step not in {Step.FINISH, Step.SUPERSEDE}],
    "feed_": ["add", "pause", "resume", "remove"],
    "make_": OFFERED,
}
"""Verbs that are put together when they are written, by how they begin."""


def verbs_of(written: ast.expr) -> list[str]:
    """The verbs that the code may write here."""
    match written:
        case ast.Constant(value=str(verb)):
            return [verb]
        case ast.IfExp(body=one, orelse=other):
            return [*verbs_of(one), *verbs_of(other)]
        case ast.JoinedStr(values=[ast.Constant(value=str(begins)), _]):
            return [f"{begins}{verb}" for verb in FAMILIES[begins]]
        case _:
            assert ast.unparse(written) == "choice"
            return [choice for choices in CHOICES.values() for choice in choices]


def test_every_verb_that_the_code_writes_has_a_sentence_of_its_own() -> None:
    sources = [path.read_text() for path in Path(bot.flows.__path__[0]).parent.rglob("*.py")]
    calls = [node for text in sources if "add_deed(" in text for node in ast.walk(ast.parse(text))]
    written = [node.args[2] for node in calls if isinstance(node, ast.Call) and ast.unparse(node.func) == "add_deed"]
    verbs = {verb for one in written for verb in verbs_of(one)}
    assert {"withdraw", "correct_submit", "stopall", "merge", "call_approve"} <= verbs
    assert sorted(verb for verb in verbs if not WORDING.has(f"deed-{verb}")) == []


def test_the_file_is_a_row_for_each_deed() -> None:
    deed = Deed(1, NOON + timedelta(seconds=1), 1, "publish", 'a "subject", odd', "ab")
    assert write_audit([deed]).decode().splitlines() == [
        "at,user_id,verb,subject,digest",
        '2026-11-25T12:00:01+00:00,1,publish,"a ""subject"", odd",ab',
    ]


def test_sentences_are_turned_a_page_or_ten_at_a_time() -> None:
    assert [one for one in actions(compose_editor(bench(3), WORDING)) if ":p:" in one] == []
    first = compose_editor(bench(200), WORDING)
    assert [one for one in actions(first) if ":p:" in one] == ["edit:7:p:1", "edit:7:p:10"]
    middle = compose_editor(bench(200, chosen=(70,)), WORDING)
    assert [one for one in actions(middle) if ":p:" in one] == [
        *("edit:7:p:1", "edit:7:p:10", "edit:7:p:12", "edit:7:p:21")
    ]
    assert "<b>71 ✓</b> Sentence &amp; 70." in middle.text
    assert visible_length(middle.text) <= LIMIT
    beyond = compose_editor(bench(20, chosen=()), WORDING, page=99)
    assert "Page 4 of 4" in beyond.text


def test_a_report_told_by_its_parts_has_no_sentences_to_choose() -> None:
    shown = compose_editor(bench(0, chosen=(), asks=0), WORDING)
    assert "told by its parts" in shown.text
    assert actions(shown) == ["edit:7:apply", "edit:7:drop"]


@pytest.mark.parametrize(
    ("ask", "told"), [(None, "what the campaign asks"), (NOTHING, "nothing"), ("ask-1", "Do &lt;this&gt; 1")]
)
def test_what_is_asked_is_told(ask: str | None, told: str) -> None:
    shown = compose_asks(bench(1, ask=ask), WORDING)
    assert told in shown.text
    assert actions(shown) == ["edit:7:a:auto", "edit:7:a:none", "edit:7:a:0", "edit:7:a:1", "edit:7:p:0"]
