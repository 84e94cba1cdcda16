"""`backtest` and `labels export`, as they are typed."""

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app.labels import label_rows
from bot.campaign import load_pack
from bot.model.label import DISMISSALS, Label, Reason
from bot.model.story import Outcome, StoryState, Traces
from bot.store import Store
from bot.store.entries import add_entry
from bot.store.feeds import list_feeds, sync_feeds
from bot.store.labels import find_pair, label_lead, list_labelled, put_pair
from bot.store.stories import add_story, set_lead
from tests.app.test_command_line import FEED, configure, run
from tests.builders import NOON, a_feed_spec, a_verdict, add_reader, an_entry
from tests.fakes import running_site

WERRINGTON = "HMYOI Werrington: inspectors find children locked up for 22 hours a day"
LINES = (
    f'{{"id": "1", "title": "{WERRINGTON}", "url": null, "source": "Inspectorate", "published": "2026-11-20"}}\n'
    '{"id": "2", "title": "Storm brings rain", "source": "News", "published": null}\n'
    '{"id": "3", "title": "A 16-year-old boy has died at HMYOI Parc", "source": "News", "published": "2026-11"}\n'
    f'{{"id": "4", "title": "{WERRINGTON}", "url": null, "source": "News", "published": "2020"}}\n'
)
WIDE = {"COLUMNS": "600"}


def rows_of(folder: Path, lines: str = LINES) -> str:
    (folder / "entries.jsonl").write_text(lines)
    return str(folder / "entries.jsonl")


def test_a_file_of_entries_is_shown_as_a_table_with_to_whom_why_and_a_sum(tmp_path: Path) -> None:
    ran = run("backtest", rows_of(tmp_path), "--since", "2021-01-01", folder=configure(tmp_path), environ=WIDE)
    assert ran.exit_code == 0, ran.output
    shown = " ".join(ran.output.replace("│", " ").split())
    for said in (
        "whoever follows HMYOI Werrington or",
        "names a child prison",
        "waits: sensitive",
        "sensitive: death",
        "4 entries, 3 stories: 1 would be sent, 0 join a story quietly, 1 wait for a person (1 sensitive, 0 doubtful,",
        "0 held by the fuse), 1 are history, 1 are not ours, 0 are repeated.",
    ):
        assert said in shown, said
    assert "Storm" not in ran.output
    assert "Storm" in run("backtest", rows_of(tmp_path), "--all", folder=tmp_path, environ=WIDE).output
    # It neither sends nor keeps anything, not even a database.
    assert not (tmp_path / "data").exists()


def test_as_json_it_is_a_line_an_entry(tmp_path: Path) -> None:
    ran = run("backtest", rows_of(tmp_path), "--json", "--kind", "news", folder=configure(tmp_path))
    lines = {line["id"]: line for line in map(json.loads, ran.stdout.splitlines())}
    assert [lines[name]["fate"] for name in "1234"] == ["sent", "not_ours", "sensitive", "sent"]
    assert lines["1"]["owed"][0] == "institution:werrington"
    assert lines["1"]["to"] is None


def test_a_feed_is_taken_for_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED.replace("HMYOI Werrington", WERRINGTON))
    ran = run("backtest", str(tmp_path / "feed.xml"), folder=configure(tmp_path), environ=WIDE)
    assert "1 entries, 1 stories: 1 would be sent" in ran.output
    only_rain = run("backtest", rows_of(tmp_path, LINES.splitlines()[1]), folder=tmp_path)
    assert only_rain.output.startswith("1 entries, 0 stories")


async def test_a_feed_of_the_configuration_speaks_with_its_name_and_kind(tmp_path: Path) -> None:
    async with running_site() as site:
        site.publish(WERRINGTON)
        configure(
            tmp_path,
            f'[fetch]\nallow_hosts = ["{site.host}"]\n'
            f'[[feeds]]\nname = "Ours"\nurl = "{site.feed_url}"\nkind = "inspectorate"\n',
        )
        ran = await asyncio.to_thread(run, "backtest", site.feed_url, "--json", folder=tmp_path)
    assert json.loads(ran.stdout)["source"] == "Ours"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none.xml",), "cannot be read: No such file"),
        (("page.html",), "web page"),
        (("bad.jsonl",), "line 2 is not JSON"),
        (("bad.jsonl", "--kind", "blog"), "there is no such kind"),
        (("bad.jsonl", "--since", "soon"), "is no day; write it as 2026-11-25"),
    ],
)
def test_what_cannot_be_tested_is_said_in_a_sentence(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "page.html").write_text("<html><body><h1>Hello</h1></body></html>")
    (tmp_path / "bad.jsonl").write_text('{"id": "1", "title": "x"}\n{nothing\n')
    ran = run("backtest", str(tmp_path / arguments[0]), *arguments[1:], folder=configure(tmp_path))
    assert ran.exit_code in {1, 2}
    assert said in " ".join(ran.stderr.replace("│", " ").split())
    assert ran.stdout == ""


async def make_database(folder: Path) -> Store:
    (folder / "data").mkdir()
    return await Store.open(f"sqlite+aiosqlite:///{folder / 'data' / 'sandbox.db'}")


async def test_subscribers_are_counted_where_there_is_a_database_which_is_only_read(tmp_path: Path) -> None:
    store = await make_database(tmp_path)
    async with store.write() as connection:
        await add_reader(connection, 1, follows="institution:werrington")
        await add_reader(connection, 2)
        await add_reader(connection, 3)
        await add_reader(connection, 4, wants="calls_to_action")
    rows = rows_of(tmp_path)
    ran = await asyncio.to_thread(run, "backtest", rows, folder=configure(tmp_path), environ=WIDE)
    shown = " ".join(ran.output.replace("│", " ").split())
    assert "1 following HMYOI Werrington, 2 following everything" in " ".join(shown.split())
    line = (await asyncio.to_thread(run, "backtest", rows, "--json", folder=tmp_path)).stdout.splitlines()[-1]
    async with store.write() as connection:
        await connection.execute(text("UPDATE subscriptions SET ended_at = consented_at"))
    nobody = await asyncio.to_thread(run, "backtest", rows, folder=tmp_path, environ=WIDE)
    assert "nobody follows it" in " ".join(nobody.output.split())
    async with store.write() as connection:
        await connection.execute(text("DROP TABLE deliveries"))
        await connection.execute(text("DROP TABLE subscriptions"))
    old = await asyncio.to_thread(run, "backtest", rows, folder=tmp_path)
    assert "Subscribers are not counted" in old.stderr
    assert old.exit_code == 0
    await store.close()
    assert "title" in json.loads(line)


async def test_labels_are_written_in_the_evaluations_format_with_no_person_in_them(tmp_path: Path) -> None:
    store = await make_database(tmp_path)
    decided = (Reason.PUBLISHED, Reason.NOT_OURS, Reason.TOO_OLD, None, None)
    async with store.write() as connection:
        await sync_feeds(connection, [a_feed_spec()])
        (feed,) = await list_feeds(connection)
        ids = []
        for number, reason in enumerate(decided):
            entry = an_entry(id=str(number), title=f"Report {number}", published_at=None if number else NOON)
            outcome = Outcome.REVIEW if number == 4 else Outcome.ALERT
            story = await add_story(connection, feed.id, state=StoryState.PUBLISHED, now=NOON)
            kept = {"verdict": a_verdict(outcome=outcome), "traces": Traces(published=None)}
            row = await add_entry(connection, feed.id, entry, **kept, story_id=story, history=False, now=NOON)  # type: ignore[arg-type]
            await set_lead(connection, story, row)
            if reason is not None:
                await label_lead(connection, story, Reason.OTHER, now=NOON)
                await label_lead(connection, story, reason, now=NOON)
            ids.append(story)
        await label_lead(connection, 99, Reason.OTHER, now=NOON)
        await put_pair(connection, ids[0], ids[3], same=True, now=NOON)
        await put_pair(connection, ids[3], ids[0], same=False, now=NOON)
        await put_pair(connection, ids[3], ids[4], same=False, now=NOON)
        assert await find_pair(connection, ids[3], ids[0]) is False
        assert label_rows(await list_labelled(connection), load_pack())
    await store.close()
    target = tmp_path / "labels.jsonl"
    ran = await asyncio.to_thread(run, "labels", "export", str(target), folder=configure(tmp_path))
    assert (ran.exit_code, ran.output) == (0, "")
    rows = [json.loads(line) for line in target.read_text().splitlines()]
    assert [(row["label"], row["category"], row["event"]) for row in rows] == [
        ("match", "published", f"story-{ids[0]}"),
        ("no_match", "not_ours", None),
        ("borderline", "too_old", None),
        ("match", "compared", f"story-{ids[3]}"),
        ("borderline", "compared", f"story-{ids[4]}"),
    ]
    assert [row["hard"] for row in rows] == [False, True, False, False, False]
    assert rows[0]["institution"] == "HMYOI Werrington"
    assert rows[0]["published"] == NOON.isoformat()
    printed = await asyncio.to_thread(run, "labels", "export", folder=tmp_path)
    assert printed.stdout == target.read_text()
    assert run("match", stdin=printed.stdout).exit_code == 0


def test_only_not_ours_says_that_the_matcher_was_wrong() -> None:
    assert Reason.PUBLISHED not in DISMISSALS
    assert [reason.label for reason in DISMISSALS].count(Label.NO_MATCH) == 1
