import asyncio
import json

import pytest
from telegram.error import BadRequest, ChatMigrated

from bot.errors import NotFoundError
from bot.sandbox.telegram import Telegram
from tests.sandbox.running import ANNA, BEN, GROUP, Clock, Sandbox
from tests.sandbox.test_sending import PNG


async def test_chats_describe_themselves(sandbox: Sandbox) -> None:
    sandbox.telegram.add_group(GROUP, "Campaign", [ANNA])
    assert (await sandbox.bot.get_chat(ANNA)).first_name == "Anna"
    assert (await sandbox.bot.get_chat(GROUP)).title == "Campaign"
    with pytest.raises(BadRequest, match="Chat not found"):
        await sandbox.bot.get_chat(BEN)


async def test_members_have_their_roles(sandbox: Sandbox) -> None:
    bot, local = sandbox.bot, sandbox.telegram
    local.add_group(GROUP, "Campaign", [ANNA])
    local.add_user(503, "Carys")
    local.join(BEN, GROUP, "administrator")
    ids = (ANNA, BEN, 503, local.bot["id"])
    roles = [(await bot.get_chat_member(GROUP, user_id)).status for user_id in ids]
    assert roles == ["creator", "administrator", "left", "member"]
    admins = await bot.get_chat_administrators(GROUP)
    assert [admin.user.first_name for admin in admins] == ["Anna", "Ben"]
    assert await bot.get_chat_member_count(GROUP) == 3
    with pytest.raises(BadRequest, match="Participant_id_invalid"):
        await bot.get_chat_member(GROUP, 999)


async def test_private_chats_have_no_administrators_and_cannot_be_left(sandbox: Sandbox) -> None:
    with pytest.raises(BadRequest, match="There are no administrators in the private chat"):
        await sandbox.bot.get_chat_administrators(ANNA)
    with pytest.raises(BadRequest, match="Chat member status can't be changed in private chats"):
        await sandbox.bot.leave_chat(ANNA)


async def test_the_bot_can_leave_a_group(sandbox: Sandbox) -> None:
    sandbox.telegram.add_group(GROUP, "Campaign", [ANNA])
    await sandbox.bot.leave_chat(GROUP)
    assert sandbox.telegram.chats.get(GROUP).bot_status == "left"


async def test_a_group_that_became_a_supergroup_gives_its_new_id(sandbox: Sandbox) -> None:
    sandbox.telegram.add_group(GROUP, "Campaign", [ANNA])
    await sandbox.bot.send_message(GROUP, "before")
    new = sandbox.telegram.migrate_group(GROUP)
    with pytest.raises(ChatMigrated) as moved:
        await sandbox.bot.send_message(GROUP, "after")
    assert moved.value.new_chat_id == new
    await sandbox.bot.send_message(new, "after")
    texts = [message.get("text") for message in sandbox.telegram.messages(new)]
    assert texts == ["before", None, "after"]
    assert sandbox.telegram.migrate_group(GROUP) == new
    with pytest.raises(NotFoundError):
        sandbox.telegram.say(ANNA, GROUP, "anyone here?")


async def test_a_group_needs_people_who_exist(sandbox: Sandbox) -> None:
    with pytest.raises(NotFoundError):
        sandbox.telegram.add_group(GROUP, "Campaign", [ANNA, 999])
    assert GROUP not in sandbox.telegram.chats.chats


async def test_people_speak_only_where_they_are(sandbox: Sandbox) -> None:
    sandbox.telegram.add_group(GROUP, "Campaign", [ANNA])
    for user_id, chat_id in ((BEN, GROUP), (999, ANNA), (ANNA, 999), (BEN, ANNA)):
        with pytest.raises(NotFoundError):
            sandbox.telegram.say(user_id, chat_id, "x")


async def test_everything_survives_a_restart_and_no_id_comes_twice(sandbox: Sandbox) -> None:
    local = sandbox.telegram
    local.add_group(GROUP, "Campaign", [ANNA, BEN])
    await sandbox.bot.send_photo(ANNA, PNG, caption="Chart")
    await sandbox.bot.set_my_commands([("help", "x")])
    await sandbox.bot.set_my_name("Alerts")
    said = local.say(ANNA, ANNA, "waiting")
    again = Telegram(clock=Clock())
    again.restore(json.loads(json.dumps(local.snapshot())))
    assert again.messages(ANNA) == local.messages(ANNA)
    assert again.commands_for(BEN, GROUP) == [{"command": "help", "description": "x"}]
    assert again.updates.pending == local.updates.pending
    assert again.files.find(local.messages(ANNA)[1]["photo"][0]["file_id"]) is not None
    assert again.say(ANNA, ANNA, "next")["message_id"] > said["message_id"]
    assert again.snapshot()["texts"] == {"name:": "Alerts"}


def test_without_a_snapshot_ids_start_at_the_clock() -> None:
    clock = Clock()
    before = Telegram(clock=clock).updates.next_id
    clock.now += 1
    assert Telegram(clock=clock).updates.next_id == before + 16
    assert Telegram(clock=clock, first_id=7).updates.next_id == 7


async def test_a_known_person_keeps_their_chat(sandbox: Sandbox) -> None:
    sandbox.telegram.add_user(ANNA, "Anna-Maria", "cy")
    assert sandbox.telegram.messages(ANNA)[0]["text"] == "/start"
    assert (await sandbox.bot.get_chat(ANNA)).first_name == "Anna-Maria"


async def test_changes_wake_whoever_waits(sandbox: Sandbox) -> None:
    since = sandbox.telegram.changes.version
    waiting = asyncio.create_task(sandbox.telegram.changed(since))
    await asyncio.sleep(0)
    sandbox.telegram.say(ANNA, ANNA, "x")
    assert await waiting > since
    assert await sandbox.telegram.changed(0) == sandbox.telegram.changes.version
