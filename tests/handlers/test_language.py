"""The language that somebody is answered in: Telegram's, until they choose one here."""

import re
from typing import Any

import pytest

from handlers import COMMANDS
from handlers.supporter.language import LANGUAGE
from tests.handlers.chatting import ANNA, BEN, CERI, GROUP, Chatting, build_bot, buttons_of

WELSH = "Cymraeg"
ENGLISH = "English"
SMALL_WORDS = re.compile(r"\b(?:the|you|your|and|of|to|what|this|with|not)\b", re.IGNORECASE)
"""Words that hardly an English sentence does without, and that no Welsh one has."""


async def test_telegrams_language_is_followed_until_another_is_chosen(chatting: Chatting) -> None:
    assert "Beth y gallwch ei ofyn" in (await chatting.say("/help", by=CERI))[0]
    assert "What you can ask" in (await chatting.say("/help", by=ANNA))[0]


async def test_a_chosen_language_holds_after_a_restart_and_until_telegrams_is_wanted_again(chatting: Chatting) -> None:
    (asked,) = await chatting.say("/language")
    assert "Now: English." in asked
    assert [button["text"] for button in buttons_of(chatting.seen()[-1])] == [ENGLISH, WELSH, "As in Telegram"]
    await chatting.press(WELSH)
    assert "Iaith: Cymraeg." in chatting.seen()[-1]["text"]
    assert "Mae’r bot hwn yn gwylio" in (await chatting.say("/start"))[0]
    async with build_bot(chatting.telegram.token, chatting.bot.bot.base_url.partition("/bot")[0]) as again:
        restarted = Chatting(chatting.telegram, again, chatting.services)
        assert "Beth y gallwch ei ofyn" in (await restarted.say("/help"))[0]
    subscriber = await chatting.subscriber()
    assert subscriber is not None
    assert (subscriber.language, subscriber.choices.language_chosen) == ("cy", True)
    await chatting.say("/language")
    await chatting.press("Fel yn Telegram")
    assert "Language: as in Telegram." in chatting.seen()[-1]["text"]
    assert "What you can ask" in (await chatting.say("/help"))[0]


async def test_no_answer_to_any_command_is_in_english_but_for_what_sources_are_called(chatting: Chatting) -> None:
    await chatting.publish("Werrington 2026")
    for name in [*(name for name, _ in COMMANDS), "whoami", "weather"]:
        await chatting.say(f"/{name}", by=CERI)
    for name in ("start", "latest", "search", "prison", "trend"):
        await chatting.say(f"/{name} Werrington", by=CERI)
    for name in ("latest", "search", "prison", "trend", "mp", "pause"):
        await chatting.say(f"/{name} Qqzz", by=CERI)
    answers = [message for message in chatting.seen(CERI) if message["from"]["is_bot"]]
    assert len(answers) > len(COMMANDS)
    for answer in answers:
        assert SMALL_WORDS.findall(own_words(answer)) == [], own_words(answer)
        assert [button["text"] for button in buttons_of(answer) if SMALL_WORDS.search(button["text"])] == []


def own_words(message: dict[str, Any]) -> str:
    """A message's text or caption without what is linked: sources go by their own names."""
    text = message.get("text") or message.get("caption") or ""
    units = text.encode("utf-16-le")
    for entity in reversed(message.get("entities") or message.get("caption_entities") or []):
        if entity["type"] == "text_link":
            units = units[: 2 * entity["offset"]] + units[2 * (entity["offset"] + entity["length"]) :]
    return str(units.decode("utf-16-le"))


async def test_a_yes_under_welsh_words_counts_for_them_and_words_in_another_language_are_asked_again(
    chatting: Chatting,
) -> None:
    await chatting.say("/start", by=CERI)
    await chatting.press("Cewch, anfonwch hysbysiadau ataf", by=CERI)
    subscriber = await chatting.subscriber(CERI)
    assert subscriber is not None
    assert re.fullmatch(r"[\d-]+-cy", subscriber.subscriptions[0].consent_version)
    await chatting.say("/language", by=CERI)
    await chatting.press(ENGLISH, by=CERI)
    await chatting.press("Cewch, anfonwch alwadau i weithredu ataf", by=CERI)
    assert "May we send you calls to action?" in chatting.seen(CERI)[-1]["text"]


async def test_in_a_group_admins_choose_for_it_and_everybody_is_answered_so(chatting: Chatting) -> None:
    chatting.telegram.add_group(GROUP, "Friends", [ANNA, BEN])
    await chatting.answer()
    assert "Only an admin" in (await chatting.say("/language", by=BEN, chat=GROUP))[0]
    await chatting.say("/language", chat=GROUP)
    assert await chatting.press(WELSH, by=BEN, chat=GROUP) == "Only an admin of this group can choose."
    await chatting.press(WELSH, chat=GROUP)
    assert "Beth y gallwch ei ofyn" in (await chatting.say("/help", by=BEN, chat=GROUP))[0]
    assert "What you can ask" in (await chatting.say("/help", by=BEN))[0]


@pytest.mark.parametrize("forged", ["language:xx", "language:", "language:cy:en", "language:cyx"])
def test_a_language_that_there_is_not_is_no_choice(forged: str) -> None:
    assert LANGUAGE.match(forged) is None


async def test_the_apology_is_in_the_chosen_language_or_in_telegrams_where_the_database_is_gone(
    chatting: Chatting,
) -> None:
    await chatting.say("/language", by=CERI)
    await chatting.press(ENGLISH, by=CERI)
    await chatting.break_database()
    assert "Mae’n ddrwg gennym" in (await chatting.say("/latest", by=CERI))[0]
