"""Pictures: drawn where they help, uploaded once, and never a reason for a reader to get nothing."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from bot.errors import WorkerError
from bot.flows import illustrate
from bot.flows.illustrate import Illustrate
from bot.model.delivery import DeliveryState, Fate, Receipt
from bot.model.finding import Finding, Grade, Grades
from bot.model.message import Message
from bot.model.story import StoryState
from bot.model.subscriber import EndedReason
from bot.store import Store
from bot.store.deliveries import count_states
from bot.store.messages import find_picture
from tests.builders import add_reader, an_entry
from tests.flows.pipeline import Pipeline

URL = "https://inspectorate.example/reports/werrington"
FEED = "https://inspectorate.example/feed/"
GRADES = Grades(safety=Grade.POOR, care=Grade.GOOD)
BEFORE = Grades(safety=Grade.GOOD, care=Grade.GOOD)
PAGE = Finding(
    title="HMYOI Werrington",
    kind="inspection",
    institutions=("werrington",),
    inspection_dates=(date(2026, 8, 3), date(2026, 8, 14)),
    grades=GRADES,
    summary=("Violence had risen.", "Boys were locked up for 22 hours a day."),
    text="Inspectors of HMYOI Werrington found outcomes for children poor in safety.",
)
KICKED = Receipt(fate=Fate.GONE, ended_reason=EndedReason.KICKED, reason="not enough rights to send photos")


@dataclass
class Gallery(Pipeline):
    """Telegram takes pictures here: `posted` are the messages as they went out, `refusals` the answers given first."""

    posted: list[Message] = field(default_factory=list)
    refusals: list[Receipt] = field(default_factory=list)
    slow: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.illustrate = Illustrate(store=self.store)
        self.deliver.send = lambda delivery: self.illustrate.send(delivery, delivery.message, self.post)

    async def post(self, message: Message) -> Receipt:
        await asyncio.sleep(self.slow)
        self.posted.append(message)
        if self.refusals:
            return self.refusals.pop(0)
        return Receipt(
            fate=Fate.SENT, telegram_message_id=len(self.posted), file_id="known" if message.picture else None
        )

    async def alert(self, page: Finding = PAGE, readers: int = 3) -> None:
        """A graded report goes to so many readers."""
        await self.open()
        async with self.store.write() as connection:
            for chat in range(readers):
                await add_reader(connection, 501 + chat)
        self.pages[URL] = page
        self.listed[FEED] = [an_entry(url=URL)]
        await self.tick()

    def uploads(self) -> list[bytes]:
        """The pictures that went out as bytes."""
        return [one.picture.content for one in self.posted if one.picture and one.picture.content]


async def test_a_picture_is_drawn_once_uploaded_once_and_known_after_a_restart(store: Store) -> None:
    gallery = Gallery(store, history={"werrington": (BEFORE, 2024)})
    await gallery.alert()
    (chart,) = gallery.drawn
    assert [row.words for row in chart.rows] == ["worse", "unchanged"]
    assert "Safety: <b>poor</b> ↓\N{NO-BREAK SPACE}worse (2024: good)" in gallery.posted[0].text
    assert (len(gallery.posted), gallery.uploads()) == (3, [b"png"])
    async with store.read() as connection:
        kept = await find_picture(connection, 1, "en")
    assert kept is not None
    assert (kept.content, kept.file_id) == (b"png", "known")
    async with store.write() as connection:
        assert await find_picture(connection, 1, "fr") is None


async def test_a_report_that_an_organiser_lets_out_has_its_picture_and_its_preview_the_same_words(store: Store) -> None:
    gallery = Gallery(store, history={"werrington": (BEFORE, 2024)})
    await gallery.open()
    async with store.write() as connection:
        await add_reader(connection, 501)
    gallery.pages[URL] = replace(PAGE, text="A boy, 15, was raped in his cell at HMYOI Werrington.")
    gallery.listed[FEED] = [an_entry(url=URL)]
    await gallery.tick()
    (story,) = await gallery.stories(StoryState.WAITING)
    preview = await gallery.publish.preview(story.id)
    assert await gallery.publish.publish_story(story.id, by=1)
    await gallery.deliver.tick()
    assert gallery.posted[0].text == preview["en"].text
    assert gallery.uploads() == [b"png"]


async def test_without_a_comparison_or_a_pen_the_words_go_alone(store: Store) -> None:
    gallery = Gallery(store)
    await gallery.alert(readers=1)
    assert (gallery.drawn, [one.picture for one in gallery.posted]) == ([], [None])
    assert "Safety: <b>poor</b>\n" in gallery.posted[0].text


async def test_a_picture_that_cannot_be_drawn_is_left_out(store: Store) -> None:
    gallery = Gallery(store, history={"werrington": (BEFORE, 2024)}, blots=[WorkerError("too slow")])
    await gallery.alert(readers=1)
    assert [one.picture for one in gallery.posted] == [None]


async def test_where_telegram_refuses_the_picture_the_words_go_alone_and_nobody_is_lost(store: Store) -> None:
    refused = Receipt(fate=Fate.BAD_CONTENT, reason="IMAGE_PROCESS_FAILED")
    gallery = Gallery(store, history={"werrington": (BEFORE, 2024)}, refusals=[refused, KICKED])
    await gallery.alert(readers=1)
    assert [one.picture is None for one in gallery.posted] == [False, True]
    assert gallery.posted[0].text == gallery.posted[1].text


async def test_a_picture_refused_once_is_not_uploaded_for_every_reader(store: Store) -> None:
    refused = Receipt(fate=Fate.BAD_CONTENT, reason="IMAGE_PROCESS_FAILED")
    gallery = Gallery(store, history={"werrington": (BEFORE, 2024)}, refusals=[refused])
    await gallery.alert()
    assert [one.picture is None for one in gallery.posted] == [False, True, True, True]


async def test_a_group_that_forbids_pictures_takes_them_from_nobody_else(store: Store) -> None:
    gallery = Gallery(store, history={"werrington": (BEFORE, 2024)}, refusals=[KICKED])
    await gallery.alert(readers=2)
    assert [one.picture is None for one in gallery.posted] == [False, True, False]


async def test_who_waits_too_long_for_anothers_upload_makes_an_own_one(store: Store) -> None:
    gallery = Gallery(store, history={"werrington": (BEFORE, 2024)}, slow=0.2)
    patience, illustrate.UPLOAD_SECONDS = illustrate.UPLOAD_SECONDS, 0.01
    try:
        await gallery.alert(readers=2)
    finally:
        illustrate.UPLOAD_SECONDS = patience
    assert gallery.uploads() == [b"png"] * 2


async def test_so_many_names_are_kept_at_once(store: Store) -> None:
    gallery = Gallery(store, history={"werrington": (BEFORE, 2024)})
    gallery.illustrate._names.update({(number, "xx"): "old" for number in range(illustrate.NAMES_KEPT)})
    await gallery.alert(readers=1)
    assert len(gallery.illustrate._names) == illustrate.NAMES_KEPT


async def test_a_message_has_arrived_though_its_pictures_name_cannot_be_kept(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(illustrate, "put_file_id", failing)
    gallery = Gallery(sqlite_store, history={"werrington": (BEFORE, 2024)})
    await gallery.alert()
    assert (len(gallery.posted), gallery.uploads()) == (3, [b"png"])
    async with sqlite_store.read() as connection:
        assert (await count_states(connection, 1))[DeliveryState.SENT] == 3
