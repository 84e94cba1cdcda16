"""Cards for organisers: what waits, why, what readers would get, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.compose.text import LIMIT, Markup, escape, fit, usable_url, visible_length, visible_text
from bot.compose.wording import Wording
from bot.model.label import DISMISSALS
from bot.model.message import Button, Message
from bot.model.organiser import Card
from bot.model.story import Story, StoryState

EVIDENCE_LIMIT: Final = 500
TITLE_LIMIT: Final = 200
EXCERPT_LIMIT: Final = 120
ROWS: Final = 12
FATES: Final = {
    StoryState.PUBLISHED: "fate-published",
    StoryState.DISMISSED: "fate-dismissed",
    StoryState.MERGED: "fate-merged",
}
# Kept free for the line that says what became of it.
DECISION_ROOM: Final = 200
# And for the stories that are like it, and the line that says that a card is old.
SIMILAR_ROOM: Final = 600
SIMILAR_TITLE_LIMIT: Final = 120
LIVE: Final = (StoryState.PUBLISHED, StoryState.WAITING, StoryState.TO_READ)
"""Only with such stories another is put together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A story as a card names it."""

    story_id: int
    title: str
    url: str | None
    state: StoryState
    waiting_reason: str | None = None


def compose_story_card(story: Story, preview: Message | None, title: str, wording: Wording) -> str:
    """What waits and why, the alert as readers would get it, and the evidence in words; at most what one message holds.

    `preview` is None where the story has not been read.
    """
    why = why_it_waits(story, wording)
    head = [wording("card-story", why=why)]
    shown = [wording("card-preview"), preview.text] if preview else [wording("card-unread", title=title)]
    tail = button_lines(preview, wording) if preview else []
    tail += [wording("card-evidence", evidence=fit(evidence(story), EVIDENCE_LIMIT))] if story.verdict.evidence else []
    room = (
        LIMIT
        - DECISION_ROOM
        - SIMILAR_ROOM
        - visible_length("\n\n".join([*head, *tail, *shown[:-1]]))
        - len("\n\n" * 2)
    )
    return "\n\n".join([*head, *shown[:-1], fit(shown[-1], room), *tail])


def button_lines(preview: Message, wording: Wording) -> list[Markup]:
    """What readers could press, for a card has buttons of its own."""
    labels = [button.label for row in preview.buttons for button in row]
    return [wording("card-buttons", buttons=", ".join(labels))] if labels else []


def why_it_waits(story: Story, wording: Wording) -> Markup:
    """Why a story waits for a person, in a sentence."""
    if story.verdict.sensitive:
        rule = (story.verdict.sensitive_reason or "").replace("_", " ")
        return wording("waits-sensitive", rule=rule)
    if story.waiting_reason == "sensitive":
        return wording("waits-sensitive-elsewhere")
    return wording("waits-fuse" if story.waiting_reason == "fuse" else "waits-doubtful")


def evidence(story: Story) -> Markup:
    """What spoke for and against, in the matcher's words."""
    return escape("; ".join(dict.fromkeys(one.words for one in story.verdict.evidence)))


def compose_fuse_card(subjects: Sequence[Subject], wording: Wording) -> str:
    """A burst of stories in a line each, with what became of those that are decided."""
    rows = [fuse_row(number, subject, wording) for number, subject in enumerate(subjects[:ROWS], 1)]
    more = len(subjects) - len(rows)
    tail = [wording("card-fuse-more", count=more)] if more else []
    return "\n\n".join([wording("card-fuse", count=len(subjects)), "\n".join(rows), *tail])


def undecided_first(subjects: Sequence[Subject]) -> Sequence[Subject]:
    """A burst too long for one message with what is undecided at its beginning; a shorter one as it is."""
    if len(subjects) <= ROWS:
        return subjects
    return sorted(subjects, key=lambda one: one.state is not StoryState.WAITING)


def fuse_row(number: int, subject: Subject, wording: Wording) -> str:
    """One of them."""
    fate = wording(FATES[subject.state]) if subject.state in FATES else Markup("")
    return wording("card-fuse-row", number=number, title=linked_title(subject), fate=fate)


def linked_title(subject: Subject) -> Markup:
    """A story's headline, as a link where it has an address."""
    url = usable_url(subject.url)
    title: str = fit(escape(subject.title), TITLE_LIMIT)
    return Markup(f'<a href="{escape(url)}">{title}</a>' if url else title)


def story_buttons(
    card: Card, url: str | None, wording: Wording, *, similar: Sequence[Subject] = (), several: bool = False
) -> tuple[tuple[Button, ...], ...]:
    """Publish and Dismiss, what changes it first, and the source's page; Split where it is of `several` entries."""
    choices = (choice(card, "publish", wording), choice(card, "dismiss", wording))
    offered = {"edit": True, "like": bool(mergeable(similar)), "split": several}
    changes = [name for name, is_offered in offered.items() if is_offered]
    rows = (choices, tuple(change_button(card, name, wording) for name in changes))
    source = usable_url(url)
    return (*rows, (Button(wording.plain("button-read-source"), url=source),)) if source else rows


def change_button(card: Card, name: str, wording: Wording) -> Button:
    """What changes a story before it is decided."""
    return Button(wording.plain(f"button-story-{name}"), action=f"card:{card.id}:{name}")


def mergeable(similar: Sequence[Subject]) -> list[Subject]:
    """Those with which a story may be put together."""
    return [one for one in similar if one.state in LIVE]


def merge_into_buttons(card: Card, similar: Sequence[Subject], wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """A row for each story that the card's may be put together with, and a way back."""
    rows = [
        (Button(wording.plain("button-into", number=str(one.story_id)), action=f"card:{card.id}:into:{one.story_id}"),)
        for one in mergeable(similar)
    ]
    return (*rows, (choice(card, "back", wording),))


def with_more(text: str, card: Card, similar: Sequence[Subject], wording: Wording, *, old: bool) -> str:
    """A story's card with the stories that are like it and, where it is old, since when it waits."""
    rows = [similar_row(one, wording) for one in similar]
    told = ["\n".join([wording("card-similar"), *rows])] if rows else []
    told += [wording("card-old", at=moment(card.created_at, wording))] if old else []
    return fit("\n\n".join([text, *told]))


def similar_row(one: Subject, wording: Wording) -> Markup:
    """A story that is like another, with its number and what became of it."""
    fate = wording(FATES[one.state]) if one.state in FATES else Markup("")
    title = linked_title(replace(one, title=one.title[:SIMILAR_TITLE_LIMIT]))
    return wording("card-merge-row", number=str(one.story_id), title=title, fate=fate)


def fuse_buttons(card: Card, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """All, choose, none."""
    names = {"all": "button-publish-all", "choose": "button-choose", "none": "button-dismiss-all"}
    return tuple((Button(wording.plain(key), action=f"card:{card.id}:{name}"),) for name, key in names.items())


def chosen_buttons(card: Card, subjects: Sequence[Subject], wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """A row for each story that is not decided, and a way back."""
    rows = [
        (
            Button(wording.plain("button-publish-one", number=number), action=f"card:{card.id}:publish:{one.story_id}"),
            Button(wording.plain("button-dismiss-one", number=number), action=f"card:{card.id}:dismiss:{one.story_id}"),
        )
        for number, one in enumerate(subjects[:ROWS], 1)
        if one.state is StoryState.WAITING and one.waiting_reason in {None, "fuse"}
    ]
    return (*rows, (choice(card, "back", wording),))


def reason_buttons(card: Card, name: str, story_id: int | None, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """Why it is dismissed, a row each, and a way back. `name` is "dismiss" or "none"; `story_id` is one of a burst."""
    of_one = f":{story_id}" if story_id is not None else ""
    rows = [
        (Button(wording.plain(f"button-{dashed(reason)}"), action=f"card:{card.id}:{name}.{reason.value}{of_one}"),)
        for reason in DISMISSALS
    ]
    back = "choose" if of_one else "back"
    return (*rows, (Button(wording.plain("button-back"), action=f"card:{card.id}:{back}"),))


def dashed(name: str) -> str:
    """A name as the catalogue's keys spell it."""
    return name.replace("_", "-")


def choice(card: Card, name: str, wording: Wording) -> Button:
    """A button of a card."""
    return Button(wording.plain(f"button-{name}"), action=f"card:{card.id}:{name}")


def with_decision(text: str, card: Card, wording: Wording) -> str:
    """A card's text with the line that says who decided what, and when."""
    if card.decided_at is None:
        return text
    who = organiser_name(card.decided_by, wording)
    decision, _, reason = (card.decision or "").partition(".")
    line: str = wording(f"decided-{decision}", **decision_arguments(card, who, moment(card.decided_at, wording)))
    if reason:
        line = f"{line} {wording(f'reason-{dashed(reason)}')}"
    return f"{fit(text, LIMIT - visible_length(line) - 2)}\n\n{line}"


def decision_arguments(card: Card, who: Markup, at: Markup) -> Mapping[str, Markup]:
    """A card that settled itself has nobody to name."""
    return {"at": at} if card.decided_by is None else {"who": who, "at": at}


def without_markup(message: Message) -> Message:
    """The same words and choices with no formatting and no links."""
    rows = [tuple(button for button in row if button.url is None) for row in message.buttons]
    return Message(escape(visible_text(message.text)), tuple(row for row in rows if row))


def organiser_name(user_id: int | None, wording: Wording) -> Markup:
    """An organiser by number: names are not stored."""
    return wording("organiser-name", id=str(user_id))


def moment(at: datetime, wording: Wording) -> Markup:
    """Day and time in the campaign's time zone."""
    return escape(wording.time(at))


def compose_notice(key: str, arguments: Mapping[str, str | int], wording: Wording) -> str:
    """Something organisers are told."""
    return wording(f"told-{key}", **arguments)
