import pytest

from bot.model.organiser import Role
from bot.store.organisers import put_organiser
from tests.builders import NOON
from tests.handlers.chatting import ANNA
from tests.handlers.organiser.organising import OLWEN, TEAM, Organising

COMMANDS = ("/status", "/feeds", "/review", "/broadcast Write now")


async def test_whoami_tells_anyone_their_number_and_what_it_is_for(organising: Organising) -> None:
    (told,) = await organising.say("/whoami")
    assert str(ANNA) in told
    assert "[organisers] owners" in told
    (known,) = await organising.say("/whoami", by=OLWEN)
    assert "you are an owner and organiser" in known
    assert "/liftstop" in known


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_supporter_gets_the_answer_of_an_unknown_command(organising: Organising, command: str) -> None:
    (told,) = await organising.say(command)
    assert "does not know that command" in told


@pytest.mark.parametrize("command", COMMANDS)
async def test_in_a_group_a_supporter_gets_no_answer_at_all(in_team: Organising, command: str) -> None:
    assert await in_team.say(command, by=ANNA, chat=TEAM) == []


async def test_organisers_are_answered_in_private_and_in_their_own_group_only(organising: Organising) -> None:
    for command in COMMANDS[:3]:
        (told,) = await organising.say(command, by=OLWEN, chat=TEAM)
        assert "Please ask that in a private chat" in told
    (told,) = await organising.say(COMMANDS[3], by=OLWEN, chat=TEAM)
    assert "private chat" in told


async def test_the_organisers_group_is_answered(in_team: Organising) -> None:
    (told,) = await in_team.say("/status", by=OLWEN, chat=TEAM)
    assert "How things stand" in told
    (told,) = await in_team.say("/broadcast Write now", by=OLWEN, chat=TEAM)
    assert "private chat" in told


@pytest.mark.parametrize("command", [*COMMANDS, "/whoami"])
async def test_who_writes_in_the_groups_name_is_refused_with_the_reason(in_team: Organising, command: str) -> None:
    message = in_team.telegram.say(OLWEN, TEAM, command)
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    await in_team.process({"update_id": 1, "message": {**message, "from": anonymous, "sender_chat": message["chat"]}})
    assert "remain anonymous" in in_team.texts(TEAM)[-1]


async def test_somebody_with_another_role_is_told_that_theirs_does_not_include_it(in_team: Organising) -> None:
    async with in_team.services.store.write() as connection:
        await put_organiser(connection, ANNA, Role.VIEWER, invited_by=OLWEN, now=NOON)
    for chat in (ANNA, TEAM):
        (told,) = await in_team.say("/stopall", by=ANNA, chat=chat)
        assert told == "You are a viewer here, and that does not include this. /people lists whom you could ask."
    notice = await in_team.press_raw(in_team.seen(TEAM)[-1], "card:1:publish", by=ANNA)
    assert notice == "Your role here does not include this. /people lists whom you could ask."
    assert await in_team.services.desk.stopping.find() is None


async def test_what_comes_from_nobody_is_passed_over(organising: Organising) -> None:
    calls = len(organising.telegram.calls)
    channel = {"id": -1009, "type": "channel", "title": "News"}
    entities = [{"type": "bot_command", "offset": 0, "length": 7}]
    post = {"message_id": 1, "date": 1, "chat": channel, "text": "/status", "entities": entities}
    await organising.process({"update_id": 1, "channel_post": post})
    assert len(organising.telegram.calls) == calls
