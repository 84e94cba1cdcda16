import json
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from bot.model.subscriber import ChatKey
from bot.store.schema import endings, organisers, subscribers
from bot.store.subscribers import find_subscriber
from tests.builders import NOON
from tests.handlers.chatting import ANNA, BEN, Chatting, buttons_of
from tests.handlers.test_supporter import YES_ALERTS, YES_CALLS


async def test_mydata_is_a_message_to_read_and_a_file_and_has_no_name(chatting: Chatting) -> None:
    await chatting.say("/start werrington--leaflet")
    await chatting.press(YES_ALERTS)
    await chatting.press(YES_CALLS)
    await chatting.say("/search my secret words")
    before = len(chatting.seen())
    chatting.telegram.say(ANNA, ANNA, "/mydata")
    await chatting.answer()
    told, sent = chatting.seen()[before + 1 :]
    assert "The number of this chat: 501" in told["text"]
    assert "brought you here: werrington--leaflet" in told["text"]
    assert "Alerts about: HMYOI Werrington: each finding at once. Said on 25 November 2026" in told["text"]
    assert "Quiet hours: none" in told["text"]
    assert sent["document"]["file_name"] == "mydata.json"
    file = chatting.telegram.files.find(sent["document"]["file_id"])
    assert file is not None
    held = json.loads(file.content)
    assert [row["follows"] for row in held["subscriptions"]] == ["institution:werrington", "everything"]
    assert "Anna" not in file.content.decode()
    assert "secret" not in file.content.decode()


async def test_mydata_tells_the_rarer_things_too(chatting: Chatting) -> None:
    await chatting.say("/start")
    await chatting.press(YES_CALLS)
    await chatting.say("/stop")
    known = await chatting.subscriber()
    assert known is not None
    async with chatting.services.store.write() as connection:
        await connection.execute(insert(endings).values(subscriber_id=known.id, reason="blocked", at=NOON))
        rare = {"constituency": "Stone", "away_from": NOON - timedelta(days=3), "blocked_at": NOON, "thread_id": 7}
        await connection.execute(update(subscribers).values(rare))
    topic = chatting.telegram.say(ANNA, ANNA, "/mydata")
    await chatting.process({"update_id": 1, "message": {**topic, "is_topic_message": True, "message_thread_id": 7}})
    told = chatting.seen()[-2]["text"]
    for said in (
        *("Calls to action: ended on 25 November 2026, because you stopped it", "Your constituency: Stone"),
        *("this topic in it: 7", "blocked on 25 November", "from 22 November 2026 on", "cannot be reached"),
        "Nothing is followed since 25 November 2026",
    ):
        assert said in told


async def test_who_is_not_known_is_told_so_and_gets_no_file(chatting: Chatting) -> None:
    (told,) = await chatting.say("/mydata")
    assert told == "Nothing is kept about this chat."
    async with chatting.services.store.write() as connection:
        await connection.execute(insert(organisers).values(user_id=BEN, role="owner", invited_by=BEN, since_at=NOON))
    chatting.telegram.say(BEN, BEN, "/mydata")
    await chatting.answer()
    assert "by your number (1 rows)" in chatting.seen(BEN)[-2]["text"]
    await chatting.say("/forget", by=BEN)
    await chatting.press("Yes, delete everything", by=BEN)
    assert "Your number stays" in chatting.seen(BEN)[-1]["text"]


async def test_forgetting_gives_a_receipt_in_numbers(chatting: Chatting) -> None:
    await chatting.say("/start")
    await chatting.press(YES_ALERTS)
    await chatting.press(YES_CALLS)
    await chatting.say("/forget")
    await chatting.press("Yes, delete everything")
    assert "what was said yes to: 2" in chatting.seen()[-1]["text"]
    assert buttons_of(chatting.seen()[-1]) == []
    async with chatting.services.store.read() as connection:
        assert await find_subscriber(connection, ChatKey(ANNA)) is None


@pytest.mark.parametrize("said", ["/privacy", "/help"])
async def test_an_organiser_and_anybody_read_what_is_kept_and_what_there_is(chatting: Chatting, said: str) -> None:
    (told,) = await chatting.say(said)
    for word in ("/mydata", "/forget"):
        assert word in told
    assert "public channel" not in told
    if said == "/help":
        async with chatting.services.store.write() as connection:
            row = {"user_id": ANNA, "role": "viewer", "invited_by": BEN, "since_at": NOON}
            await connection.execute(insert(organisers).values(row))
        assert "let a public channel carry the alerts" in (await chatting.say(said))[0]
