from bot.compose.amended_digest import amend_digest
from bot.compose.wording import Wording

WORDING = Wording.load("en")
DIGEST = '<b>Heading</b>\n\n<b>One</b>\n<a href="https://example.org/?a=1&amp;b=2">Source</a>\n\n<b>Two</b>\nSource'


def test_a_story_is_known_by_its_headline_or_its_address() -> None:
    by_title = amend_digest(DIGEST, {"Two"}, set(), WORDING)
    assert by_title.split("\n\n")[2] == WORDING("amended-omitted")
    by_address = amend_digest(DIGEST, {"Its headline by now"}, {"https://example.org/?a=1&b=2"}, WORDING)
    assert by_address.split("\n\n")[1] == WORDING("amended-omitted")
    assert amend_digest(DIGEST, {"Heading"}, {"https://example.org/other"}, WORDING) == DIGEST


def test_a_corrections_note_stands_below_the_headline_once() -> None:
    once = amend_digest(DIGEST, {"Two"}, set(), WORDING, "Not so.")
    assert once.endswith("<b>Two</b>\n<i>Corrected: Not so.</i>\nSource")
    assert amend_digest(once, {"Two"}, set(), WORDING, "Not so.") == once
