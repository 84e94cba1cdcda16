"""/stopall, /liftstop and /audit in chat."""

import csv
import io

from bot.store.broadcasts import add_deed
from tests.builders import NOON, add_reader
from tests.handlers.chatting import ANNA
from tests.handlers.organiser.organising import OLWEN, TEAM, TOMOS, Organising


async def test_any_organiser_stops_everything_and_an_owner_lets_it_go_on(organising: Organising) -> None:
    async with organising.services.store.write() as connection:
        await add_reader(connection, ANNA)
    organising.telegram.say(ANNA, ANNA, "hello")
    await organising.answer()
    await organising.wait("A report")
    await organising.beat()
    (told,) = await organising.say("/stopall", by=TOMOS)
    assert "Everything is stopped" in told
    (again,) = await organising.say("/stopall", by=OLWEN)
    assert "stopped already, by organiser 2002, since 25 November 2026, 12:00" in again
    await organising.press("Publish", by=OLWEN)
    await organising.beat()
    assert not any("A report" in text for text in organising.texts(ANNA))
    assert any("Everything is stopped, by organiser 2002" in text for text in organising.texts(OLWEN))
    # Who writes is answered all the same.
    assert await organising.say("/help", by=ANNA)
    (status,) = await organising.say("/status", by=OLWEN)
    assert "stopped by organiser 2002" in status
    (asked,) = await organising.say("/liftstop", by=OLWEN)
    assert "One delivery waits" in asked
    button = organising.find_button("Yes, let it go on", OLWEN)
    assert await organising.press_raw(button[0], button[1], by=ANNA) == "Only organisers can decide this."
    assert await organising.press("Yes, let it go on", by=OLWEN) == "Sending goes on."
    assert await organising.press_raw(button[0], button[1], by=OLWEN) == (
        "That stop holds no more. Please ask /liftstop again."
    )
    await organising.beat()
    assert sum("A report" in text for text in organising.texts(ANNA)) == 1
    assert (await organising.say("/liftstop", by=OLWEN))[0].startswith("Nothing is stopped")


async def test_a_stop_holds_wherever_an_organiser_writes_it(organising: Organising) -> None:
    (told,) = await organising.say("/stopall", by=TOMOS, chat=TEAM)
    assert "Everything is stopped" in told
    assert await organising.services.desk.stopping.find() is not None
    assert "Please ask that in a private chat" in (await organising.say("/liftstop", by=TOMOS, chat=TEAM))[0]


async def test_supporters_neither_stop_nor_lift_nor_read_the_audit(organising: Organising) -> None:
    for command in ("/stopall", "/liftstop", "/audit", "/audit export", "/people", "/invite"):
        (told,) = await organising.say(command)
        assert "does not know that command" in told
    await organising.say("/whoami", by=ANNA)
    for forged in ("lift:1", "audit:5", "card:1:edit", "card:1:like", "edit:1:apply"):
        notice = await organising.press_raw(organising.seen(ANNA)[-1], forged, by=ANNA)
        assert notice == "Only organisers can decide this."


async def test_the_audit_is_told_in_words_a_page_at_a_time(organising: Organising) -> None:
    assert await organising.say("/audit", by=OLWEN) == ["No organiser has done anything yet."]
    async with organising.services.store.write() as connection:
        for number in range(1, 20):
            digest = "ab" * 32 if number == 19 else None
            verb = "publish" if number > 1 else "a_verb_of_later"
            await add_deed(connection, OLWEN, verb, f"story:{number}", now=NOON, digest=digest)
    (told,) = await organising.say("/audit", by=TOMOS)
    assert "25 November 2026, 12:00: organiser 2001 published story 19 (text abababababab)" in told
    await organising.press("Older", by=TOMOS)
    assert "organiser 2001 did this: a_verb_of_later, story 1" in organising.texts(TOMOS)[-1]
    assert "Older" not in organising.labels(TOMOS)


async def test_an_owner_gets_the_whole_audit_as_a_file(in_team: Organising) -> None:
    await in_team.say("/stopall", by=OLWEN)
    (refused,) = await in_team.say("/audit export", by=OLWEN, chat=TEAM)
    assert "private chat" in refused
    in_team.telegram.say(OLWEN, OLWEN, "/audit export")
    await in_team.answer()
    message = in_team.seen(OLWEN)[-1]
    assert message["document"]["file_name"] == "audit-2026-11-25.csv"
    file = await in_team.bot.bot.get_file(message["document"]["file_id"])
    (row,) = csv.DictReader(io.StringIO(bytes(await file.download_as_bytearray()).decode()))
    assert (row["at"], row["user_id"], row["verb"], row["subject"], row["digest"]) == (
        NOON.isoformat(),
        "2001",
        "stopall",
        "everything",
        "",
    )
