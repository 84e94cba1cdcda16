import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.sandbox.chats import MESSAGES_KEPT
from tests.sandbox.running import ANNA, GROUP, Sandbox
from tests.sandbox.test_sending import PNG

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])
HOUR = 3_600


async def test_a_text_is_edited_in_place(sandbox: Sandbox) -> None:
    sent = await sandbox.bot.send_message(ANNA, "One", reply_markup=BUTTONS)
    sandbox.clock.now += 72 * HOUR
    await sandbox.bot.edit_message_text("<i>Two</i>", ANNA, sent.message_id, parse_mode="HTML")
    edited = sandbox.telegram.messages(ANNA)[-1]
    assert (edited["text"], edited["edit_date"] - edited["date"]) == ("Two", 72 * HOUR)
    assert "reply_markup" not in edited


async def test_a_caption_is_edited_or_taken_away(sandbox: Sandbox) -> None:
    sent = await sandbox.bot.send_photo(ANNA, PNG, caption="One")
    await sandbox.bot.edit_message_caption(ANNA, sent.message_id, caption="Two")
    assert sandbox.telegram.messages(ANNA)[-1]["caption"] == "Two"
    await sandbox.bot.edit_message_caption(ANNA, sent.message_id)
    assert "caption" not in sandbox.telegram.messages(ANNA)[-1]


async def test_buttons_are_changed_alone(sandbox: Sandbox) -> None:
    sent = await sandbox.bot.send_message(ANNA, "One")
    await sandbox.bot.edit_message_reply_markup(ANNA, sent.message_id, reply_markup=BUTTONS)
    await sandbox.bot.edit_message_reply_markup(ANNA, sent.message_id)
    assert sandbox.telegram.messages(ANNA)[-1]["text"] == "One"


async def test_an_edit_that_changes_nothing_is_refused(sandbox: Sandbox) -> None:
    sent = await sandbox.bot.send_message(ANNA, "One", reply_markup=BUTTONS)
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply markup are"):
        await sandbox.bot.edit_message_text("One", ANNA, sent.message_id, reply_markup=BUTTONS)


async def test_what_is_not_there_or_not_ours_cannot_be_edited(sandbox: Sandbox) -> None:
    theirs = sandbox.telegram.messages(ANNA)[0]["message_id"]
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await sandbox.bot.edit_message_text("x", ANNA, 1)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await sandbox.bot.edit_message_text("x", ANNA, theirs)
    with pytest.raises(BadRequest, match="Message identifier is not specified"):
        await sandbox.bot.edit_message_text("x", ANNA)


async def test_text_and_caption_are_not_the_same(sandbox: Sandbox) -> None:
    photo = await sandbox.bot.send_photo(ANNA, PNG)
    text = await sandbox.bot.send_message(ANNA, "x")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await sandbox.bot.edit_message_text("x", ANNA, photo.message_id)
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await sandbox.bot.edit_message_caption(ANNA, text.message_id, caption="x")


async def test_messages_are_deleted(sandbox: Sandbox) -> None:
    ids = [(await sandbox.bot.send_message(ANNA, str(number))).message_id for number in range(3)]
    await sandbox.bot.delete_message(ANNA, ids[0])
    await sandbox.bot.delete_messages(ANNA, [*ids, 1])
    assert [message["text"] for message in sandbox.telegram.messages(ANNA)] == ["/start"]


async def test_deletions_that_telegram_refuses(sandbox: Sandbox) -> None:
    sent = await sandbox.bot.send_message(ANNA, "x")
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await sandbox.bot.delete_message(ANNA, 1)
    with pytest.raises(BadRequest, match="Too many message identifiers specified"):
        await sandbox.bot.delete_messages(ANNA, range(1, 102))
    with pytest.raises(BadRequest, match="Message identifiers are not specified"):
        await sandbox.bot.delete_messages(ANNA, [])
    sandbox.clock.now += 48 * HOUR + 1
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await sandbox.bot.delete_message(ANNA, sent.message_id)


async def test_in_a_group_the_bot_deletes_only_its_own(sandbox: Sandbox) -> None:
    sandbox.telegram.add_group(GROUP, "Campaign", [ANNA])
    theirs = sandbox.telegram.say(ANNA, GROUP, "Hello")
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await sandbox.bot.delete_message(GROUP, theirs["message_id"])


async def test_a_chat_keeps_its_newest_messages(sandbox: Sandbox) -> None:
    chat = sandbox.telegram.chats.get(ANNA)
    for _ in range(MESSAGES_KEPT + 1):
        sandbox.telegram.chats.message(chat, sandbox.telegram.bot, {"text": "x"})
    assert len(chat.messages) == MESSAGES_KEPT
