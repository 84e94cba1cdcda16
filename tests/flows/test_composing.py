"""A story is told once in every language there is."""

from dataclasses import replace
from datetime import date

from bot.compose import Wording
from bot.compose.wording import LOCALES
from bot.model.finding import Finding, Grade, Grades
from bot.store import Store
from tests.builders import add_reader, an_entry
from tests.flows.pipeline import Pipeline

URL = "https://inspectorate.example/reports/werrington"
FEED = "https://inspectorate.example/feed/"
PAGE = Finding(
    title="HMYOI Werrington",
    kind="inspection",
    institutions=("werrington",),
    inspection_dates=(date(2026, 8, 3), date(2026, 8, 14)),
    grades=Grades(safety=Grade.POOR, care=Grade.GOOD),
    summary=("Violence had risen.",),
    text="Inspectors of HMYOI Werrington found outcomes for children poor in safety.",
)


async def test_each_reader_gets_the_alert_and_its_chart_in_their_language_else_in_english(
    sqlite_store: Store,
) -> None:
    pipeline = Pipeline(sqlite_store, pages={URL: PAGE})
    pipeline.history["werrington"] = (Grades(safety=Grade.GOOD, care=Grade.GOOD), 2022)
    wordings = {language: Wording.load(language) for language in LOCALES}
    pipeline.publish = replace(pipeline.publish, composing=replace(pipeline.composing, wordings=wordings))
    await pipeline.open()
    async with sqlite_store.write() as connection:
        for chat, language in ((1, "en"), (2, "cy"), (3, "fr")):
            await add_reader(connection, chat, language=language)
    pipeline.listed[FEED] = [an_entry()]
    await pipeline.tick()
    told = {delivery.key.chat_id: delivery.message.text for delivery in pipeline.sent}
    assert "Inspected from 3 to 14 August 2026" in told[1]
    assert "Arolygwyd o 3 hyd 14 Awst 2026" in told[2]
    assert "Diogelwch: <b>gwael</b> ↓\u00a0gwaeth (2022: da)" in told[2]
    assert all("Violence had risen." in text for text in told.values())
    assert told[3] == told[1]
    assert [chart.rows[0].name for chart in pipeline.drawn] == ["Safety", "Diogelwch"]
