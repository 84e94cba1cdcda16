import pytest
from sqlalchemy import func, select

from bot.model.subscriber import ChatKey, EndedReason, Wants
from bot.sandbox.faults import Fault, FaultKind
from bot.store.schema import deliveries, subscribers, subscriptions
from bot.store.subscribers import find_subscriber
from tests.builders import NOON
from tests.handlers.chatting import ANNA, BEN, GROUP, Chatting, buttons_of

YES_ALERTS, YES_CALLS = "Yes, send me alerts", "Yes, send me calls to action"


async def test_start_alone_subscribes_nobody_and_asks_two_separate_questions(chatting: Chatting) -> None:
    sent = await chatting.say("/start leaflet_2026")
    questions = [
        [button["text"] for button in buttons_of(message)] for message in chatting.seen() if buttons_of(message)
    ]
    assert questions == [[YES_ALERTS, "No alerts"], [YES_CALLS, "No calls to action"]]
    assert "Nothing is sent unless you say yes" in sent[0]
    known = await chatting.subscriber()
    assert known is not None
    assert (known.source, known.subscriptions) == ("leaflet_2026", ())


@pytest.mark.parametrize("payload", ["with space", "<b>", "a" * 65, "é"])
async def test_a_payload_that_no_link_can_carry_is_not_kept(chatting: Chatting, payload: str) -> None:
    await chatting.say(f"/start {payload}"[:200])
    known = await chatting.subscriber()
    assert known is not None
    assert known.source in {None, "with"}


async def test_a_yes_is_kept_with_its_wording_and_time(chatting: Chatting) -> None:
    await chatting.say("/start")
    await chatting.press(YES_ALERTS)
    known = await chatting.subscriber()
    assert known is not None
    (kept,) = known.subscriptions
    assert (kept.wants, kept.follows, kept.consented_at) == (Wants.ALERTS, "everything", NOON)
    assert kept.consent_version == chatting.services.wording().plain("consent-version")
    assert "Yes to alerts" in chatting.seen()[-2]["text"]
    assert [button["text"] for button in buttons_of(chatting.seen()[-2])] == ["Choose what you follow"]


async def test_the_two_answers_are_independent(chatting: Chatting) -> None:
    await chatting.say("/start")
    await chatting.press("No alerts")
    await chatting.press(YES_CALLS)
    known = await chatting.subscriber()
    assert known is not None
    assert (known.wants(Wants.ALERTS), known.wants(Wants.CALLS)) == (False, True)


async def test_after_a_yes_the_latest_finding_is_offered_with_its_date_and_shown_once(chatting: Chatting) -> None:
    await chatting.publish("HMYOI Parc: safe", days_ago=9)
    await chatting.publish("HMYOI Werrington: not safe", days_ago=3)
    await chatting.say("/start")
    await chatting.press(YES_ALERTS)
    offered = "Show the finding of 22 November 2026"
    offer, action = chatting.find_button(offered, ANNA)
    before = len(chatting.seen())
    await chatting.press(offered)
    await chatting.process(a_press(chatting, offer["message_id"], action))
    shown = chatting.seen()[before:]
    assert len(shown) == 1
    assert "The latest finding, of 22 November 2026" in shown[0]["text"]
    assert "HMYOI Werrington: not safe" in shown[0]["text"]
    assert [button["text"] for button in buttons_of(shown[0])] == ["Read the source"]


async def test_pressing_twice_does_nothing_twice(chatting: Chatting) -> None:
    await chatting.say("/start")
    question, action = chatting.find_button(YES_ALERTS, ANNA)
    await chatting.press(YES_ALERTS)
    before = chatting.seen()
    await chatting.process(a_press(chatting, question["message_id"], action))
    known = await chatting.subscriber()
    assert known is not None
    assert len(known.subscriptions) == 1
    assert len(chatting.seen()) == len(before)


async def test_a_yes_under_older_words_is_asked_again(chatting: Chatting) -> None:
    await chatting.say("/start")
    question, _ = chatting.find_button(YES_ALERTS, ANNA)
    await chatting.process(a_press(chatting, question["message_id"], "ask:alerts:yes:1999-01-01"))
    known = await chatting.subscriber()
    assert known is not None
    assert known.subscriptions == ()
    assert [button["text"] for button in buttons_of(chatting.seen()[-1])] == [YES_ALERTS, "No alerts"]


@pytest.mark.parametrize("forged", ["ask:money:yes:1", "ask:alerts:yes:", "x" * 64, "forget:everybody", "show:latest2"])
async def test_a_forged_or_stale_button_is_answered_kindly(chatting: Chatting, forged: str) -> None:
    await chatting.say("/start")
    question, _ = chatting.find_button(YES_ALERTS, ANNA)
    before = chatting.seen()
    await chatting.process(a_press(chatting, question["message_id"], forged))
    assert chatting.seen() == before
    call = chatting.telegram.calls[-1]
    assert call.method.lower() == "answercallbackquery"


async def test_somebody_who_has_said_yes_to_all_is_told_so(chatting: Chatting) -> None:
    await chatting.say("/start")
    await chatting.press(YES_ALERTS)
    half_way = await chatting.say("/start")
    assert len(half_way) == 2
    assert half_way[0].endswith("You get alerts about everything.")
    await chatting.press(YES_CALLS)
    (told,) = await chatting.say("/start")
    assert "You get alerts about everything. You get calls to action." in told


async def test_stop_ends_both_says_so_and_how_to_return(chatting: Chatting) -> None:
    await chatting.say("/start")
    await chatting.press(YES_ALERTS)
    await chatting.press(YES_CALLS)
    (stopped,) = await chatting.say("/stop")
    assert "no alerts and no calls to action" in stopped
    assert "/start" in stopped
    known = await chatting.subscriber()
    assert known is not None
    assert {one.ended_reason for one in known.subscriptions} == {EndedReason.STOPPED}
    (again,) = await chatting.say("/stop")
    assert "nothing to stop" in again
    (never,) = await chatting.say("/stop", by=BEN)
    assert "nothing to stop" in never


async def test_a_no_ends_what_an_earlier_yes_began(chatting: Chatting) -> None:
    await chatting.say("/start")
    question, action = chatting.find_button("No alerts", ANNA)
    await chatting.press(YES_ALERTS)
    await chatting.process(a_press(chatting, question["message_id"], action))
    known = await chatting.subscriber()
    assert known is not None
    assert not known.wants(Wants.ALERTS)


async def test_privacy_names_who_answers_for_it(chatting: Chatting) -> None:
    (told,) = await chatting.say("/privacy")
    assert "run by Example & Friends" in told
    assert "post@example.org" in told
    assert "28 days" in told


async def test_forget_asks_first_then_leaves_nothing(chatting: Chatting) -> None:
    await chatting.say("/start")
    await chatting.press(YES_ALERTS)
    await chatting.say("/forget")
    await chatting.press("No, keep it")
    assert await chatting.subscriber() is not None
    await chatting.say("/forget")
    question, action = chatting.find_button("Yes, delete everything", ANNA)
    await chatting.press("Yes, delete everything")
    assert "Deleted." in chatting.seen()[-1]["text"]
    async with chatting.services.store.read() as connection:
        for table in (subscribers, subscriptions, deliveries):
            assert (await connection.execute(select(func.count()).select_from(table))).scalar_one() == 0
    await chatting.process(a_press(chatting, question["message_id"], action))
    assert "nothing to delete" in chatting.seen()[-1]["text"]


async def test_blocking_ends_everything_and_a_return_revives_nothing(chatting: Chatting) -> None:
    await chatting.say("/start")
    await chatting.press(YES_ALERTS)
    chatting.telegram.block(ANNA)
    await chatting.answer()
    blocked = await chatting.subscriber()
    assert blocked is not None
    assert blocked.blocked
    assert blocked.subscriptions[0].ended_reason is EndedReason.BLOCKED
    chatting.telegram.unblock(ANNA)
    await chatting.answer()
    back = await chatting.subscriber()
    assert back is not None
    assert not back.blocked
    assert not back.wants(Wants.ALERTS)
    assert "nothing is sent until you say yes" in chatting.seen()[-1]["text"]


async def test_help_lists_what_there_is(chatting: Chatting) -> None:
    (told,) = await chatting.say("/help")
    assert all(command in told for command in ("/start", "/latest", "/search", "/stop", "/privacy", "/forget"))


async def test_in_a_group_only_admins_choose(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "Friends", [ANNA, BEN])
    await chatting.answer()
    assert "An admin of this group can choose" in chatting.seen(GROUP)[-1]["text"]
    (refused,) = await chatting.say("/start", by=BEN, chat=GROUP)
    assert "Only an admin" in refused
    assert await chatting.subscriber(GROUP) is None
    await chatting.say("/start", chat=GROUP)
    notice = await chatting.press(YES_ALERTS, by=BEN, chat=GROUP)
    assert notice == "Only an admin of this group can choose."
    await chatting.press(YES_ALERTS, chat=GROUP)
    known = await chatting.subscriber(GROUP)
    assert known is not None
    assert known.wants(Wants.ALERTS)
    for command in ("/stop", "/forget"):
        assert "Only an admin" in (await chatting.say(command, by=BEN, chat=GROUP))[0]
    await chatting.say("/forget", chat=GROUP)
    await chatting.press("Yes, delete everything", by=BEN, chat=GROUP)
    assert await chatting.subscriber(GROUP) is not None


async def test_an_admin_who_writes_as_the_group_may_choose(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "Friends", [BEN, ANNA])
    await chatting.answer()
    message = chatting.telegram.say(ANNA, GROUP, "/start")
    await chatting.process({"update_id": 1, "message": {**message, "sender_chat": message["chat"]}})
    assert await chatting.subscriber(GROUP) is not None


async def test_who_is_not_in_the_group_may_not_choose(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "Friends", [BEN])
    await chatting.answer()
    message = chatting.telegram.say(BEN, GROUP, "/start")
    stranger = {"id": 999, "is_bot": False, "first_name": "X"}
    await chatting.process({"update_id": 1, "message": {**message, "from": stranger}})
    assert await chatting.subscriber(GROUP) is None


async def test_being_thrown_out_of_a_group_ends_what_it_follows(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "Friends", [ANNA, BEN])
    await chatting.say("/start", chat=GROUP)
    await chatting.press(YES_CALLS, chat=GROUP)
    chatting.telegram.set_bot_status(ANNA, GROUP, "kicked")
    await chatting.answer()
    known = await chatting.subscriber(GROUP)
    assert known is not None
    assert known.subscriptions[0].ended_reason is EndedReason.KICKED


async def test_becoming_a_supergroup_keeps_what_the_group_chose(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "Friends", [ANNA, BEN])
    await chatting.say("/start", chat=GROUP)
    await chatting.press(YES_ALERTS, chat=GROUP)
    new = chatting.telegram.migrate_group(GROUP)
    await chatting.answer()
    known = await chatting.subscriber(new)
    assert known is not None
    assert known.wants(Wants.ALERTS)


async def test_a_channel_is_told_nothing_when_the_bot_joins_and_its_admin_how_to_begin(chatting: Chatting) -> None:
    await chatting.say("/start")
    channel = {"id": -1009, "type": "channel", "title": "News"}
    person, me = {"id": ANNA, "is_bot": False, "first_name": "Anna"}, chatting.telegram.bot
    left, member = {"status": "left", "user": me}, {"status": "member", "user": me}
    change = {"chat": channel, "from": person, "date": 1, "old_chat_member": left, "new_chat_member": member}
    calls = len(chatting.telegram.calls)
    await chatting.process({"update_id": 1, "my_chat_member": change})
    await chatting.process({"update_id": 2, "my_chat_member": {**change, "old_chat_member": member}})
    assert [one.values["chat_id"] for one in list(chatting.telegram.calls)[calls:]] == [str(ANNA)]
    assert "Post /start in the channel" in chatting.seen()[-1]["text"]


async def test_letting_the_bot_in_without_letting_it_speak_is_no_failure(
    chatting: Chatting, caplog: pytest.LogCaptureFixture
) -> None:
    chatting.telegram.faults.add(Fault(FaultKind.FORBIDDEN))
    chatting.telegram.add_group(GROUP, "Friends", [ANNA])
    await chatting.answer()
    assert chatting.seen(GROUP) == []
    assert "failed" not in caplog.text


async def test_a_press_on_a_message_that_cannot_be_changed_is_answered_below_it(chatting: Chatting) -> None:
    await chatting.publish(days_ago=3)
    await chatting.say("/start")
    gone = Fault(FaultKind.BAD_REQUEST, method="editMessage*", times=2, words="message to edit not found")
    chatting.telegram.faults.add(gone)
    await chatting.press(YES_ALERTS)
    assert "Yes to alerts" in chatting.seen()[-1]["text"]
    await chatting.press("Show the finding of 22 November 2026")
    assert "The latest finding" in chatting.seen()[-1]["text"]


async def test_a_press_that_comes_from_no_chat_is_answered_and_changes_nothing(chatting: Chatting) -> None:
    await chatting.say("/start")
    question, action = chatting.find_button(YES_ALERTS, ANNA)
    update = a_press(chatting, question["message_id"], action)
    query = update["callback_query"]
    assert isinstance(query, dict)
    del query["message"]
    for pressed in (action, "show:latest"):
        await chatting.process({**update, "callback_query": {**query, "inline_message_id": "x", "data": pressed}})
    known = await chatting.subscriber()
    assert known is not None
    assert known.subscriptions == ()


async def test_a_topic_of_a_forum_chooses_for_itself(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "Friends", [ANNA])
    await chatting.answer()
    message = chatting.telegram.say(ANNA, GROUP, "/start")
    await chatting.process({"update_id": 1, "message": {**message, "is_topic_message": True, "message_thread_id": 7}})
    async with chatting.services.store.read() as connection:
        assert await find_subscriber(connection, ChatKey(GROUP, 7)) is not None
    assert chatting.telegram.calls[-1].values["message_thread_id"] == "7"


def a_press(chatting: Chatting, message_id: int, action: str) -> dict[str, object]:
    """A press that the chat page would not offer any more."""
    message = chatting.telegram.chats.get(ANNA).messages[message_id]
    person = {"id": ANNA, "is_bot": False, "first_name": "Anna", "language_code": "en"}
    query = {"id": "1", "from": person, "message": message, "chat_instance": "1", "data": action}
    return {"update_id": 1, "callback_query": query}
