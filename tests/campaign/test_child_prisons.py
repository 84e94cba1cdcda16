"""The campaign's own pack holds what the campaign needs."""

from datetime import date

import pytest

from bot.campaign import load_pack
from bot.campaign.pack import Scope

TOPICS = {
    *("inspection", "urgent_notification", "death_or_harm", "restraint_and_isolation", "law_and_policy", "statistics"),
    *("closure_or_new", "staff_and_management", "education_and_health", "campaign"),
}
HOLD_CHILDREN = [
    *("feltham-a", "werrington", "wetherby", "keppel", "parc-yoi", "oakhill", "oasis-restore"),
    *("adel-beck", "aldine-house", "aycliffe", "barton-moss", "clayfields", "hillside", "lincolnshire", "vinney-green"),
]


@pytest.mark.parametrize("place", HOLD_CHILDREN)
def test_a_place_that_holds_children_is_ours_with_no_end(place: str) -> None:
    found = load_pack().find_institution(place)
    assert found is not None
    assert (found.scope, found.until) == (Scope.OURS, None)


@pytest.mark.parametrize(
    ("place", "year"),
    [("cookham-wood", 2024), ("hindley", 2015), ("medway-stc", 2020), ("rainsbrook", 2021), ("hassockfield", 2015)],
)
def test_a_place_that_held_children_has_its_last_day(place: str, year: int) -> None:
    found = load_pack().find_institution(place)
    assert found is not None
    assert isinstance(found.until, date)
    assert found.until.year == year


def test_every_topic_is_there() -> None:
    assert {topic.name for topic in load_pack().terms.topics} == TOPICS


def test_no_placeholder_is_a_feed_and_what_is_unverified_is_disabled_with_a_word() -> None:
    pack = load_pack()
    assert len(pack.feeds) > 30
    assert len({feed.url for feed in pack.feeds}) == len(pack.feeds)
    assert not {feed.name for feed in pack.feeds if feed.enabled} & set(pack.unverified)
    assert all(pack.unverified.values())
    assert any(feed.enabled for feed in pack.feeds)


def test_every_action_says_what_it_is_for() -> None:
    assert {"condolence", "urgent_notification"} <= {what for action in load_pack().actions for what in action.on}
