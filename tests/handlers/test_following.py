from typing import Any

import pytest

from bot.model.subscriber import ChatKey, EndedReason, Frequency, Wants
from bot.store.subscribers import find_subscriber
from tests.handlers.chatting import ANNA, BEN, GROUP, Chatting, buttons_of
from tests.handlers.test_supporter import YES_ALERTS, YES_CALLS, a_press


async def live(chatting: Chatting, chat: int = ANNA) -> dict[str, Frequency]:
    """What a chat follows, and how often it is told."""
    known = await chatting.subscriber(chat)
    assert known is not None
    alerts = [one for one in known.subscriptions if one.wants is Wants.ALERTS and one.ended_at is None]
    return {one.follows: one.frequency for one in alerts}


def labels(message: dict[str, Any]) -> list[str]:
    return [button["text"] for button in buttons_of(message)]


def the_only_message(chatting: Chatting) -> dict[str, Any]:
    """The message whose buttons were pressed."""
    return chatting.seen()[1]


async def test_a_topic_is_followed_by_the_button_that_says_how_often_and_ended_by_another(chatting: Chatting) -> None:
    for day in range(14):
        await chatting.publish(f"Report {day}", days_ago=day, topics=("inspection",))
    (told,) = await chatting.say("/subscribe")
    assert "Nothing yet" in told
    assert "Follow everything: 1 a month" in labels(the_only_message(chatting))
    await chatting.press("Topics")
    await chatting.press("Inspections: 1 a month")
    assert "With one of these buttons you say yes" in the_only_message(chatting)["text"]
    assert await chatting.press("Weekly") == "Kept: Inspections, in a weekly digest."
    assert await live(chatting) == {"topic:inspection": Frequency.WEEKLY}
    known = await chatting.subscriber()
    assert known is not None
    assert known.subscriptions[0].consent_version == chatting.services.wording().plain("consent-version")
    await chatting.press("Back")
    assert "<b>" not in the_only_message(chatting)["text"]
    assert "Inspections: in a weekly digest; about 1 a month" in the_only_message(chatting)["text"]
    await chatting.press("Inspections: change")
    assert labels(the_only_message(chatting))[:3] == ["At once", "Daily", "✓ Weekly"]
    await chatting.press("Stop following")
    assert await live(chatting) == {}
    assert len(chatting.seen()) == 2


async def test_places_come_by_kind_the_open_ones_first_and_page(chatting: Chatting) -> None:
    await chatting.say("/subscribe")
    await chatting.press("Places")
    kinds = labels(the_only_message(chatting))
    assert kinds[0] == "Young offender institution for under-18s (5)"
    assert kinds[-2:] == ["No children any more (38)", "Back"]
    await chatting.press(kinds[-2])
    assert "Previous page" not in labels(the_only_message(chatting))
    first = labels(the_only_message(chatting))[0]
    await chatting.press("Next page")
    assert first not in labels(the_only_message(chatting))
    await chatting.press("Previous page")
    await chatting.press(first)
    assert "Children are not held here any more" in the_only_message(chatting)["text"]
    await chatting.press("Daily")
    assert list((await live(chatting)).values()) == [Frequency.DAILY]


async def test_whoever_follows_everything_is_told_that_a_topic_comes_anyway(chatting: Chatting) -> None:
    await chatting.say("/start")
    await chatting.press(YES_ALERTS)
    await chatting.press("Choose what you follow")
    assert not any(label.startswith("Follow everything") for label in labels(chatting.seen()[2]))
    await chatting.press("Topics")
    await chatting.press("Statistics: 0 a year")
    assert "You follow everything" in chatting.seen()[2]["text"]
    await chatting.press("Daily")
    assert await live(chatting) == {"everything": Frequency.NOW, "topic:statistics": Frequency.DAILY}
    await chatting.press("Back")
    await chatting.press("Everything: change")
    await chatting.press("Weekly")
    assert (await live(chatting))["everything"] is Frequency.WEEKLY


@pytest.mark.parametrize("times", [1, 2])
async def test_a_button_sets_what_it_says_however_often_and_how_late_it_is_pressed(
    chatting: Chatting, times: int
) -> None:
    await chatting.say("/subscribe")
    message = the_only_message(chatting)["message_id"]
    for _ in range(times):
        await chatting.process(a_press(chatting, message, "sub:to:institution:werrington:daily"))
    assert await live(chatting) == {"institution:werrington": Frequency.DAILY}
    for _ in range(times):
        await chatting.process(a_press(chatting, message, "sub:to:institution:werrington:never"))
    known = await chatting.subscriber()
    assert known is not None
    assert [one.ended_reason for one in known.subscriptions] == [EndedReason.STOPPED]


@pytest.mark.parametrize(
    "forged",
    [
        *("sub:to:institution:polmont:daily", "sub:one:topic:money", "sub:to:topic:inspection:hourly"),
        *(
            "sub:places:castles:0",
            "sub:home:999",
            "set:hour:24",
            "set:day:7",
            "set:quiet:5:5",
            "set:cap:0",
            "pause:year",
        ),
    ],
)
async def test_a_forged_choice_changes_nothing_and_is_answered(chatting: Chatting, forged: str) -> None:
    await chatting.say("/subscribe")
    before = chatting.seen()
    await chatting.process(a_press(chatting, the_only_message(chatting)["message_id"], forged))
    assert chatting.seen() == before
    assert chatting.telegram.calls[-1].values["text"] == chatting.services.wording().plain("notice-stale")
    assert await chatting.subscriber() is None


async def test_calls_to_action_are_asked_about_from_there_too(chatting: Chatting) -> None:
    await chatting.say("/subscribe")
    await chatting.press("Calls to action")
    await chatting.press(YES_CALLS)
    assert "Calls to action: yes." in (await chatting.say("/subscribe"))[0]


@pytest.mark.parametrize(
    ("payload", "follows", "named"),
    [
        ("werrington", "institution:werrington", "HMYOI Werrington"),
        ("Werrington--leaflet_3", "institution:werrington", "HMYOI Werrington"),
        ("urgent-notification", "topic:urgent_notification", "Urgent notifications"),
    ],
)
async def test_a_start_link_that_names_something_asks_about_that_alone(
    chatting: Chatting, payload: str, follows: str, named: str
) -> None:
    sent = await chatting.say(f"/start {payload}")
    assert f"May we send you alerts about {named}?" in sent[1]
    await chatting.press(YES_ALERTS)
    assert any(f"Yes to alerts about {named}" in one["text"] for one in chatting.seen())
    assert await live(chatting) == {follows: Frequency.NOW}
    known = await chatting.subscriber()
    assert known is not None
    assert known.source == payload
    (again, _) = await chatting.say(f"/start {payload}")
    assert again.endswith(f"You get alerts about: {named}.")


async def test_a_start_link_offers_more_to_whoever_gets_alerts_and_takes_nothing_for_granted(
    chatting: Chatting,
) -> None:
    await chatting.say("/start werrington")
    await chatting.press(YES_ALERTS)
    await chatting.press(YES_CALLS)
    (told,) = await chatting.say("/start oakhill")
    assert "about Oakhill Secure Training Centre" in told
    assert list(await live(chatting)) == ["institution:werrington"]
    await chatting.press("Follow Oakhill Secure Training Centre")
    await chatting.press("At once")
    assert len(await live(chatting)) == 2
    await chatting.process(a_press(chatting, chatting.seen()[-1]["message_id"], "sub:to:everything:now"))
    assert "You follow everything, so" in (await chatting.say("/start wetherby"))[0]
    known = await chatting.subscriber()
    assert known is not None
    assert known.source == "werrington"


async def test_in_a_group_only_admins_choose_what_it_follows(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "Friends", [ANNA, BEN])
    await chatting.answer()
    for command in ("/subscribe", "/settings", "/pause", "/resume", "/mydata"):
        assert "Only an admin" in (await chatting.say(command, by=BEN, chat=GROUP))[0]
    await chatting.say("/subscribe", chat=GROUP)
    assert await chatting.press("Topics", by=BEN, chat=GROUP) == "Only an admin of this group can choose."
    await chatting.press("Topics", chat=GROUP)
    await chatting.press("Campaigns: 0 a year", chat=GROUP)
    await chatting.press("Daily", chat=GROUP)
    assert await live(chatting, GROUP) == {"topic:campaign": Frequency.DAILY}


async def test_an_anonymous_admin_chooses_and_another_channels_voice_does_not(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "Friends", [ANNA, BEN])
    await chatting.answer()
    message = chatting.telegram.say(BEN, GROUP, "/start")
    linked = {"id": -1009, "type": "channel", "title": "News"}
    await chatting.process({"update_id": 1, "message": {**message, "sender_chat": linked}})
    assert await chatting.subscriber(GROUP) is None
    nobody = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    await chatting.process({"update_id": 2, "message": {**message, "from": nobody}})
    assert await chatting.subscriber(GROUP) is not None


async def test_a_channels_admin_sets_it_up_with_posts(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "News", [ANNA, BEN])
    await chatting.answer()
    said = chatting.telegram.say(ANNA, GROUP, "/start")
    del said["from"]
    post = {**said, "chat": {**said["chat"], "type": "channel"}, "sender_chat": {**said["chat"], "type": "channel"}}
    before = len(chatting.seen(GROUP))
    await chatting.process({"update_id": 1, "channel_post": post})
    sent = [one["text"] for one in chatting.seen(GROUP)[before:]]
    assert "This channel can carry" in sent[0]
    assert len(sent) == 3
    await chatting.press(YES_ALERTS, by=BEN, chat=GROUP)
    assert await live(chatting, GROUP) == {}
    await chatting.press(YES_ALERTS, chat=GROUP)
    assert await live(chatting, GROUP) == {"everything": Frequency.NOW}
    for number, text in enumerate(("/subscribe", "/settings", "/latest", "/stop"), 2):
        entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        await chatting.process({"update_id": number, "channel_post": {**post, "text": text, "entities": entities}})
    assert [one["text"].partition("\n")[0] for one in chatting.seen(GROUP)[-3:]] == [
        "What you follow",
        "How messages reach you",
        chatting.seen(GROUP)[-1]["text"],
    ]
    assert await live(chatting, GROUP) == {}


async def test_a_button_of_a_message_that_telegram_keeps_from_us_chooses_nothing(chatting: Chatting) -> None:
    await chatting.say("/subscribe")
    press = a_press(chatting, the_only_message(chatting)["message_id"], "sub:to:everything:now")
    query = press["callback_query"]
    assert isinstance(query, dict)
    query["message"] = {"chat": query["message"]["chat"], "message_id": 1, "date": 0}
    await chatting.process(press)
    assert chatting.telegram.calls[-1].values["text"] == chatting.services.wording().plain("notice-stale")
    assert await chatting.subscriber() is None
    await chatting.process({**press, "callback_query": {**query, "data": "new:0:everything"}})
    assert chatting.seen()[-1]["text"] == chatting.services.wording().plain("latest-none")


async def test_a_button_in_a_forums_topic_chooses_for_that_topic(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "Friends", [ANNA])
    await chatting.answer()
    await chatting.say("/subscribe", chat=GROUP)
    pressed = chatting.seen(GROUP)[-1]
    query = a_press(chatting, await a_message_of(chatting), "sub:to:topic:campaign:weekly")["callback_query"]
    assert isinstance(query, dict)
    query["message"] = {**pressed, "is_topic_message": True, "message_thread_id": 7}
    await chatting.process({"update_id": 1, "callback_query": query})
    async with chatting.services.store.read() as connection:
        topic = await find_subscriber(connection, ChatKey(GROUP, 7))
    assert topic is not None
    assert [one.follows for one in topic.subscriptions] == ["topic:campaign"]
    assert await chatting.subscriber(GROUP) is None


async def a_message_of(chatting: Chatting) -> int:
    """A message of Anna's own chat, for `a_press`."""
    await chatting.say("/subscribe")
    message_id: int = the_only_message(chatting)["message_id"]
    return message_id
