"""/stats in chat."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import update

from bot.charts import draw_plot
from bot.errors import WorkerError
from bot.flows.figures import Figures
from bot.model.plots import Plot
from bot.store.schema import daily_figures, subscribers
from handlers.context import install
from tests.builders import add_reader
from tests.handlers.chatting import ANNA
from tests.handlers.organiser.organising import OLWEN, TOMOS, Organising
from tests.handlers.organiser.test_corrections import TITLE, alerted


async def draw(plot: Plot) -> bytes:
    return draw_plot(plot)


async def refuse(plot: Plot) -> bytes:
    raise WorkerError(f"no worker for {plot.title}")


async def populate(organising: Organising) -> None:
    """A dozen people from a leaflet, over two days, and an alert."""
    await alerted(organising)
    services = organising.services
    figures = Figures(store=services.store, now=organising.clock, zone=ZoneInfo("Europe/London"))
    async with services.store.write() as connection:
        for chat in range(600, 612):
            await add_reader(connection, chat)
        await connection.execute(update(subscribers).values(source="leaflet"))
    await figures.tick()
    async with services.store.write() as connection:
        await connection.execute(update(daily_figures).values(day="2026-11-24"))
    await figures.tick()


async def test_stats_are_pictures_with_their_words_and_lead_to_each_message(organising: Organising) -> None:
    organising.services = replace(organising.services, draw_plot=draw)
    install(organising.bot, organising.services)
    await populate(organising)
    organising.telegram.say(OLWEN, OLWEN, "/stats")
    await organising.answer()
    *_, growth, moves, spans, overview = organising.seen(OLWEN)
    assert [("photo" in one) for one in (growth, moves, spans, overview)] == [True, True, True, False]
    assert "24 November 2026: 14" in growth["caption"]
    assert f"{TITLE}: 14 joined, fewer than ten left" in moves["caption"]
    assert "half within" in spans["caption"]
    assert "Subscribers: 14." in overview["text"]
    await organising.press("Message by message", by=OLWEN)
    await organising.press(TITLE, by=OLWEN)
    assert "Copies delivered: fewer than ten." in organising.seen(OLWEN)[-1]["text"]
    await organising.press("All messages", by=OLWEN)
    assert organising.seen(OLWEN)[-1]["text"].startswith("What became of each message")
    assert await organising.press_raw(overview, "stats:0", by=ANNA) == "Only organisers can decide this."
    await organising.press_raw(overview, "stats:m:99", by=OLWEN)


async def test_where_pictures_cannot_be_drawn_the_words_go_alone(organising: Organising) -> None:
    await populate(organising)
    told = await organising.say("/stats", by=TOMOS)
    organising.services = replace(organising.services, draw_plot=refuse)
    install(organising.bot, organising.services)
    assert await organising.say("/stats", by=TOMOS) == told
    assert len(told) == 4
    assert "Subscribers over time:" in told[0]


async def test_a_supporter_gets_no_statistics(organising: Organising) -> None:
    (told,) = await organising.say("/stats", by=ANNA)
    assert "/help" in told
