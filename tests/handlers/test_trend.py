"""/trend and the pictures of /prison: drawn once, told in words, turned by buttons on old messages too."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.charts.gallery import Gallery
from bot.compose.text import CAPTION, utf16_length
from bot.errors import WorkerError
from bot.model.chart import Chart, GradeTable, SeriesChart
from bot.model.finding import Finding, Grade, Grades
from bot.store.schema import entries
from bot.store.stories import put_finding
from tests.builders import NOON
from tests.handlers.chatting import ANNA, GROUP, Chatting, buttons_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x0dIHDR" + (1080).to_bytes(4, "big") + (900).to_bytes(4, "big") + b"\x00"


class Pencil:
    """Draws at once, and remembers what."""

    def __init__(self) -> None:
        self.drawn: list[Chart] = []
        self.broken = False

    async def draw(self, chart: Chart) -> bytes:
        if self.broken:
            raise WorkerError("the worker process died")
        self.drawn.append(chart)
        return PNG


@pytest.fixture
def pencil(chatting: Chatting) -> Iterator[Pencil]:
    one = Pencil()
    chatting.services = replace(chatting.services, gallery=Gallery(one.draw))
    chatting.__post_init__()
    yield one
    for message in chatting.seen():
        assert utf16_length(message.get("caption", "")) <= CAPTION


async def ask(chatting: Chatting, text: str, chat: int = ANNA) -> list[dict[str, Any]]:
    """Somebody writes; returns what the bot sent back."""
    before = len(chatting.seen(chat))
    chatting.telegram.say(ANNA, chat, text)
    await chatting.answer()
    return chatting.seen(chat)[before + 1 :]


def labels(message: dict[str, Any]) -> list[str]:
    return [button["text"] for button in buttons_of(message)]


async def test_children_in_custody_are_a_picture_of_one_series_that_its_caption_tells(
    chatting: Chatting, pencil: Pencil
) -> None:
    (sent,) = await ask(chatting, "/trend")
    assert isinstance(pencil.drawn[0], SeriesChart)
    assert "1,111 (July 2014)" in sent["caption"]
    assert "402 (March 2025)" in sent["caption"]
    assert "Youth Justice Statistics" in sent["caption"]
    assert labels(sent) == ["With 18-year-olds", "Headline figure", "Grades of places"]
    actions = [call for call in chatting.telegram.calls if call.method == "sendChatAction"]
    assert [call.values["action"] for call in actions] == ["upload_photo"]


async def test_buttons_turn_the_same_message_and_nothing_is_drawn_or_uploaded_twice(
    chatting: Chatting, pencil: Pencil
) -> None:
    (sent,) = await ask(chatting, "/trend")
    await chatting.press("Headline figure")
    await chatting.press("Under 18")
    await chatting.press("Headline figure")
    (shown,) = [message for message in chatting.seen() if "photo" in message]
    assert shown["message_id"] == sent["message_id"]
    assert "2022/23: not known here" in shown["caption"]
    assert "1,111" not in shown["caption"]
    assert len(pencil.drawn) == 2
    uploads = [
        call for call in chatting.telegram.calls if any("attach" in str(value) for value in call.values.values())
    ]
    assert len(uploads) == 2


async def test_grades_of_places_are_paged_and_lead_to_each_place(chatting: Chatting, pencil: Pencil) -> None:
    (sent,) = await ask(chatting, "/trend grades")
    assert isinstance(pencil.drawn[0], GradeTable)
    assert pencil.drawn[0].rows[0].name == "Feltham A"
    assert "Safety poor (unchanged)" in sent["caption"]
    await chatting.press("More places")
    assert "Cookham Wood" in chatting.seen()[-1]["caption"]
    await chatting.press("HMYOI Cookham Wood")
    assert chatting.seen()[-1]["caption"].startswith("HMYOI Cookham Wood: grades by inspection")
    await chatting.press("HMYOI Cookham Wood")
    assert chatting.seen()[-1]["text"].startswith("HMYOI Cookham Wood")


async def test_a_place_that_is_named_is_shown_and_one_that_is_not_sure_is_chosen(
    chatting: Chatting, pencil: Pencil
) -> None:
    (sent,) = await ask(chatting, "/trend feltam")
    assert sent["caption"].startswith("HMYOI Feltham A")
    (unknown,) = await ask(chatting, "/trend 🙈 xyzzy")
    assert "Nothing of that name here" in unknown["text"]
    assert all(button["callback_data"].startswith(("trend:at:", "places")) for button in buttons_of(unknown))
    (ungraded,) = await ask(chatting, "/trend aycliffe")
    assert "no grades of the inspectorate" in ungraded["text"]
    (several,) = await ask(chatting, "/trend hmyoi")
    assert len(buttons_of(several)) > 2
    assert pencil.drawn


async def test_a_forged_press_is_answered_and_a_page_beyond_the_last_is_the_last(
    chatting: Chatting, pencil: Pencil
) -> None:
    (sent,) = await ask(chatting, "/trend")
    number = sent["message_id"]
    keyboard = sent["reply_markup"]["inline_keyboard"]
    forged = ["trend:none-such", "trend:at:nowhere", "trend:grades:999"]
    keyboard.append([{"text": name, "callback_data": name} for name in forged])
    assert await chatting.press_action(number, forged[0])
    assert await chatting.press_action(number, forged[1])
    assert not await chatting.press_action(number, forged[2])
    assert "Cookham Wood" in chatting.seen()[-1]["caption"]
    assert len(pencil.drawn) == 2


async def test_where_nothing_can_be_drawn_the_words_come_alone_and_turn_in_place(
    chatting: Chatting, pencil: Pencil
) -> None:
    pencil.broken = True
    (sent,) = await ask(chatting, "/trend")
    assert "402 (March 2025)" in sent["text"]
    await chatting.press("Headline figure")
    assert len(chatting.seen()) == 2
    assert "418" in chatting.seen()[-1]["text"]


async def test_a_picture_that_telegram_no_longer_knows_is_told_in_words_and_drawn_anew(
    chatting: Chatting, pencil: Pencil
) -> None:
    await ask(chatting, "/trend")
    chatting.telegram.files.restore([])
    (words,) = await ask(chatting, "/trend")
    assert "402 (March 2025)" in words["text"]
    (sent,) = await ask(chatting, "/trend")
    assert "photo" in sent
    assert len(pencil.drawn) == 2


async def test_two_presses_at_once_change_nothing_and_a_lost_picture_comes_below(
    chatting: Chatting, pencil: Pencil
) -> None:
    await ask(chatting, "/trend")
    first, second = (asyncio.create_task(chatting.press("Headline figure")) for _ in range(2))
    await asyncio.gather(first, second)
    assert len(chatting.seen()) == 2
    chatting.telegram.files.restore([])
    await chatting.press("Under 18")
    assert len(chatting.seen()) == 3
    assert "photo" in chatting.seen()[-1]
    assert len(pencil.drawn) == 3


async def test_the_newest_report_is_compared_with_the_inspection_before_even_if_that_was_published_here(
    chatting: Chatting,
) -> None:
    for year, grade, days in ((2025, Grade.GOOD, 400), (2026, Grade.POOR, 1)):
        title = f"HMYOI Werrington {year}"
        await chatting.publish(title, days_ago=days, institutions=("werrington",))
        dates = (date(year, 4, 1), date(year, 4, 9))
        finding = Finding(
            title=title, institutions=("werrington",), grades=Grades(safety=grade), inspection_dates=dates
        )
        await read_page(chatting, finding)
    (told,) = await chatting.say("/prison werrington")
    assert "poor ↓\u00a0worse (2025: good)" in told
    assert "2025: Safety good (source 1)" in told
    assert told.count("2026: ") == 0


async def read_page(chatting: Chatting, finding: Finding) -> None:
    """Something was read of the page of the story with this title."""
    async with chatting.services.store.write() as connection:
        story = (
            await connection.execute(select(entries.c.story_id).where(entries.c.title == finding.title))
        ).scalar_one()
        await put_finding(connection, story, finding, url=None, from_page=True, now=NOON)


async def test_prison_adds_its_grades_as_a_picture_in_private_and_by_a_button_in_a_group(
    chatting: Chatting, pencil: Pencil
) -> None:
    chatting.telegram.add_group(GROUP, "Friends", [ANNA])
    told, picture = await ask(chatting, "/prison werrington")
    assert "What earlier inspections graded" in told["text"]
    assert picture["caption"].startswith("HMYOI Werrington: grades by inspection")
    assert len(await ask(chatting, "/prison aycliffe")) == 1
    (alone,) = await ask(chatting, "/prison werrington", GROUP)
    assert "Its grades as a picture" in labels(alone)
    await chatting.press("Its grades as a picture", chat=GROUP)
    assert "photo" in chatting.seen(GROUP)[-1]
    assert len(pencil.drawn) == 1


async def test_the_timeline_has_stories_and_inspections_by_day_in_pages(chatting: Chatting) -> None:
    for number in range(12):
        await chatting.publish(f"HMYOI Werrington: report {number}", days_ago=number, institutions=("werrington",))
    await chatting.say("/prison werrington")
    await chatting.press("All its stories")
    first = chatting.seen()[-1]["text"]
    assert "report 9" in first
    assert "Inspection" not in first
    await chatting.press("Older")
    second = chatting.seen()[-1]["text"]
    assert second.index("report 11") < second.index("2023: Safety poor") < second.index("2022: ")
    assert "report 9" not in second
    assert labels(chatting.seen()[-1]) == ["Newer", "HMYOI Werrington"]
