"""Inline mode: findings to share in any chat; nothing that waits for a person is among them."""

import asyncio
from typing import Any

from telegram import Update

from bot.compose.paging import PAGE
from tests.handlers.chatting import ANNA, CERI, Chatting


async def ask(chatting: Chatting, query: str, *, by: int = ANNA, offset: str = "") -> dict[str, Any]:
    """Somebody writes @bot and these words; returns the bot's answer."""
    asking = asyncio.create_task(chatting.telegram.inline(by, query, offset=offset))
    await asyncio.sleep(0)
    await chatting.answer()
    answer = await asking
    assert answer is not None
    return answer


def titles(answer: dict[str, Any]) -> list[str]:
    return [result["title"] for result in answer["results"]]


async def test_a_place_gives_its_findings_to_share_with_source_day_and_official_link(chatting: Chatting) -> None:
    await chatting.publish("HMYOI Werrington: not safe", institutions=("werrington",))
    await chatting.publish("Feltham A: better", institutions=("feltham-a",))
    for words in ("werrington", "Weringtn", "werr"):
        answer = await ask(chatting, words)
        assert titles(answer) == ["HMYOI Werrington: not safe"], words
    (result,) = answer["results"]
    assert result["description"].endswith("25 November 2026")
    said = result["input_message_content"]
    assert "HMYOI Werrington: not safe" in said["message_text"]
    assert any(entity["type"] == "text_link" for entity in said["entities"])
    assert result["reply_markup"]["inline_keyboard"][0][0]["url"].startswith("https://")
    assert answer["button"] == {"text": "Get alerts from this bot", "start_parameter": "inline"}
    assert (answer["cache_time"], answer["is_personal"], answer["next_offset"]) == (60, True, "")


async def test_without_words_the_newest_come_a_page_at_a_time(chatting: Chatting) -> None:
    for number in range(PAGE + 2):
        await chatting.publish(f"Report {number:02}", days_ago=number)
    first = await ask(chatting, "")
    assert titles(first) == [f"Report {number:02}" for number in range(PAGE)]
    second = await ask(chatting, "", offset=first["next_offset"])
    assert titles(second) == ["Report 10", "Report 11"]
    assert second["next_offset"] == ""
    assert not {one["id"] for one in first["results"]} & {one["id"] for one in second["results"]}
    for forged in ("999999999999", "-1", "x", "99"):
        assert (await ask(chatting, "", offset=forged))["results"] in ([], first["results"])


async def test_what_is_not_published_is_never_offered(chatting: Chatting) -> None:
    await chatting.publish("HMYOI Werrington: a boy died", institutions=("werrington",))
    await chatting.withdraw_all()
    for words in ("", "werrington", "died"):
        answer = await ask(chatting, words)
        assert answer["results"] == []
        assert answer["button"]["text"] == "Nothing found: ask the bot itself"


async def test_odd_queries_are_answered_and_everybody_reads_their_language(chatting: Chatting) -> None:
    await chatting.publish()
    for odd in ("🙈", "a" * 256, '"', "%_'; DROP", "the of and"):
        assert (await ask(chatting, odd))["results"] == []
    (welsh,) = (await ask(chatting, "werrington", by=CERI))["results"]
    assert "Tachwedd" in welsh["description"]


async def test_an_answer_that_comes_too_late_is_nobodys_error(chatting: Chatting) -> None:
    late = {"id": "1", "from": {"id": ANNA, "is_bot": False, "first_name": "Anna"}, "query": "", "offset": ""}
    await chatting.process({"update_id": 1, "inline_query": late})
    assert Update.de_json({"update_id": 1, "inline_query": late}, chatting.bot.bot) is not None
    assert chatting.seen() == []
