from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.sandbox import page as page_module
from bot.sandbox.page import create_page
from bot.sandbox.personas import AMINA, BRYN, GROUP_ID, OLWEN
from tests.sandbox.selecting import select
from tests.sandbox.serving_thread import served
from tests.sandbox.visiting import JSON, Browser, browsing, small_sandbox


@pytest.fixture
def browser() -> Iterator[Browser]:
    with browsing(small_sandbox()) as browser:
        yield browser


def test_a_blocked_bot_shows_unblock_instead_of_the_message_box(browser: Browser) -> None:
    browser.post(f"/chats/{BRYN.id}/say", command="/start")
    answer = browser.http.post(f"/chats/{BRYN.id}/block", headers=JSON)
    assert answer.json() == {"text": "Blocked. The bot cannot write to you."}
    assert browser.call("sendMessage", chat_id=BRYN.id, text="x").status_code == 403
    assert select(browser.read(f"/chats/{BRYN.id}"), "button#text")[0].text == "Unblock"
    browser.post(f"/chats/{BRYN.id}/unblock")
    assert browser.call("sendMessage", chat_id=BRYN.id, text="x").status_code == 200


def test_messages_of_other_chats_are_counted_until_they_are_looked_at(browser: Browser) -> None:
    browser.post(f"/chats/{BRYN.id}/say", command="/start")
    browser.call("sendMessage", chat_id=BRYN.id, text="One")
    browser.call("sendMessage", chat_id=BRYN.id, text="Two")
    (badge,) = select(browser.read(f"/chats/{AMINA.id}"), ".badge")
    assert badge.text_content() == "2 unread"
    browser.read(f"/chats/{BRYN.id}")
    assert not select(browser.read(f"/chats/{AMINA.id}"), ".badge")


def test_what_an_earlier_run_left_is_not_unread() -> None:
    telegram = small_sandbox()
    with browsing(telegram) as before:
        before.post(f"/chats/{BRYN.id}/say", command="/start")
        before.call("sendMessage", chat_id=BRYN.id, text="One")
    with browsing(telegram) as after:
        assert not select(after.read(f"/chats/{AMINA.id}"), ".badge")


def test_in_the_group_one_speaks_as_whom_one_chooses(browser: Browser) -> None:
    browser.post(f"/chats/{GROUP_ID}/say?as={OLWEN.id}", text="Good morning")
    as_olwen = browser.read(f"/chats/{GROUP_ID}?as={OLWEN.id}")
    assert select(as_olwen, ".mine .text")[0].text == "Good morning"
    assert [link.text for link in select(as_olwen, ".speakers a[aria-current]")] == ["Olwen"]
    as_amina = browser.read(f"/chats/{GROUP_ID}")
    assert select(as_amina, ".theirs .sender")[0].text == "Olwen"


def test_whoever_wants_to_know_is_told_that_somebody_pressed_a_button() -> None:
    telegram, times = small_sandbox(), []
    app = Starlette(routes=create_page(telegram, pressed=lambda: times.append(1)))
    with served(app) as url, httpx.Client(base_url=url, trust_env=False) as http:
        http.post(f"/chats/{AMINA.id}/say", data={"text": "Hello"})
        assert times == []
        http.post(f"/chats/{AMINA.id}/press", data={"button": "7:yes"})
        assert times == [1]


def test_the_command_menu_is_the_one_the_bot_set(browser: Browser) -> None:
    browser.post(f"/chats/{AMINA.id}/say", command="/start")
    assert not select(browser.read(f"/chats/{AMINA.id}"), ".commands")
    commands = [{"command": "help", "description": "What this bot does"}]
    browser.call("setMyCommands", commands=commands)
    (command,) = select(browser.read(f"/chats/{AMINA.id}"), ".commands button")
    assert command.get("value") == "/help"


def test_a_long_poll_ends_when_something_changes(browser: Browser) -> None:
    first = browser.http.get(f"/chats/{AMINA.id}/updates")
    version = first.headers["x-version"]
    browser.post(f"/chats/{AMINA.id}/say", text="News")
    news = browser.http.get(f"/chats/{AMINA.id}/updates", params={"since": version})
    assert news.headers["x-version"] != version
    assert "News" in news.text
    assert "<html" not in news.text


def test_a_long_poll_with_no_news_ends_after_a_while(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "LONGEST_WAIT", 0.05)
    version = browser.http.get(f"/chats/{AMINA.id}/updates?since=x").headers["x-version"]
    answer = browser.http.get(f"/chats/{AMINA.id}/updates", params={"since": version})
    assert answer.status_code == 204
    assert answer.headers["x-version"] == version


def test_a_press_brings_the_bots_answer() -> None:
    with browsing(small_sandbox(), bot=True) as browser:
        version = browser.http.get(f"/chats/{AMINA.id}/updates").headers["x-version"]
        browser.post(f"/chats/{AMINA.id}/say", command="/start")
        while not (keys := select(browser.read(f"/chats/{AMINA.id}"), "button.key")):
            version = browser.http.get(f"/chats/{AMINA.id}/updates?since={version}").headers["x-version"]
        value = keys[0].get("value")
        answer = browser.http.post(f"/chats/{AMINA.id}/press", data={"button": value}, headers=JSON)
        assert answer.json() == {"text": "You will get alerts.", "alert": False, "url": ""}


def test_a_press_that_the_bot_never_answers_says_so(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    browser.post(f"/chats/{AMINA.id}/say", command="/start")
    buttons = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    sent = browser.call("sendMessage", chat_id=AMINA.id, text="?", reply_markup=buttons).json()["result"]
    monkeypatch.setattr(page_module, "PATIENCE", 0.05)
    answer = browser.http.post(f"/chats/{AMINA.id}/press", data={"button": f"{sent['message_id']}:yes"}, headers=JSON)
    assert answer.json() == {"text": "The bot has not answered."}


@pytest.mark.parametrize("button", ["", "x:yes", "1:yes", "999:no"])
def test_a_button_that_is_not_there_is_refused_in_words(browser: Browser, button: str) -> None:
    answer = browser.http.post(f"/chats/{AMINA.id}/press", data={"button": button}, headers=JSON)
    assert answer.status_code == 404
    assert "has no button" in answer.json()["text"]


@pytest.mark.parametrize("path", ["/chats/x", "/chats/12345", "/chats/x/updates"])
def test_a_chat_that_does_not_exist_is_not_found(browser: Browser, path: str) -> None:
    assert browser.http.get(path).status_code == 404


def test_a_strangers_chat_and_an_unknown_action_are_not_found() -> None:
    telegram = small_sandbox()
    telegram.add_user(77, "Stranger")
    with browsing(telegram) as browser:
        assert browser.http.get("/chats/77").status_code == 404
        assert browser.post(f"/chats/{AMINA.id}/dance").status_code == 404


def test_a_person_shows_a_picture_or_another_file(browser: Browser) -> None:
    browser.post(f"/chats/{OLWEN.id}/say", command="/start")
    png = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\0\0\x10\0\0\0\x20" + b"x" * 20
    for name, content in (("a.png", png), ("b.pdf", b"%PDF-1.7")):
        files = {"file": (name, content, "application/octet-stream")}
        answer = browser.http.post(f"/chats/{OLWEN.id}/say", data={"text": f"See {name}"}, files=files, headers=JSON)
        assert answer.json() == {}
    page = browser.read(f"/chats/{OLWEN.id}")
    assert "b.pdf" in page.text_content()
    assert "See a.png" in page.text_content()


def test_a_file_that_is_too_large_is_refused(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "LARGEST_FILE", 10)
    browser.post(f"/chats/{OLWEN.id}/say", command="/start")
    files = {"file": ("a.bin", b"x" * 11, "application/octet-stream")}
    assert browser.http.post(f"/chats/{OLWEN.id}/say", data={"text": "x"}, files=files, headers=JSON).status_code == 413
