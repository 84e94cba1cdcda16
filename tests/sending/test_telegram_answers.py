"""What each answer of Telegram means, asked of the real Bot against a server that gives these answers."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.compose.blank import BLANK
from bot.model.delivery import Fate, Receipt
from bot.model.message import Button, Message, Picture
from bot.model.subscriber import ChatKey, EndedReason
from bot.sending import NotSent, Unanswered, build_bot, classify, edit, send
from tests.sending.server import TOKEN, LoopbackTelegram, drop, loads, page, refusal, result, silence

KEY = ChatKey(42)


@pytest.fixture
async def bot(telegram: LoopbackTelegram) -> AsyncIterator[Bot]:
    async with build_bot(TOKEN, api_url=telegram.url) as opened:
        yield opened


async def test_a_message_is_sent_as_html_without_a_preview(bot: Bot, telegram: LoopbackTelegram) -> None:
    receipt = await send(bot, KEY, Message("<b>Found</b>"))
    assert receipt == Receipt(fate=Fate.SENT, telegram_message_id=2)
    (sent,) = telegram.called("sendMessage")
    assert loads(sent.pop("link_preview_options")) == {"is_disabled": True}
    assert sent == {"chat_id": "42", "text": "<b>Found</b>", "parse_mode": "HTML"}


async def test_a_picture_is_uploaded_with_its_caption_and_has_a_name_then(bot: Bot, telegram: LoopbackTelegram) -> None:
    sizes = [{"file_id": "small"}, {"file_id": "large"}]
    telegram.script("sendPhoto", result({"message_id": 9, "photo": sizes}))
    receipt = await send(bot, KEY, Message("<b>Found</b>", picture=Picture(b"\x89PNG")))
    assert (receipt.telegram_message_id, receipt.file_id) == (9, "large")
    telegram.script("sendPhoto", result({"message_id": 10}))
    assert (await send(bot, KEY, Message("Found", picture=Picture(file_id="large")))).file_id is None
    first, second = [call for call in telegram.calls if call.method == "sendPhoto"]
    assert first.files == {"photo": ("grades.png", b"\x89PNG")}
    assert first.fields == {"chat_id": "42", "caption": "<b>Found</b>", "parse_mode": "HTML"}
    assert (second.fields["photo"], second.files) == ("large", {})


async def test_of_a_message_with_a_picture_the_caption_is_edited(bot: Bot, telegram: LoopbackTelegram) -> None:
    assert (await edit(bot, 42, 9, Message("Other", picture=Picture(file_id="large")))).fate is Fate.SENT
    (call,) = telegram.called("editMessageCaption")
    assert call == {"chat_id": "42", "message_id": "9", "caption": "Other", "parse_mode": "HTML"}


async def test_a_picture_that_is_given_whole_takes_the_place_of_another(bot: Bot, telegram: LoopbackTelegram) -> None:
    assert (await edit(bot, 42, 9, Message("<b>Other</b>", picture=Picture(BLANK)))).fate is Fate.SENT
    call = telegram.calls[-1]
    media = loads(call.fields["media"])
    assert (call.method, media["type"], media["caption"], media["parse_mode"]) == (
        "editMessageMedia",
        "photo",
        "<b>Other</b>",
        "HTML",
    )
    assert [content for _, content in call.files.values()] == [BLANK]


async def test_a_paid_message_says_so_and_no_other_does(bot: Bot, telegram: LoopbackTelegram) -> None:
    await send(bot, KEY, Message("Free"))
    await send(bot, KEY, Message("Paid"), paid=True)
    free, paid = telegram.called("sendMessage")
    assert "allow_paid_broadcast" not in free
    assert paid["allow_paid_broadcast"] == "true"


async def test_buttons_topic_and_silence_are_passed_on(bot: Bot, telegram: LoopbackTelegram) -> None:
    rows = (
        (Button("Read", url="https://example.org"), Button("Stop", action="stop")),
        (Button("Help", action="help"),),
    )
    await send(bot, ChatKey(-100123456789012, 7), Message("Words", buttons=rows, silent=True))
    (sent,) = telegram.called("sendMessage")
    assert loads(sent["reply_markup"]) == {
        "inline_keyboard": [
            [{"text": "Read", "url": "https://example.org"}, {"text": "Stop", "callback_data": "stop"}],
            [{"text": "Help", "callback_data": "help"}],
        ]
    }
    assert (sent["chat_id"], sent["message_thread_id"]) == ("-100123456789012", "7")
    assert sent["disable_notification"] == "true"


@pytest.mark.parametrize(
    ("status", "words", "reason"),
    [
        (403, "Forbidden: bot was blocked by the user", EndedReason.BLOCKED),
        (403, "Forbidden: user is deactivated", EndedReason.DEACTIVATED),
        (403, "Forbidden: bot was kicked from the supergroup chat", EndedReason.KICKED),
        (403, "Forbidden: bot is not a member of the channel chat", EndedReason.KICKED),
        (403, "Forbidden: the group chat was deleted", EndedReason.KICKED),
        (403, "Forbidden: bot can't initiate conversation with a user", EndedReason.NOT_FOUND),
        (403, "Forbidden: bot can't send messages to bots", EndedReason.NOT_FOUND),
        (400, "Bad Request: chat not found", EndedReason.NOT_FOUND),
        (400, "Bad Request: message thread not found", EndedReason.NOT_FOUND),
        (400, "Bad Request: PEER_ID_INVALID", EndedReason.NOT_FOUND),
        (400, "Bad Request: have no rights to send a message", EndedReason.KICKED),
        (400, "Bad Request: not enough rights to send text messages to the chat", EndedReason.KICKED),
        (400, "Bad Request: TOPIC_CLOSED", EndedReason.KICKED),
        (400, "Bad Request: TOPIC_DELETED", EndedReason.NOT_FOUND),
        (400, "Bad Request: group chat was deactivated", EndedReason.KICKED),
        (400, "Bad Request: need administrator rights in the channel chat", EndedReason.KICKED),
        (400, "Bad Request: CHAT_ADMIN_REQUIRED", EndedReason.KICKED),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", EndedReason.KICKED),
        (400, "Bad Request: CHAT_RESTRICTED", EndedReason.KICKED),
        (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", EndedReason.KICKED),
        (400, "Bad Request: USER_BANNED_IN_CHANNEL", EndedReason.KICKED),
        (400, "Bad Request: CHANNEL_PRIVATE", EndedReason.KICKED),
        (400, "Bad Request: have no write access to the chat", EndedReason.KICKED),
    ],
)
async def test_who_is_gone_is_gone_for_a_reason(
    bot: Bot, telegram: LoopbackTelegram, status: int, words: str, reason: EndedReason
) -> None:
    telegram.script("sendMessage", refusal(status, words))
    receipt = await send(bot, KEY, Message("Words"))
    assert (receipt.fate, receipt.ended_reason) == (Fate.GONE, reason)


async def test_a_group_that_became_a_supergroup_has_a_new_id(bot: Bot, telegram: LoopbackTelegram) -> None:
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    telegram.script("sendMessage", refusal(400, words, migrate_to_chat_id=-1001234567890))
    receipt = await send(bot, KEY, Message("Words"))
    assert (receipt.fate, receipt.new_chat_id) == (Fate.MIGRATED, -1001234567890)


async def test_too_many_requests_means_later(bot: Bot, telegram: LoopbackTelegram) -> None:
    telegram.script("sendMessage", refusal(429, "Too Many Requests: retry after 9", retry_after=9))
    telegram.script("sendMessage", refusal(429, "Too Many Requests"))
    receipts = [await send(bot, KEY, Message("Words")) for _ in range(2)]
    assert [(receipt.fate, receipt.retry_after) for receipt in receipts] == [(Fate.LATER, 9), (Fate.LATER, 5)]


@pytest.mark.parametrize("environment", ["true", "false"])
def test_the_wait_may_be_seconds_or_a_timedelta(monkeypatch: pytest.MonkeyPatch, environment: str) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", environment)
    assert classify(RetryAfter(timedelta(seconds=10_072.5))).retry_after == 10_072.5


@pytest.mark.parametrize(
    "words",
    [
        "Bad Request: can't parse entities: Unsupported start tag",
        "Bad Request: message is too long",
        "BUTTON_URL_INVALID",
    ],
)
async def test_any_other_400_blames_our_text(bot: Bot, telegram: LoopbackTelegram, words: str) -> None:
    telegram.script("sendMessage", refusal(400, words))
    receipt = await send(bot, KEY, Message("Words"))
    assert receipt.fate is Fate.BAD_CONTENT
    assert receipt.reason.lower() == words.removeprefix("Bad Request: ").lower()
    assert receipt.ended_reason is None


@pytest.mark.parametrize(("status", "words"), [(401, "Unauthorized"), (404, "Not Found")])
async def test_a_revoked_token_is_nobodys_fault(bot: Bot, telegram: LoopbackTelegram, status: int, words: str) -> None:
    telegram.script("sendMessage", refusal(status, words))
    assert (await send(bot, KEY, Message("Words"))).fate is Fate.REVOKED


@pytest.mark.parametrize(
    "answer",
    [
        refusal(500, "Internal Server Error"),
        refusal(502, "Bad Gateway"),
        page(503, "busy"),
        page(403, "a proxy says no"),
        page(302, "over there"),
        page(200, "welcome"),
        result(value=True),
        result({}),
        drop,
    ],
)
async def test_what_may_have_been_delivered_is_unknown(bot: Bot, telegram: LoopbackTelegram, answer: object) -> None:
    telegram.script("sendMessage", answer)  # type: ignore[arg-type]
    receipt = await send(bot, KEY, Message("Words"))
    assert receipt.fate is Fate.UNKNOWN
    assert receipt.reason
    assert TOKEN not in receipt.reason


async def test_silence_is_unknown_and_a_closed_transport_not_sent(telegram: LoopbackTelegram) -> None:
    telegram.script("sendMessage", silence)
    bot = build_bot(TOKEN, api_url=telegram.url)
    bot.request._read = 0.05  # type: ignore[attr-defined]
    assert (await send(bot, KEY, Message("Words"))).fate is Fate.NOT_SENT
    async with bot:
        assert (await send(bot, KEY, Message("Words"))).fate is Fate.UNKNOWN


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (NotSent("no way"), Fate.NOT_SENT),
        (Unanswered("silence"), Fate.UNKNOWN),
        (TimedOut(), Fate.UNKNOWN),
        (NetworkError("Bad Gateway"), Fate.UNKNOWN),
        (Conflict("two"), Fate.UNKNOWN),
        (TelegramError("other"), Fate.UNKNOWN),
        (InvalidToken(), Fate.REVOKED),
        (EndPointNotFound("no such"), Fate.REVOKED),
        (RuntimeError(f"/bot{TOKEN}/"), Fate.UNKNOWN),
    ],
)
def test_every_error_has_a_fate_whatever_its_ancestors(error: Exception, fate: Fate) -> None:
    receipt = classify(error)
    assert receipt.fate is fate
    assert TOKEN not in receipt.reason


async def test_a_message_of_ours_is_changed(bot: Bot, telegram: LoopbackTelegram) -> None:
    telegram.script("editMessageText", result({"message_id": 9}))
    receipt = await edit(bot, 42, 9, Message("<b>Decided</b>", silent=True))
    assert receipt == Receipt(fate=Fate.SENT, telegram_message_id=9)
    (sent,) = telegram.called("editMessageText")
    del sent["link_preview_options"]
    assert sent == {"chat_id": "42", "message_id": "9", "text": "<b>Decided</b>", "parse_mode": "HTML"}


@pytest.mark.parametrize(
    ("words", "fate"),
    [
        ("Bad Request: message is not modified: specified new message content is the same", Fate.SENT),
        ("Bad Request: message to edit not found", Fate.BAD_CONTENT),
        ("Bad Request: chat not found", Fate.GONE),
    ],
)
async def test_an_edit_says_what_came_of_it(bot: Bot, telegram: LoopbackTelegram, words: str, fate: Fate) -> None:
    telegram.script("editMessageText", refusal(400, words))
    assert (await edit(bot, 42, 9, Message("Words"))).fate is fate
