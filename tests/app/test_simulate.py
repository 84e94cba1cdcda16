"""`simulate`, as it is typed."""

import asyncio
import json
import os
import signal
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlalchemy.engine import URL

from bot.app.simulate import simulate
from bot.app.simulated import Bar, Measured, as_dict, lasting, sums
from bot.app.staging import Plan
from bot.model.delivery import DeliveryState
from bot.sandbox.crowd import Shares, Tally
from tests.app.test_command_line import run
from tests.postgres import connected, run_outside_transaction

QUICK = ("--latency", "5", "--rate", "2000")
TALLY = Tally(
    calls=100, answers={"well": 95}, reached=95, twice=0, answered=95, refused=2, fullest_second=27, per_second=25.0
)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def bare_database(postgres: URL) -> URL:
    """A database without any tables."""
    server = postgres.set(database="postgres")
    run_outside_transaction(server, "DROP DATABASE IF EXISTS bare", "CREATE DATABASE bare TEMPLATE template0")
    return postgres.set(database="bare")


def measured(**changes: object) -> Measured:
    totals = {state.value: 0 for state in DeliveryState} | {"sent": 95, "gone": 2, "unknown": 3}
    values: dict[str, object] = {
        "plan_subscribers": 1000,
        "people": 100,
        "rate": 25.0,
        "kind": "call_to_action",
        "database": "sqlite",
        "finished": True,
        "seconds": 4.0,
        "enqueue_seconds": 0.1,
        "cpu_seconds": 0.1,
        "peak_bytes": 100_000_000,
        "sizes": (300_000, 320_000, 330_000),
        "rows_written": 200,
        "totals": totals,
        "tally": TALLY,
    }
    return Measured(**{**values, **changes})  # type: ignore[arg-type]


def test_a_broadcast_is_played_and_its_figures_add_up(temporary: Path) -> None:
    ran = run("simulate", "--subscribers", "300", *QUICK, "--faults", "blocked=2,moved=1,broken=2,dropped=1", "--json")
    assert ran.exit_code == 0, ran.output
    figures = json.loads(ran.stdout)
    totals = figures["totals"]
    assert sum(totals.values()) == figures["subscribers"] == 300
    assert (totals["sent"], totals["gone"]) == (figures["telegram"]["answered"], figures["telegram"]["refused"])
    assert totals["gone"] == 6
    assert figures["telegram"]["twice"] == 0
    assert figures["finished"]
    assert 1.5 < figures["rows_written_per_message"] < 4
    assert figures["bytes_per_subscriber"] > 50
    assert not list(temporary.iterdir())


def test_on_postgresql_the_database_is_left_as_empty_as_it_was(bare_database: URL) -> None:
    url = bare_database.render_as_string(hide_password=False)
    ran = run("simulate", "--subscribers", "100", *QUICK, "--alert", "--database", url, "--arithmetic")
    assert ran.exit_code == 0, ran.output
    assert "alert to 100 at 2000/s on postgresql" in ran.stdout
    assert "Ledger: 100 sent = 100 targeted." in ran.stdout
    assert "reckoned: 100 take" in ran.stdout
    with connected(bare_database) as connection:
        assert inspect(connection).get_table_names() == []


def test_a_database_that_is_in_use_or_no_postgresql_is_refused_with_a_sentence(postgres: URL) -> None:
    refused = run("simulate", "--database", postgres.render_as_string(hide_password=False))
    assert (refused.exit_code, "is not empty" in refused.stderr) == (1, True)
    assert "takes an empty PostgreSQL" in run("simulate", "--database", "sqlite:///alerts.db").stderr
    assert "--database: only sqlite:// and postgresql://" in run("simulate", "--database", "mysql://x").stderr
    gone = run("simulate", "--database", "postgresql://nobody@127.0.0.1:1/none")
    assert (gone.exit_code, "does not answer" in gone.stderr) == (1, True)


async def test_when_it_is_stopped_it_tells_what_was_so_far() -> None:
    def stop(stage: str, done: int) -> None:
        if (stage, done) == ("Sending", 3):
            os.kill(os.getpid(), signal.SIGINT)

    plan = Plan(subscribers=200, rate=20, shares=Shares(), latency=0.005)
    found = await simulate(plan, "child_prisons", stop)
    assert not found.finished
    assert found.people == 200
    assert 3 <= found.settled == found.totals["sent"] < 20
    assert found.disagreements() == []


def test_what_does_not_add_up_is_said() -> None:
    assert measured().disagreements() == []
    lost = measured(totals={**measured().totals, "sent": 96, "unknown": 2})
    assert "It does not add up: the ledger has 96 sent, Telegram's side 95." in list(sums(lost))
    quiet = Tally(**{**TALLY.as_dict(), "reached": 99})
    assert "4 got it and nobody was told, but only 3 are unknown" in measured(tally=quiet).disagreements()


def test_a_sample_is_reckoned_up_in_proportion() -> None:
    reckoned = as_dict(measured(), reckoned=True)["reckoned"]
    assert reckoned == {"subscribers": 1000, "seconds": 40, "database_bytes": 600_000}
    assert measured(tally=Tally(**{**TALLY.as_dict(), "per_second": 0.0})).reckoned_seconds() == 0
    assert Plan(subscribers=10**6, rate=25, shares=Shares(), sample=True).people == 1001
    assert (lasting(9.94), lasting(3700)) == ("9.9 s", "1:01:40")


def test_the_bar_is_quiet_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar(10) as bar:
        bar.tell("Sending", 1)
        bar.tell("Sending", 2)
    assert capsys.readouterr() == ("", "")


def test_a_stop_before_all_are_subscribed_leaves_the_rest_out(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.staging.PEOPLE_AT_ONCE", 10)

    def stop(stage: str, done: int) -> None:
        if (stage, done) == ("Subscribing", 10):
            os.kill(os.getpid(), signal.SIGTERM)

    found = asyncio.run(simulate(Plan(subscribers=30, rate=20, shares=Shares()), "child_prisons", stop))
    assert found.people == found.totals["pending"] < 30
    assert list(sums(found))[1] == "Telegram's side: 0 calls (none);"
    assert not list(temporary.iterdir())
