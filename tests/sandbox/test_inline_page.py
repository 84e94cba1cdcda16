"""Inline mode on the sandbox's page: what the bot offers is shown as it would look, and shared by plain forms."""

from bot.sandbox.personas import AMINA, GROUP_ID
from tests.sandbox.selecting import select
from tests.sandbox.visiting import browsing, small_sandbox

WHERE, AS = f"/chats/{GROUP_ID}", f"?as={AMINA.id}"


def test_what_the_bot_offers_is_shown_and_shared_in_the_group_and_nothing_else() -> None:
    with browsing(small_sandbox(), bot=True) as browser:
        links = [link.get("href") for link in select(browser.read(WHERE + AS), ".speakers a")]
        assert f"{WHERE}/inline{AS}" in links
        assert not select(browser.read(f"{WHERE}/inline{AS}"), ".results")
        offered = browser.read(f"{WHERE}/inline{AS}&q=werr")
        assert [title.text for title in select(offered, ".results h2")] == ["werr"]
        assert browser.post(f"{WHERE}/share{AS}", number="0").status_code == 303
        message = browser.telegram.messages(GROUP_ID)[-1]
        assert (message["from"]["id"], message["via_bot"]["id"]) == (AMINA.id, browser.telegram.bot["id"])
        for forged in ("7", "x", ""):
            assert browser.post(f"{WHERE}/share{AS}", number=forged).status_code == 404
