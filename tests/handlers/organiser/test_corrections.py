"""Correcting and withdrawing in chat, with the real bot and the local Telegram."""

from datetime import timedelta

from bot.model.delivery import MessageKind
from bot.model.message import Message
from bot.sandbox.faults import Fault, FaultKind
from bot.store.amendments import find_amendment
from bot.store.messages import add_message
from bot.store.schema import amendments
from tests.builders import NOON, add_reader
from tests.handlers.chatting import ANNA, Chatting
from tests.handlers.organiser.organising import OLWEN, TEAM, TOMOS, Organising

NOTE = "It said 22 hours; the report says 20."
TITLE = "HMYOI Werrington: a report"


async def alerted(organising: Organising) -> None:
    """Anna and Olwen have got an alert, and Olwen let it out."""
    async with organising.services.store.write() as connection:
        for chat in (ANNA, OLWEN):
            await add_reader(connection, chat)
    organising.telegram.say(ANNA, ANNA, "hello")
    await organising.answer()
    await organising.wait(TITLE)
    await organising.beat()
    await organising.press("Publish", by=OLWEN)
    await organising.deliver()


async def amend(organising: Organising) -> None:
    """The clock's part."""
    organising.services.desk.amending.per_second = 10_000
    await organising.services.desk.amending.tick()
    await organising.services.desk.cards.tick()


async def test_an_alert_is_corrected_from_its_card_by_two_people(organising: Organising) -> None:
    await alerted(organising)
    await organising.beat()
    await organising.press("Correct or withdraw", by=OLWEN)
    assert "2 copies have been delivered" in organising.texts(OLWEN)[-1]
    await organising.press("Correct", by=OLWEN)
    await organising.say(NOTE, by=OLWEN)
    preview, controls = organising.texts(OLWEN)[-2:]
    assert preview.startswith(f"Correction by the campaign, 25 November 2026: {NOTE}")
    assert "Nobody is sent anything new" in controls
    await organising.press("Tell those who got it", by=OLWEN)
    assert "The 2 people who have a copy are told" in organising.texts(OLWEN)[-1]
    await organising.press("Submit", by=OLWEN)
    await organising.beat()
    assert "Approve" not in organising.labels(OLWEN)
    assert NOTE not in "".join(organising.texts(ANNA))
    await organising.press("Show it whole", by=TOMOS)
    assert "A correction. A message that you had from us" in organising.texts(TOMOS)[-1]
    await organising.press("Approve", by=TOMOS)
    await amend(organising)
    assert sum(NOTE in text for text in organising.texts(ANNA)) == 1
    await organising.deliver()
    assert sum(NOTE in text for text in organising.texts(ANNA)) == 2
    assert "Copies that now show it: 2." in organising.message_with("Correction 1", TOMOS)["text"]
    (log,) = await organising.say("/corrections", by=ANNA)
    assert f"“{TITLE}”, sent on 25 November 2026.\n{NOTE}" in log
    (latest,) = await organising.say("/latest", by=ANNA)
    assert f"Corrected: {NOTE}" in latest


async def test_a_withdrawal_takes_two_taps_and_every_copy_is_gone(organising: Organising) -> None:
    await alerted(organising)
    mine = organising.message_with("the source says", OLWEN)
    organising.telegram.say(OLWEN, OLWEN, "/correct", reply_to=mine["message_id"])
    await organising.answer()
    await organising.press("Withdraw", by=OLWEN)
    assert any(TITLE in text for text in organising.texts(ANNA))
    await organising.press("No, keep it", by=OLWEN)
    await organising.press("Withdraw", by=OLWEN)
    assert await organising.press("It identifies somebody", by=OLWEN) == "Withdrawn. Copies are being deleted."
    await amend(organising)
    assert not any(TITLE in text for text in organising.texts(ANNA))
    assert "was withdrawn by organiser 2001: It said more about somebody" in organising.texts(TOMOS)[-1]
    (log,) = await organising.say("/corrections", by=ANNA)
    assert "Withdrawn on 25 November 2026" in log
    assert TITLE not in log
    assert TITLE not in (await organising.say("/latest", by=ANNA))[0]
    assert "was withdrawn on" in (await organising.say("/correct story 1", by=OLWEN))[0]


async def test_copies_that_telegram_deletes_no_more_are_marked(organising: Organising) -> None:
    await alerted(organising)
    clock = organising.telegram.clock
    organising.telegram.clock = lambda: clock() + 49 * 3600
    organising.telegram.chats.clock = organising.telegram.clock
    await organising.say("/correct 1", by=OLWEN)
    await organising.press("Withdraw", by=OLWEN)
    await organising.press("It is wrong", by=OLWEN)
    await amend(organising)
    assert any(text.startswith("This message was withdrawn by the campaign") for text in organising.texts(ANNA))
    assert "marked as withdrawn: 2" in organising.texts(TOMOS)[-1]


async def test_other_sentences_are_chosen_by_buttons(organising: Organising) -> None:
    await alerted(organising)
    await organising.say("/correct", by=OLWEN)
    await organising.press(TITLE, by=OLWEN)
    await organising.press("Correct", by=OLWEN)
    await organising.say(NOTE, by=OLWEN)
    await organising.press("Choose sentences", by=OLWEN)
    assert f"1. {TITLE}, the source says." in organising.texts(OLWEN)[-1]
    await organising.press("1", by=OLWEN)
    assert "1. ✓" in organising.texts(OLWEN)[-1]
    await organising.press("Done choosing", by=OLWEN)
    assert "It quotes one sentence that you chose." in organising.texts(OLWEN)[-1]
    await organising.press("As it was", by=OLWEN)
    assert "It goes on saying what it said" in organising.texts(OLWEN)[-1]
    await organising.press("From its page now", by=OLWEN)
    assert "composed anew" in organising.texts(OLWEN)[-1]
    await organising.press("Change the note", by=OLWEN)
    await organising.say("Another note.", by=OLWEN)
    assert "Another note." in organising.texts(OLWEN)[-2]
    await organising.press("Submit", by=OLWEN)
    await organising.press("Change it", by=OLWEN)
    await organising.press("Discard", by=OLWEN)
    assert organising.texts(OLWEN)[-1] == "Discarded. Nothing was changed."


async def test_what_cannot_be_done_is_said(organising: Organising) -> None:
    assert "Nothing has been sent" in (await organising.say("/correct", by=OLWEN))[0]
    assert "no alert or broadcast of that number" in (await organising.say("/correct 99", by=OLWEN))[0]
    assert "Nothing that was sent" in (await organising.say("/corrections", by=ANNA))[0]
    await alerted(organising)
    await organising.say("/correct 1", by=OLWEN)
    await organising.press("Correct", by=OLWEN)
    assert "may have 300" in (await organising.say("x" * 301, by=OLWEN))[0]
    menu = organising.message_with("Message 1", OLWEN)
    for action in ("fix:message:1:wrong", "fix:message:1:correct", "amend:1:approve:"):
        said = await organising.press_raw(menu, action, by=ANNA)
        assert said == "Only organisers can decide this."
    for action in ("amend:9:show:", "amend:9:approve:", "fix:message:9:wrong"):
        said = await organising.press_raw(menu, action, by=OLWEN)
        assert said is not None
        assert "moved on" in said
    assert organising.texts(ANNA)[-1].startswith(TITLE)


async def test_in_a_group_a_correction_is_not_begun_and_a_withdrawal_is(in_team: Organising) -> None:
    async with in_team.services.store.write() as connection:
        await add_reader(connection, ANNA)
    in_team.telegram.say(ANNA, ANNA, "hello")
    await in_team.answer()
    await in_team.wait(TITLE)
    await in_team.beat()
    await in_team.press("Publish", by=OLWEN, chat=TEAM)
    await in_team.deliver()
    await in_team.beat()
    await in_team.press("Correct or withdraw", by=TOMOS, chat=TEAM)
    await in_team.press("Correct", by=TOMOS, chat=TEAM)
    assert "please send it /correct 1 there" in in_team.texts(TEAM)[-1]
    assert NOTE not in (await in_team.say(NOTE, by=TOMOS))[0]
    await in_team.press("Withdraw", by=TOMOS, chat=TEAM)
    await in_team.press("Sent by mistake", by=TOMOS, chat=TEAM)
    await amend(in_team)
    assert not any(TITLE in text for text in in_team.texts(ANNA))


async def test_a_call_to_action_gets_new_words_and_telegrams_refusal_is_told(organising: Organising) -> None:
    now = organising.services.now()
    async with organising.services.store.write() as connection:
        await add_message(
            connection, MessageKind.CALL, {"en": Message("Act <b>now</b>")}, now=now, expires_at=now + timedelta(days=1)
        )
    await organising.say("/correct 1", by=OLWEN)
    await organising.press("Correct", by=OLWEN)
    await organising.say(NOTE, by=OLWEN)
    await organising.press("Change the text", by=OLWEN)
    assert "whole corrected text" in organising.texts(OLWEN)[-1]
    assert "shorter text" in (await organising.say("x" * 3900, by=OLWEN))[0]
    await organising.say("Act tomorrow", by=OLWEN)
    assert "Its text is new." in organising.texts(OLWEN)[-1]
    stale = organising.message_with("Its text is new.", OLWEN)
    await organising.press("Tell those who got it", by=OLWEN)
    for action in stale["reply_markup"]["inline_keyboard"][2]:
        assert "moved on" in str(await organising.press_raw(stale, action["callback_data"], by=OLWEN))
    await organising.press("Submit", by=OLWEN)
    await organising.beat()
    await organising.press("Reject", by=TOMOS)
    assert "Rejected." in organising.message_with("Correction 1", TOMOS)["text"]


async def test_the_log_has_pages(chatting: Chatting) -> None:
    rows = [
        {
            "message_id": 1,
            "kind": "withdraw",
            "state": "done",
            "author_id": OLWEN,
            "created_at": NOON,
            "decided_at": NOON + timedelta(days=day),
            "note": "wrong",
        }
        for day in range(7)
    ]
    async with chatting.services.store.write() as connection:
        await add_message(connection, MessageKind.CALL, {"en": Message("Words")}, now=NOON, expires_at=NOON)
        await connection.execute(amendments.insert(), rows)
    (log,) = await chatting.say("/corrections")
    assert log.count("Withdrawn on") == 5
    await chatting.press("Older")
    assert chatting.seen()[-1]["text"].count("Withdrawn on") == 2
    await chatting.press("Newer")
    assert chatting.seen()[-1]["text"] == log


async def test_what_a_draft_cannot_do_is_said(organising: Organising) -> None:
    await alerted(organising)
    await organising.say("/correct 1", by=OLWEN)
    await organising.press("Correct", by=OLWEN)
    organising.telegram.faults.add(Fault(FaultKind.BAD_REQUEST, method="sendMessage", times=1, words="can't parse"))
    (refused,) = await organising.say(NOTE, by=OLWEN)
    assert "parse" in refused
    amendment, prompt = 1, organising.message_with("What was wrong?", OLWEN)
    async with organising.services.store.read() as connection:
        draft = await find_amendment(connection, amendment)
    assert draft is not None
    for name, by, said in (
        ("tell", TOMOS, "its author"),
        ("submit", TOMOS, "its author"),
        ("t9", TOMOS, "its author"),
        ("sentences", TOMOS, None),
        ("show", TOMOS, None),
    ):
        action = f"amend:{amendment}:{name}:{draft.digest[:12]}"
        told = await organising.press_raw(prompt, action, by=by)
        assert said is None or said in str(told).lower(), told
