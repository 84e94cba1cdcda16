import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.newsroom import Newsroom
from bot.sandbox.personas import add_personas
from bot.sandbox.running import keep, open_sandbox, restore
from bot.sandbox.telegram import Telegram
from tests.builders import NOON


def now() -> Any:
    return NOON


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """What a run kept."""
    file = tmp_path / "sandbox.json"
    telegram = Telegram()
    add_personas(telegram)
    keep(file, telegram, Newsroom(now))
    return file


def test_what_was_kept_is_taken_up(kept: Path) -> None:
    telegram, _ = restore(kept, now)
    assert telegram.chats.people
    assert kept.exists()


@pytest.mark.parametrize("newsroom", [{}, [], None, {"founded_at": "soon", "taken_at": "", "editions": []}])
def test_what_is_read_only_in_half_is_set_aside_whole(kept: Path, newsroom: object) -> None:
    text = json.dumps(json.loads(kept.read_text()) | {"newsroom": newsroom})
    kept.write_text(text)
    telegram, _ = restore(kept, now)
    assert not telegram.chats.people
    assert not kept.exists()
    assert (kept.parent / "sandbox.json.unreadable").read_text() == text


def test_a_sandbox_opens_over_an_unreadable_file(kept: Path) -> None:
    async def open_and_close() -> None:
        async with open_sandbox(kept, 0, now) as sandbox:
            assert sandbox.owners

    kept.write_text("[")
    asyncio.run(open_and_close())
    assert json.loads(kept.read_text())["telegram"]
