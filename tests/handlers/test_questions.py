import pytest

from bot.sandbox.markup import parse_html
from handlers import ALLOWED_UPDATES
from tests.handlers.chatting import ANNA, BEN, GROUP, Chatting


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
    await chatting.publish("HMYOI Parc: safe")
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
    ],
)
async def test_whatever_is_searched_for_is_answered(chatting: Chatting, asked: str, answer: str) -> None:
    await chatting.publish()
    (told,) = await chatting.say(asked)
    assert answer in told


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
    assert "only commands" in chatting.seen()[-1]["text"]


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
    assert len(chatting.seen()) == before
    assert "edited_message" not in ALLOWED_UPDATES


def test_every_sentence_that_needs_no_argument_is_telegram_html(chatting: Chatting) -> None:
    wording = chatting.services.wording()
    for key in ("welcome", "help", "stopped", "forget-question", "group-welcome", "apology", "admins-only"):
        shown, _ = parse_html(wording(key))
        assert 0 < len(shown) < 4096
