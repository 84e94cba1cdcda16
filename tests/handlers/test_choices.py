"""How messages reach a chat: settings, pauses, and what was missed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.model.subscriber import Choices
from bot.store.schema import alerts, messages, stories, subscribers
from tests.builders import NOON
from tests.handlers.chatting import ANNA, Chatting, buttons_of
from tests.handlers.test_following import labels, the_only_message
from tests.handlers.test_supporter import YES_ALERTS, a_press


async def chosen(chatting: Chatting) -> Choices:
    known = await chatting.subscriber()
    assert known is not None
    return known.choices


async def test_each_setting_is_a_button_and_the_state_is_told_in_words(chatting: Chatting) -> None:
    (told,) = await chatting.say("/settings")
    assert "daily ones at 08:00, weekly ones on Monday at 08:00" in told
    assert "Quiet hours: none" in told
    assert "Hours are those of London." in told
    for press in (
        *("Digest’s hour", "18:00", "Digest’s day", "Friday", "Quiet hours", "22:00 to 07:00"),
        *("Limit on calls", "1", "Send silently", "Urgent ones at once"),
    ):
        await chatting.press(press)
    now = await chosen(chatting)
    assert (now.digest_hour, now.digest_day, now.quiet_from, now.quiet_until) == (18, 4, 22, 7)
    assert (now.calls_per_week, now.silent, now.urgent_at_once) == (1, True, True)
    told = the_only_message(chatting)["text"]
    assert "weekly ones on Friday at 18:00" in told
    assert "from 22:00 until 07:00" in told
    assert "at most one a week" in told
    assert "come silently" in told
    for press in ("Quiet hours", "Other hours", "23:00", "00:00", "Limit on calls", "No limit", "Send with sound"):
        await chatting.press(press)
    assert ((await chosen(chatting)).quiet_from, (await chosen(chatting)).quiet_until) == (23, 0)
    for press in ("Quiet hours", "No quiet hours", "Urgent ones in the digest", "Quiet hours", "Back"):
        await chatting.press(press)
    assert await chosen(chatting) == Choices(digest_hour=18, digest_day=4)
    assert len(chatting.seen()) == 2


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("3 December", datetime(2026, 12, 3, tzinfo=UTC)),
        ("1 July", datetime(2027, 6, 30, 23, tzinfo=UTC)),
        ("10", datetime(2026, 12, 5, tzinfo=UTC)),
    ],
)
async def test_a_pause_is_typed_as_people_say_it(chatting: Chatting, typed: str, until: datetime) -> None:
    await chatting.say("/start")
    await chatting.press(YES_ALERTS)
    (told,) = await chatting.say(f"/pause {typed}")
    assert told.startswith("Paused until ")
    assert "/missed" in told
    assert (await chosen(chatting)).paused_until == until


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        *(("3 December 2020", "a day to come"), ("0", "a day to come"), ("x" * 4000, "a day to come")),
        *(("31 February", "a day to come"), ("😀", "a day to come"), ("999", "a year at most")),
    ],
)
async def test_what_is_no_day_to_come_pauses_nothing(chatting: Chatting, typed: str, answer: str) -> None:
    await chatting.say("/start")
    await chatting.press(YES_ALERTS)
    assert answer in (await chatting.say(f"/pause {typed}"))[0]
    assert (await chosen(chatting)).paused_until is None


async def test_a_pause_by_button_is_ended_by_another_and_tells_of_what_was_missed(chatting: Chatting) -> None:
    assert "nothing to pause" in (await pause_by(chatting, "Until I return"))
    assert "You are not paused" in (await chatting.say("/resume"))[0]
    await chatting.say("/start")
    await chatting.press(YES_ALERTS)
    assert "Paused until you return." in await pause_by(chatting, "Until I return")
    assert "Paused until you return" in (await chatting.say("/settings"))[0]
    assert "Paused until you return" in (await chatting.say("/subscribe"))[0]
    assert "Choose another end" in (await chatting.say("/pause"))[0]
    await chatting.press("One week")
    assert (await chosen(chatting)).paused_until == NOON + timedelta(days=7)
    await chatting.publish("HMYOI Parc: safe")
    await chatting.publish("HMYOI Werrington: not safe")
    await alert_all(chatting)
    await chatting.press("Go on now")
    assert "2 findings were published meanwhile: /missed" in chatting.seen()[-1]["text"]
    assert (await chosen(chatting)).paused_until is None
    (told,) = await chatting.say("/missed")
    assert "What you missed from 25 November 2026 to 25 November 2026" in told
    assert "HMYOI Parc: safe" in told
    assert "You are not paused" in (await chatting.say("/resume"))[0]


async def pause_by(chatting: Chatting, label: str) -> str:
    """What is said after the press."""
    await chatting.say("/pause")
    await chatting.press(label)
    text: str = chatting.seen()[-1]["text"]
    return text


async def alert_all(chatting: Chatting) -> None:
    """Every story was published as an alert this minute, and sent to nobody."""
    async with chatting.services.store.write() as connection:
        for story in (await connection.execute(select(stories.c.id))).scalars().all():
            at = {"created_at": NOON, "expires_at": NOON}
            row = await connection.execute(messages.insert().values(kind="alert", **at).returning(messages.c.id))
            values = {"story_id": story, "message_id": row.scalar_one(), "published_at": NOON}
            await connection.execute(alerts.insert().values(values))


async def test_whoever_comes_back_from_a_block_is_told_of_missed_and_it_pages(chatting: Chatting) -> None:
    assert "nothing that you missed" in (await chatting.say("/missed"))[0]
    await chatting.say("/start")
    await chatting.press(YES_ALERTS)
    assert "nothing that you missed" in (await chatting.say("/missed"))[0]
    chatting.telegram.block(ANNA)
    await chatting.answer()
    for number in range(12):
        await chatting.publish(f"Report {number}")
    await alert_all(chatting)
    chatting.telegram.unblock(ANNA)
    await chatting.answer()
    assert "/missed shows" in chatting.seen()[-1]["text"]
    (told,) = await chatting.say("/missed")
    assert told.count("Report") == 10
    await chatting.press("Older")
    assert chatting.seen()[-1]["text"].count("Report") == 2
    assert labels(chatting.seen()[-1]) == ["Newer"]
    await chatting.process(a_press(chatting, chatting.seen()[-1]["message_id"], "missed:9"))
    assert "nothing on that page" in chatting.seen()[-1]["text"]


async def test_while_somebody_is_away_missed_tells_since_when(chatting: Chatting) -> None:
    await chatting.say("/start")
    await chatting.press(YES_ALERTS)
    await chatting.say("/pause 10")
    await chatting.publish()
    await alert_all(chatting)
    (told,) = await chatting.say("/missed")
    assert told.startswith("What you missed since 25 November 2026")
    async with chatting.services.store.write() as connection:
        await connection.execute(update(subscribers).values(away_until=None))
    assert (await chatting.say("/missed"))[0].startswith("What you missed since")
    assert buttons_of(chatting.seen()[-1]) == []
