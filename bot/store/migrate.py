"""Brings a database to this version's schema, and refuses one that a newer version wrote."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.errors import NewerDatabaseError
from bot.store.revision import SCRIPTS
from bot.store.schema import metadata


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings for an open connection; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection) -> None:
    """Run what is missing. Raises NewerDatabaseError when the database's revision is unknown to this version."""
    config = alembic_config(connection)
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in known:
        raise NewerDatabaseError(
            f"The database is at revision {current}, which this version does not know: a newer version wrote it. "
            "Update the program, or name another database in [database] url.",
        )
    command.upgrade(config, "head")


def drift(connection: Connection) -> list[object]:
    """What the tables lack or have beyond bot.store.schema; empty when the migrations tell the truth."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_ours})
    return list(compare_metadata(context, metadata))


def is_ours(name: str | None, kind: str, parents: object) -> bool:
    """Whether bot.store.schema should know of it: the index of words, which only SQL can describe, is beside it."""
    del parents
    return not ((kind == "table" and (name or "").startswith("entry_words")) or name in {"words", "ix_entries_words"})
