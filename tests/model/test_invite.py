"""What an invitation is worth, to whom and until when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.editing import MOST_SENTENCES, Edit
from bot.model.invite import LASTS, OFFERED, Invite, Outcome, Standing, digest_of_secret
from bot.model.organiser import Role
from tests.builders import NOON

FRESH = Invite(id=1, role=Role.VIEWER, inviter_id=1, created_at=NOON, expires_at=NOON + LASTS)
USED = replace(FRESH, used_by=2, used_at=NOON)


@pytest.mark.parametrize(
    ("invite", "person", "hours", "standing"),
    [
        (FRESH, 2, 0, Standing.OPEN),
        (FRESH, 1, 0, Standing.OWN),
        (FRESH, 2, 48, Standing.EXPIRED),
        (USED, 2, 0, Standing.ASKED),
        (USED, 2, 48, Standing.USED),
        (USED, 3, 0, Standing.USED),
        (replace(USED, used_by=None, outcome=Outcome.REFUSED), 2, 0, Standing.USED),
        (replace(FRESH, outcome=Outcome.WITHDRAWN), 2, 0, Standing.WITHDRAWN),
    ],
)
def test_an_invitation_is_for_one_person_and_two_days(
    invite: Invite, person: int, hours: int, standing: Standing
) -> None:
    assert invite.standing(person, NOON + timedelta(hours=hours)) is standing


def test_something_may_come_of_it_until_it_is_decided_or_late() -> None:
    late = NOON + LASTS
    assert (FRESH.waits(NOON), FRESH.waits(late)) == (True, False)
    assert (USED.waits(NOON), USED.waits(late)) == (True, False)
    assert not replace(USED, outcome=Outcome.CONFIRMED).waits(NOON)


def test_owners_are_not_made_in_chat_and_secrets_are_not_kept() -> None:
    assert Role.OWNER not in OFFERED
    assert digest_of_secret("secret") != digest_of_secret("Secret")
    assert len(digest_of_secret("secret")) == 64


def test_sentences_go_in_and_out_in_the_sources_order() -> None:
    edit = Edit(id=1, story_id=1, card_id=1, editor_id=1, chosen=(2, 5), ask=None, base="")
    assert edit.toggled(3) == (2, 3, 5)
    assert edit.toggled(5) == (2,)
    full = replace(edit, chosen=tuple(range(MOST_SENTENCES)))
    assert full.toggled(40) == full.chosen
