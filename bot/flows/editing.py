"""Editing: a reviewer chooses other sentences of the source, or another ask, for a story that waits.

Only sentences that were read can be chosen, word for word (DESIGN.md rule 5). Every press is written down; nothing
changes for anybody else before it is applied, and then the story gets a new card: nobody publishes what they were not
shown.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.campaign.pack import Action
from bot.compose.action import CONDOLENCE
from bot.model.editing import NOTHING, Bench, Edit
from bot.model.finding import Finding
from bot.model.organiser import CardKind
from bot.model.story import DEATH, Story, StoryState
from bot.reading.sentences import find_sentences
from bot.store import Store
from bot.store.broadcasts import add_deed
from bot.store.cards import decide_card, find_card
from bot.store.edits import (
    NewEdit,
    add_edit,
    digest_of_finding,
    end_edit,
    find_ask,
    find_edit,
    find_edit_of,
    put_edited,
    set_choice,
)
from bot.store.stories import find_finding, find_story

log = logging.getLogger(__name__)

SHORTEST: Final = 20
"""What is shorter is a heading or a number, and nothing to quote."""
AUTOMATIC: Final = "auto"
"""The choice to leave the ask to the campaign's pack."""


class Applied(StrEnum):
    """What applying came to. All but DONE changed nothing."""

    DONE = "done"
    NOTHING = "nothing"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class Editing:
    """`actions` are what the campaign's pack may ask for. The caller has made sure that whoever presses may review."""

    store: Store
    actions: Sequence[Action]
    now: Callable[[], datetime]
    wake: Callable[[str], None]

    async def begin(self, card_id: int, *, by: int) -> Bench | None:
        """Open a card's story for editing, or go on where this person was; None where it waits no more."""
        async with self.store.write() as connection:
            card = await find_card(connection, card_id)
            if card is None or card.kind is not CardKind.STORY or card.decided_at is not None:
                return None
            story_id = card.subject_ids[0]
            finding, ask = await find_finding(connection, story_id), await find_ask(connection, story_id)
            if finding is None:
                return None
            base = digest_of_finding(finding, ask)
            edit = await find_edit_of(connection, card_id, by, base)
            if edit is None:
                chosen = [number for number, one in enumerate(list_sentences(finding)) if one in finding.summary]
                begun = NewEdit(story_id, card_id, by, chosen, ask, base)
                edit = await find_edit(connection, await add_edit(connection, begun, now=self.now()))
            return await self.open(connection, edit)

    async def open(self, connection: AsyncConnection, edit: Edit | None) -> Bench | None:
        """An edit with what can be chosen; None where its story waits no more, or is another by now."""
        if edit is None:
            return None
        card, story = await find_card(connection, edit.card_id), await find_story(connection, edit.story_id)
        finding = await find_finding(connection, edit.story_id)
        if card is None or card.decided_at is not None or story is None or finding is None:
            return None
        if story.state is not StoryState.WAITING:
            return None
        if digest_of_finding(finding, await find_ask(connection, edit.story_id)) != edit.base:
            return None
        return Bench(edit=edit, sentences=list_sentences(finding), asks=self.list_asks(story))

    def list_asks(self, story: Story) -> tuple[tuple[str, str], ...]:
        """What could be asked for; about a death nothing is asked of anybody, and nobody may change that."""
        if DEATH in (story.verdict.sensitive_reason or ""):
            return ()
        asked = [action for action in self.actions if CONDOLENCE not in action.on]
        return tuple((action.id, action.label.replace("{place}", "").strip()) for action in asked)

    async def look(self, edit_id: int, *, by: int) -> Bench | None:
        """What somebody is choosing; None where it is over, or somebody else's."""
        async with self.store.read() as connection:
            return await self.find(connection, edit_id, by)

    async def find(self, connection: AsyncConnection, edit_id: int, by: int) -> Bench | None:
        """The same, in a transaction."""
        edit = await find_edit(connection, edit_id)
        return await self.open(connection, edit) if edit is not None and edit.editor_id == by else None

    async def toggle(self, edit_id: int, number: int, *, by: int) -> Bench | None:
        """Take a sentence in or out; None where there is no such choice any more."""
        async with self.store.write() as connection:
            bench = await self.find(connection, edit_id, by)
            if bench is None or not 0 <= number < len(bench.sentences):
                return None
            chosen = bench.edit.toggled(number)
            await set_choice(connection, edit_id, chosen, bench.edit.ask)
            return replace(bench, edit=replace(bench.edit, chosen=chosen))

    async def choose_ask(self, edit_id: int, name: str, *, by: int) -> Bench | None:
        """Ask for this (an action's id), for NOTHING, or leave it to the pack (AUTOMATIC)."""
        async with self.store.write() as connection:
            bench = await self.find(connection, edit_id, by)
            if bench is None or name not in {AUTOMATIC, NOTHING, *(known for known, _ in bench.asks)}:
                return None
            ask = None if name == AUTOMATIC else name
            await set_choice(connection, edit_id, bench.edit.chosen, ask)
            return replace(bench, edit=replace(bench.edit, ask=ask))

    async def apply(self, edit_id: int, *, by: int) -> Applied:
        """Let the alert be made of what was chosen: the card ends, and the story gets a new one."""
        now = self.now()
        async with self.store.write() as connection:
            bench = await self.find(connection, edit_id, by)
            finding = await find_finding(connection, bench.edit.story_id) if bench else None
            if bench is None or finding is None:
                return Applied.CHANGED
            if bench.sentences and not bench.edit.chosen:
                return Applied.NOTHING
            edit, edited = bench.edit, rewritten(finding, bench)
            if not await decide_card(connection, edit.card_id, "edited", by=by, now=now):
                return Applied.CHANGED
            await put_edited(connection, edit.story_id, edited, edit.ask)
            await end_edit(connection, edit_id, now)
            digest = digest_of_finding(edited, edit.ask)
            await add_deed(connection, by, "edit", f"story:{edit.story_id}", now=now, digest=digest)
        log.info("story %d: its alert was edited", edit.story_id)
        self.wake("review")
        return Applied.DONE

    async def drop(self, edit_id: int, *, by: int) -> bool:
        """Leave everything as it was; False where the choice is over, or somebody else's."""
        async with self.store.write() as connection:
            edit = await find_edit(connection, edit_id)
            if edit is None or edit.editor_id != by:
                return False
            await end_edit(connection, edit_id, self.now())
        return True


def list_sentences(finding: Finding) -> tuple[str, ...]:
    """What can be quoted of a source, word for word: what was, where it stands on no line of its own, then the rest.

    A digest is told by its parts, not by sentences: nothing can be chosen there.
    """
    if finding.parts:
        return ()
    read = [one.text for one in find_sentences(finding.text.splitlines()) if len(one.text) >= SHORTEST]
    return tuple(dict.fromkeys([*(one for one in finding.summary if one not in read), *read]))


def rewritten(finding: Finding, bench: Bench) -> Finding:
    """The finding with the sentences that were chosen. Whom the machine chose to quote goes with its sentences."""
    summary = tuple(bench.sentences[number] for number in bench.edit.chosen)
    return finding if summary in {(), finding.summary} else replace(finding, summary=summary, quotation=None)
