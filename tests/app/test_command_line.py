import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.model.feed import FeedKind, FeedSpec
from bot.store import Store
from bot.store.feeds import list_feeds, sync_feeds
from bot.store.own_feeds import add_own_feed, remove_feed, switch_feed
from tests.builders import NOON
from tests.fakes import running_site
from tests.sandbox.running import ANNA, running_sandbox

FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>A</title><item><title>HMYOI Werrington</title>'
    "<link>https://inspectorate.example/1</link><guid>1</guid></item></channel></rss>"
)
ENTRIES = (
    '{"id": "1", "title": "HMYOI Werrington: inspectors find children locked up for 22 hours a day",'
    ' "summary": "", "url": null, "source": "Inspectorate", "published": "2026-11"}\n'
    '{"id": "2", "title": "Storm brings rain to the north", "summary": "", "url": null, "source": "News",'
    ' "published": null, "unknown": 1}\n'
)


def run(*arguments: str, stdin: str = "", folder: Path | None = None, environ: dict[str, str] | None = None) -> Result:
    """The command line as a person types it, with a configuration in `folder`."""
    config = ["--config", str(folder / "config.toml")] if folder else []
    cleared = {"TELEGRAM_TOKEN": "", "DATABASE_URL": "", "PORT": ""}
    return CliRunner().invoke(main, [*arguments, *config], input=stdin, env={**cleared, **(environ or {})})


def configure(folder: Path, text: str = "") -> Path:
    (folder / "config.toml").write_text(text)
    return folder


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help(command: str) -> None:
    assert command in run("--help").output
    helped = run(command, "--help")
    assert helped.exit_code == 0
    assert "Usage" in helped.output


def test_parse_writes_a_line_for_each_entry(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    ran = run("parse", str(tmp_path / "feed.xml"), "--content-type", "application/rss+xml")
    assert json.loads(ran.output) == {
        "id": "1",
        "url": "https://inspectorate.example/1",
        "title": "HMYOI Werrington",
        "summary": "",
        "published": None,
    }
    assert json.loads(run("parse", "-", stdin=FEED).output)["id"] == "1"


def test_what_is_no_feed_or_not_there_ends_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body><h1>Hello</h1></body></html>")
    refused = run("parse", str(tmp_path / "page.html"))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "web page" in refused.stderr
    missing = run("parse", str(tmp_path / "none.xml"))
    assert missing.exit_code == 1
    assert "cannot be read: No such file" in missing.stderr


def test_a_private_address_is_not_fetched() -> None:
    refused = run("parse", "http://127.0.0.1:9/feed")
    assert refused.exit_code == 1
    assert "public" in refused.stderr


async def test_a_host_that_the_configuration_trusts_is_fetched(tmp_path: Path) -> None:
    async with running_site() as site:
        site.publish("HMYOI Werrington")
        configure(tmp_path, f'[fetch]\nallow_hosts = ["{site.host}"]\n')
        ran = await asyncio.to_thread(run, "parse", site.feed_url, folder=tmp_path)
    assert json.loads(ran.output)["title"] == "HMYOI Werrington"


def test_match_answers_each_line_in_order() -> None:
    lines = [json.loads(line) for line in run("match", stdin=ENTRIES).output.splitlines()]
    assert [(line["id"], line["verdict"]) for line in lines] == [("1", "alert"), ("2", "ignore")]
    assert lines[0]["institutions"] == ["werrington"]
    assert set(lines[0]) >= {"id", "verdict", "score", "topics", "institutions", "sensitive", "evidence"}


def test_cluster_gives_each_line_its_story() -> None:
    lines = [json.loads(line) for line in run("cluster", stdin=ENTRIES).output.splitlines()]
    assert [line["id"] for line in lines] == ["1", "2"]
    assert lines[0]["story"] != lines[1]["story"]


def test_read_writes_what_a_page_says(tmp_path: Path) -> None:
    text = "Inspectors found children at HMYOI Werrington locked in their cells for 22 hours a day. " * 4
    (tmp_path / "page.html").write_text(
        f"<html><head><title>HMYOI Werrington</title></head><body><p>{text}</p></body></html>"
    )
    said = json.loads(run("read", str(tmp_path / "page.html"), "--url", "https://inspectorate.example/1").output)
    assert said["title"] == "HMYOI Werrington"
    assert said["institutions"] == ["werrington"]


def test_a_mistake_in_the_configuration_ends_with_its_fix(tmp_path: Path) -> None:
    ran = run("migrate", folder=configure(tmp_path, "[log]\nlevl = 1\n"))
    assert ran.exit_code == 1
    assert '[log] levl: there is no such key; did you mean "level"?' in ran.stderr


def test_migrate_and_export_on_a_new_database(tmp_path: Path) -> None:
    configure(tmp_path)
    assert run("migrate", folder=tmp_path).output == "The database is at this version.\n"
    assert (tmp_path / "data" / "sandbox.db").exists()
    exported = run("export", folder=tmp_path)
    assert (exported.exit_code, exported.stdout) == (0, "")
    assert run("migrate", "--adopt-bot", folder=tmp_path).exit_code == 1


def test_check_of_the_sandbox_finds_nothing_wrong(tmp_path: Path) -> None:
    ran = run("check", "--no-feeds", folder=configure(tmp_path))
    assert ran.exit_code == 0, ran.output
    assert "the bot runs in the sandbox" in " ".join(ran.output.split())


async def test_check_tries_what_organisers_added_and_not_what_they_removed(tmp_path: Path) -> None:
    async with running_site() as site:
        site.publish("HMYOI Werrington")
        listed = [FeedSpec(name=name, url=f"{site.url}/{name}", kind=FeedKind.NEWS) for name in ("Gone", "Paused")]
        rows = "".join(f'[[feeds]]\nname = "{one.name}"\nurl = "{one.url}"\nkind = "news"\n' for one in listed)
        configure(tmp_path, f'[fetch]\nallow_hosts = ["{site.host}"]\n{rows}')
        store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/data/sandbox.db")
        async with store.write() as connection:
            await sync_feeds(connection, listed)
            gone, paused = await list_feeds(connection)
            await remove_feed(connection, gone.id, NOON)
            await switch_feed(connection, paused.id, on=False)
            await add_own_feed(connection, FeedSpec(name="Own", url=site.feed_url, kind=FeedKind.CHARITY))
        await store.close()
        ran = await asyncio.to_thread(run, "check", folder=tmp_path, environ={"COLUMNS": "200"})
    assert ran.exit_code == 0, ran.output
    assert "Own" in ran.output
    assert "Gone" not in ran.output
    assert "Paused" not in ran.output


async def test_check_tells_what_is_wrong_with_bot_organisers_and_feeds(tmp_path: Path) -> None:
    async with running_sandbox() as sandbox, running_site() as site:
        site.publish("HMYOI Werrington")
        configure(
            tmp_path,
            f'[telegram]\napi_url = "{sandbox.url}"\n[organisers]\nowners = [{ANNA}]\nreview_chat = -77\n'
            f'[fetch]\nallow_hosts = ["{site.host}"]\n[campaign]\ncontact = "post@example.org"\n'
            f'[[feeds]]\nname = "Good"\nurl = "{site.feed_url}"\nkind = "news"\n'
            f'[[feeds]]\nname = "Bad"\nurl = "{site.url}/none"\nkind = "news"\n'
            f'[[feeds]]\nname = "Off"\nurl = "{site.url}/off"\nkind = "news"\nenabled = false\n'
            f'[[feeds]]\nname = "New"\nurl = "{site.feed_url}?new"\nkind = "charity"\nenabled = false\n',
        )
        environ = {"TELEGRAM_TOKEN": sandbox.telegram.token, "COLUMNS": "200"}
        ran = await asyncio.to_thread(run, "check", "--try-disabled", folder=tmp_path, environ=environ)
        adopted = await asyncio.to_thread(run, "migrate", "--adopt-bot", folder=tmp_path, environ=environ)
        wrong = {"TELEGRAM_TOKEN": f"{sandbox.telegram.bot['id']}:{'x' * 35}", "COLUMNS": "200"}
        refused = await asyncio.to_thread(run, "check", "--no-feeds", folder=tmp_path, environ=wrong)
        not_adopted = await asyncio.to_thread(run, "migrate", "--adopt-bot", folder=tmp_path, environ=wrong)
    assert ran.exit_code == 1
    for said in (
        "@sandbox_alerts_bot",
        "set organisation under [campaign]",
        "a broadcast needs two",
        "can be written to",
        "they must write /start to the bot once",
        "1 entries",
        "Off (disabled)",
        "put these rows into config.toml",
        'name = "New"',
    ):
        assert said in ran.output, said
    assert "belongs to @sandbox_alerts_bot now" in adopted.output
    assert "ask @BotFather" in refused.output
    assert not_adopted.exit_code == 1
    assert "x" * 35 not in refused.output + not_adopted.output


async def test_check_tells_that_telegram_does_not_answer_and_the_database_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Minister, " * 100)
    configure(
        tmp_path,
        '[telegram]\napi_url = "http://127.0.0.1:9"\n[database]\nurl = "sqlite:///letter.txt"\n'
        '[campaign]\npack = "none"\n',
    )
    environ = {"TELEGRAM_TOKEN": "123456789:" + "a" * 35, "COLUMNS": "200"}
    ran = await asyncio.to_thread(run, "check", "--no-feeds", folder=tmp_path, environ=environ)
    assert ran.exit_code == 1
    assert "is not a database" in ran.output
    assert "does not answer" in ran.output
