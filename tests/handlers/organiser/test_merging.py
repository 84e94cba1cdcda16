from bot.flows.merging import offer_merge
from bot.model.story import StoryState
from tests.handlers.chatting import ANNA
from tests.handlers.organiser.organising import OLWEN, TEAM, TOMOS, Organising


async def two_stories(organising: Organising) -> tuple[int, int]:
    """Two that wait, and the bot asks whether they are one."""
    first, second = await organising.wait("Report A"), await organising.wait("Report B")
    async with organising.services.store.write() as connection:
        assert await offer_merge(connection, first, second, title="Both <b>", now=organising.clock())
    await organising.beat()
    return first, second


async def test_two_stories_are_merged_by_a_press_and_the_second_to_press_is_told(organising: Organising) -> None:
    first, second = await two_stories(organising)
    card, action = organising.find_button("Keep apart", TOMOS)
    assert "“Both <b>” fits both." in card["text"]
    assert "3 cards wait" in (await organising.say("/status", by=OLWEN))[0]
    assert await organising.press("Merge", by=OLWEN) == "Merged. Nobody is told again."
    late = await organising.press_action(card["message_id"], action, by=TOMOS)
    assert late == "That was decided already, or somebody was a moment faster."
    assert "Merged by organiser 2001" in organising.message_with("These may be one event", TOMOS)["text"]
    assert [await organising.state(one) for one in (first, second)] == [StoryState.WAITING, StoryState.MERGED]


async def test_kept_apart_they_stay_two(organising: Organising) -> None:
    stories = await two_stories(organising)
    assert await organising.press("Keep apart", by=TOMOS) == "They stay two stories."
    assert {await organising.state(one) for one in stories} == {StoryState.WAITING}


async def test_a_report_is_taken_out_of_a_story_once(organising: Organising) -> None:
    first, second = await two_stories(organising)
    assert (
        f"Stories {first} and {second} are one now" in (await organising.say(f"/merge #{second} {first}", by=OLWEN))[0]
    )
    (shown,) = await organising.say(f"/split {second}", by=TOMOS)
    assert shown.startswith(f"Story {first}: Report A")
    assert "1. Report B (Inspectorate)" in shown
    message, action = organising.find_button("Take out 1", TOMOS)
    assert await organising.press("Take out 1", by=TOMOS) == "Done: it is a story of its own."
    assert f"It is story {second + 1} now" in organising.texts(TOMOS)[-1]
    assert await organising.press_raw(message, action, by=OLWEN) == (
        "This is old: it has moved on since. Nothing was changed."
    )
    assert [deed.verb for deed in await organising.deeds()] == ["merge", "split"]


async def test_a_story_that_was_told_before_is_taken_out_as_it_was(organising: Organising) -> None:
    first, second = await two_stories(organising)
    for story in (first, second):
        assert await organising.services.publish.publish_story(story, by=OLWEN)
    await organising.say(f"/merge {first} {second}", by=OLWEN)
    await organising.say(f"/split {first}", by=TOMOS)
    await organising.press("Take out 1", by=TOMOS)
    assert f"It is story {second} again, as readers were told of it." in organising.texts(TOMOS)[-1]
    assert await organising.state(second) is StoryState.PUBLISHED


async def test_what_is_no_story_or_no_number_is_answered_with_what_to_write(organising: Organising) -> None:
    assert "/merge 12 15" in (await organising.say("/merge", by=OLWEN))[0]
    assert "/merge 12 15" in (await organising.say("/merge 1 two", by=OLWEN))[0]
    assert "cannot be merged" in (await organising.say("/merge 98 99", by=OLWEN))[0]
    assert "/split 12" in (await organising.say("/split", by=OLWEN))[0]
    assert "nothing to take out" in (await organising.say("/split 99", by=OLWEN))[0]


async def test_only_organisers_merge_and_split(in_team: Organising) -> None:
    first, second = await two_stories(in_team)
    for command in ("/merge 1 2", "/split 1"):
        assert "does not know that command" in (await in_team.say(command, by=ANNA))[0]
    assert await in_team.press("Merge", by=ANNA, chat=TEAM) == "Only organisers can decide this."
    message = in_team.message_with("These may be one event", TEAM)
    assert await in_team.press_raw(message, f"split:{first}:1", by=ANNA) == "Only organisers can decide this."
    assert {await in_team.state(one) for one in (first, second)} == {StoryState.WAITING}
