"""At which revision a database is, asked without Alembic."""

import sys
from pathlib import Path
from subprocess import run

from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.store.revision import SCRIPTS, is_current, newest_revision


def test_the_newest_revision_is_alembics_head() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_current_head() == newest_revision()


def test_an_empty_database_is_not_current_and_a_migrated_one_is(migrated_file: Path) -> None:
    for url, current in (("sqlite://", False), (f"sqlite:///{migrated_file}", True)):
        engine = create_engine(url)
        with engine.connect() as connection:
            assert is_current(connection) is current
        engine.dispose()


def test_a_database_at_this_version_is_opened_without_alembic(migrated_file: Path) -> None:
    program = (
        "import asyncio, sys\n"
        "from bot.store import Store\n"
        "async def open_and_close():\n"
        f"    await (await Store.open('sqlite+aiosqlite:///{migrated_file}')).close()\n"
        "asyncio.run(open_and_close())\n"
        "sys.exit('alembic' in sys.modules)"
    )
    assert run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603 - our own words
