"""At which revision a database is; asked without Alembic, whose 10 MB only a migration is worth."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

SCRIPTS = Path(__file__).parent / "migrations"


def newest_revision() -> str:
    """The last revision that this version knows: each script's name begins with its own."""
    return max(script.name.partition("_")[0] for script in (SCRIPTS / "versions").glob("[0-9]*.py"))


def is_current(connection: Connection) -> bool:
    """Whether there is nothing to migrate."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    return bool(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest_revision())
