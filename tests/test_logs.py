import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest

from bot.logs import HIDDEN, Redact, set_up_logging

TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
ENCODED = TOKEN.replace(":", "%3A")


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook, threading.excepthook
    # A command that another test ran in this process has switched it on, and nobody off.
    logging.captureWarnings(capture=False)
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level, sys.excepthook, threading.excepthook = before


def lines(style: str, *secrets: str, level: str = "info") -> io.StringIO:
    stream = io.StringIO()
    set_up_logging(level, style, secrets=secrets, stream=stream)  # type: ignore[arg-type]
    return stream


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize("secrets", [(), (TOKEN,)])
def test_the_token_is_in_no_line_whatever_way_it_came(style: str, secrets: tuple[str, ...]) -> None:
    stream = lines(style, *secrets)
    log = logging.getLogger("some.library")
    log.info("POST https://api.telegram.org/bot%s/sendMessage", TOKEN)
    log.info("quoted: https://api.telegram.org/bot%s/sendMessage", ENCODED)
    log.info(f"formatted {TOKEN}")  # noqa: G004 - as a library may
    log.warning({"url": f"/bot{TOKEN}/getMe"})
    log.info("arguments do not fit %d", TOKEN)
    log.info("stack", stack_info=True)
    try:
        try:
            int(TOKEN)
        except ValueError as cause:
            raise KeyError(f"/file/bot{TOKEN}/photo.jpg") from cause
    except KeyError:
        log.exception("It failed with %s", TOKEN)
    written = stream.getvalue()
    assert "KeyError" in written
    assert "ValueError" in written
    assert written.count(HIDDEN) >= 8
    assert TOKEN.split(":")[1] not in written


def test_other_secrets_and_passwords_of_urls_are_hidden() -> None:
    clean = Redact(["correct horse/battery", "", "abc"]).clean
    assert clean("key=correct horse/battery") == f"key={HIDDEN}"
    assert clean("?key=correct%20horse%2Fbattery&x") == f"?key={HIDDEN}&x"
    assert clean("postgresql+psycopg://alerts:pa:ss@db:5432/x") == f"postgresql+psycopg://{HIDDEN}@db:5432/x"
    assert clean("http://127.0.0.1:8081/bot12:short/getMe") == f"http://127.0.0.1:8081/bot{HIDDEN}/getMe"


def test_ordinary_words_stay() -> None:
    text = "abc at 12:30, chat 123456: see https://example.org:8080/bot/12 and mail@example.org"
    assert Redact([TOKEN, "abc"]).clean(text) == text


def test_a_record_that_is_formatted_twice_is_still_clean() -> None:
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "bot %s", (TOKEN,), None)
    redact = Redact()
    record.exc_text = f"earlier {TOKEN}"
    assert redact.filter(record)
    assert redact.filter(record)
    assert (record.getMessage(), record.exc_text) == (f"bot {HIDDEN}", f"earlier {HIDDEN}")


@pytest.mark.parametrize(
    "library", ["httpx", "httpcore.http11", "telegram.Bot", "telegram.ext", "apscheduler.executors"]
)
def test_libraries_that_log_urls_or_messages_stay_quiet_even_at_debug(library: str) -> None:
    stream = lines("text", level="debug")
    logging.getLogger(library).info("chatter")
    logging.getLogger("bot.flows").debug("ours")
    assert "chatter" not in stream.getvalue()
    assert "DEBUG bot.flows: ours" in stream.getvalue()


def test_json_lines_have_time_level_logger_text_and_traceback() -> None:
    stream = lines("json")
    logging.getLogger("bot.x").error("Wörter", exc_info=ValueError("why"))
    line = json.loads(stream.getvalue())
    assert line["at"].endswith("+00:00")
    assert (line["level"], line["logger"], line["text"]) == ("error", "bot.x", "Wörter")
    assert line["traceback"] == "ValueError: why"


def test_warnings_are_logged() -> None:
    stream = lines("text")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        set_up_logging(stream=stream)
        warnings.warn(f"/bot{TOKEN}/", stacklevel=1)
    assert f"/bot{HIDDEN}/" in stream.getvalue()


def test_what_nobody_caught_is_logged_without_the_token() -> None:
    stream = lines("text")
    sys.excepthook(ValueError, ValueError(f"main {TOKEN}"), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt("stop"), None)
    thread = threading.Thread(target=int, args=(f"thread {TOKEN}",))
    thread.start()
    thread.join()
    threading.excepthook(threading.ExceptHookArgs((SystemExit, None, None, None)))
    written = stream.getvalue()
    assert "main" in written
    assert "thread" in written
    assert "stop" not in written
    assert TOKEN not in written


def test_a_second_setup_replaces_the_first() -> None:
    first, second = lines("text"), lines("text", level="error")
    logging.getLogger("bot").warning("not heard")
    logging.getLogger("bot").error("heard")
    assert first.getvalue() == ""
    assert second.getvalue().endswith("ERROR bot: heard\n")
