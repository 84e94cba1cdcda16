"""Updates that people's apps do not make, but that a bot must live through."""

import asyncio
from typing import Any

import pytest

from tests.handlers.chatting import ANNA
from tests.handlers.organiser.organising import OLWEN, TOMOS, Organising


def from_nobody(text: str) -> dict[str, Any]:
    """A private message without a sender."""
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text.startswith("/") else []
    chat = {"id": OLWEN, "type": "private", "first_name": "Olwen"}
    return {"message_id": 1, "date": 1, "chat": chat, "text": text, "entities": entities}


@pytest.mark.parametrize("text", ["/status", "/feeds", "/review", "/broadcast", "/rehearse", "hello"])
async def test_a_message_from_nobody_is_passed_over(organising: Organising, text: str) -> None:
    before = len(organising.texts(OLWEN))
    await organising.process({"update_id": 1, "message": from_nobody(text)})
    assert len(organising.texts(OLWEN)) == before


@pytest.mark.parametrize("action", ["card:1:publish", "call:1:approve:", "call:1:submit:", "reject:1:facts:"])
async def test_a_press_under_no_message_changes_nothing(organising: Organising, action: str) -> None:
    story = await organising.wait("A report")
    before = await organising.state(story)
    person = {"id": OLWEN, "is_bot": False, "first_name": "Olwen"}
    query = {"id": "1", "from": person, "inline_message_id": "x", "chat_instance": "1", "data": action}
    await organising.process({"update_id": 1, "callback_query": query})
    assert await organising.state(story) is before


async def test_a_press_on_what_never_was_is_answered(organising: Organising) -> None:
    message = organising.seen(OLWEN)[-1]
    for action in (
        "call:999:approve:",
        "reject:999:facts:",
        "reject:999:other:",
        "after:999:figures:",
        "after:999:retry:",
    ):
        assert "moved on" in str(await organising.press_raw(message, action, by=TOMOS))
    await organising.press_raw(message, "call:999:submit:abc", by=TOMOS)
    assert "moved on" in organising.texts(OLWEN)[-1]
    assert "moved on" in str(await organising.press_raw(message, "draft:999:page.main:", by=TOMOS))
    assert "too old" in str(await organising.press_raw(message, "count:999:done", by=ANNA))
    for action in ("call:1:approve:", "reject:1:facts:", "after:1:figures:", "draft:1:page.main:"):
        assert await organising.press_raw(message, action, by=ANNA) == "Only organisers can decide this."
    assert "decided already" in str(await organising.press_raw(message, "card:999:dismiss", by=OLWEN))


async def test_of_two_texts_at_once_one_is_the_draft(organising: Organising) -> None:
    await organising.say("/broadcast", by=OLWEN)
    before = len(organising.texts(OLWEN))
    person = {"id": OLWEN, "is_bot": False, "first_name": "Olwen"}
    updates = [
        {"update_id": n, "message": {**from_nobody(f"Text {n}"), "from": person, "message_id": n}} for n in (1, 2)
    ]
    await asyncio.gather(*map(organising.process, updates))
    told = organising.texts(OLWEN)[before:]
    assert sum("Call to action 1" in text for text in told) == 1
    # The other came while the first was being written, or just after.
    assert sum("not waiting for this any more" in text or "cannot read messages" in text for text in told) == 1, told
