from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.compose.action import ask_rows, choose_asks
from bot.model.action import FEWEST, Mark
from bot.model.message import Message
from bot.model.subscriber import ChatKey
from bot.sending import send
from bot.store.asks import find_asked
from bot.store.marks import list_marks, put_mark
from bot.store.schema import subscribers
from bot.store.subscribers import add_subscriber, find_subscriber
from tests.builders import NOON, find_mark
from tests.civic.serving import serving_civic
from tests.handlers.acting import CONSULTATION, PETITION, furnish, press_own, publish_poor
from tests.handlers.chatting import ANNA, BEN, GROUP, Chatting, buttons_of

MP = "Ask your MP what will be done"


async def alert(chatting: Chatting, chat: int = ANNA) -> int:
    """The first story's alert reaches a chat, as it is composed; returns the message's id."""
    services, wording = chatting.services, chatting.services.wording()
    async with services.store.read() as connection:
        found = await find_asked(connection, 1)
    assert found is not None
    asks = choose_asks(found[1], services.pack.actions, wording, str, NOON.date())
    if chat == ANNA:
        await chatting.say("/privacy")
    await send(chatting.bot.bot, ChatKey(chat), Message("An alert", ask_rows(found[1], asks, 1, wording)))
    message_id: int = chatting.seen(chat)[-1]["message_id"]
    return message_id


async def kept(
    chatting: Chatting, chat: int = ANNA, subject: str = "story:1"
) -> tuple[str, datetime | None, datetime | None] | None:
    async with chatting.services.store.read() as connection:
        known = await find_subscriber(connection, ChatKey(chat))
        mark = await find_mark(connection, known.id, subject) if known else None
    return (mark.mark, mark.remind_at, mark.follow_up_at) if mark else None


def labels(chatting: Chatting, chat: int = ANNA) -> list[str]:
    return [button["text"] for button in buttons_of(chatting.seen(chat)[-1])]


async def test_done_is_kept_once_shown_and_can_be_taken_back(chatting: Chatting) -> None:
    await publish_poor(chatting)
    await alert(chatting)
    assert labels(chatting) == [MP, "What you could say", "Done", "Later", "Not for me"]
    assert "In two weeks" in (await chatting.press("Done") or "")
    assert labels(chatting) == [MP, "What you could say", "You said: done. Change"]
    assert await kept(chatting) == ("done", None, NOON + timedelta(days=14))
    assert "In two weeks" in await press_own(chatting, "act:1:write-mp:done")
    assert await kept(chatting) == ("done", None, NOON + timedelta(days=14))
    assert await chatting.press("You said: done. Change") == "Taken back."
    assert labels(chatting) == ["Done", "Later", "Not for me"]
    assert await kept(chatting) is None


async def test_later_asks_when_and_back_leads_back(chatting: Chatting) -> None:
    await publish_poor(chatting, answer_by=date(2026, 12, 10))
    await alert(chatting)
    await chatting.press("Later")
    assert labels(chatting)[2:] == ["Tomorrow", "In a week", "On 11 December 2026", "Back"]
    await chatting.press("Back")
    await chatting.press("Later")
    assert await chatting.press("In a week") == "You will be reminded on 2 December 2026."
    assert await kept(chatting) == ("later", NOON + timedelta(days=7), None)
    await chatting.press("Reminder on 2 December 2026. Change")
    await chatting.press("Later")
    await chatting.press("On 11 December 2026")
    mark = await kept(chatting)
    assert mark is not None
    assert str(mark[1]) == "2026-12-11 09:00:00+00:00"
    await chatting.press("Reminder on 11 December 2026. Change")
    assert await chatting.press("Not for me") == "Noted."
    assert await kept(chatting) == ("refused", None, None)


async def test_what_could_be_said_comes_below_the_alert_with_advice_and_no_letter(chatting: Chatting) -> None:
    await publish_poor(chatting, answer_by=date(2026, 12, 10))
    await alert(chatting)
    await chatting.press("What you could say")
    told = chatting.seen()[-1]
    assert "• One clear question is enough" in told["text"]
    assert "Write in your own words" in told["text"]
    assert "must answer in public by 10 December 2026" in told["text"]
    assert [entity["type"] for entity in told["entities"]].count("date_time") == 1
    assert labels(chatting) == [MP, "Done", "Later", "Not for me"]


@pytest.mark.parametrize(
    "action", ["act:99:write-mp:done", "act:1:nothing:done", "act:1:write-mp:due", "act:999999999999999999:share:later"]
)
async def test_a_forged_press_is_answered_kindly_and_keeps_nothing(chatting: Chatting, action: str) -> None:
    await publish_poor(chatting)
    await alert(chatting)
    assert await press_own(chatting, action) == "This is not asked any more."
    assert await kept(chatting) is None
    for odd in ("act:1:write-mp:sell", "act:x:write-mp:done", "act:1:WRITE:done"):
        assert "too old" in await press_own(chatting, odd)


async def test_nothing_is_said_of_a_story_about_a_death(chatting: Chatting) -> None:
    await chatting.publish("A death", sensitive=True, sensitive_reason="death in custody", institutions=("werrington",))
    await chatting.say("/actions")
    message = chatting.seen()[-1]
    assert "Nothing is waiting" in message["text"]
    assert await press_own(chatting, "act:1:write-mp:done") == "This is not asked any more."


async def test_few_are_not_counted_aloud_and_many_are(chatting: Chatting) -> None:
    await publish_poor(chatting)
    async with chatting.services.store.write() as connection:
        for chat in range(9000, 9000 + FEWEST):
            added = await add_subscriber(connection, ChatKey(chat), language="en", source=None, now=NOON)
            await put_mark(connection, added.id, "story:1", Mark.DONE, now=NOON)
    await alert(chatting)
    await chatting.press("What you could say")
    assert "10 people here say that they did this." in chatting.seen()[-1]["text"]
    async with chatting.services.store.write() as connection:
        await put_mark(connection, added.id, "story:1", Mark.REFUSED, now=NOON)
    await alert(chatting)
    await chatting.press("What you could say")
    assert "people here" not in chatting.seen()[-1]["text"]


async def test_in_a_group_the_buttons_stay_and_nobody_new_becomes_known(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "Group", [ANNA, BEN])
    await chatting.answer()
    await publish_poor(chatting)
    message_id = await alert(chatting, GROUP)
    before = labels(chatting, GROUP)
    for said in ("done", "later", "points"):
        notice = await chatting.press_action(message_id, f"act:1:write-mp:{said}", by=BEN, chat=GROUP)
        assert "private" in (notice or "")
    async with chatting.services.store.write() as connection:
        assert (await connection.execute(select(func.count()).select_from(subscribers))).scalar() == 0
        await add_subscriber(connection, ChatKey(BEN), language="en", source=None, now=NOON)
    await chatting.press_action(message_id, "act:1:write-mp:done", by=BEN, chat=GROUP)
    await chatting.press_action(message_id, "act:1:write-mp:refused", by=BEN, chat=GROUP)
    assert (await kept(chatting, BEN) or ("",))[0] == "refused"
    assert labels(chatting, GROUP) == before
    await chatting.say("/actions", by=BEN, chat=GROUP)
    assert all("url" in button for button in buttons_of(chatting.seen(GROUP)[-1]))


async def test_actions_lists_deadlines_and_a_live_count_and_leads_to_each_and_back(chatting: Chatting) -> None:
    over = replace(CONSULTATION, id="over", until=date(2026, 11, 24))
    async with serving_civic() as (civic, services):
        furnish(chatting, PETITION, CONSULTATION, over, civic=civic)
        await publish_poor(chatting)
        await chatting.say("/actions")
        listed = chatting.seen()[-1]
        assert "12,345 people have signed “Close <them>”" in listed["text"]
        assert "Until 31 December 2026" in listed["text"]
        assert "HMYOI Werrington: not safe" in listed["text"]
        assert labels(chatting) == ["1. Sign the petition", "2. Answer the consultation", f"3. {MP}"]
        await chatting.press("2. Answer the consultation")
        assert labels(chatting) == ["Answer the consultation", "Done", "Later", "Not for me", "Back to the list"]
        await chatting.press("Later")
        assert "On 30 December 2026" in labels(chatting)
        await chatting.press("Back")
        assert await chatting.press("Done") == "Thank you for telling us."
        assert await kept(chatting, subject="action:consultation") == ("done", None, None)
        await chatting.press("Back to the list")
        assert labels(chatting) == ["1. Sign the petition", f"2. {MP}"]
        services.broken = True
        furnish(chatting, replace(PETITION, id="petition-8", petition=8), civic=civic)
        await chatting.say("/actions")
        assert chatting.seen()[-1]["text"].count("people have signed") == 1


async def test_a_closed_petition_is_not_asked_for_and_good_news_is_shared(chatting: Chatting) -> None:
    async with serving_civic() as (civic, services):
        services.state = "closed"
        furnish(chatting, PETITION, civic=civic)
        await chatting.publish("Official statistics", topics=("statistics",))
        await chatting.say("/actions")
        assert labels(chatting) == ["1. Share the report"]
        await chatting.press("1. Share the report")
        assert "A text to share" in chatting.seen()[-1]["text"]
        assert labels(chatting)[:2] == ["Share the report", "Share in a chat"]
        assert buttons_of(chatting.seen()[-1])[1]["switch_inline_query"] == "Official statistics"


async def test_an_answer_to_the_follow_up_is_kept_and_a_strangers_is_not(chatting: Chatting) -> None:
    await publish_poor(chatting)
    await alert(chatting)
    assert "not asked" in await press_own(chatting, "act:1:write-mp:answered")
    await chatting.press("Done")
    await press_own(chatting, "act:1:write-mp:unanswered")
    assert "Thank you for telling us" in chatting.seen()[-1]["text"]
    async with chatting.services.store.read() as connection:
        known = await find_subscriber(connection, ChatKey(ANNA))
        assert known is not None
        (mark,) = await list_marks(connection, known.id)
    assert mark.replied is False
