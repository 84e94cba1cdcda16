from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compose import LIMIT, Markup, Wording, compose_call, utf16_length
from bot.compose.calls import compose_preview, compose_stage
from bot.compose.card import (
    ROWS,
    Subject,
    chosen_buttons,
    compose_fuse_card,
    compose_notice,
    compose_story_card,
    fuse_buttons,
    story_buttons,
    with_decision,
)
from bot.compose.drafting import PAGES, Topic, compose_panel
from bot.compose.progress import Standing, compose_receipt
from bot.model.broadcast import Broadcast, BroadcastState, digest_of
from bot.model.delivery import DeliveryState
from bot.model.message import Button, Message
from bot.model.organiser import Card, CardKind
from bot.model.story import Evidence, Story, StoryState
from bot.sandbox.markup import parse_html
from tests.builders import NOON, a_verdict

WORDING = Wording.load("en")
EVIDENCE = (
    Evidence(rule="place", words="names <Werrington>", weight=3),
    Evidence(rule="term", words="says “children”", weight=1),
    Evidence(rule="term", words="says “children”", weight=1),
)
NONE_YET = dict.fromkeys(DeliveryState, 0)


def a_story(**changes: object) -> Story:
    values: dict[str, object] = {
        "id": 7,
        "state": StoryState.WAITING,
        "lead_row_id": 1,
        "verdict": a_verdict(evidence=EVIDENCE),
        "created_at": NOON,
        "waiting_reason": "doubtful",
    }
    return Story(**{**values, **changes})  # type: ignore[arg-type]


def a_card(**changes: object) -> Card:
    values: dict[str, object] = {"id": 3, "kind": CardKind.STORY, "subject_ids": (7,), "text": "", "created_at": NOON}
    return Card(**{**values, **changes})  # type: ignore[arg-type]


def a_broadcast(**changes: object) -> Broadcast:
    values: dict[str, object] = {
        "id": 4,
        "author_id": 2001,
        "state": BroadcastState.SUBMITTED,
        "text": "Write to\n<b>your MP</b>.",
        "buttons": (),
        "digest": digest_of({"en": Message("Write to\n<b>your MP</b>.")}),
        "created_at": NOON,
    }
    return Broadcast(**{**values, **changes})  # type: ignore[arg-type]


def subjects(count: int, state: StoryState = StoryState.WAITING) -> list[Subject]:
    return [
        Subject(story_id=number, title=f"Report <{number}>", url=f"https://example.org/{number}", state=state)
        for number in range(1, count + 1)
    ]


def shown(html: str) -> str:
    return parse_html(html)[0]


def labels(message: Message) -> list[str]:
    return [button.label for row in message.buttons for button in row]


def test_a_card_shows_why_it_waits_the_alert_and_the_evidence_in_words() -> None:
    text = shown(compose_story_card(a_story(), Message("<b>As sent</b>"), "Title", WORDING))
    assert text.split("\n\n") == [
        "This story waits for you. The bot is not certain that it is about children in custody.",
        "As readers would get it:",
        "As sent",
        "What the bot found: names <Werrington>; says “children”",
    ]


def test_a_story_that_was_not_read_has_its_title_only() -> None:
    card = compose_story_card(a_story(verdict=a_verdict()), None, "A <title>", WORDING)
    assert shown(card).split("\n\n")[1:] == ["A <title>"]


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (a_story(verdict=a_verdict(sensitive=True, sensitive_reason="self_harm")), "It is sensitive (self harm)"),
        (a_story(verdict=a_verdict(sensitive=True)), "It is sensitive ()"),
        (a_story(waiting_reason="sensitive"), "Another report of it is sensitive"),
        (a_story(waiting_reason="fuse"), "So many alerts came"),
        (a_story(), "not certain"),
    ],
)
def test_a_card_says_why_it_waits(story: Story, why: str) -> None:
    assert why in shown(compose_story_card(story, None, "Title", WORDING))


@given(st.text(max_size=6000), st.text(max_size=3000), st.sampled_from(["publish", "dismiss", "moved", "chosen"]))
def test_whatever_a_card_holds_telegram_takes_it(words: str, said: str, decision: str) -> None:
    preview = Message(compose_call(words, WORDING).text) if 0 < len(words.strip()) < 3000 else None
    story = a_story(verdict=a_verdict(evidence=(Evidence(rule="x", words=said, weight=1),)))
    text = compose_story_card(story, preview, words, WORDING)
    card = a_card(decision=decision, decided_at=NOON, decided_by=None if decision == "moved" else 2001)
    assert utf16_length(shown(text)) <= LIMIT
    assert utf16_length(shown(with_decision(text, card, WORDING))) <= LIMIT


def test_a_decided_card_says_who_and_when() -> None:
    card = a_card(decision="publish", decided_at=NOON, decided_by=2001)
    assert with_decision("Text", card, WORDING).endswith(
        "\n\n<b>Published</b> by organiser 2001, 25 November 2026, 12:00."
    )
    assert with_decision("Text", a_card(), WORDING) == "Text"


def test_a_cards_buttons_publish_dismiss_and_lead_to_the_source() -> None:
    choices, *_, source = story_buttons(a_card(), "https://example.org/", WORDING)
    assert [button.action for button in choices] == ["card:3:publish", "card:3:dismiss"]
    assert source == (Button("Read the source", url="https://example.org/"),)
    assert len(story_buttons(a_card(), None, WORDING)) == 2


def test_a_burst_is_a_line_each_with_what_became_of_it() -> None:
    three = [*subjects(2), Subject(story_id=3, title="No address", url=None, state=StoryState.DISMISSED)]
    three[0] = replace(three[0], state=StoryState.PUBLISHED)
    text = compose_fuse_card(three, WORDING)
    assert shown(text).startswith("3 stories wait for you.")
    assert '1. <a href="https://example.org/1">Report &lt;1&gt;</a> – <i>published</i>' in text
    assert "3. No address – <i>dismissed</i>" in text
    assert "more" not in text.split("\n\n")[-1]


def test_a_great_burst_is_cut_to_what_a_message_holds_and_says_so() -> None:
    text = compose_fuse_card(subjects(ROWS + 5), WORDING)
    assert "and 5 more" in text
    assert utf16_length(shown(text)) <= LIMIT
    long = [replace(one, title="x" * 5000) for one in subjects(ROWS + 5)]
    assert utf16_length(shown(compose_fuse_card(long, WORDING))) <= LIMIT


def test_choosing_offers_what_is_not_decided_and_a_way_back() -> None:
    some = [*subjects(1, StoryState.PUBLISHED), *subjects(2)[1:]]
    card = a_card(kind=CardKind.FUSE)
    rows = chosen_buttons(card, some, WORDING)
    assert [button.action for row in rows for button in row] == ["card:3:publish:2", "card:3:dismiss:2", "card:3:back"]
    assert [row[0].action for row in fuse_buttons(card, WORDING)] == ["card:3:all", "card:3:choose", "card:3:none"]


@given(st.integers(1, 10**15 - 1), st.integers(1, 10**15 - 1))
def test_every_button_fits_into_64_bytes(card_id: int, story_id: int) -> None:
    card = a_card(id=card_id)
    one = Subject(story_id=story_id, title="x", url=None, state=StoryState.WAITING)
    stages = [
        compose_stage(a_broadcast(id=card_id, state=state), WORDING, Standing(now=NOON, reach=1)) for state in STATES
    ]
    draft, topics = a_broadcast(id=card_id, state=BroadcastState.DRAFT), [Topic("topic:restraint", "restraint")]
    pages = [compose_panel(draft, WORDING, Standing(now=NOON), page=page, topics=topics) for page in PAGES]
    rows = [*chosen_buttons(card, [one], WORDING), *fuse_buttons(card, WORDING), *story_buttons(card, None, WORDING)]
    rows += [row for message in (*stages, *pages) for row in message.buttons]
    assert all(len((button.action or "").encode()) <= 64 for row in rows for button in row)


def test_a_notice_is_told_in_words() -> None:
    text = compose_notice("refused", {"reason": "can't parse <x>", "skipped": 3}, WORDING)
    assert "can't parse &lt;x&gt;" in text
    assert "3 more did not get it" in text


STATES = (BroadcastState.SUBMITTED, BroadcastState.COOLING, BroadcastState.SENDING, BroadcastState.DONE)


@pytest.mark.parametrize(
    ("changes", "says", "offers"),
    [
        ({"state": BroadcastState.SUBMITTED}, "It reaches 12 people and takes about a minute.", ["Approve", "Reject"]),
        (
            {"state": BroadcastState.COOLING, "approver_id": 2002, "send_at": NOON + timedelta(minutes=1)},
            "Approved by organiser 2002. Sending begins at 25 November 2026, 12:01, in 60 seconds.",
            ["Cancel"],
        ),
        ({"state": BroadcastState.SENDING, "approver_id": 2002}, "It is being sent to 3", ["Pause", "Stop"]),
        ({"state": BroadcastState.SENDING, "ended_by": 2001}, "Stopped by organiser 2001", []),
        (
            {"state": BroadcastState.DONE, "approver_id": 2002},
            "Done, approved by organiser 2002",
            ["Figures (CSV)", "Correct or withdraw"],
        ),
        (
            {"state": BroadcastState.DONE, "ended_by": 2001},
            "Stopped by organiser 2001, after",
            ["Figures (CSV)", "Correct or withdraw"],
        ),
        ({"state": BroadcastState.REJECTED, "ended_by": 2002}, "Rejected by organiser 2002", []),
        ({"state": BroadcastState.CANCELLED, "ended_by": 2002}, "Cancelled by organiser 2002", []),
        ({"state": BroadcastState.CANCELLED}, "Not sent", []),
    ],
)
def test_a_broadcasts_card_says_how_it_stands(changes: dict[str, object], says: str, offers: list[str]) -> None:
    stage = compose_stage(
        a_broadcast(**changes), WORDING, Standing(now=NOON, reach=12, counts={**NONE_YET, DeliveryState.SENT: 3})
    )
    assert says in shown(stage.text)
    assert "Call to action 4, written by organiser 2001: “Write to your MP.”" in shown(stage.text)
    assert labels(stage) == offers


def test_an_authors_own_card_offers_no_approval() -> None:
    stage = compose_stage(a_broadcast(), WORDING, Standing(now=NOON, reach=12), own=True)
    assert "The other organisers have been asked" in stage.text
    assert labels(stage) == []


def test_words_that_were_withdrawn_have_no_buttons() -> None:
    stage = compose_stage(a_broadcast(), WORDING, Standing(now=NOON, reach=12), edited=True)
    assert "Taken back" in stage.text
    assert labels(stage) == []


def test_that_author_and_approver_are_one_is_said() -> None:
    alone = a_broadcast(state=BroadcastState.COOLING, approver_id=2001, send_at=NOON)
    assert "single organiser" in compose_stage(alone, WORDING, Standing(now=NOON)).text


def test_the_preview_is_what_a_reader_gets() -> None:
    preview = compose_preview(Message("<b>Write.</b>"), WORDING)
    assert preview.text.startswith("<b>Write.</b>\n\n<i>")
    assert "yes to calls to action" in preview.text


def test_the_author_is_told_how_many_it_reaches_and_what_comes_next() -> None:
    controls = compose_panel(a_broadcast(state=BroadcastState.DRAFT), WORDING, Standing(now=NOON, reach=4213))
    assert "It reaches 4,213 people</b> and takes about 3 minutes" in controls.text
    assert "second organiser" in controls.text
    assert labels(controls)[-2:] == ["Submit", "Discard"]


@given(st.fixed_dictionaries({state: st.integers(0, 10**6) for state in DeliveryState}))
def test_a_receipts_figures_add_up(counts: dict[DeliveryState, int]) -> None:
    receipt = compose_receipt(counts, WORDING)
    figures, total = receipt.splitlines()[-1].removesuffix(" targeted.").split(" = ")
    numbers = [int(figure.replace(",", "")) for figure in figures.split(" + ")]
    assert sum(numbers) == int(total.replace(",", "")) == sum(counts.values())


def test_markup_that_an_author_wrote_is_kept() -> None:
    call = compose_call(Markup("Write to <b>your MP</b> &amp; ask."), WORDING, organisation="A & B")
    assert call.text == "Write to <b>your MP</b> &amp; ask.\n\n– A &amp; B"
