"""What cards about stories show: the words, what became of it, what is like it, and the buttons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.compose.card import (
    Subject,
    chosen_buttons,
    compose_fuse_card,
    fuse_buttons,
    story_buttons,
    undecided_first,
    with_decision,
    with_more,
)
from bot.compose.change import change_buttons
from bot.compose.correction import after_buttons
from bot.compose.merging import compose_merge_card, merge_buttons
from bot.compose.wording import Wording
from bot.flows.merging import list_movable
from bot.flows.review import CHOOSING
from bot.flows.subjects import list_subjects
from bot.model.message import Button, Message
from bot.model.organiser import Card, CardKind
from bot.store import Store

OLD_AFTER: Final = timedelta(days=7)
"""A card that has waited for so long says so: what it shows may be out of date."""
ABOUT_STORIES: Final = (CardKind.STORY, CardKind.FUSE, CardKind.MERGE, CardKind.CHANGE)


@dataclass(frozen=True, kw_only=True)
class Faces:
    """`wording` is that of the organisers' chats."""

    store: Store
    wording: Wording
    now: Callable[[], datetime]

    async def render(self, card: Card, *, choosing: bool | None = None) -> Message:
        """A card about stories as it stands now; `choosing` opens or closes a fuse card (None: as it is)."""
        async with self.store.read() as connection:
            subjects = undecided_first(await list_subjects(connection, card.subject_ids))
            similar = await list_subjects(connection, card.similar)
            several = card.kind is CardKind.STORY and bool(await list_movable(connection, card.subject_ids[0]))
        text = card_text(card, subjects, self.wording)
        if card.decided_at is not None:
            return Message(with_decision(text, card, self.wording), after_buttons(card, self.wording))
        old = self.now() - card.created_at >= OLD_AFTER
        shown = with_more(text, card, similar, self.wording, old=old)
        if card.kind is CardKind.STORY:
            return Message(shown, story_buttons(card, subjects[0].url, self.wording, similar=similar, several=several))
        return Message(shown, self.buttons(card, subjects, choosing=choosing))

    def buttons(
        self, card: Card, subjects: Sequence[Subject], *, choosing: bool | None
    ) -> tuple[tuple[Button, ...], ...]:
        """The buttons of a card about a burst, about two stories that may be one, or about a page that changed."""
        if card.kind is CardKind.CHANGE:
            return change_buttons(card, subjects[0].url, self.wording)
        if card.kind is CardKind.MERGE:
            return merge_buttons(card, self.wording)
        if card.decision == CHOOSING if choosing is None else choosing:
            return chosen_buttons(card, subjects, self.wording)
        return fuse_buttons(card, self.wording)


def card_text(card: Card, subjects: Sequence[Subject], wording: Wording) -> str:
    """What a card about stories says: one about a single story what it said when it was made, others how they stand."""
    if card.kind is CardKind.FUSE:
        return compose_fuse_card(subjects, wording)
    return compose_merge_card(card.text, subjects, wording) if card.kind is CardKind.MERGE else card.text
