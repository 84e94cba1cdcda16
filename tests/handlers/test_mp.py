import io
import logging
from collections.abc import Iterator

import pytest

import bot.civic.services
from bot.logs import set_up_logging
from tests.civic.serving import serving_civic
from tests.handlers.acting import furnish, press_own
from tests.handlers.chatting import ANNA, BEN, GROUP, Chatting, buttons_of

WRITE = "Write to your MP"
FORMS = ("SW1A 1AA", "sw1a1aa", "sw1a 1aa", "SW1A+1AA", "SW1A%201AA", "SW1A1AA")
KEEP, FORGET, ERASE = "Remember my constituency", "Forget my constituency", "Delete my message"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that is logged at the most talkative level, as the program would write it."""
    stream, root = io.StringIO(), logging.getLogger()
    before, level = root.handlers[:], root.level
    set_up_logging("debug", stream=stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


def urls(chatting: Chatting, chat: int = ANNA) -> list[str]:
    return [button["url"] for button in buttons_of(chatting.seen(chat)[-1]) if "url" in button]


def labels(chatting: Chatting, chat: int = ANNA) -> list[str]:
    return [button["text"] for button in buttons_of(chatting.seen(chat)[-1])]


async def test_a_postcode_leads_to_the_mp_and_is_nowhere_else(chatting: Chatting, logged: io.StringIO) -> None:
    async with serving_civic() as (civic, services):
        furnish(chatting, civic=civic)
        (answer,) = await chatting.say("/mp sw1a1aa")
        assert "Westminster Vale" in answer
        assert "Ms Ada Example" in answer
        assert "A Party" not in answer
        assert urls(chatting) == ["https://www.writetothem.com/?pc=SW1A+1AA&a=westminstermp&message_type=campaigning"]
        services.broken = True
        await chatting.say("/mp sw1a 1aa")
        assert "SW1A 1AA" in services.asked[-1]
    store = chatting.services.store
    async with store.read() as connection:
        tables = (await connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
        rows = [str((await connection.exec_driver_sql(f'SELECT * FROM "{name}"')).all()) for name in tables]  # noqa: S608
    for kept in (*rows, logged.getvalue()):
        assert [postcode for postcode in FORMS if postcode in kept] == []
    assert "nobody could be asked about a postcode" in logged.getvalue()
    assert await chatting.subscriber() is None


@pytest.mark.parametrize(
    ("typed", "told", "linked"),
    [
        ("EH1 1AA", "Scottish Government", True),
        ("m1 1aa", "The seat is vacant", True),
        ("ZZ1 1ZZ", "There is no such postcode", False),
        ("🏠", "does not look like a postcode", False),
        ("x" * 3000, "does not look like a postcode", False),
    ],
)
async def test_whatever_is_typed_has_a_kind_answer_and_the_way_to_write(
    chatting: Chatting, typed: str, told: str, linked: bool
) -> None:
    async with serving_civic() as (civic, _):
        furnish(chatting, civic=civic)
        (answer,) = await chatting.say(f"/mp {typed}")
        assert told in answer
        assert [("pc=" in url) for url in urls(chatting)] == [linked]
        assert ERASE in labels(chatting)


async def test_where_no_service_answers_the_way_to_write_is_there_alone(
    chatting: Chatting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.civic.services, "SECONDS", 0.2)
    (answer,) = await chatting.say("/mp SW1A 1AA")
    assert "could not be found out" in answer
    async with serving_civic() as (civic, services):
        furnish(chatting, civic=civic)
        services.slow = True
        assert await chatting.say("/mp SW1A 1AA") == [answer]
        assert labels(chatting) == [WRITE, ERASE]


async def test_the_constituency_is_kept_and_forgotten_only_on_request(chatting: Chatting) -> None:
    async with serving_civic() as (civic, services):
        furnish(chatting, civic=civic)
        (how,) = await chatting.say("/mp")
        assert "Send /mp and your postcode" in how
        await chatting.say("/mp CF10 1AA")
        await chatting.press(KEEP)
        assert "Bae Môn</b>" not in chatting.seen()[-1]["text"]
        assert labels(chatting) == [WRITE, FORGET, ERASE]
        assert all("pc=" not in url for url in urls(chatting))
        known = await chatting.subscriber()
        assert known is not None
        assert known.choices.constituency == "Bae Môn"
        (answer,) = await chatting.say("/mp")
        assert "Mr Ifan Enghraifft" in answer
        services.broken = True
        assert "could not be checked" in await press_own(chatting, "mp:keep:Elsewhere")
        await chatting.press(FORGET)
        known = await chatting.subscriber()
        assert known is not None
        assert known.choices.constituency is None


async def test_a_constituency_that_is_none_is_not_kept(chatting: Chatting) -> None:
    async with serving_civic() as (civic, _):
        furnish(chatting, civic=civic)
        await chatting.say("/privacy")
        assert "too old" in await press_own(chatting, "mp:keep:<b>Nowhere</b>")
        await press_own(chatting, "mp:forget")
        assert await chatting.subscriber() is None


async def test_the_message_with_the_postcode_is_deleted_for_its_writer(chatting: Chatting) -> None:
    async with serving_civic() as (civic, _):
        furnish(chatting, civic=civic)
        await chatting.say("/mp SW1A 1AA")
        assert await chatting.press(ERASE) == "Deleted."
        assert all("/mp" not in message["text"] for message in chatting.seen())
        assert await chatting.press(ERASE) == "This bot may not delete that message. You can delete it yourself."


async def test_in_a_group_nothing_is_asked_and_the_message_can_be_deleted_by_its_writer(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "Group", [ANNA, BEN])
    await chatting.answer()
    async with serving_civic() as (civic, services):
        furnish(chatting, civic=civic)
        (answer,) = await chatting.say("/mp SW1A 1AA", chat=GROUP)
        assert "in private only" in answer
        assert "delete your message" in answer
        chatting.telegram.set_bot_status(ANNA, GROUP, "administrator")
        await chatting.answer()
        await chatting.say("/mp SW1A 1AA", chat=GROUP)
        number = chatting.seen(GROUP)[-2]["message_id"]
        assert await chatting.press(ERASE, by=BEN, chat=GROUP) == "Only whoever wrote that message can have it deleted."
        forged = {"id": "7", "from": {"id": BEN, "is_bot": False, "first_name": "B"}, "chat_instance": "1"}
        forged |= {"message": chatting.seen(GROUP)[-1], "data": f"mp:erase:{number}:{BEN}"}
        await chatting.process({"update_id": 1, "callback_query": forged})
        assert number in [message["message_id"] for message in chatting.seen(GROUP)]
        assert await chatting.press(ERASE, chat=GROUP) == "Deleted."
        assert number not in [message["message_id"] for message in chatting.seen(GROUP)]
        (bare,) = await chatting.say("/mp", chat=GROUP)
        assert "delete" not in bare
        assert services.asked == []
