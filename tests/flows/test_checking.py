import asyncio
from dataclasses import replace

from bot.errors import FetchError
from bot.flows.checking import Checking
from bot.model.draft import Written
from bot.store import Store
from tests.flows.organising import OLWEN, Organising


async def drafted(store: Store, html: str) -> tuple[Organising, int]:
    desk = Organising(store)
    await desk.open()
    draft = await desk.draft(html)
    return desk, draft.id


async def test_links_of_every_language_are_looked_at_once_for_what_they_stand_in(sqlite_store: Store) -> None:
    desk, number = await drafted(sqlite_store, "See https://a.example/x.")
    draft = await desk.drafting.find(number)
    assert draft is not None
    welsh = {"cy": Written("Gweler https://b.example/y")}
    await desk.drafting.change(number, draft.digest[:12], lambda one: replace(one, others=welsh), by=OLWEN)
    asked = []

    async def look(url: str) -> None:
        asked.append(url)
        if "b.example" in url:
            raise FetchError("it is gone")

    check = Checking(store=sqlite_store, look=look)
    await check.check(number)
    await check.check(number)
    await check.check(99)
    assert sorted(asked) == ["https://a.example/x", "https://b.example/y"]
    found = await desk.drafting.find(number)
    assert found is not None
    assert [(one.url, one.answer) for one in found.draft.dead] == [("https://b.example/y", "it is gone")]


async def test_a_link_that_never_answers_is_not_waited_for(sqlite_store: Store) -> None:
    desk, number = await drafted(sqlite_store, "See https://a.example/x.")

    async def look(_: str) -> None:
        await asyncio.Event().wait()

    await Checking(store=sqlite_store, look=look, seconds=0.01).check(number)
    found = await desk.drafting.find(number)
    assert found is not None
    assert "no answer within" in found.draft.dead[0].answer


async def test_a_draft_that_changes_while_its_links_are_looked_at_is_looked_at_again(sqlite_store: Store) -> None:
    desk, number = await drafted(sqlite_store, "See https://a.example/x.")

    async def look(_: str) -> None:
        draft = await desk.drafting.find(number)
        assert draft is not None
        await desk.drafting.change(number, draft.digest[:12], lambda one: replace(one, hours=24), by=OLWEN)

    await Checking(store=sqlite_store, look=look).check(number)
    found = await desk.drafting.find(number)
    assert found is not None
    assert found.draft.checked is None
