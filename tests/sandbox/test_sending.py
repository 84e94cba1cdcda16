import json
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest, Forbidden

from bot.sandbox.files import FILES_KEPT, Files, StoredFile
from tests.sandbox.running import ANNA, BEN, GROUP, Sandbox

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x40\x00\x00\x00\xf0\x08\x02\x00\x00\x00"


def shown(sandbox: Sandbox, chat_id: int = ANNA) -> dict[str, Any]:
    return sandbox.telegram.messages(chat_id)[-1]


async def test_a_message_reaches_the_chat_with_its_markup(sandbox: Sandbox) -> None:
    sent = await sandbox.bot.send_message(ANNA, " <b>Hello</b> Anna ", parse_mode="HTML")
    assert sent.text_html == "<b>Hello</b> Anna"
    assert shown(sandbox)["text"] == "Hello Anna"


async def test_entities_may_be_given_instead_of_markup(sandbox: Sandbox) -> None:
    entities = [{"type": "bold", "offset": 2, "length": 5}, {"type": "italic", "offset": 0, "length": 1}]
    body = {"chat_id": ANNA, "text": "  Hello", "entities": entities}
    async with aiohttp.ClientSession() as session, session.post(f"{sandbox.api}/sendMessage", json=body) as response:
        result = (await response.json())["result"]
    assert result["entities"] == [{"type": "bold", "offset": 0, "length": 5}]


async def test_buttons_previews_replies_and_protection_are_kept(sandbox: Sandbox) -> None:
    row = [
        InlineKeyboardButton("Yes", callback_data="yes"),
        InlineKeyboardButton("Read", url="https://example.org/report"),
        InlineKeyboardButton("Share", switch_inline_query=""),
    ]
    sent = await sandbox.bot.send_message(
        ANNA,
        "Follow?",
        reply_markup=InlineKeyboardMarkup([row]),
        reply_parameters=ReplyParameters(sandbox.telegram.messages(ANNA)[0]["message_id"]),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        protect_content=True,
    )
    assert sent.reply_markup is not None
    assert [button.text for button in sent.reply_markup.inline_keyboard[0]] == ["Yes", "Read", "Share"]
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"
    assert sent.has_protected_content


async def test_a_reply_to_nothing_is_refused_unless_allowed(sandbox: Sandbox) -> None:
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await sandbox.bot.send_message(ANNA, "x", reply_parameters=ReplyParameters(1))
    await sandbox.bot.send_message(ANNA, "x", reply_parameters=ReplyParameters(1, allow_sending_without_reply=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Message text is empty"),
        (" \n ", "Message text is empty"),
        ("<b></b>", "Message text is empty"),
        ("x" * 4_097, "Message is too long"),
        ("👍" * 2_049, "Message is too long"),
        ("<b>" * 8_192 + "</b>" * 8_192, "Text is too long"),
        ("<i>x", "Can't parse entities: can't find end tag corresponding to start tag \"i\""),
    ],
)
async def test_texts_that_telegram_refuses(sandbox: Sandbox, text: str, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        await sandbox.bot.send_message(ANNA, text, parse_mode="HTML")


async def test_a_full_message_passes(sandbox: Sandbox) -> None:
    await sandbox.bot.send_message(ANNA, "👍" * 2_048 + "<b></b>", parse_mode="HTML")


async def test_markdown_is_not_understood(sandbox: Sandbox) -> None:
    with pytest.raises(BadRequest, match="sandbox reads html only"):
        await sandbox.bot.send_message(ANNA, "*x*", parse_mode="MarkdownV2")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[]", "object expected as reply markup"),
        ({"buttons": []}, "object expected as reply markup"),
        ({"inline_keyboard": {}}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": [{}]}, 'field "inline_keyboard" must be an Array of Arrays'),
        ({"inline_keyboard": [["x"]]}, "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [[{}]]}, "can't parse inline keyboard button: Can't find field \"text\""),
        (
            {"inline_keyboard": [[{"text": 1}]]},
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        ({"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}, "inline keyboard button text must be non-empty"),
        (
            {"inline_keyboard": [[{"text": "x"}]]},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "é" * 33}]]}, "BUTTON_DATA_INVALID"),
        (
            {"inline_keyboard": [[{"text": "x", "url": "nowhere"}]]},
            "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        ({"inline_keyboard": [[{"text": "x", "copy_text": {"text": "x" * 257}}]]}, "BUTTON_COPY_TEXT_INVALID"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 9]}, "reply markup is too long"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}, "reply markup is too long"),
    ],
)
async def test_keyboards_that_telegram_refuses(sandbox: Sandbox, markup: Any, words: str) -> None:
    answer = await sandbox.post("sendMessage", chat_id=ANNA, text="x", reply_markup=markup)
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}


@pytest.mark.parametrize("markup", [{}, {"inline_keyboard": []}, {"remove_keyboard": True}])
async def test_other_keyboards_show_nothing_under_the_message(sandbox: Sandbox, markup: dict[str, Any]) -> None:
    body = {"chat_id": str(ANNA), "text": "x", "reply_markup": json.dumps(markup)}
    async with aiohttp.ClientSession() as session, session.post(f"{sandbox.api}/sendmessage", data=body) as response:
        assert "reply_markup" not in (await response.json())["result"]


async def test_64_bytes_of_callback_data_pass(sandbox: Sandbox) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="é" * 32)]])
    assert (await sandbox.bot.send_message(ANNA, "x", reply_markup=markup)).reply_markup == markup


async def test_whoever_never_started_is_not_found(sandbox: Sandbox) -> None:
    for chat_id in (BEN, 999, GROUP):
        with pytest.raises(BadRequest, match="Chat not found"):
            await sandbox.bot.send_message(chat_id, "x")


async def test_chat_ids_that_are_none_are_refused(sandbox: Sandbox) -> None:
    with pytest.raises(BadRequest, match="Invalid chat_id specified"):
        await sandbox.bot.send_message("@nobody_at_all", "x")
    with pytest.raises(BadRequest, match="Chat_id is empty"):
        await sandbox.bot.send_message("", "x")


async def test_a_person_who_blocked_the_bot_cannot_be_written_to(sandbox: Sandbox) -> None:
    sandbox.telegram.block(ANNA)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await sandbox.bot.send_message(ANNA, "x")
    sandbox.telegram.unblock(ANNA)
    await sandbox.bot.send_message(ANNA, "x")


async def test_a_deleted_account_cannot_be_written_to(sandbox: Sandbox) -> None:
    sandbox.telegram.deactivate(ANNA)
    with pytest.raises(Forbidden, match="user is deactivated"):
        await sandbox.bot.send_message(ANNA, "x")


@pytest.mark.parametrize(("group", "kind"), [(GROUP, "group"), (-1_001_234_567_890, "supergroup")])
async def test_a_group_that_removed_the_bot_cannot_be_written_to(sandbox: Sandbox, group: int, kind: str) -> None:
    sandbox.telegram.add_group(group, "Campaign", [ANNA])
    await sandbox.bot.send_message(group, "x")
    sandbox.telegram.set_bot_status(ANNA, group, "kicked")
    with pytest.raises(Forbidden, match=f"bot was kicked from the {kind} chat"):
        await sandbox.bot.send_message(group, "x")
    sandbox.telegram.set_bot_status(ANNA, group, "left")
    with pytest.raises(Forbidden, match=f"bot is not a member of the {kind} chat"):
        await sandbox.bot.send_message(group, "x")


async def test_pictures_are_kept_and_can_be_sent_again(sandbox: Sandbox) -> None:
    sent = await sandbox.bot.send_photo(ANNA, PNG, caption="<b>Chart</b>", parse_mode="HTML")
    assert (sent.photo[0].width, sent.photo[0].height, sent.caption) == (320, 240, "Chart")
    again = await sandbox.bot.send_photo(ANNA, sent.photo[0].file_id)
    assert again.caption is None
    file = await sandbox.bot.get_file(again.photo[0].file_id)
    assert bytes(await file.download_as_bytearray()) == PNG


async def test_other_pictures_pass_unmeasured(sandbox: Sandbox) -> None:
    sent = await sandbox.bot.send_photo(ANNA, b"\xff\xd8\xff" + b"x" * 40)
    assert sent.photo[0].width == 800


async def test_pictures_that_telegram_refuses(sandbox: Sandbox) -> None:
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await sandbox.bot.send_photo(ANNA, b"no picture")
    with pytest.raises(BadRequest, match="There is no photo in the request"):
        await sandbox.bot.send_photo(ANNA, "")
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await sandbox.bot.send_photo(ANNA, "https://example.org/chart.png")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await sandbox.bot.send_photo(ANNA, PNG, caption="x" * 1_025)


async def test_documents_keep_their_name(sandbox: Sandbox) -> None:
    file = InputFile(BytesIO(b"a,b\n"), filename="stats/prisons.csv", attach=True)
    sent = await sandbox.bot.send_document(ANNA, file, caption="Figures /latest")
    assert sent.document is not None
    assert sent.document.file_size == 4
    assert sent.caption_entities[0].type == "bot_command"


async def test_unknown_files_are_refused(sandbox: Sandbox) -> None:
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await sandbox.bot.get_file("nothing")
    nowhere = f"{sandbox.url}/file/bot{sandbox.telegram.token}/files/nothing/x"
    async with aiohttp.ClientSession() as session, session.get(nowhere) as response:
        assert response.status == 404


async def test_the_sign_of_being_busy(sandbox: Sandbox) -> None:
    assert await sandbox.bot.send_chat_action(ANNA, "typing")
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await sandbox.bot.send_chat_action(ANNA, "juggling")


def test_old_files_go() -> None:
    files = Files()
    for number in range(FILES_KEPT + 1):
        files.add(StoredFile(str(number), "x", "text/plain", b""))
    assert files.find("0") is None
    assert files.find("1") is not None
