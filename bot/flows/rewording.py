"""Rewording: what a message that was sent says once it is corrected; of an alert only the source's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.correction import compose_corrected, read_note
from bot.compose.text import Markup
from bot.compose.wording import DEFAULT_LANGUAGE, Wording
from bot.flows.publish import Publish
from bot.model.amendment import Amendment, Body, SentMessage, digest_of
from bot.model.finding import Finding
from bot.model.message import Message, Picture
from bot.reading.sentences import find_sentences
from bot.store.amendments import find_last_correction
from bot.store.rereadings import find_rereadable
from bot.store.sent import get_texts, put_corrected_finding
from bot.store.stories import find_finding

OFFERED = 40
"""So many sentences of a source are offered at most."""


class Rewording:
    """`publish` composes alerts out of findings."""

    def __init__(self, publish: Publish) -> None:
        self._publish = publish

    @property
    def wordings(self) -> Mapping[str, Wording]:
        """The sentences of each language."""
        return self._publish.composing.wordings

    def read_note(self, typed: str) -> str:
        """An organiser's words as a note; raises ComposeError."""
        return read_note(typed, self.wordings[DEFAULT_LANGUAGE])

    async def compose(self, connection: AsyncConnection, message: SentMessage, amendment: Amendment) -> Amendment:
        """The correction with all that readers would see of it; raises ComposeError where its new text is too long."""
        body = replace(amendment.body, bare=amendment.body.bare and message.pictured)
        amendment = replace(amendment, body=body)
        bodies = await self.bodies(connection, message, body)
        texts = {
            language: compose_corrected(
                one,
                amendment.note,
                self.wordings.get(language, self.wordings[DEFAULT_LANGUAGE]),
                self._publish.now(),
                pictured=message.pictured,
                whole=bool(body.text),
            )
            for language, one in bodies.items()
        }
        digest = digest_of(message.id, texts, amendment.note, tell=amendment.tell, bare=body.bare)
        plain = {language: one.text for language, one in bodies.items()}
        return replace(amendment, texts=texts, bodies=plain, digest=digest)

    async def bodies(self, connection: AsyncConnection, message: SentMessage, body: Body) -> Mapping[str, Message]:
        """What it says below the note, in each language that it has."""
        if message.story_id is not None and (body.page or body.sentences):
            return await self.compose_anew(connection, message, body)
        texts = await get_texts(connection, message.id)
        if body.text:
            return {language: replace(text, text=Markup(body.text)) for language, text in texts.items()}
        earlier = await find_last_correction(connection, message.id)
        if earlier is None:
            return texts
        return {
            language: replace(text, text=earlier.bodies.get(language) or text.text) for language, text in texts.items()
        }

    async def compose_anew(
        self, connection: AsyncConnection, message: SentMessage, body: Body
    ) -> Mapping[str, Message]:
        """The alert as it would be composed today, from its page or with other sentences; a picture stays as it is."""
        finding = await self.reworded(connection, message.story_id or 0, body)
        material = await self._publish.find_material(connection, message.story_id or 0)
        if finding is None or material is None:
            return await get_texts(connection, message.id)
        pictures = {language: Picture() for language in self.wordings} if message.pictured else {}
        composed = self._publish.composing.compose(replace(material, finding=finding), pictures)
        return {language: Message(one.text, one.buttons) for language, one in composed.items()}

    async def reworded(self, connection: AsyncConnection, story_id: int, body: Body) -> Finding | None:
        """What a correction makes of a story's finding."""
        page = await find_rereadable(connection, story_id)
        finding = page.latest if page and body.page else await find_finding(connection, story_id)
        if finding is None or not body.sentences:
            return finding
        return replace(finding, summary=body.sentences, quotation=None)

    async def put_finding(self, connection: AsyncConnection, message: SentMessage, body: Body) -> None:
        """Let who asks about the story be told the same."""
        if message.story_id is None or not (body.page or body.sentences):
            return
        finding = await self.reworded(connection, message.story_id, body)
        if finding is not None:
            await put_corrected_finding(connection, message.story_id, finding)

    async def list_sentences(self, connection: AsyncConnection, story_id: int) -> Sequence[str]:
        """The sentences of a story's source that can stand alone, those that were quoted first."""
        finding = await find_finding(connection, story_id)
        if finding is None:
            return []
        others = [one.text for one in find_sentences(finding.text.splitlines()) if one.usable and not one.leans]
        return list(dict.fromkeys([*finding.summary, *others]))[:OFFERED]

    async def has_changed(self, connection: AsyncConnection, story_id: int) -> bool:
        """Whether a story's page says something else than what was sent."""
        page = await find_rereadable(connection, story_id)
        return page is not None and page.latest != page.sent
