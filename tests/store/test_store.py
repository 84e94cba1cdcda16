import traceback
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from bot.errors import NewerDatabaseError, NotADatabaseError, OtherBotError, ReadOnlyError, StoreError
from bot.store import Store
from bot.store.files import check_file
from bot.store.identity import claim_identity
from bot.store.migrate import alembic_config, drift
from bot.store.schema import metadata, subscribers, updates_seen
from tests.builders import NOON


async def test_the_migrations_make_exactly_the_tables_of_the_schema(store: Store) -> None:
    async with store.read() as connection:
        assert await connection.run_sync(drift) == []


async def test_opening_twice_changes_nothing(store: Store, database_url: str) -> None:
    async with store.write() as connection:
        await connection.execute(insert(updates_seen).values(update_id=7, seen_at=NOON))
    again = await Store.open(database_url)
    async with again.read() as connection:
        assert (await connection.execute(select(updates_seen.c.seen_at))).scalar_one() == NOON
    await again.close()


async def test_a_block_that_raises_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - the block is the subject
        async with store.write() as connection:
            await connection.execute(insert(updates_seen).values(update_id=7, seen_at=NOON))
            raise ZeroDivisionError
    async with store.read() as connection:
        assert (await connection.execute(select(updates_seen))).all() == []


async def test_a_naive_time_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="aware"):
        async with store.write() as connection:
            await connection.execute(insert(updates_seen).values(update_id=7, seen_at=NOON.replace(tzinfo=None)))


async def test_a_database_of_a_newer_version_is_refused_with_the_fix(store: Store, database_url: str) -> None:
    async with store.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabaseError, match=r"a newer version wrote it\. Update the program"):
        await Store.open(database_url)


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Minister, " * 100)
    with pytest.raises(NotADatabaseError, match="is not a database"):
        await Store.open(f"sqlite+aiosqlite:///{path}")
    assert path.read_text().startswith("Dear Minister")


async def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotADatabaseError, match="is a folder"):
        await Store.open(f"sqlite+aiosqlite:///{tmp_path}")


def test_a_database_that_is_named_by_a_uri_makes_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    check_file("file:elsewhere/alerts.db?mode=ro&uri=true")
    assert list(tmp_path.iterdir()) == []


async def test_a_database_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "alerts.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE keep (id INTEGER)"))
    engine.dispose()
    with pytest.raises(ReadOnlyError, match="cannot be opened for writing"):
        await Store.open(f"sqlite+aiosqlite:///file:{path}?mode=ro&uri=true")


async def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReadOnlyError, match="cannot be made"):
        await Store.open(f"sqlite+aiosqlite:///{tmp_path}/file/alerts.db")


async def test_a_postgresql_that_is_not_there_is_told_without_its_password() -> None:
    with pytest.raises(StoreError, match="does not answer") as caught:
        await Store.open("postgresql+psycopg://bot:secret@127.0.0.1:9/alerts")
    assert "secret" not in str(caught.value)


async def test_an_empty_memory_database_serves_for_a_trial() -> None:
    store = await Store.open("sqlite+aiosqlite://")
    async with store.read() as connection:
        assert (await connection.execute(select(updates_seen))).all() == []
    assert store.dialect == "sqlite"
    await store.close()


async def test_another_bots_token_is_refused_unless_adopted(store: Store) -> None:
    async with store.write() as connection:
        await claim_identity(connection, bot_id=1, username="first")
        await claim_identity(connection, bot_id=1, username="first_renamed")
        with pytest.raises(OtherBotError, match=r"first_renamed.*--adopt-bot"):
            await claim_identity(connection, bot_id=2, username="second")
        await claim_identity(connection, bot_id=2, username="second", adopt=True)
        with pytest.raises(OtherBotError):
            await claim_identity(connection, bot_id=1, username="first")


async def test_a_statement_that_fails_says_nothing_of_whom_it_was_about(store: Store) -> None:
    values = {"chat_id": 7_123_456_789_012, "language": "en", "created_at": NOON}
    with pytest.raises(IntegrityError) as caught:  # noqa: PT012 - the second one is refused
        async with store.write() as connection:
            for _ in range(2):
                await connection.execute(insert(subscribers).values(values))
    said = "".join(traceback.format_exception(caught.value))
    assert "INSERT INTO subscribers" in said
    assert "7123456789012" not in said


async def test_a_database_of_the_first_version_gets_what_it_lacks(store: Store, database_url: str) -> None:
    async with store.write() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text("DROP TABLE alembic_version"))
        await connection.run_sync(lambda raw: command.upgrade(alembic_config(raw), "0001"))
    again = await Store.open(database_url)
    async with again.read() as connection:
        assert await connection.run_sync(drift) == []
        if again.dialect == "postgresql":
            # Without a limit is the migration alone.
            assert (await connection.execute(text("SHOW statement_timeout"))).scalar_one() == "10s"
    await again.close()
