"""Several processes: what they refuse, and what `check` says of a webhook."""

from pathlib import Path

import pytest
from telegram import WebhookInfo

from bot.app.checks import tell_webhook
from tests.app.test_command_line import configure, run
from tests.builders import NOON

TOKEN = "123456789:" + "a" * 35
SECRET = "a-secret-of-16-or-more"


@pytest.mark.parametrize("role", ["poll", "work", "web"])
@pytest.mark.parametrize("token", ["", TOKEN])
def test_on_sqlite_and_in_the_sandbox_there_is_one_process(tmp_path: Path, role: str, token: str) -> None:
    ran = run(role, folder=configure(tmp_path), environ={"TELEGRAM_TOKEN": token})
    assert ran.exit_code == 1
    assert "share a PostgreSQL" in ran.stderr
    assert "`python -m bot run` does everything" in " ".join(ran.stderr.split())


def test_a_webhook_without_a_port_is_refused(tmp_path: Path) -> None:
    environ = {
        "TELEGRAM_TOKEN": TOKEN,
        "BOT__TELEGRAM__MODE": "webhook",
        "BOT__TELEGRAM__WEBHOOK_SECRET": SECRET,
        "BOT__WEB__PUBLIC_URL": "https://bot.example",
    }
    ran = run("run", folder=configure(tmp_path), environ=environ)
    assert ran.exit_code == 1
    assert "run opens no port, and a webhook needs one" in ran.stderr


@pytest.mark.parametrize(
    ("mode", "url", "failed", "good", "says"),
    [
        ("polling", "", False, True, "none: the bot polls"),
        ("polling", "https://bot.example/x", False, True, "it is removed once the bot polls"),
        ("webhook", "", False, True, "not set yet"),
        ("webhook", "https://bot.example/x", False, True, "3 updates wait"),
        ("webhook", "https://bot.example/x", True, False, "3 wait: Connection refused (2026-11-25 12:00 UTC)"),
    ],
)
def test_check_says_how_telegrams_deliveries_go(mode: str, url: str, says: str, *, failed: bool, good: bool) -> None:
    error = {"last_error_date": NOON, "last_error_message": "Connection refused"} if failed else {}
    told = tell_webhook(mode, WebhookInfo(url, False, 3, **error))  # type: ignore[arg-type]
    assert (told.good, says in told.says) == (good, True)
