import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import JSON, insert
from sqlalchemy.engine import URL, make_url

from bot.__main__ import main
from bot.errors import StoreError
from bot.model.delivery import Fate, Receipt
from bot.store import Store, create_engine
from bot.store.alone import hold_alone
from bot.store.copying import copy_database, count_rows
from bot.store.schema import audit, cards, metadata, subscribers
from tests.builders import NOON, add_reader, an_entry
from tests.conftest import opened
from tests.flows.pipeline import Pipeline
from tests.postgres import fresh_database


@pytest.fixture
def server(postgres: URL) -> Iterator[str]:
    """An empty PostgreSQL, migrated."""
    with fresh_database(postgres) as url:
        yield url.render_as_string(hide_password=False)


def run(folder: Path, to: str) -> Result:
    """The command, for the file in `folder`; the token is that of nobody's bot."""
    (folder / "config.toml").write_text('[database]\nurl = "sqlite:///alerts.db"\n')
    environ = {"TELEGRAM_TOKEN": f"12345:{'x' * 35}", "DATABASE_URL": "", "PORT": ""}
    return CliRunner().invoke(main, ["copy", "--to", to, "--config", str(folder / "config.toml")], env=environ)


async def test_a_bot_that_moves_in_the_middle_of_an_alert_goes_on_where_it_stood_and_tells_nobody_twice(
    sqlite_store: Store, server: str, tmp_path: Path, migrated_file: Path
) -> None:
    before = Pipeline(sqlite_store)
    await before.open()
    async with sqlite_store.write() as connection:
        for chat in range(10):
            await add_reader(connection, chat)
    before.answers = {chat: [Receipt(fate=Fate.NOT_SENT)] for chat in range(5)}
    before.listed = {url: [an_entry()] for url in before.listed}
    await before.tick()
    assert len(before.sent) == 10
    copied = await asyncio.to_thread(run, tmp_path, server)
    assert copied.exit_code == 0, copied.output
    assert "are the same in both databases" in copied.output
    assert "deliveries: 10 rows" in copied.output

    async with opened(server, migrated_file) as store:
        after = Pipeline(store, now=before.now, listed=before.listed)
        await after.tick()
        assert sorted(one.key.chat_id for one in after.sent) == list(range(5))
        # What is new there gets ids that nobody had before.
        async with store.write() as connection:
            assert await add_reader(connection, 99) == 11
        await after.tick(minutes=60)
        assert len(after.sent) == 5

    back = f"sqlite:///{tmp_path / 'back.db'}"
    away = {"TELEGRAM_TOKEN": f"12345:{'x' * 35}", "DATABASE_URL": server, "PORT": ""}
    returned = await asyncio.to_thread(CliRunner().invoke, main, ["copy", "--to", back], env=away)
    assert returned.exit_code == 0, returned.output
    assert "subscribers: 11 rows" in returned.output


async def test_the_last_id_ever_given_is_not_given_again_though_its_row_is_gone(postgres: URL) -> None:
    with fresh_database(postgres) as one, fresh_database(postgres) as two:
        first, second = (url.render_as_string(hide_password=False) for url in (one, two))
        engine = create_engine(make_url(first))
        async with engine.begin() as connection:
            for chat in (1, 2, 3):
                await add_reader(connection, chat)
            await connection.execute(subscribers.delete().where(subscribers.c.chat_id == 3))
        await engine.dispose()
        sums = await copy_database(first, second, lambda *_: None)
        assert sums["subscribers"].rows == 2
        engine = create_engine(make_url(second))
        async with engine.begin() as connection:
            assert await add_reader(connection, 4) == 4
        await engine.dispose()


async def test_what_the_target_refuses_leaves_it_empty_and_is_told_without_anybodys_values(
    sqlite_store: Store, server: str, tmp_path: Path
) -> None:
    async with sqlite_store.write() as connection:
        await add_reader(connection, 777)
        await connection.execute(insert(audit).values(at=NOON, user_id=1, verb="x" * 33, subject="secret"))
    refused = await asyncio.to_thread(run, tmp_path, server)
    assert refused.exit_code == 1
    assert "audit cannot be copied, and nothing was: value too long" in refused.output
    assert "secret" not in refused.output
    assert sum((await count_rows(server)).values()) == 0


@pytest.mark.usefixtures("sqlite_store")
async def test_a_target_with_rows_is_refused_and_left_as_it_is(tmp_path: Path, migrated_file: Path) -> None:
    target = f"sqlite+aiosqlite:///{tmp_path / 'other.db'}"
    async with opened(target, migrated_file) as other, other.write() as connection:
        await add_reader(connection, 1)
    refused = await asyncio.to_thread(run, tmp_path, target)
    assert refused.exit_code == 1
    assert "is not empty: its table subscribers has rows" in refused.output


@pytest.mark.usefixtures("sqlite_store")
async def test_a_bot_that_runs_is_not_copied_and_neither_is_one_onto_itself_or_from_nowhere(tmp_path: Path) -> None:
    async with hold_alone(f"sqlite+aiosqlite:///{tmp_path / 'alerts.db'}"):
        busy = await asyncio.to_thread(run, tmp_path, f"sqlite:///{tmp_path / 'other.db'}")
    assert busy.exit_code == 1
    assert "Stop that one first" in busy.output
    itself = await asyncio.to_thread(run, tmp_path, f"sqlite:///{tmp_path / 'alerts.db'}")
    assert "name another" in itself.output


def test_addresses_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    assert "There is no database at" in run(tmp_path, f"sqlite:///{tmp_path / 'other.db'}").output
    (tmp_path / "alerts.db").touch()
    assert "only sqlite:// and postgresql:// databases are known" in run(tmp_path, "mysql://host/name").output
    assert "does not answer" in run(tmp_path, "postgresql://bot:secret@127.0.0.1:9/alerts").output


async def test_a_copy_that_differs_is_taken_back(sqlite_store: Store, tmp_path: Path, migrated_file: Path) -> None:
    source, target = (f"sqlite+aiosqlite:///{tmp_path / name}" for name in ("alerts.db", "other.db"))
    async with sqlite_store.write() as connection:
        await connection.execute(insert(cards).values(kind="notice", subject_ids=[], text="one", created_at=NOON))
    async with opened(target, migrated_file) as other, other.write() as connection:
        # A target that changes what it is given, as no table of ours does.
        await connection.exec_driver_sql(
            "CREATE TRIGGER twist AFTER INSERT ON cards BEGIN UPDATE cards SET text = 'two'; END"
        )
    with pytest.raises(StoreError, match="cards is not the same in both databases"):
        await copy_database(source, target, lambda *_: None)
    assert sum((await count_rows(target)).values()) == 0


def test_no_column_may_hold_two_kinds_of_nothing() -> None:
    columns = [column for table in metadata.tables.values() for column in table.c]
    doubtful = [one for one in columns if isinstance(one.type, JSON) and one.nullable and not one.type.none_as_null]
    assert doubtful == []
