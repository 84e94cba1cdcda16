import pytest
from telegram import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
)
from telegram.error import BadRequest

from tests.sandbox.running import ANNA, BEN, GROUP, Sandbox


def shown(sandbox: Sandbox, user_id: int, chat_id: int) -> list[str]:
    return [command["command"] for command in sandbox.telegram.commands_for(user_id, chat_id)]


async def test_the_bot_knows_itself(sandbox: Sandbox) -> None:
    me = await sandbox.bot.get_me()
    assert (me.id, me.username, me.supports_inline_queries) == (1_000_000_001, "sandbox_alerts_bot", True)
    assert await sandbox.bot.close()
    assert await sandbox.bot.log_out()


async def test_the_narrowest_menu_is_shown(sandbox: Sandbox) -> None:
    bot = sandbox.bot
    sandbox.telegram.add_group(GROUP, "Campaign", [ANNA, BEN])
    assert shown(sandbox, ANNA, GROUP) == []
    scopes = (
        (None, "plain"),
        (BotCommandScopeAllPrivateChats(), "private"),
        (BotCommandScopeAllGroupChats(), "groups"),
        (BotCommandScopeAllChatAdministrators(), "admins"),
        (BotCommandScopeChat(BEN), "ben"),
    )
    for scope, name in scopes:
        await bot.set_my_commands([BotCommand(name, "x")], scope=scope)
    assert shown(sandbox, ANNA, ANNA) == ["private"]
    assert shown(sandbox, BEN, BEN) == ["ben"]
    assert shown(sandbox, BEN, GROUP) == ["groups"]
    assert shown(sandbox, ANNA, GROUP) == ["admins"]
    await bot.set_my_commands([BotCommand("here", "x")], scope=BotCommandScopeChatAdministrators(GROUP))
    assert shown(sandbox, ANNA, GROUP) == ["here"]
    await bot.set_my_commands([BotCommand("anna", "x")], scope=BotCommandScopeChatMember(GROUP, ANNA))
    assert shown(sandbox, ANNA, GROUP) == ["anna"]


async def test_menus_have_languages(sandbox: Sandbox) -> None:
    sandbox.telegram.say(BEN, BEN, "/start")
    await sandbox.bot.set_my_commands([BotCommand("/help", "Help")])
    await sandbox.bot.set_my_commands([BotCommand("cymorth", "Cymorth")], language_code="cy")
    assert (shown(sandbox, ANNA, ANNA), shown(sandbox, BEN, BEN)) == (["help"], ["cymorth"])
    await sandbox.bot.delete_my_commands(language_code="cy")
    assert shown(sandbox, BEN, BEN) == ["help"]
    assert [command.command for command in await sandbox.bot.get_my_commands()] == ["help"]
    await sandbox.bot.set_my_commands([])
    assert await sandbox.bot.get_my_commands() == ()


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([("Help!", "x")], "Bot_command_invalid"),
        ([("help", "")], "Bot_command_description_invalid"),
        ([("help", "x" * 257)], "Bot_command_description_invalid"),
        ([("help", "x")] * 101, "Bot_commands_too_much"),
    ],
)
async def test_menus_that_telegram_refuses(sandbox: Sandbox, commands: list[tuple[str, str]], words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        await sandbox.bot.set_my_commands(commands)


async def test_a_menu_must_be_given(sandbox: Sandbox) -> None:
    assert (await sandbox.post("setMyCommands"))["description"] == "Bad Request: can't parse commands JSON object"


async def test_names_and_descriptions_have_languages(sandbox: Sandbox) -> None:
    bot = sandbox.bot
    assert (await bot.get_my_name()).name == "Alerts (sandbox)"
    await bot.set_my_name("Alerts")
    await bot.set_my_description("About children in prison")
    await bot.set_my_description("Am blant", language_code="cy")
    await bot.set_my_short_description("Short")
    assert (await bot.get_my_name(language_code="cy")).name == "Alerts"
    assert (await bot.get_my_description(language_code="cy")).description == "Am blant"
    assert (await bot.get_my_short_description()).short_description == "Short"
    with pytest.raises(BadRequest, match="Bot short description is too long"):
        await bot.set_my_short_description("x" * 121)
