from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.errors import FetchError
from bot.flows.checking import Checking
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.files import StoredFile
from tests.builders import add_reader
from tests.handlers.chatting import ANNA, buttons_of
from tests.handlers.organiser.organising import OLWEN, TOMOS, Organising, words_of

TEXT = "Write to your MP about Werrington."
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10" + b"x" * 20
PHOTO = StoredFile("photo1", "werrington.png", "image/png", PNG)
LETTER = StoredFile("letter1", "letter.pdf", "application/pdf", b"%PDF-1.7")


async def drafted(organising: Organising) -> None:
    await organising.add_caller()
    await organising.say(f"/broadcast {TEXT}", by=OLWEN)


async def approved(organising: Organising) -> None:
    await organising.press("Submit", by=OLWEN)
    await organising.services.desk.cards.tick()
    assert await organising.press("Approve", by=TOMOS) == "Done."
    organising.later(seconds=61)
    await organising.beat()


def got(organising: Organising) -> list[dict[str, Any]]:
    """What Anna got that is a call."""
    return [one for one in organising.seen(ANNA) if TEXT in words_of(one) and one["from"]["is_bot"]]


def looking(organising: Organising, look: Callable[[str], Awaitable[object]]) -> None:
    """Links are looked at like this."""
    desk = organising.services.desk
    checking = Checking(store=organising.services.store, look=look)
    changed = replace(desk, broadcasting=replace(desk.broadcasting, checking=checking))
    organising.bot.bot_data["services"] = organising.services = replace(organising.services, desk=changed)


@pytest.mark.parametrize(("file", "kind"), [(PHOTO, "photo"), (LETTER, "document")])
async def test_a_photo_or_document_reaches_readers_as_it_was_approved(
    organising: Organising, file: StoredFile, kind: str
) -> None:
    await organising.add_caller()
    await organising.say("/broadcast", by=OLWEN)
    organising.telegram.show(OLWEN, OLWEN, file, TEXT)
    await organising.answer()
    assert f"With a {kind}." in organising.texts(OLWEN)[-1]
    await approved(organising)
    assert any(kind in one and TEXT in words_of(one) for one in organising.seen(TOMOS))
    (call,) = got(organising)
    content = call[kind][-1] if kind == "photo" else call[kind]
    assert content["file_id"] == file.id


async def test_a_call_may_be_the_message_that_the_command_answers(organising: Organising) -> None:
    await organising.add_caller()
    said = organising.telegram.say(OLWEN, OLWEN, TEXT)
    await organising.answer()
    organising.telegram.say(OLWEN, OLWEN, "/broadcast", reply_to=said["message_id"])
    await organising.answer()
    assert "Call to action 1" in organising.texts(OLWEN)[-1]
    await approved(organising)
    assert len(got(organising)) == 1


async def test_a_photo_may_carry_the_command_in_its_caption(organising: Organising) -> None:
    await organising.add_caller()
    organising.telegram.show(OLWEN, OLWEN, PHOTO, f"/broadcast {TEXT}")
    await organising.answer()
    assert "With a photo." in organising.texts(OLWEN)[-1]
    assert f"“{TEXT}”" in organising.texts(OLWEN)[-1]


async def test_polls_and_other_kinds_are_refused_with_the_reason(organising: Organising) -> None:
    await organising.say("/broadcast", by=OLWEN)
    message = organising.telegram.say(OLWEN, OLWEN, "x")
    await organising.answer()
    await organising.say("/broadcast", by=OLWEN)
    bare = {key: value for key, value in message.items() if key not in {"text", "entities"}}
    poll = {
        "id": "1",
        "question": "?",
        "options": [],
        "total_voter_count": 0,
        "is_closed": False,
        "type": "regular",
        "is_anonymous": True,
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }
    sizes = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    refused: list[tuple[dict[str, Any], str]] = [
        ({"poll": poll}, "a poll of their own"),
        ({"location": {"longitude": 1.0, "latitude": 1.0}}, "a text, a photo or a document"),
        ({"photo": sizes, "caption": TEXT, "media_group_id": "7"}, "a single photo"),
    ]
    for number, (content, says) in enumerate(refused):
        await organising.process({"update_id": number, "message": {**bare, **content}})
        assert says in organising.texts(OLWEN)[-1]


async def test_a_caption_is_counted_as_telegram_counts(organising: Organising) -> None:
    await organising.say("/broadcast", by=OLWEN)
    organising.telegram.show(OLWEN, OLWEN, PHOTO, "😀" * 500)
    await organising.answer()
    assert "1,000 characters" in organising.texts(OLWEN)[-1]


async def test_the_panel_changes_everything_in_one_message(organising: Organising) -> None:
    await drafted(organising)
    panels = len(organising.seen(OLWEN))
    for label in (
        "Buttons",
        "Add “Done”",
        "Add “Share”",
        "Back",
        "Audience",
        "English",
        "Not reached this week",
        "Back",
    ):
        await organising.press(label, by=OLWEN)
    for label in ("Expiry", "After 24 hours", "Time", "In waking hours"):
        await organising.press(label, by=OLWEN)
    assert len(organising.seen(OLWEN)) == panels
    panel = organising.texts(OLWEN)[-1]
    for says in (
        "Button “Done”",
        "Button “Share”",
        "who read English",
        "whom nothing of ours reached",
        "24 hours after",
    ):
        assert says in panel
    assert "waking hours" in panel
    await organising.press("Buttons", by=OLWEN)
    await organising.say("/broadcast 1", by=OLWEN)
    await organising.press("Submit", by=OLWEN)
    await organising.services.desk.cards.tick()
    assert "Button" not in organising.texts(TOMOS)[-1]
    assert "who read English" in organising.texts(TOMOS)[-1]


async def test_what_is_typed_for_a_step_becomes_a_part_of_the_draft(organising: Organising) -> None:
    await drafted(organising)
    await organising.press("Buttons", by=OLWEN)
    for label, wrong, right in (
        ("Add a link", "example.org", "Write now https://example.org/write"),
        ("Ask a question", "Only one", "Yes\nNo"),
    ):
        await organising.press(label, by=OLWEN)
        (refused,) = await organising.say(wrong, by=OLWEN)
        assert "That is not" in refused or "A question needs" in refused
        assert await organising.say(right, by=OLWEN) == ["Noted. The draft above shows it."]
    await organising.press("Back", by=OLWEN)
    await organising.press("Expiry", by=OLWEN)
    await organising.press("At a time …", by=OLWEN)
    assert "not a time to come" in (await organising.say("yesterday", by=OLWEN))[0]
    await organising.say("27 Nov 18:00", by=OLWEN)
    panel = organising.message_with("Languages", OLWEN)
    for says in ("https://example.org/write", "Yes, No", "27 November 2026, 18:00"):
        assert says in words_of(panel)
    await approved(organising)
    (call,) = got(organising)
    assert [button["text"] for button in buttons_of(call)] == ["Write now", "Yes", "No"]


async def test_each_reader_gets_their_language(organising: Organising) -> None:
    organising.telegram.add_user(777, "Ceri", "cy")
    async with organising.services.store.write() as connection:
        await add_reader(connection, 777, wants="calls_to_action", language="cy")
    organising.telegram.say(777, 777, "helo")
    await organising.answer()
    await drafted(organising)
    await organising.press("Welsh text", by=OLWEN)
    await organising.say("Ysgrifennwch at eich AS.", by=OLWEN)
    assert "Languages: English, Welsh." in words_of(organising.message_with("Languages", OLWEN))
    await approved(organising)
    assert any("Ysgrifennwch" in text for text in organising.texts(TOMOS))
    assert any("Ysgrifennwch" in text for text in organising.texts(777))
    assert len(got(organising)) == 1


async def test_the_followers_of_a_place_or_topic_are_chosen(organising: Organising) -> None:
    await drafted(organising)
    await organising.press("Audience", by=OLWEN)
    await organising.press("A place …", by=OLWEN)
    assert "No single place" in (await organising.say("Nowhere", by=OLWEN))[0]
    await organising.say("Werrington", by=OLWEN)
    panel = words_of(organising.message_with("Languages", OLWEN))
    assert "Werrington in particular" in panel
    assert "It reaches nobody." in panel
    await organising.press("Everybody", by=OLWEN)
    assert "It reaches one person" in words_of(organising.message_with("Languages", OLWEN))


async def test_a_dead_link_holds_it_until_somebody_says_anyway_and_the_approver_is_told(organising: Organising) -> None:
    asked: list[str] = []

    async def look(url: str) -> None:
        asked.append(url)
        raise FetchError("the page is gone")

    looking(organising, look)
    await organising.add_caller()
    await organising.say("/broadcast Write: https://example.org/write.", by=OLWEN)
    await organising.press("Submit", by=OLWEN)
    assert asked == ["https://example.org/write"]
    assert "A link does not answer. Please" in organising.texts(OLWEN)[-1]
    assert "(the page is gone)" in words_of(organising.message_with("Languages", OLWEN))
    await organising.press("Send anyway", by=OLWEN)
    await organising.press("Submit", by=OLWEN)
    await organising.services.desk.cards.tick()
    assert "organiser 2001 wants to send it anyway" in organising.texts(TOMOS)[-1]
    assert len(asked) == 1


async def test_a_panel_of_before_says_that_it_is_old_and_a_forged_one_does_nothing(organising: Organising) -> None:
    await drafted(organising)
    panel, old = organising.find_button("Preview, to me", OLWEN)
    _, page = organising.find_button("Audience", OLWEN)
    await organising.press("Time", by=OLWEN)
    await organising.press("In waking hours", by=OLWEN)
    assert "This is old" in str(await organising.press_raw(panel, old, by=OLWEN))
    assert await organising.press_raw(panel, page, by=OLWEN) is None
    _, current = organising.find_button("Everybody", OLWEN)
    assert await organising.press_raw(panel, current, by=ANNA) == "Only organisers can decide this."
    forged = current.replace("everybody", "topic.99")
    assert "This is old" in str(await organising.press_raw(panel, forged, by=OLWEN))
    await organising.say("/broadcast 1", by=OLWEN)
    await organising.press("Discard", by=OLWEN)
    assert "This is old" in str(await organising.press_raw(panel, page, by=OLWEN))


async def test_a_change_takes_the_approval_back_and_who_changed_it_cannot_approve(organising: Organising) -> None:
    await drafted(organising)
    await organising.press("Submit", by=OLWEN)
    await organising.services.desk.cards.tick()
    await organising.press("Approve", by=TOMOS)
    await organising.say("/broadcast 1", by=TOMOS)
    await organising.press("Change the rest", by=TOMOS)
    await organising.press("Time", by=TOMOS)
    await organising.press("In waking hours", by=TOMOS)
    await organising.press("Submit", by=TOMOS)
    organising.later(seconds=600)
    await organising.beat()
    assert got(organising) == []
    assert "Approve" not in organising.labels(OLWEN) + organising.labels(TOMOS)


async def test_readers_are_counted_and_a_small_count_is_told_to_nobody(organising: Organising) -> None:
    await drafted(organising)
    await organising.press("Buttons", by=OLWEN)
    await organising.press("Add “Done”", by=OLWEN)
    await organising.press("Back", by=OLWEN)
    await organising.press("Preview, to me", by=OLWEN)
    assert "nothing is counted" in str(await organising.press("Done", by=OLWEN))
    await approved(organising)
    assert await organising.press("Done", by=ANNA) == "Thank you. That is counted."
    assert await organising.press("Done", by=ANNA) == "Thank you. That is counted."
    message, action = organising.find_button("Done", ANNA)
    assert await organising.press_raw(message, action.replace("done", "2"), by=ANNA) != "Thank you. That is counted."
    message["chat"] = {"id": TOMOS, "type": "private"}
    assert await organising.press_raw(message, action, by=TOMOS) == "Only those who got this are counted."


async def test_a_rejection_may_be_given_in_words(organising: Organising) -> None:
    await drafted(organising)
    await organising.press("Submit", by=OLWEN)
    await organising.services.desk.cards.tick()
    await organising.press("Reject", by=TOMOS)
    await organising.press("Back", by=TOMOS)
    await organising.press("Reject", by=TOMOS)
    await organising.press("Another reason …", by=TOMOS)
    await organising.say("The date is wrong", by=TOMOS)
    await organising.services.desk.cards.tick()
    assert "The reason: The date is wrong" in words_of(organising.message_with("Rejected by", TOMOS))


async def test_a_rehearsal_goes_its_whole_way_and_reaches_organisers_alone(organising: Organising) -> None:
    await organising.add_caller()
    await organising.say(f"/rehearse {TEXT}", by=OLWEN)
    assert "REHEARSAL" in organising.texts(OLWEN)[-1]
    await approved(organising)
    await organising.beat()
    assert got(organising) == []
    for person in (OLWEN, TOMOS):
        assert sum(text.startswith("REHEARSAL – this is sent") for text in organising.texts(person)) >= 2
        assert "2 + 0 + 0 + 0 + 0 + 0 = 2 targeted" in organising.texts(person)[-1]


async def test_a_receipt_gives_its_figures_without_anybody_in_them(organising: Organising) -> None:
    await drafted(organising)
    await approved(organising)
    await organising.press("Figures (CSV)", by=TOMOS)
    document = organising.seen(TOMOS)[-1]["document"]
    stored = organising.telegram.files.find(document["file_id"])
    assert stored is not None
    assert stored.content.decode().splitlines() == ["state,reason,hour (UTC),count", "any other,,,fewer than 10"]


async def test_what_is_typed_must_be_words_and_comes_too_late_once_it_is_submitted(organising: Organising) -> None:
    await drafted(organising)
    await organising.press("Time", by=OLWEN)
    await organising.press("At a time …", by=OLWEN)
    organising.telegram.show(OLWEN, OLWEN, PHOTO, "x")
    await organising.answer()
    assert "needs words" in organising.texts(OLWEN)[-1]
    await organising.press("Back", by=OLWEN)
    await organising.press("Submit", by=OLWEN)
    (told,) = await organising.say("Friday 18:00", by=OLWEN)
    assert "cannot read messages" in told
    await organising.services.desk.cards.tick()
    assert "Friday" not in organising.texts(TOMOS)[-1]


async def test_the_failed_are_tried_again_from_the_receipt(organising: Organising) -> None:
    await drafted(organising)
    organising.telegram.faults.add(Fault(FaultKind.BAD_REQUEST, times=1, words="no", chat_id=ANNA))
    await approved(organising)
    await organising.beat()
    assert "Submitted" in str(await organising.press("Retry the failed", by=TOMOS))
    assert "This is old" in str(await organising.press("Retry the failed", by=TOMOS))
    await organising.services.desk.cards.tick()
    await organising.press("Approve", by=OLWEN)
    organising.later(seconds=61)
    await organising.beat()
    assert len(got(organising)) == 1


async def test_a_panel_that_is_gone_is_sent_anew(organising: Organising) -> None:
    await drafted(organising)
    await organising.press("Expiry", by=OLWEN)
    await organising.press("At a time …", by=OLWEN)
    chat = organising.telegram.chats.get(OLWEN)
    del chat.messages[organising.message_with("Languages", OLWEN)["message_id"]]
    (panel,) = await organising.say("Friday 18:00", by=OLWEN)
    assert "Worthless after 27 November 2026, 18:00" in panel


async def test_a_preview_that_telegram_refuses_says_so(organising: Organising) -> None:
    await drafted(organising)
    organising.telegram.faults.add(Fault(FaultKind.BAD_REQUEST, times=1, words="can't parse entities", chat_id=OLWEN))
    await organising.press("Preview, to me", by=OLWEN)
    assert "Telegram does not take it like this" in organising.texts(OLWEN)[-1]
