"""What an organiser may decide about stories that wait, and which card may decide which."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.compose.card import Subject
from bot.model.label import Reason
from bot.model.organiser import Card, CardKind
from bot.model.story import Story, StoryState


class Choice(StrEnum):
    """What a press on a card asks for. ALL and NONE decide a fuse card whole, the others one story."""

    PUBLISH = "publish"
    DISMISS = "dismiss"
    ALL = "all"
    NONE = "none"

    @property
    def publishes(self) -> bool:
        """Whether readers get it."""
        return self in {Choice.PUBLISH, Choice.ALL}


@dataclass(frozen=True, slots=True)
class Ruling:
    """A choice, whose it was (a user id), and why where it dismisses."""

    choice: Choice
    by: int
    reason: Reason

    @property
    def decision(self) -> str:
        """As a card keeps it."""
        return self.choice.value if self.choice.publishes else f"{self.choice.value}.{self.reason.value}"

    @property
    def said(self) -> Reason:
        """What it says about the entry that was shown."""
        return Reason.PUBLISHED if self.choice.publishes else self.reason


def sort_out(new: Sequence[Story], unread: Sequence[Story]) -> tuple[list[Story], list[Story]]:
    """Stories that get a card each, and those that share one: what the fuse holds, once all of that has been read."""
    bunch = [story for story in new if story.waiting_reason == "fuse" and story.verdict.unattended]
    single = [story for story in new if story not in bunch]
    if any(story.waiting_reason == "fuse" for story in unread):
        return single, []
    return ([*single, *bunch], []) if len(bunch) == 1 else (single, bunch)


def covers(card: Card, story_id: int, waiting_reason: str | None) -> bool:
    """Whether the card may decide the story: a shared one only what the fuse holds, nothing sensitive (rule 6)."""
    return story_id in card.subject_ids and (card.kind is CardKind.STORY or waiting_reason == "fuse")


def is_open(card: Card, subject: Subject) -> bool:
    """Whether the card still has this story to decide."""
    return subject.state is StoryState.WAITING and covers(card, subject.story_id, subject.waiting_reason)


def fits(card: Card, choice: Choice, story_id: int | None) -> bool:
    """Whether the card offers this."""
    if card.kind is CardKind.STORY:
        return story_id is None and choice in {Choice.PUBLISH, Choice.DISMISS}
    if card.kind is not CardKind.FUSE:
        return False
    one = choice in {Choice.PUBLISH, Choice.DISMISS}
    return story_id in card.subject_ids if one else story_id is None
