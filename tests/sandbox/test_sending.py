import telegram

from tests.sandbox.conftest import ANNA, Sandbox


async def test_a_message_reaches_the_chat_of_a_person_who_started(sandbox: Sandbox) -> None:
    sandbox.telegram.say(ANNA, ANNA, "/start")
    sent = await sandbox.bot.send_message(ANNA, "<b>Hello</b> Anna", parse_mode="HTML")
    assert sent.text_html == "<b>Hello</b> Anna"
    assert sandbox.telegram.messages(ANNA)[-1]["text"] == "Hello Anna"


async def test_updates_come_by_long_poll(sandbox: Sandbox) -> None:
    sandbox.telegram.say(ANNA, ANNA, "/start news")
    (update,) = await sandbox.bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.entities[0].type == telegram.MessageEntity.BOT_COMMAND
