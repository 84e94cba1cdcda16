import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest, Conflict

from bot.serving import serve
from tests.sandbox.running import ANNA, GROUP, Sandbox, until


async def test_updates_come_in_order_until_they_are_confirmed(sandbox: Sandbox) -> None:
    for text in ("one", "two", "three"):
        sandbox.telegram.say(ANNA, ANNA, text)
    first = await sandbox.bot.get_updates(limit=2)
    assert [update.message.text for update in first if update.message] == ["one", "two"]
    assert await sandbox.bot.get_updates(limit=2) == first
    rest = await sandbox.bot.get_updates(offset=first[-1].update_id + 1)
    assert [update.message.text for update in rest if update.message] == ["three"]


async def test_a_negative_offset_keeps_the_last_ones(sandbox: Sandbox) -> None:
    for text in ("one", "two"):
        sandbox.telegram.say(ANNA, ANNA, text)
    (last,) = await sandbox.bot.get_updates(offset=-1)
    assert last.message is not None
    assert last.message.text == "two"
    assert len(await sandbox.bot.get_updates(limit=0)) == 1


async def test_a_long_poll_waits_for_the_next_update(sandbox: Sandbox) -> None:
    poll = asyncio.create_task(sandbox.bot.get_updates(timeout=30))
    await _polling(sandbox)
    sandbox.telegram.say(ANNA, ANNA, "hello")
    sandbox.telegram.say(ANNA, ANNA, "again")
    assert len(await poll) == 2


async def test_a_long_poll_ends_empty(sandbox: Sandbox) -> None:
    assert await sandbox.bot.get_updates(timeout=1) == ()


async def test_a_second_poller_ends_the_first_with_409(sandbox: Sandbox) -> None:
    first = asyncio.create_task(sandbox.bot.get_updates(timeout=30))
    await _polling(sandbox)
    async with Bot(sandbox.telegram.token, base_url=f"{sandbox.url}/bot") as second:
        assert await second.get_updates(timeout=0) == ()
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot"):
            await first


async def test_only_the_kinds_asked_for_come(sandbox: Sandbox) -> None:
    await sandbox.bot.get_updates(allowed_updates=["my_chat_member"])
    sandbox.telegram.say(ANNA, ANNA, "hello")
    sandbox.telegram.block(ANNA)
    (update,) = await sandbox.bot.get_updates()
    assert update.my_chat_member is not None
    await sandbox.bot.get_updates(offset=update.update_id + 1, allowed_updates=[])
    sandbox.telegram.say(ANNA, ANNA, "/start")
    back, message = await sandbox.bot.get_updates()
    assert (back.my_chat_member is not None, message.message is not None) == (True, True)


async def test_blocking_and_returning_are_told(sandbox: Sandbox) -> None:
    sandbox.telegram.block(ANNA)
    sandbox.telegram.block(ANNA)
    sandbox.telegram.say(ANNA, ANNA, "/start")
    blocked, back, message = await sandbox.bot.get_updates()
    assert blocked.my_chat_member is not None
    assert back.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    assert back.my_chat_member.new_chat_member.status == "member"
    assert message.message is not None


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(sandbox: Sandbox) -> None:
    sandbox.telegram.add_group(GROUP, "Campaign", [ANNA])
    ours = (await sandbox.bot.send_message(GROUP, "Hello")).message_id
    name = sandbox.telegram.bot["username"]
    for text in ("chatter", "/latest", f"/latest@{name}", "/latest@other_bot", f"hey @{name}!"):
        sandbox.telegram.say(ANNA, GROUP, text)
    sandbox.telegram.say(ANNA, GROUP, "thanks", reply_to=ours)
    heard = [update.message.text for update in await sandbox.bot.get_updates() if update.message]
    assert heard == ["/latest", f"/latest@{name}", f"hey @{name}!", "thanks"]


async def test_the_bot_hears_that_it_joined_a_group(sandbox: Sandbox) -> None:
    sandbox.telegram.add_group(GROUP, "Campaign", [ANNA])
    sandbox.telegram.add_group(GROUP, "Campaign", [ANNA])
    (update,) = await sandbox.bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.chat.title == "Campaign"


async def test_a_group_that_moved_says_where(sandbox: Sandbox) -> None:
    sandbox.telegram.add_group(GROUP, "Campaign", [ANNA])
    new = sandbox.telegram.migrate_group(GROUP)
    _, left, arrived = await sandbox.bot.get_updates()
    assert left.message is not None
    assert arrived.message is not None
    assert (left.message.migrate_to_chat_id, arrived.message.migrate_from_chat_id) == (new, GROUP)
    assert arrived.message.chat.type == "supergroup"


@asynccontextmanager
async def receiver(*statuses: int) -> AsyncIterator[tuple[str, list[Any], asyncio.Event]]:
    """A webhook that answers with these statuses, then with 200; set when one was answered with 200."""
    seen: list[Any] = []
    answers, done = list(statuses), asyncio.Event()

    async def hook(request: Request) -> Response:
        seen.append((request.headers.get("x-telegram-bot-api-secret-token"), await request.json()))
        status = answers.pop(0) if answers else 200
        if status == 200:
            done.set()
        return Response(status_code=status)

    async with serve(Starlette(routes=[Route("/hook", hook, methods=["POST"])])) as address:
        yield f"{address.url}/hook", seen, done


async def test_a_webhook_receives_each_update_until_it_takes_it(sandbox: Sandbox) -> None:
    async with receiver(500) as (url, seen, done):
        await sandbox.bot.set_webhook(url, secret_token="s3cret", allowed_updates=["message"])
        said = sandbox.telegram.say(ANNA, ANNA, "hello")
        await asyncio.wait_for(done.wait(), 10)
        assert [(secret, update["message"]["text"]) for secret, update in seen] == [("s3cret", "hello")] * 2
        assert seen[0][1]["message"]["message_id"] == said["message_id"]
        state = await sandbox.bot.get_webhook_info()
        assert (state.url, state.max_connections, state.allowed_updates) == (url, 40, ("message",))
        assert state.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
        await sandbox.bot.delete_webhook()
    assert (await sandbox.bot.get_webhook_info()).url == ""


async def test_a_webhook_that_is_not_there_loses_nothing(sandbox: Sandbox) -> None:
    async with receiver() as (url, _, _):
        pass
    sandbox.telegram.say(ANNA, ANNA, "hello")
    await sandbox.bot.set_webhook(url)
    await until(lambda: sandbox.telegram.webhook.last_error)
    state = await sandbox.bot.get_webhook_info()
    assert (state.pending_update_count, state.last_error_message) == (1, "Connection refused")
    await sandbox.bot.delete_webhook()
    assert len(await sandbox.bot.get_updates()) == 1


async def test_a_webhook_that_hangs_up_is_tried_again(sandbox: Sandbox) -> None:
    answers = [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"]
    taken = asyncio.Event()

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(answers.pop(0))
        writer.close()
        if not answers:
            taken.set()

    sandbox.telegram.say(ANNA, ANNA, "hello")
    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        await sandbox.bot.set_webhook(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
        await asyncio.wait_for(taken.wait(), 10)
    assert sandbox.telegram.webhook.last_error == "Read timeout expired"


async def test_polling_and_a_webhook_exclude_each_other(sandbox: Sandbox) -> None:
    poll = asyncio.create_task(sandbox.bot.get_updates(timeout=30))
    await _polling(sandbox)
    async with receiver() as (url, _, _), Bot(sandbox.telegram.token, base_url=f"{sandbox.url}/bot") as other:
        await other.set_webhook(url, drop_pending_updates=True)
        with pytest.raises(Conflict, match="terminated by setWebhook request"):
            await poll
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await sandbox.bot.get_updates()
        await other.set_webhook("")
    assert await sandbox.bot.get_updates() == ()


async def test_webhooks_that_are_refused(sandbox: Sandbox) -> None:
    with pytest.raises(BadRequest, match="Bad webhook: the sandbox delivers to this machine only"):
        await sandbox.bot.set_webhook("https://example.org/hook")
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await sandbox.bot.set_webhook("http://127.0.0.1:1/hook", secret_token="no spaces")


async def _polling(sandbox: Sandbox) -> None:
    """Until the long poll has arrived."""
    await until(lambda: sandbox.telegram.updates._poll)
