"""The crowd over HTTP, as the bot's own transport meets it."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing import Pipe

from bot.model.delivery import Fate
from bot.model.message import Message
from bot.model.subscriber import ChatKey
from bot.sandbox.crowd import Crowd, Shares, chat_of
from bot.sandbox.crowd_server import TOKEN, CrowdServer, open_crowd, serve_until_closed
from bot.sending import build_bot, send

LONG = Message("Words that need several pieces. " * 1000)


@asynccontextmanager
async def serving(crowd: Crowd) -> AsyncIterator[CrowdServer]:
    """The server in this process."""
    here, there = Pipe()
    running = asyncio.create_task(serve_until_closed(there, crowd, 0.001))
    try:
        port = await asyncio.to_thread(here.recv)
        yield CrowdServer(f"http://127.0.0.1:{port}", here)
    finally:
        here.close()
        await running
        there.close()


async def test_it_takes_messages_and_gives_its_counts() -> None:
    crowd = Crowd(2, Shares())
    async with serving(crowd) as server, build_bot(TOKEN, api_url=server.url) as bot:
        receipts = [await send(bot, ChatKey(chat_of(number, crowd.shares)), LONG) for number in (1, 2, 2)]
        assert [receipt.fate for receipt in receipts] == [Fate.SENT] * 3
        tally = await server.tally()
    assert (tally.calls, tally.reached, tally.twice) == (3, 2, 1)


async def test_a_drop_leaves_it_unknown_whether_a_message_arrived() -> None:
    async with serving(Crowd(1, Shares(dropped=100))) as server, build_bot(TOKEN, api_url=server.url) as bot:
        assert (await send(bot, ChatKey(chat_of(1, Shares())), Message("Hello"))).fate is Fate.UNKNOWN


async def test_its_process_ends_with_the_block() -> None:
    with open_crowd(1, Shares(silent=100), 0.0) as server:
        assert (await server.tally()).calls == 0
    assert multiprocessing.active_children() == []
