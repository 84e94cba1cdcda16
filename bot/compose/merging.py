"""Two stories that may be one, and what could be taken out of a story, as organisers see it."""

from collections.abc import Sequence
from typing import Final

from bot.compose.card import FATES, TITLE_LIMIT, Subject, choice, linked_title
from bot.compose.text import Markup, escape, fit
from bot.compose.wording import Wording
from bot.model.message import Button, Message
from bot.model.organiser import Card

MOVABLE: Final = 20
"""A keyboard of more buttons than this is of no use."""


def compose_merge_card(title: str, subjects: Sequence[Subject], wording: Wording) -> str:
    """Two stories, and the headline that fits both (as plain text)."""
    bridge = Markup(fit(escape(title), TITLE_LIMIT))
    return "\n\n".join([wording("card-merge", title=bridge), "\n".join(story_rows(subjects, wording))])


def story_rows(subjects: Sequence[Subject], wording: Wording) -> list[Markup]:
    """Each story with its number and how it stands."""
    return [
        wording(
            "card-merge-row",
            number=str(subject.story_id),
            title=linked_title(subject),
            fate=wording(FATES[subject.state]) if subject.state in FATES else Markup(""),
        )
        for subject in subjects
    ]


def merge_buttons(card: Card, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """Merge, or keep apart."""
    return ((choice(card, "merge", wording), choice(card, "apart", wording)),)


def compose_split(story_id: int, title: str, entries: Sequence[tuple[int, str, str]], wording: Wording) -> Message:
    """What could be taken out of a story (its number and lead's headline): (row id, headline, source) each."""
    shown = entries[:MOVABLE]
    rows = [
        wording("split-row", number=number, title=Markup(fit(escape(entry), TITLE_LIMIT)), source=source)
        for number, (_, entry, source) in enumerate(shown, 1)
    ]
    head = wording("split-heading", story=str(story_id), title=Markup(fit(escape(title), TITLE_LIMIT)))
    buttons = [
        (Button(wording.plain("button-split-one", number=number), action=f"split:{story_id}:{row_id}"),)
        for number, (row_id, _, _) in enumerate(shown, 1)
    ]
    return Message(fit("\n\n".join([head, "\n".join(rows)])), tuple(buttons))
