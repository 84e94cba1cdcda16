"""People: links that are used once and confirmed, and a removal that holds at once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.flows.people import People, Said
from bot.model.broadcast import BroadcastState, Verb
from bot.model.invite import LASTS, Outcome, Standing
from bot.model.organiser import Role
from bot.store import Store
from bot.store.audit import list_deeds, stream_deeds
from bot.store.invites import find_invite
from bot.store.organisers import find_organiser, find_role
from bot.store.schema import invites
from tests.flows.organising import ANNA, CAROL, OLWEN, TOMOS, Organising

DINAH = 2004


@pytest.fixture
async def desk(store: Store) -> Organising:
    organising = Organising(store, owners=frozenset({OLWEN, TOMOS}))
    await organising.open()
    return organising


@pytest.fixture
def people(desk: Organising) -> People:
    return desk.desk.people


async def invited(people: People, role: Role = Role.REVIEWER) -> tuple[int, str]:
    """Olwen's invitation: its id and secret."""
    made = await people.invite(role, by=OLWEN)
    assert made is not None
    return made


async def role_of(desk: Organising, person: int) -> Role | None:
    async with desk.store.read() as connection:
        return await find_role(connection, person, desk.owners)


async def join(desk: Organising, person: int, role: Role = Role.ORGANISER) -> None:
    """Somebody is invited by Olwen and confirmed; time passes."""
    people = desk.desk.people
    invite_id, secret = await invited(people, role)
    assert (await people.accept(secret, by=person))[0] is Standing.ASKED
    assert (await people.decide(invite_id, confirm=True, by=OLWEN))[0] is Said.DONE
    desk.now += timedelta(minutes=1)


async def test_nobody_is_anything_before_the_inviter_confirms(desk: Organising, people: People) -> None:
    invite_id, secret = await invited(people)
    assert (await people.look(secret, by=CAROL))[0] is Standing.OPEN
    standing, invite = await people.accept(secret, by=CAROL)
    assert (standing, invite and invite.used_by) == (Standing.ASKED, CAROL)
    assert await role_of(desk, CAROL) is None
    assert (await people.decide(invite_id, confirm=True, by=TOMOS))[0] is Said.NOT_YOURS
    assert await role_of(desk, CAROL) is None
    desk.restart()
    assert (await people.decide(invite_id, confirm=True, by=OLWEN))[0] is Said.DONE
    assert (await people.decide(invite_id, confirm=True, by=OLWEN))[0] is Said.PASSED
    async with desk.store.read() as connection:
        found = await find_organiser(connection, CAROL, desk.owners)
    assert found is not None
    assert (found.role, found.invited_by) == (Role.REVIEWER, OLWEN)
    await desk.cards.tick()
    assert "2003 has a role now (reviewer),</b> given by organiser 2001" in desk.texts(TOMOS)[-1]


async def test_of_a_secret_only_its_hash_is_kept(desk: Organising, people: People) -> None:
    _, secret = await invited(people)
    async with desk.store.read() as connection:
        (row,) = (await connection.execute(select(invites))).all()
    assert secret not in repr(row)
    assert len(row.secret_digest) == 64


async def test_a_link_is_used_once_whoever_is_fastest(people: People) -> None:
    _, secret = await invited(people)
    both = await asyncio.gather(people.accept(secret, by=CAROL), people.accept(secret, by=DINAH))
    assert sorted(standing for standing, _ in both) == [Standing.ASKED, Standing.USED]
    winner = CAROL if both[0][0] is Standing.ASKED else DINAH
    # Whoever won may press again: the inviter is asked once more, and nothing else changes.
    assert (await people.accept(secret, by=winner))[0] is Standing.ASKED
    assert (await people.look(secret, by=ANNA))[0] is Standing.USED


async def test_links_that_are_worth_nothing_say_why(desk: Organising, people: People) -> None:
    assert (await people.accept("no-such-secret", by=CAROL))[0] is Standing.UNKNOWN
    invite_id, secret = await invited(people)
    assert (await people.accept(secret, by=OLWEN))[0] is Standing.OWN
    assert (await people.accept(secret, by=TOMOS))[0] is Standing.MEMBER
    assert await people.withdraw(invite_id, by=TOMOS)
    assert not await people.withdraw(invite_id, by=TOMOS)
    assert (await people.accept(secret, by=CAROL))[0] is Standing.WITHDRAWN
    desk.now += timedelta(minutes=1)
    _, late = await invited(people)
    desk.now += LASTS
    assert (await people.accept(late, by=CAROL))[0] is Standing.EXPIRED
    assert (await people.list())[1] == []


async def test_of_somebody_who_is_refused_or_never_confirmed_nothing_is_kept(desk: Organising, people: People) -> None:
    refused, secret = await invited(people)
    await people.accept(secret, by=CAROL)
    assert (await people.decide(refused, confirm=False, by=OLWEN))[0] is Said.DONE
    assert (await people.accept(secret, by=CAROL))[0] is Standing.USED
    forgotten, other = await invited(people, Role.VIEWER)
    await people.accept(other, by=CAROL)
    desk.now += LASTS
    assert (await people.decide(forgotten, confirm=True, by=OLWEN))[0] is Said.PASSED
    await people.list()
    async with desk.store.read() as connection:
        ended = [await find_invite(connection, one) for one in (refused, forgotten)]
    assert [(one.used_by, one.outcome) for one in ended if one] == [(None, Outcome.REFUSED), (None, Outcome.LAPSED)]
    assert str(CAROL) not in repr(await desk.deeds())


async def test_whoever_accepted_may_still_decline_and_nothing_is_kept_of_them(desk: Organising, people: People) -> None:
    invite_id, secret = await invited(people)
    await people.accept(secret, by=CAROL)
    # Nobody else declines for them.
    assert (await people.decline(secret, by=DINAH))[0] is Standing.USED
    standing, invite = await people.decline(secret, by=CAROL)
    assert (standing, invite and invite.id) == (Standing.ASKED, invite_id)
    assert (await people.decide(invite_id, confirm=True, by=OLWEN))[0] is Said.PASSED
    assert await role_of(desk, CAROL) is None
    async with desk.store.read() as connection:
        assert str(CAROL) not in repr((await connection.execute(select(invites))).all())


async def test_the_invitations_of_an_owner_who_is_none_any_more_are_worth_nothing(
    desk: Organising, people: People
) -> None:
    _, unused = await invited(people, Role.VIEWER)
    accepted_id, accepted = await invited(people)
    await people.accept(accepted, by=CAROL)
    desk.owners = frozenset({TOMOS})
    desk.restart()
    left = desk.desk.people
    assert (await left.look(unused, by=DINAH))[0] is Standing.WITHDRAWN
    assert (await left.accept(unused, by=DINAH))[0] is Standing.WITHDRAWN
    assert (await left.look(accepted, by=CAROL))[0] is Standing.WITHDRAWN
    assert (await left.list())[1] == []
    assert (await left.decide(accepted_id, confirm=True, by=TOMOS))[0] is Said.PASSED
    assert await role_of(desk, CAROL) is None


async def test_two_presses_of_one_button_make_one_invitation(desk: Organising, people: People) -> None:
    await invited(people)
    assert await people.invite(Role.REVIEWER, by=OLWEN) is None
    assert await people.invite(Role.REVIEWER, by=TOMOS) is not None
    desk.now += timedelta(seconds=10)
    assert await people.invite(Role.REVIEWER, by=OLWEN) is not None


async def test_whoever_has_a_role_by_then_is_not_confirmed_into_another(desk: Organising, people: People) -> None:
    first, one = await invited(people, Role.VIEWER)
    second, other = await invited(people, Role.ORGANISER)
    await people.accept(one, by=CAROL)
    await people.accept(other, by=CAROL)
    assert (await people.decide(first, confirm=True, by=OLWEN))[0] is Said.DONE
    assert (await people.decide(second, confirm=True, by=OLWEN))[0] is Said.MEMBER
    assert await role_of(desk, CAROL) is Role.VIEWER


async def test_a_removal_holds_at_once_and_calls_off_what_they_wrote(desk: Organising, people: People) -> None:
    await join(desk, CAROL)
    await desk.callers(ANNA)
    draft = await desk.draft(by=CAROL)
    other = await desk.draft(by=OLWEN)
    assert await people.remove(CAROL, by=TOMOS)
    assert not await people.remove(CAROL, by=TOMOS)
    assert await role_of(desk, CAROL) is None
    assert (await desk.current(draft)).state is BroadcastState.CANCELLED
    assert (await desk.current(other)).state is BroadcastState.DRAFT
    assert [deed.verb for deed in await desk.deeds()][-2:] == ["remove", "call_discard"]
    # Somebody who was removed may be invited again.
    await join(desk, CAROL, Role.VIEWER)
    assert await role_of(desk, CAROL) is Role.VIEWER


async def test_what_a_removed_person_approved_is_not_sent(desk: Organising, people: People) -> None:
    await join(desk, CAROL)
    await desk.callers(ANNA)
    broadcast = await desk.submitted()
    await desk.press(broadcast, Verb.APPROVE, by=CAROL)
    assert await people.remove(CAROL, by=OLWEN)
    await desk.beat(seconds=120)
    await desk.beat(seconds=120)
    assert await desk.owed() == 0


async def test_the_configurations_owners_cannot_be_removed(desk: Organising, people: People) -> None:
    assert not await people.remove(TOMOS, by=OLWEN)
    assert not await people.remove(ANNA, by=OLWEN)
    assert await role_of(desk, TOMOS) is Role.OWNER


async def test_cards_do_not_follow_somebody_who_was_removed(desk: Organising, people: People) -> None:
    await join(desk, CAROL, Role.REVIEWER)
    await desk.wait()
    await desk.cards.tick()
    assert "waits for you" in desk.newest(CAROL).text
    seen = len(desk.texts(CAROL))
    assert await people.remove(CAROL, by=OLWEN)
    card = (await desk.all_cards())[-2]
    await desk.end(card.id, "dismiss.other", by=OLWEN)
    await desk.wait(title="HMYOI Wetherby: a report")
    await desk.cards.tick()
    assert len(desk.texts(CAROL)) == seen
    assert not any("Dismissed" in text for text in desk.texts(CAROL))


async def test_the_audit_is_read_from_its_newest_row_and_whole_from_its_oldest(
    desk: Organising, people: People
) -> None:
    for role in (Role.VIEWER, Role.REVIEWER, Role.ORGANISER):
        await invited(people, role)
    async with desk.store.read() as connection:
        newest = await list_deeds(connection, 2)
        older = await list_deeds(connection, 2, before=newest[-1].id)
        whole = [deed async for deed in stream_deeds(connection)]
    assert [deed.subject for deed in (*newest, *older)] == ["invite:3", "invite:2", "invite:1"]
    assert [deed.subject for deed in whole] == ["invite:1", "invite:2", "invite:3"]
