from collections.abc import Iterator

import pytest
from lxml import html

from bot.sandbox.personas import AMINA, GROUP_ID, PERSONAS
from bot.sandbox.telegram import Telegram
from tests.sandbox.scripted_bot import picture
from tests.sandbox.selecting import select
from tests.sandbox.visiting import Browser, browsing, small_sandbox


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


def test_an_answer_shows_what_it_answers() -> None:
    telegram = small_sandbox()
    asked = telegram.say(AMINA.id, AMINA.id, "Is it so?")
    telegram.say(AMINA.id, AMINA.id, "It is", reply_to=asked["message_id"])
    with browsing(telegram) as browser:
        (reply,) = select(browser.read(f"/chats/{AMINA.id}"), ".reply")
        assert reply.text_content() == "In answer to: Is it so?"


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
