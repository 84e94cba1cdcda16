from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import pytest
from lxml import html
from starlette.applications import Starlette

from bot.sandbox import page as page_module
from bot.sandbox.page import create_page
from bot.sandbox.personas import AMINA, BRYN, GROUP_ID, GROUP_TITLE, OLWEN, PERSONAS
from bot.sandbox.server import api_routes
from bot.sandbox.telegram import Telegram
from tests.sandbox.scripted_bot import ScriptedBot, picture
from tests.sandbox.selecting import select
from tests.sandbox.serving_thread import served

JSON = {"accept": "application/json"}


@dataclass
class Browser:
    """Asks as a browser without JavaScript would, and calls the Bot API beside it."""

    telegram: Telegram
    http: httpx.Client

    def read(self, path: str) -> html.HtmlElement:
        answer = self.http.get(path)
        assert answer.status_code == 200
        return html.fromstring(answer.text)

    def texts(self, path: str) -> list[str]:
        return [" ".join(element.text_content().split()) for element in select(self.read(path), ".text")]

    def post(self, path: str, **fields: str) -> httpx.Response:
        return self.http.post(path, data=fields)

    def call(self, method: str, **values: object) -> httpx.Response:
        return self.http.post(f"/bot{self.telegram.token}/{method}", json=values)


def small_sandbox() -> Telegram:
    telegram = Telegram(name="Child Prison Alerts", first_id=1)
    for persona in PERSONAS:
        telegram.add_user(persona.id, persona.name, persona.language)
    telegram.add_group(GROUP_ID, GROUP_TITLE, [persona.id for persona in PERSONAS])
    return telegram


@contextmanager
def browsing(telegram: Telegram, *, bot: bool = False) -> Iterator[Browser]:
    app = Starlette(routes=[*create_page(telegram), *api_routes(telegram)])
    companion = [ScriptedBot(telegram.token)] if bot else []
    with served(app, *companion) as url, httpx.Client(base_url=url, trust_env=False, timeout=30) as http:
        yield Browser(telegram, http)


@pytest.fixture
def browser() -> Iterator[Browser]:
    with browsing(small_sandbox()) as browser:
        yield browser


def test_the_first_page_is_the_first_personas_chat_and_keeps_a_start_link(browser: Browser) -> None:
    answer = browser.http.get("/?start=poster")
    assert answer.status_code == 303
    page = browser.read(answer.headers["location"])
    assert select(page, ".who h1")[0].text == "Child Prison Alerts"
    (start,) = select(page, "button#text")
    assert start.get("value") == "/start poster"


def test_an_empty_chat_has_a_start_button_and_a_started_one_a_message_box(browser: Browser) -> None:
    assert select(browser.read(f"/chats/{AMINA.id}"), "button#text")[0].text == "Start"
    assert browser.post(f"/chats/{AMINA.id}/say", command="/start").status_code == 303
    assert select(browser.read(f"/chats/{AMINA.id}"), "textarea#text")
    assert browser.texts(f"/chats/{AMINA.id}") == ["/start"]


def test_text_is_shown_as_text_and_nothing_empty_is_said(browser: Browser) -> None:
    browser.post(f"/chats/{AMINA.id}/say", text="<script>alert(1)</script>")
    browser.post(f"/chats/{AMINA.id}/say", text="   ")
    assert browser.texts(f"/chats/{AMINA.id}") == ["<script>alert(1)</script>"]
    assert "<script>alert" not in browser.http.get(f"/chats/{AMINA.id}").text


def test_every_page_forbids_scripts_and_styles_that_are_not_files_of_ours(browser: Browser) -> None:
    answer = browser.http.get(f"/chats/{AMINA.id}")
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in answer.headers["content-security-policy"]
    page = html.fromstring(answer.text)
    assert not page.xpath("//style | //@style | //script[not(@src)] | //@onclick")
    assert all(address.startswith("/static/") for address in page.xpath("//link/@href | //script/@src"))
    for address in page.xpath("//link/@href | //script/@src"):
        assert browser.http.get(address).status_code == 200


def test_the_page_says_that_this_is_the_sandbox(browser: Browser) -> None:
    assert "Nothing leaves this computer" in select(browser.read(f"/chats/{AMINA.id}"), ".notice")[0].text_content()


def test_formatting_buttons_and_edits_are_shown(browser: Browser) -> None:
    browser.post(f"/chats/{AMINA.id}/say", command="/start")
    buttons = [[{"text": "Yes", "callback_data": "yes:1"}, {"text": "Report", "url": "https://example.org/"}]]
    sent = browser.call(
        "sendMessage",
        chat_id=AMINA.id,
        text="<b>New</b>",
        parse_mode="HTML",
        reply_markup={"inline_keyboard": buttons},
    ).json()["result"]
    page = browser.read(f"/chats/{AMINA.id}")
    assert select(page, ".theirs .text strong")[0].text == "New"
    assert select(page, "button.key")[0].get("value") == f"{sent['message_id']}:yes:1"
    assert select(page, "a.key")[0].get("href") == "https://example.org/"
    browser.call("editMessageText", chat_id=AMINA.id, message_id=sent["message_id"], text="Newer")
    page = browser.read(f"/chats/{AMINA.id}")
    assert select(page, ".theirs .meta span")[0].text == "edited"
    assert not select(page, ".key")


def test_photos_and_documents_are_shown_and_can_be_fetched(browser: Browser) -> None:
    browser.post(f"/chats/{AMINA.id}/say", command="/start")
    api = f"/bot{browser.telegram.token}"
    form = {"chat_id": str(AMINA.id)}
    browser.http.post(f"{api}/sendPhoto", data=form, files={"photo": ("a.png", picture(), "image/png")})
    browser.http.post(f"{api}/sendDocument", data=form, files={"document": ("a.html", b"<script>", "text/html")})
    page = browser.read(f"/chats/{AMINA.id}")
    image = browser.http.get(select(page, ".photo img")[0].get("src"))
    assert image.headers["content-type"] == "image/png"
    assert image.content == picture()
    document = browser.http.get(select(page, ".document")[0].get("href"))
    assert document.headers["content-type"] == "application/octet-stream"
    assert browser.http.get("/files/none").status_code == 404


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


def test_a_group_that_became_a_supergroup_is_listed_under_its_new_id() -> None:
    telegram = small_sandbox()
    new = telegram.migrate_group(GROUP_ID)
    with browsing(telegram) as after:
        assert select(after.read("/chats/1001"), f'a[href="/chats/{new}"]')
        assert "This group became a supergroup." in after.texts(f"/chats/{new}")


def test_without_a_group_the_list_holds_the_people_alone() -> None:
    telegram = Telegram(first_id=1)
    for persona in PERSONAS:
        telegram.add_user(persona.id, persona.name)
    with browsing(telegram) as browser:
        assert len(select(browser.read("/chats/1001"), ".contact")) == len(PERSONAS)


def test_a_message_of_another_kind_and_a_strange_button_do_no_harm() -> None:
    telegram = small_sandbox()
    chat = telegram.chats.get(AMINA.id)
    strange = {"inline_keyboard": [[{"text": "Odd", "url": "javascript:x"}]]}
    telegram.chats.message(chat, telegram.bot, {"location": {}, "reply_markup": strange})
    with browsing(telegram) as browser:
        page = browser.read(f"/chats/{AMINA.id}")
        assert select(page, ".text")[0].text is None
        assert "javascript" not in html.tostring(page).decode()
        assert "Attachment" in select(page, ".preview")[0].text


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


def test_a_new_day_is_headed_and_one_senders_messages_stand_together() -> None:
    now = [1_790_000_000.0]
    telegram = Telegram(first_id=1, clock=lambda: now[0])
    for persona in PERSONAS:
        telegram.add_user(persona.id, persona.name)
    for seconds in (0, 10, 1000, 86_400):
        now[0] += seconds
        telegram.say(AMINA.id, AMINA.id, "Hello")
    with browsing(telegram) as browser:
        page = browser.read(f"/chats/{AMINA.id}")
        assert len(select(page, ".day")) == 2
        assert ["joined" in message.get("class") for message in select(page, ".message")] == [
            False,
            True,
            False,
            False,
        ]
