import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compose import Markup, Wording, visible_length
from bot.compose.broadcast import CAPTION_LIMIT, call_buttons, compose_call, urls_of
from bot.compose.calls import compose_preview, compose_stage
from bot.compose.drafting import Topic, compose_panel
from bot.compose.figures import compose_figures
from bot.compose.progress import Standing, compose_progress
from bot.compose.terms import compose_terms, reach_line
from bot.compose.text import CAPTION
from bot.errors import ComposeError
from bot.model.broadcast import Broadcast, BroadcastState
from bot.model.delivery import DeliveryState, Outcome
from bot.model.draft import Audience, Dead, Draft, Link, Start, Written
from bot.model.message import Attachment, Button, Message
from tests.builders import NOON

WORDING = Wording.load("en")
PHOTO = Attachment("photo", "file", "unique")


def a_draft(**changes: object) -> Broadcast:
    values: dict[str, object] = {
        "id": 4,
        "author_id": 1,
        "state": BroadcastState.DRAFT,
        "text": "Write.",
        "buttons": (),
    }
    return Broadcast(**{**values, "digest": "ab", "created_at": NOON, **changes})  # type: ignore[arg-type]


def labels(message: Message) -> list[str]:
    return [button.label for row in message.buttons for button in row]


def test_the_longest_caption_keeps_the_line_that_says_why() -> None:
    call = compose_call("x" * CAPTION_LIMIT, WORDING, attachment=PHOTO)
    preview = compose_preview(call, WORDING)
    assert call.text in preview.text
    assert visible_length(preview.text) <= CAPTION
    with pytest.raises(ComposeError, match="photo or document"):
        compose_call("x" * (CAPTION_LIMIT + 1), WORDING, attachment=PHOTO)


def test_a_rehearsal_says_so_first() -> None:
    assert compose_call("Write.", WORDING, rehearsal=True).text.startswith("REHEARSAL")


def test_what_stands_under_a_call_opens_counts_and_is_shared() -> None:
    draft = Draft(links=(Link("Go", "https://example.org/x"),), share=True, done=True)
    rows = call_buttons(draft, 7, WORDING, text="Write <b>now</b> &amp; soon", home="https://t.me/bot")
    assert [row[0].label for row in rows] == ["Go", "Done", "Share"]
    assert rows[1][0].action == "count:7:done"
    shared = parse_qs(urlsplit(rows[2][0].url or "").query)
    assert shared == {"url": ["https://example.org/x"], "text": ["Write now & soon"]}
    alone = call_buttons(Draft(share=True, options=("Yes", "No")), 7, WORDING, text="?", home="https://t.me/bot")
    assert [row[0].action for row in alone[:2]] == ["count:7:1", "count:7:2"]
    assert "t.me%2Fbot" in (alone[2][0].url or "")


def test_every_address_that_may_be_pressed_is_looked_at_once() -> None:
    text = 'See <a href="https://a.example/?x=1&amp;y=2">this</a>, https://b.example/z. And (https://b.example/z)'
    share = Button("Share", url="https://t.me/share/url?url=x")
    message = Message(text, ((Button("Go", url="https://c.example"), share), (Button("Done", action="count:1:done"),)))
    assert urls_of(message) == ("https://a.example/?x=1&y=2", "https://b.example/z", "https://c.example")


def test_the_panel_says_all_that_is_decided() -> None:
    draft = Draft(
        attachment=PHOTO,
        others={"cy": Written("Ysgrifennwch.")},
        links=(Link("Go", "https://example.org"),),
        share=True,
        options=("Yes", "No"),
        audience=Audience(follows=("topic:x",), languages=("cy",), rested_days=7, test_group=True),
        expires_at=NOON,
        start=Start.AT,
        start_at=NOON,
        dead=(Dead("https://example.org", "gone"),),
    )
    text = compose_panel(a_draft(draft=draft), WORDING, Standing(now=NOON, reach=2)).text
    for says in (
        *("English, Welsh", "With a photo", "“Go”: https://example.org", "Yes, No", "“Share”", "topic:x in particular"),
        *("read Welsh", "last 7 days", "as a test", "Worthless after", "Sent at", "2 people", "(gone)"),
    ):
        assert says in text
    offered = labels(compose_panel(a_draft(draft=draft), WORDING, Standing(now=NOON)))
    assert "Send anyway" in offered


@pytest.mark.parametrize(
    ("draft", "offers"),
    [
        (Draft(), ["Add a link", "Add “Share”", "Add “Done”", "Ask a question", "Back"]),
        (Draft(share=True, done=True), ["Add a link", "Remove “Share”", "Remove “Done”", "Back"]),
        (Draft(options=("Yes", "No")), ["Add a link", "Add “Share”", "Remove links and answers", "Back"]),
        (
            Draft(links=(Link("a", "https://a.example"),) * 4, done=True),
            ["Add “Share”", "Remove “Done”", "Remove links and answers", "Back"],
        ),
    ],
)
def test_only_buttons_that_go_together_are_offered(draft: Draft, offers: list[str]) -> None:
    assert labels(compose_panel(a_draft(draft=draft), WORDING, Standing(now=NOON), page="buttons")) == offers


def test_what_is_chosen_has_a_tick_and_what_is_on_its_way_can_only_be_taken_back() -> None:
    chosen = a_draft(draft=Draft(audience=Audience(follows=("topic:x",))))
    topics = [Topic("topic:x", "restraint"), Topic("topic:y", "isolation")]
    audience = labels(compose_panel(chosen, WORDING, Standing(now=NOON), page="audience", topics=topics))
    assert audience[:2] == ["✓ restraint", "isolation"]
    for page, offers in (("expiry", "After 24 hours"), ("time", "In waking hours")):
        assert offers in labels(compose_panel(chosen, WORDING, Standing(now=NOON), page=page))
    for state, way_out in ((BroadcastState.SUBMITTED, "Discard"), (BroadcastState.COOLING, "Cancel")):
        panel = compose_panel(a_draft(state=state), WORDING, Standing(now=NOON))
        assert labels(panel) == ["Edit", "Change the rest", way_out]
    assert labels(compose_panel(a_draft(state=BroadcastState.DONE), WORDING, Standing(now=NOON))) == []


def test_what_it_costs_is_said_where_it_costs() -> None:
    free = Standing(now=NOON, reach=4213, rate=25, paid=True)
    paid = Standing(now=NOON, reach=60_000, rate=1000, paid=True)
    assert reach_line(free, WORDING) == "<b>It reaches 4,213 people</b> and takes about 3 minutes."
    assert "5,820 Stars" in reach_line(paid, WORDING)
    assert "Stars" not in reach_line(paid, WORDING, training=True)


def test_who_sends_a_dead_link_anyway_is_named_and_a_rehearsal_or_retry_says_what_it_is() -> None:
    draft = Draft(dead=(Dead("https://example.org", "gone"),), anyway_by=2001)
    assert "organiser 2001 wants" in compose_terms(a_draft(draft=draft), WORDING, Standing(now=NOON))
    assert "this is a rehearsal" in compose_terms(a_draft(training=True), WORDING, Standing(now=NOON))
    assert "call to action 3 failed" in compose_terms(a_draft(retry_of=3), WORDING, Standing(now=NOON))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"a_second": 2.0}, "About 2 a second; 2 minutes to go."),
        ({"a_second": 0.0}, "Waiting: 150."),
        ({"paused": True}, "150 wait until somebody presses “Resume”"),
        ({"frozen": True, "paused": True}, "/stopall"),
    ],
)
def test_progress_says_how_fast_it_goes_or_what_holds_it(changes: dict[str, object], says: str) -> None:
    counts = {DeliveryState.SENT: 50, DeliveryState.PENDING: 140, DeliveryState.CLAIMED: 10}
    sending = a_draft(state=BroadcastState.SENDING, approver_id=2, expires_at=NOON)
    text = compose_progress(sending, WORDING, Standing(now=NOON, counts=counts, **changes))  # type: ignore[arg-type]
    assert says in text
    assert "50 + 0 + 0 + 0 + 0 + 0 + 150 = 200 targeted." in text
    assert "Worthless after" in text


def test_a_rejection_says_why_and_the_failed_may_be_tried_again() -> None:
    rejected = a_draft(state=BroadcastState.REJECTED, ended_by=2, ended_reason="other:Too <late>")
    assert "The reason: Too &lt;late&gt;" in compose_stage(rejected, WORDING, Standing(now=NOON)).text
    named = a_draft(state=BroadcastState.REJECTED, ended_by=2, ended_reason="timing")
    assert "not the time" in compose_stage(named, WORDING, Standing(now=NOON)).text
    some = Standing(now=NOON, counts={DeliveryState.FAILED: 2})
    done = a_draft(state=BroadcastState.DONE, approver_id=2)
    assert "Retry the failed" in labels(compose_stage(done, WORDING, some))
    rehearsed = a_draft(state=BroadcastState.DONE, approver_id=2, training=True)
    assert "Retry the failed" not in labels(compose_stage(rehearsed, WORDING, some))
    assert "REHEARSAL" in compose_stage(rehearsed, WORDING, some).text


@given(
    st.lists(
        st.builds(
            Outcome, st.sampled_from(["sent", "failed"]), st.text("=-ab", max_size=3), st.just("x"), st.integers(1, 30)
        )
    )
)
def test_figures_point_at_nobody_and_lose_nobody(outcomes: list[Outcome]) -> None:
    _, *rows = list(csv.reader(io.StringIO(compose_figures(outcomes))))
    numbers = [int(row[3]) for row in rows if row[3].isdecimal()]
    assert all(number >= 10 for number in numbers)
    assert not any(row[1].startswith(("=", "-")) for row in rows)
    hidden = sum(one.count for one in outcomes) - sum(numbers)
    assert hidden == 0 or (0 < hidden < 10 and rows[-1][3] == "fewer than 10")


def test_markup_is_written_as_it_was() -> None:
    assert compose_call(Markup("<b>Write.</b>"), WORDING, attachment=PHOTO).attachment == PHOTO


def test_what_readers_pressed_is_told_only_where_it_points_at_nobody() -> None:
    asked = a_draft(state=BroadcastState.DONE, approver_id=2, draft=Draft(options=("Yes", "No")))
    text = compose_stage(asked, WORDING, Standing(now=NOON, marks={"option-1": 10, "option-2": 9})).text
    assert "“Yes”: 10" in text
    assert "“No”: fewer than 10" in text


def test_figures_keep_many_as_they_are_and_put_few_together() -> None:
    many, few = Outcome("sent", "", "2026-11-25 12:00", 10), [Outcome("failed", f"={n}", "", 6) for n in range(2)]
    assert compose_figures([many]).splitlines()[1:] == ["sent,,2026-11-25 12:00,10"]
    assert compose_figures([many, *few]).splitlines()[2:] == ["any other,,,12"]
    assert compose_figures([Outcome("failed", "=1", "", 10)]).splitlines()[1:] == ["failed,'=1,,10"]
