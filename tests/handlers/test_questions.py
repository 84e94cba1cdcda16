from datetime import date

import pytest

from bot.model.finding import Finding, Grade, Grades
from bot.sandbox.markup import parse_html
from bot.store.stories import put_finding
from tests.builders import NOON
from tests.handlers.chatting import ANNA, BEN, GROUP, Chatting
from tests.handlers.test_supporter import a_press


async def test_latest_lists_the_newest_with_source_and_date(chatting: Chatting) -> None:
    await chatting.publish("HMYOI Parc: safe", days_ago=9)
    await chatting.publish("HMYOI Werrington: not <safe> & sound", days_ago=3)
    (told,) = await chatting.say("/latest")
    assert told == (
        "The newest findings\n\n"
        "HMYOI Werrington: not <safe> & sound\nSource: Inspectorate, 22 November 2026\n\n"
        "HMYOI Parc: safe\nSource: Inspectorate, 16 November 2026"
    )


async def test_latest_says_so_when_there_is_nothing(chatting: Chatting) -> None:
    (told,) = await chatting.say("/latest")
    assert "Nothing has been found yet" in told


async def test_search_finds_by_all_words(chatting: Chatting) -> None:
    await chatting.publish("HMYOI Parc: safe", institutions=("parc-yoi",))
    await chatting.publish("HMYOI Werrington: not safe")
    (told,) = await chatting.say("/search werrington SAFE")
    assert "HMYOI Werrington: not safe" in told
    assert "Parc" not in told


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/search", "for example: /search Werrington safety"),
        ("/search    ", "for example"),
        ("/search " + "safety " * 571, "at most 100 characters"),
        ("/search " + "x" * 4000, "at most 100 characters"),
        ("/search <b>&%_'\\ 😀", "No finding has all of these words: <b>&%_'\\ 😀."),
        ("/search 😀", "no word in that"),
        ('/search "" OR', "no word in that"),
        ("/prison 😀", "no place of that name here: 😀"),
        ("/prison " + "x" * 4000, "no place of that name"),
        ("/latest 😀", "no place or topic of that name here: 😀"),
    ],
)
async def test_whatever_is_searched_for_is_answered(chatting: Chatting, asked: str, answer: str) -> None:
    await chatting.publish()
    (told,) = await chatting.say(asked)
    assert answer in told


async def test_a_search_pages_by_its_own_words_and_understands_a_misspelt_place(chatting: Chatting) -> None:
    for day in range(12):
        await chatting.publish(f"HMYOI Werrington: unsafe {day}", days_ago=day)
    (told,) = await chatting.say("/search unsafe werington")
    assert "Taken as about HMYOI Werrington" in told
    assert ("unsafe 9\n" in told, "unsafe 10" in told) == (True, False)
    await chatting.press("Older")
    assert "unsafe 10" in chatting.seen()[-1]["text"]
    await chatting.press("Newer")
    assert "unsafe 10" not in chatting.seen()[-1]["text"]
    await chatting.process(a_press(chatting, chatting.seen()[-1]["message_id"], "find:39:unsafe"))
    assert "nothing on that page" in chatting.seen()[-1]["text"]
    assert "unsafe 0" in (await chatting.say("/search Werrington"))[0]
    assert "Parc" not in (await chatting.say('/search "Werrington: unsafe"'))[0]


async def test_a_places_name_is_a_word_like_others_where_nothing_about_the_place_says_the_rest(
    chatting: Chatting,
) -> None:
    await chatting.publish("Medway council was told of HMYOI Werrington")
    (told,) = await chatting.say("/search medway council")
    assert "Taken as" not in told
    assert "Medway council was told" in told


async def test_latest_keeps_to_a_place_or_a_topic_and_turns_pages(chatting: Chatting) -> None:
    for day in range(11):
        await chatting.publish(f"HMYOI Werrington: unsafe {day}", days_ago=day, topics=("inspection",))
    assert "The newest findings: HMYOI Werrington" in (await chatting.say("/latest werington"))[0]
    await chatting.press("Older")
    assert "unsafe 10" in chatting.seen()[-1]["text"]
    assert "The newest findings: Inspections" in (await chatting.say("/latest inspections"))[0]
    assert "Nothing has been found yet: Statistics" in (await chatting.say("/latest statistics"))[0]
    assert "Nothing has been found yet: HMYOI Feltham A" in (await chatting.say("/latest feltam"))[0]
    assert "Several places fit" in (await chatting.say("/latest secure training"))[0]
    await chatting.say("/latest weather forecasts")
    await chatting.press("Campaigns")
    assert "Nothing has been found yet: Campaigns" in chatting.seen()[-1]["text"]
    await chatting.process(a_press(chatting, chatting.seen()[-1]["message_id"], "new:7:everything"))
    assert "nothing on that page" in chatting.seen()[-1]["text"]


async def test_a_place_is_found_misspelt_and_its_stories_page(chatting: Chatting) -> None:
    for day in range(11):
        await chatting.publish(f"HMYOI Werrington: unsafe {day}", days_ago=day)
    (told,) = await chatting.say("/prison werington")
    assert told.startswith(
        "HMYOI Werrington\nYoung offender institution for under-18s, England\nChildren are held here"
    )
    assert "What earlier inspections graded\n20" in told
    await chatting.press("All its stories")
    assert "its stories, the newest first" in chatting.seen()[-1]["text"]
    await chatting.press("Older")
    assert "unsafe 10" in chatting.seen()[-1]["text"]
    await chatting.press("HMYOI Werrington")
    assert chatting.seen()[-1]["text"] == told


async def test_the_newest_grades_of_a_place_are_told_with_what_the_records_say_of_the_time_before(
    chatting: Chatting,
) -> None:
    await chatting.publish("HMYOI Werrington: unsafe")
    days = (date(2024, 10, 1), date(2024, 10, 9))
    finding = Finding(title="x", grades=Grades(safety=Grade.GOOD), inspection_dates=days)
    async with chatting.services.store.write() as connection:
        await put_finding(connection, 1, finding, url=None, from_page=True, now=NOON)
    (told,) = await chatting.say("/prison werrington")
    assert "The newest findings with grades\nHMYOI Werrington: unsafe" in told
    assert "Safety: good ↑\u00a0better (2023: poor)" in told


async def test_places_are_offered_by_kind_and_doubt_is_asked_about(chatting: Chatting) -> None:
    await chatting.say("/prison")
    await chatting.press("Secure training centre (1)")
    await chatting.press("Oakhill Secure Training Centre")
    assert "Nothing about it has come through" in chatting.seen()[-1]["text"]
    await chatting.press("All places")
    assert "Choose a kind of place" in chatting.seen()[-1]["text"]
    assert "Several places fit" in (await chatting.say("/prison secure training centre"))[0]
    await chatting.press("Medway Secure Training Centre")
    assert "not held here any more: that ended in 2020" in chatting.seen()[-1]["text"]
    assert "Do you mean one of these?" in (await chatting.say("/prison xyz"))[0]


@pytest.mark.parametrize(
    "action", ["place:polmont", "place:nowhere", "line:0:nowhere", "places:castles", "new:0:x", "find:x"]
)
async def test_a_forged_or_outlived_button_says_that_it_is_too_old(chatting: Chatting, action: str) -> None:
    await chatting.say("/prison")
    before = chatting.seen()
    await chatting.process(a_press(chatting, before[-1]["message_id"], action))
    assert chatting.seen() == before
    (answered,) = [call for call in chatting.telegram.calls if call.method == "answerCallbackQuery"]
    assert "too old" in answered.values["text"]


async def test_an_offered_finding_that_is_gone_is_said_to_be(chatting: Chatting) -> None:
    await chatting.publish(days_ago=3)
    await chatting.say("/start")
    await chatting.press("Yes, send me alerts")
    await chatting.withdraw_all()
    await chatting.press("Show the finding of 22 November 2026")
    assert "no finding to show" in chatting.seen()[-1]["text"]


async def test_an_unknown_command_and_free_text_are_answered_in_private(chatting: Chatting) -> None:
    assert "/help lists" in (await chatting.say("/weather"))[0]
    assert "only commands" in (await chatting.say("when is the next inspection?"))[0]
    message = chatting.telegram.say(ANNA, ANNA, "x")
    await chatting.answer()
    photo = {**message, "photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]}
    del photo["text"]
    await chatting.process({"update_id": 1, "message": photo})
    assert "pictures" in chatting.seen()[-1]["text"]


async def test_groups_stay_silent_for_what_is_not_ours(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "Friends", [ANNA, BEN])
    await chatting.answer()
    assert await chatting.say("/weather", chat=GROUP) == []
    assert await chatting.say("@sandbox_alerts_bot hello", chat=GROUP) == []
    assert len(await chatting.say("/latest@sandbox_alerts_bot", chat=GROUP)) == 1


@pytest.mark.parametrize("text", ["/hlep", "/help", "/start", "/stop", "/forget", "more words"])
async def test_an_edited_message_runs_nothing(chatting: Chatting, text: str) -> None:
    message = chatting.telegram.say(ANNA, ANNA, "/hlep")
    await chatting.answer()
    before = len(chatting.seen())
    await chatting.process({"update_id": 1, "edited_message": {**message, "text": text, "edit_date": 2}})
    assert [one["text"] for one in chatting.seen()[before:]] == [chatting.services.wording()("unknown-edit")]


def test_every_sentence_that_needs_no_argument_is_telegram_html(chatting: Chatting) -> None:
    wording = chatting.services.wording()
    for key in ("welcome", "help", "stopped", "forget-question", "group-welcome", "apology", "admins-only"):
        shown, _ = parse_html(wording(key))
        assert 0 < len(shown) < 4096
