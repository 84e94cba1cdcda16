"""Inviting in chat: a link, whoever opens it, and the owner's word."""

import re

import pytest
from sqlalchemy import select

from bot.model.organiser import Role
from bot.store.schema import invites, subscribers
from tests.handlers.chatting import ANNA
from tests.handlers.organiser.organising import OLWEN, TEAM, TOMOS, Organising

BEN = 502


@pytest.fixture
async def ben(organising: Organising) -> int:
    """Somebody who has never written to the bot."""
    organising.telegram.add_user(BEN, "Ben <b>Smith</b>")
    return BEN


async def make_link(organising: Organising, role: str = "Reviewer") -> str:
    """Olwen's link for one person: what follows /start."""
    await organising.say("/invite", by=OLWEN)
    await organising.press(role, by=OLWEN)
    found = re.search(r"https://t\.me/(\w+)\?start=(invite-[\w-]{32})", organising.texts(OLWEN)[-1])
    assert found is not None
    assert found[1] == organising.bot.bot.username
    return found[2]


async def join(organising: Organising, person: int, role: str = "Reviewer") -> None:
    await organising.say(f"/start {await make_link(organising, role)}", by=person)
    await organising.press("Accept", by=person)
    await organising.press("Confirm", by=OLWEN)


async def role_of(organising: Organising, person: int) -> Role | None:
    return await organising.services.find_role(person)


async def test_a_link_an_acceptance_and_a_confirmation_make_somebody_a_reviewer(
    organising: Organising, ben: int
) -> None:
    link = await make_link(organising)
    assert "It can be used once" in organising.texts(OLWEN)[-1]
    (offer,) = await organising.say(f"/start {link}", by=ben)
    assert "You are invited to be a reviewer" in offer
    assert "nothing" not in offer.lower()
    await organising.press("Accept", by=ben)
    assert "has been asked to confirm" in organising.texts(ben)[-1]
    card = organising.texts(OLWEN)[-1]
    assert f"“Ben <b>Smith</b>” accepted your invitation to be a reviewer. Their Telegram number is {ben}" in card
    assert await role_of(organising, ben) is None
    (told,) = await organising.say("/review", by=ben)
    assert "does not know that command" in told
    assert await organising.press("Confirm", by=OLWEN) == "Done."
    assert await role_of(organising, ben) is Role.REVIEWER
    assert "You are a reviewer now" in organising.texts(ben)[-1]
    assert await organising.say("/review", by=ben) == ["Nothing waits for a decision."]
    commands = await organising.bot.bot.get_my_commands(scope={"type": "chat", "chat_id": ben})  # type: ignore[arg-type]
    names = {command.command for command in commands}
    assert {"review", "stopall", "people"} <= names
    assert not {"invite", "liftstop", "broadcast", "audit"} & names
    async with organising.services.store.read() as connection:
        kept = (await connection.execute(select(invites))).all(), (await connection.execute(select(subscribers))).all()
    assert "Smith" not in repr(kept)
    assert "invite-" not in repr(kept)


async def test_a_link_is_of_no_use_to_others(organising: Organising, ben: int) -> None:
    link = await make_link(organising)
    assert "You made this invitation" in (await organising.say(f"/start {link}", by=OLWEN))[0]
    assert "You have a role here already" in (await organising.say(f"/start {link}", by=TOMOS))[0]
    assert "is not known here" in (await organising.say("/start invite-nonsense", by=ben))[0]
    await organising.say(f"/start {link}", by=ben)
    await organising.press("Decline", by=ben)
    assert "Nothing was kept of you" in organising.texts(ben)[-1]
    await organising.say(f"/start {link}", by=ben)
    await organising.press("Accept", by=ben)
    assert "has been used already" in (await organising.say(f"/start {link}", by=ANNA))[0]
    await organising.press("Refuse", by=OLWEN)
    assert "was not confirmed" in organising.texts(ben)[-1]
    assert await role_of(organising, ben) is None


async def test_a_link_opened_in_a_group_is_not_used(in_team: Organising) -> None:
    link = await make_link(in_team)
    (told,) = await in_team.say(f"/start {link}", by=ANNA, chat=TEAM)
    assert "private chat" in told
    assert "You are invited" in (await in_team.say(f"/start {link}", by=ANNA))[0]


async def test_a_withdrawn_link_and_a_late_one_say_so(organising: Organising, ben: int) -> None:
    link = await make_link(organising)
    await organising.press("Withdraw", by=OLWEN)
    assert "is worth nothing any more" in organising.texts(OLWEN)[-1]
    assert "was withdrawn" in (await organising.say(f"/start {link}", by=ben))[0]
    organising.later(seconds=60)
    late = await make_link(organising)
    await organising.say(f"/start {late}", by=ben)
    organising.later(seconds=48 * 3600)
    await organising.press("Accept", by=ben)
    assert "is too old" in organising.texts(ben)[-1]


async def test_whoever_accepted_is_told_of_a_withdrawal_and_may_decline_on_an_older_message(
    organising: Organising, ben: int
) -> None:
    link = await make_link(organising)
    await organising.say(f"/start {link}", by=ben)
    await organising.say(f"/start {link}", by=ben)
    await organising.press("Accept", by=ben)
    # The older of the two offers has its buttons still.
    await organising.press("Decline", by=ben)
    assert any("Nothing was kept of you" in text for text in organising.texts(ben))
    assert "accepted invitation 1 (a reviewer) has declined after all" in organising.texts(OLWEN)[-1]
    assert (await organising.press("Confirm", by=OLWEN) or "").startswith("That was decided already")
    assert await role_of(organising, ben) is None

    organising.later(seconds=60)
    again = await make_link(organising)
    await organising.say(f"/start {again}", by=ben)
    await organising.press("Accept", by=ben)
    await organising.press("Withdraw", by=OLWEN)
    assert "was not confirmed" in organising.texts(ben)[-1]


async def test_whoever_has_the_role_by_then_has_nothing_to_decline(organising: Organising, ben: int) -> None:
    link = await make_link(organising)
    await organising.say(f"/start {link}", by=ben)
    await organising.say(f"/start {link}", by=ben)
    await organising.press("Accept", by=ben)
    await organising.press("Confirm", by=OLWEN)
    await organising.press("Decline", by=ben)
    assert not any("Nothing was kept of you" in text for text in organising.texts(ben))
    assert await role_of(organising, ben) is Role.REVIEWER


async def test_a_removal_reminds_of_the_organisers_group_where_there_is_one(in_team: Organising) -> None:
    await join(in_team, ANNA)
    await in_team.say("/people", by=OLWEN)
    await in_team.press(f"Remove {ANNA}", by=OLWEN)
    await in_team.press("Yes, remove", by=OLWEN)
    assert "take them out of the organisers’ group, too" in in_team.texts(OLWEN)[-1]


async def test_owners_see_everybody_and_remove_at_once(organising: Organising, ben: int) -> None:
    await join(organising, ben, "Organiser")
    organising.later(seconds=60)
    await make_link(organising, "Viewer")
    (told,) = await organising.say("/people", by=OLWEN)
    assert "organiser 502: organiser, invited by organiser 2001, since 25 November 2026" in told
    assert "2: viewer, by organiser 2001. Nobody has used its link" in told
    (seen,) = await organising.say("/people", by=ben)
    assert "organiser 502" in seen
    assert not any(label.startswith("Remove") for label in organising.labels(ben))
    await organising.press(f"Remove {ben}", by=OLWEN)
    await organising.press("Back", by=OLWEN)
    await organising.press(f"Remove {ben}", by=OLWEN)
    assert await organising.press("Yes, remove", by=OLWEN) == "Removed."
    assert await role_of(organising, ben) is None
    assert "You have no role" in organising.texts(ben)[-1]
    assert "does not know that command" in (await organising.say("/status", by=ben))[0]


async def test_a_lost_card_is_made_good_by_the_list(organising: Organising, ben: int) -> None:
    link = await make_link(organising)
    await organising.say(f"/start {link}", by=ben)
    organising.telegram.block(OLWEN)
    await organising.press("Accept", by=ben)
    organising.telegram.unblock(OLWEN)
    await organising.say("/people", by=TOMOS)
    assert "Confirm 1" not in organising.labels(TOMOS)
    await organising.say("/people", by=OLWEN)
    await organising.press("Confirm 1", by=OLWEN)
    assert await role_of(organising, ben) is Role.REVIEWER


FORGED = ("people:invite:organiser", "people:remove:2002", "people:confirm:1", "people:withdraw:1", "people:ask:2002")


@pytest.mark.parametrize("role", ["Organiser", "Reviewer", "Viewer", ""])
async def test_only_owners_invite_and_remove_whatever_is_forged(organising: Organising, ben: int, role: str) -> None:
    if role:
        await join(organising, ben, role)
    else:
        await organising.say("/whoami", by=ben)
    deeds = await organising.deeds()
    message = organising.seen(ben)[-1]
    notice = "Your role here does not include this." if role else "Only organisers can decide this."
    for forged in FORGED:
        assert (await organising.press_raw(message, forged, by=ben) or "").startswith(notice)
    told = "that does not include this" if role else "does not know that command"
    assert told in (await organising.say("/invite", by=ben))[0]
    assert await organising.deeds() == deeds


async def test_a_forged_answer_to_an_invitation_needs_its_secret(organising: Organising, ben: int) -> None:
    await make_link(organising)
    await organising.say("/whoami", by=ben)
    message = organising.seen(ben)[-1]
    await organising.press_raw(message, f"join:{'x' * 32}:accept", by=ben)
    assert "is not known here" in organising.texts(ben)[-1]
    assert await organising.press_raw(message, "join:1:accept", by=ben) is not None
    for forged in ("people:remove:2002", "people:confirm:1", "people:ask:2002"):
        await organising.press_raw(organising.seen(OLWEN)[-1], forged, by=OLWEN)
    assert await role_of(organising, TOMOS) is Role.OWNER
    assert await role_of(organising, ben) is None


async def test_invitations_are_made_in_private(in_team: Organising) -> None:
    (told,) = await in_team.say("/invite", by=OLWEN, chat=TEAM)
    assert "private chat" in told
    (told,) = await in_team.say("/people", by=OLWEN, chat=TEAM)
    assert "Who does what" in told
    notice = await in_team.press_raw(in_team.seen(TEAM)[-1], "people:invite:viewer", by=OLWEN)
    assert notice == "Please do that in a private chat with this bot."
    assert await in_team.deeds() == []
