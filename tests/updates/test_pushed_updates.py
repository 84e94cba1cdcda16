"""Updates that Telegram brings, with the real Application, over real HTTP: by a loopback Telegram and the webhook."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from telegram import WebhookInfo
from telegram.ext import Application, MessageHandler, filters

from bot.errors import TokenRevokedError
from bot.sending import build_bot
from bot.serving import serve
from bot.updates import Hook, PollState, PushedUpdates, Turns
from bot.updates.pushed import recent_trouble
from bot.web.webhook import HEADER, MOST_BYTES, secret_path, webhook_route
from tests.sending.server import TOKEN, Answer, refusal, result, telegram_on_loopback, until
from tests.updates.test_update_loop import House, unreadable, update

SECRET = "a-secret-of-16-or-more"
HOOK = Hook(url="https://bot.example/telegram/x", secret=SECRET, allowed=("message",))


def there(url: str = HOOK.url, **more: Any) -> Answer:
    return result({"url": url, "has_custom_certificate": False, "pending_update_count": 0, **more})


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with telegram_on_loopback() as telegram:
        application = Application.builder().bot(build_bot(TOKEN, api_url=telegram.url)).updater(None).build()
        house = House(telegram, application)
        application.add_handler(MessageHandler(filters.ALL, house.answer))
        application.add_error_handler(house.note_error)
        async with application:
            yield house


def pushed(house: House, **options: Any) -> PushedUpdates:
    turns = Turns(house.application, house.memory)
    return PushedUpdates(house.application, turns, HOOK, pause=lambda _: 0.01, **options)


@asynccontextmanager
async def open_to_telegram(house: House, **options: Any) -> AsyncIterator[tuple[PushedUpdates, httpx.AsyncClient]]:
    """The webhook, set and served; the client knows the secret."""
    house.telegram.script("getWebhookInfo", there(""), there())
    updates = pushed(house, **options)
    app = Starlette(routes=[webhook_route(SECRET, updates.take)])
    async with serve(app) as address, httpx.AsyncClient(base_url=address.url, headers={HEADER: SECRET}) as client:
        task = asyncio.create_task(updates.run())
        await until(lambda: updates.health.state is PollState.LISTENING)
        try:
            yield updates, client
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def bring(client: httpx.AsyncClient, raw: object, **headers: str) -> int:
    return (await client.post(secret_path(SECRET), json=raw, headers=headers)).status_code


async def test_the_webhook_is_set_with_its_secret_and_an_update_is_confirmed_once_its_callback_ended(
    house: House,
) -> None:
    async with open_to_telegram(house) as (updates, client):
        (call,) = house.telegram.called("setWebhook")
        assert (call["url"], call["secret_token"]) == (HOOK.url, SECRET)
        assert json.loads(call["allowed_updates"]) == ["message"]
        bringing = asyncio.create_task(bring(client, update(10, "slow")))
        await until(lambda: house.begun)
        assert not bringing.done()
        second = asyncio.create_task(bring(client, update(11, "next in the same chat")))
        assert await bring(client, update(12, "another chat", chat=2)) == 200
        house.gate.set()
        assert list(await asyncio.gather(bringing, second)) == [200, 200]
        assert house.ended == ["another chat", "slow", "next in the same chat"]
        assert await bring(client, update(10, "slow")) == 200
        assert house.begun.count("slow") == 1
        assert updates.last_good_poll_at is not None


async def test_what_cannot_be_answered_now_is_refused_so_that_telegram_brings_it_again(house: House) -> None:
    house.memory.failing_reads = 1
    async with open_to_telegram(house) as (updates, client):
        assert await bring(client, update(10, "hello")) == 503
        assert await bring(client, update(10, "hello")) == 200
    assert house.ended == ["hello"]
    assert await updates.take(update(11, "too late")) is False


async def test_what_nobody_can_read_is_skipped(house: House) -> None:
    async with open_to_telegram(house) as (_, client):
        assert await bring(client, unreadable(10)) == 200
        assert await bring(client, {"no": "id"}) == 200
    assert house.begun == []


async def test_only_who_knows_the_secret_is_heard_and_nobody_at_any_length(house: House) -> None:
    async with open_to_telegram(house) as (_, client):
        assert await bring(client, update(10), **{HEADER: "a-secret-of-16-or-morf"}) == 404
        odd = await client.post(secret_path(SECRET), json=update(10), headers={HEADER.encode(): "\u00e9".encode()})
        assert odd.status_code == 404
        assert (await client.post("/telegram/elsewhere", json=update(10))).status_code == 404
        assert (await client.post(secret_path(SECRET), content=b"{")).status_code == 400
        assert (await client.post(secret_path(SECRET), content=b" " * (MOST_BYTES + 1))).status_code == 413
        assert (await client.get(secret_path(SECRET))).status_code == 405
    assert house.begun == []


async def test_on_stop_the_callback_in_hand_ends_and_what_waits_comes_again(house: House) -> None:
    async with open_to_telegram(house, grace_seconds=5) as (updates, client):
        first = asyncio.create_task(bring(client, update(10, "slow")))
        await until(lambda: house.begun)
        second = asyncio.create_task(bring(client, update(11, "waits")))
        await until(lambda: len(updates._in_hand) == 2)
        draining = asyncio.create_task(updates._drain())
        await asyncio.sleep(0)
        house.gate.set()
        await draining
        assert list(await asyncio.gather(first, second)) == [200, 503]
    assert house.ended == ["slow"]


async def test_a_callback_that_does_not_end_in_time_is_cut_off_and_its_update_comes_again(house: House) -> None:
    async with open_to_telegram(house, grace_seconds=0.01) as (updates, client):
        bringing = asyncio.create_task(bring(client, update(10, "slow")))
        await until(lambda: house.begun)
        await updates._drain()
        assert await bringing == 503


async def test_a_webhook_that_somebody_took_is_set_again_and_trouble_is_told(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_to_telegram(house, look_seconds=0.01) as (updates, _):
        house.telegram.script("getWebhookInfo", there("https://other.example"), there())
        await until(lambda: len(house.telegram.called("setWebhook")) == 2)
        failed: dict[str, Any] = {
            "last_error_date": int(datetime.now(UTC).timestamp()),
            "last_error_message": "Connection refused",
        }
        house.telegram.script("getWebhookInfo", *[there(**failed, pending_update_count=3)] * 100)
        await until(lambda: updates.health.state is PollState.FAILING)
    assert caplog.text.count("Telegram cannot bring updates: Connection refused (3 wait)") == 1


async def test_trouble_on_the_way_is_waited_out_and_a_revoked_token_ends_it(house: House) -> None:
    updates = pushed(house)
    house.telegram.script("getWebhookInfo", refusal(502, "Bad Gateway"), refusal(401, "Unauthorized"))
    with pytest.raises(TokenRevokedError) as caught:
        await updates.run()
    assert TOKEN not in repr(caught.value)
    assert updates.health.state is PollState.REVOKED


@pytest.mark.parametrize(("minutes", "waiting", "told"), [(1, 3, True), (1, 0, False), (3, 3, False)])
def test_an_old_error_of_telegrams_deliveries_is_none(minutes: int, waiting: int, *, told: bool) -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    found = WebhookInfo(HOOK.url, False, waiting, last_error_date=now - timedelta(minutes=minutes))
    assert bool(recent_trouble(found, now)) is told
