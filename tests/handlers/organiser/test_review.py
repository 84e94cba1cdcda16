from bot.model.story import Outcome, StoryState
from bot.sandbox.faults import Fault, FaultKind
from tests.builders import a_verdict, add_reader
from tests.handlers.chatting import ANNA, buttons_of
from tests.handlers.organiser.organising import OLWEN, TEAM, TOMOS, Organising

DEATH = a_verdict(sensitive=True, sensitive_reason="death")


async def test_a_waiting_story_comes_as_a_card_with_the_alert_the_reason_and_the_source(organising: Organising) -> None:
    await organising.wait("A boy has died", reason="sensitive", verdict=DEATH)
    await organising.beat()
    for owner in (OLWEN, TOMOS):
        card = organising.seen(owner)[-1]
        assert "It is sensitive (death)" in card["text"]
        assert "A boy has died, the source says." in card["text"]
        assert [button["text"] for button in buttons_of(card)] == ["Publish", "Dismiss", "Edit", "Read the source"]
    before = len(organising.seen(OLWEN))
    await organising.beat()
    assert len(organising.seen(OLWEN)) == before


async def test_publishing_reaches_readers_and_every_copy_says_who_did_it(organising: Organising) -> None:
    async with organising.services.store.write() as connection:
        await add_reader(connection, ANNA)
    organising.telegram.say(ANNA, ANNA, "hello")
    await organising.answer()
    story = await organising.wait("A boy has died", reason="sensitive", verdict=DEATH)
    await organising.beat()
    assert not any("A boy has died" in text for text in organising.texts(ANNA))
    notice = await organising.press("Publish", by=OLWEN)
    assert notice == "Published: it is on its way."
    await organising.beat()
    assert sum("A boy has died" in text for text in organising.texts(ANNA)) == 1
    for owner in (OLWEN, TOMOS):
        assert "Published by organiser 2001, 25 November 2026, 12:00." in organising.texts(owner)[-1]
        assert "Publish" not in organising.labels(owner)
    assert [(deed.user_id, deed.verb, deed.subject) for deed in await organising.deeds()] == [
        (OLWEN, "publish", f"story:{story}")
    ]


async def test_the_second_to_press_is_told_and_changes_nothing(organising: Organising) -> None:
    story = await organising.wait("A report")
    await organising.beat()
    card, action = organising.find_button("Publish", TOMOS)
    assert await organising.press("Dismiss", by=OLWEN) == "Please say why."
    assert await organising.press("Too old", by=OLWEN) == "Dismissed. It is sent to nobody."
    notice = await organising.press_action(card["message_id"], action, by=TOMOS)
    assert notice == "That was decided already, or somebody was a moment faster."
    assert await organising.state(story) is StoryState.DISMISSED
    assert "Dismissed by organiser 2001" in organising.texts(TOMOS)[-1]


async def test_a_press_forged_by_a_supporter_is_refused_kindly_and_changes_nothing(in_team: Organising) -> None:
    story = await in_team.wait("A report")
    await in_team.beat()
    assert not any("A report" in text for text in in_team.texts(OLWEN))
    notice = await in_team.press("Publish", by=ANNA, chat=TEAM)
    assert notice == "Only organisers can decide this."
    assert await in_team.state(story) is StoryState.WAITING
    assert await in_team.deeds() == []
    await in_team.press("Publish", by=TOMOS, chat=TEAM)
    assert await in_team.state(story) is StoryState.PUBLISHED


async def test_review_shows_again_what_waits(organising: Organising) -> None:
    assert await organising.say("/review", by=OLWEN) == ["Nothing waits for a decision."]
    await organising.wait("First report")
    await organising.wait("Second report", verdict=a_verdict(outcome=Outcome.REVIEW))
    first, second, summary = await organising.say("/review", by=OLWEN)
    assert "First report" in first
    assert "Second report" in second
    assert "2 cards wait" in summary
    await organising.press("Publish", by=OLWEN)
    (_, summary) = await organising.say("/review", by=OLWEN)
    assert "One card waits" in summary


async def test_many_cards_are_shown_a_few_at_a_time(organising: Organising) -> None:
    for number in range(12):
        await organising.wait(f"Report {number}")
    *cards, summary = await organising.say("/review", by=OLWEN)
    assert len(cards) == 10
    assert "12 cards wait" in summary
    assert "There are 2 more" in summary


async def test_a_burst_is_one_card_that_publishes_all(organising: Organising) -> None:
    stories = [await organising.wait(f"Report {n}", reason="fuse") for n in range(3)]
    await organising.beat()
    card = organising.seen(OLWEN)[-1]
    assert "3 stories wait for you" in card["text"]
    assert [button["text"] for button in buttons_of(card)] == ["Publish all", "Choose", "Dismiss all"]
    await organising.press("Publish all", by=OLWEN)
    assert [await organising.state(story) for story in stories] == [StoryState.PUBLISHED] * 3
    await organising.beat()
    assert "Published, all that were left, by organiser 2001" in organising.texts(TOMOS)[-1]


async def test_a_burst_can_be_decided_one_by_one(organising: Organising) -> None:
    stories = [await organising.wait(f"Report {n}", reason="fuse") for n in range(3)]
    await organising.beat()
    await organising.press("Choose", by=OLWEN)
    assert organising.labels(OLWEN)[-7:] == [
        *("Publish 1", "Dismiss 1", "Publish 2", "Dismiss 2", "Publish 3", "Dismiss 3", "Back")
    ]
    await organising.press("Back", by=OLWEN)
    assert organising.labels(OLWEN)[-1] == "Dismiss all"
    await organising.press("Choose", by=OLWEN)
    await organising.press("Publish 2", by=OLWEN)
    await organising.beat()
    assert organising.labels(TOMOS)[-5:] == ["Publish 1", "Dismiss 1", "Publish 3", "Dismiss 3", "Back"]
    await organising.press("Dismiss 1", by=TOMOS)
    await organising.press("Not ours", by=TOMOS)
    await organising.press("Dismiss 3", by=OLWEN)
    await organising.press("Back", by=OLWEN)
    await organising.press("Dismiss 3", by=OLWEN)
    await organising.press("Another reason", by=OLWEN)
    states = [await organising.state(story) for story in stories]
    assert states == [StoryState.DISMISSED, StoryState.PUBLISHED, StoryState.DISMISSED]
    await organising.beat()
    assert "Decided one by one" in organising.texts(TOMOS)[-1]
    assert "Report 1 – published" in organising.texts(TOMOS)[-1]
    assert not any(label.startswith(("Publish", "Dismiss")) for label in organising.labels(TOMOS))


async def test_a_button_for_a_card_that_never_was_is_answered(organising: Organising) -> None:
    await organising.wait("A report")
    await organising.beat()
    message = organising.seen(OLWEN)[-1]
    for forged in ("card:999:publish", "card:1:all", "card:1:publish:1", "card:1:none", "card:999:dismiss"):
        notice = await organising.press_raw(message, forged, by=OLWEN)
        assert notice == "That was decided already, or somebody was a moment faster."


async def test_an_owner_who_never_started_the_bot_is_named_in_status_and_reached_later(
    organising: Organising,
) -> None:
    organising.telegram.block(TOMOS)
    await organising.answer()
    await organising.wait("A report")
    await organising.beat()
    (told,) = await organising.say("/status", by=OLWEN)
    assert "Cards do not reach: 2002" in told
    organising.telegram.unblock(TOMOS)
    await organising.say("/whoami", by=TOMOS)
    await organising.beat()
    assert "A report" in organising.texts(TOMOS)[-1]


async def test_a_review_chat_that_cannot_be_written_to_sends_cards_to_the_owners(in_team: Organising) -> None:
    in_team.telegram.faults.add(Fault(FaultKind.FORBIDDEN, times=1))
    await in_team.wait("A report")
    await in_team.beat()
    await in_team.beat()
    assert "A report" in in_team.texts(OLWEN)[-1]
    await in_team.say("/status", by=OLWEN, chat=TEAM)
    await in_team.beat()
    assert any("A report" in text for text in in_team.texts(TEAM))


async def test_an_editor_opens_beside_the_card_and_its_choice_is_what_is_published(organising: Organising) -> None:
    async with organising.services.store.write() as connection:
        await add_reader(connection, ANNA)
    organising.telegram.say(ANNA, ANNA, "hello")
    await organising.answer()
    await organising.wait("A report", text="\n".join(f"This is what sentence number {n} says." for n in range(1, 9)))
    await organising.beat()
    await organising.press("Edit", by=OLWEN)
    assert "1 ✓ A report, the source says." in organising.texts(OLWEN)[-1]
    await organising.press("›", by=OLWEN)
    assert "Page 2 of 2" in organising.texts(OLWEN)[-1]
    await organising.press("9", by=OLWEN)
    assert "9 ✓ This is what sentence number 8 says." in organising.texts(OLWEN)[-1]
    await organising.press("‹", by=OLWEN)
    await organising.press("✓ 1", by=OLWEN)
    await organising.press("Ask", by=OLWEN)
    await organising.press("Nothing", by=OLWEN)
    assert "What is asked: nothing." in organising.texts(OLWEN)[-1]
    assert await organising.press("Apply", by=OLWEN) == "Done."
    await organising.beat()
    assert "This is what sentence number 8 says." in organising.texts(TOMOS)[-1]
    await organising.press("Publish", by=TOMOS)
    await organising.beat()
    assert "This is what sentence number 8 says." in organising.texts(ANNA)[-1]
    assert "the source says" not in organising.texts(ANNA)[-1]


async def test_a_sentence_too_many_is_told(organising: Organising) -> None:
    sentences = [f"This is what sentence number {number} says." for number in range(1, 12)]
    await organising.wait("A report", text="\n".join(sentences))
    await organising.beat()
    await organising.press("Edit", by=OLWEN)
    editor = organising.seen(OLWEN)[-1]
    for number in range(1, 8):
        assert await organising.press_raw(editor, f"edit:1:t:{number}", by=OLWEN) is None
    told = await organising.press_raw(editor, "edit:1:t:8", by=OLWEN)
    assert told == "An alert takes 8 sentences: please take one out first."
    assert await organising.press_raw(editor, "edit:1:t:7", by=OLWEN) is None


async def test_an_editor_that_is_over_or_anothers_says_so(organising: Organising) -> None:
    await organising.wait("A report")
    await organising.beat()
    await organising.press("Edit", by=OLWEN)
    editor = organising.seen(OLWEN)[-1]
    moved = "The story has moved on, or this editor is another’s. Nothing was changed."
    for action in (
        "edit:1:t:0",
        "edit:1:p:0",
        "edit:1:ask",
        "edit:1:a:none",
        "edit:1:a:99",
        "edit:1:apply",
        "edit:1:drop",
    ):
        assert await organising.press_raw(editor, action, by=TOMOS) == moved
    # In the organisers' group it is another's message: it stays as it is.
    assert "What readers would get" in organising.texts(OLWEN)[-1]
    for action in ("edit:99:t:0", "edit:1:t:99", "edit:1:a:999"):
        assert await organising.press_raw(editor, action, by=OLWEN) == moved
    await organising.press("✓ 1", by=OLWEN)
    assert await organising.press("Apply", by=OLWEN) == "Please choose at least one sentence."
    await organising.press("Leave as it was", by=OLWEN)
    assert organising.texts(OLWEN)[-1] == "Left as it was."
    assert await organising.press_raw(editor, "card:1:edit", by=OLWEN) is None
    for action in ("card:99:edit", "card:99:like", "card:99:split", "card:1:into:99"):
        notice = await organising.press_raw(editor, action, by=OLWEN)
        assert notice == "That was decided already, or somebody was a moment faster."


async def test_a_story_is_merged_and_split_from_its_card(organising: Organising) -> None:
    words = "Wetherby inspectors find violence rising sharply"
    first = await organising.wait(words, words=words)
    second = await organising.wait(f"{words} again", words=f"{words} again")
    await organising.beat()
    assert f"Story {first}: {words}" in organising.texts(OLWEN)[-1]
    assert await organising.press("Merge", by=OLWEN) == "Please choose the story that it belongs to."
    assert await organising.press(f"Into story {first}", by=OLWEN) == "Merged. Nobody is told again."
    assert "Merged by organiser 2001" in organising.texts(OLWEN)[-1]
    assert await organising.state(second) is StoryState.MERGED
    await organising.beat()
    await organising.press("Split", by=TOMOS)
    assert "Take out 1" in organising.labels(TOMOS)
