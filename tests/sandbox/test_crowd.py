"""The crowd: who it is, what it answers, what it counts."""

from array import array

import pytest

from bot.errors import ConfigError
from bot.sandbox.crowd import (
    FIRST_CHAT,
    SUPERGROUPS,
    Crowd,
    Shares,
    chat_of,
    fullest_second,
    read_shares,
    standing,
    steady_rate,
)

NOBODY = Shares()
EVERYTHING = Shares(blocked=2, deactivated=1, moved=1, later=1, broken=1, silent=0.5, dropped=0.5)


def test_shares_are_read_as_typed() -> None:
    assert read_shares("") == NOBODY
    assert read_shares("blocked=2, deactivated=1,moved=1,later=1,broken=1,silent=.5,dropped=0.5,") == EVERYTHING


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("blocked", "write a name and a share"),
        ("blocked=many", "write a name and a share"),
        ("weather=1", "there are blocked, deactivated, moved, later, broken, silent, dropped"),
        ("blocked=-1", "from 0 to 100"),
        ("blocked=60,later=60", "in all"),
        ("later=nan", "from 0 to 100"),
    ],
)
def test_shares_that_cannot_be_are_refused_with_a_sentence(typed: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_shares(typed)


def test_who_is_gone_or_moved_is_spread_evenly() -> None:
    for first in (1, 501):
        names = [standing(number, EVERYTHING) for number in range(first, first + 500)]
        assert 9 <= names.count("blocked") <= 11
        assert 4 <= names.count("moved") <= 6


def test_a_group_that_moved_takes_messages_under_its_new_id_only() -> None:
    crowd = Crowd(3, Shares(moved=100))
    old = chat_of(2, crowd.shares)
    assert old == -FIRST_CHAT - 2
    new = crowd.answer(old, 0).body["parameters"]["migrate_to_chat_id"]
    assert new < -SUPERGROUPS
    assert crowd.answer(new, 0).status == 200
    assert crowd.tally().reached == 1


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("blocked", 403, "blocked by the user"),
        ("deactivated", 403, "deactivated"),
        ("later", 429, "retry after 1"),
        ("broken", 502, "Bad Gateway"),
    ],
)
def test_what_goes_wrong_is_told_in_telegrams_words(name: str, status: int, words: str) -> None:
    crowd = Crowd(1, Shares(**{name: 100}))
    reply = crowd.answer(chat_of(1, crowd.shares), 0)
    assert (reply.status, words in reply.body["description"]) == (status, True)
    assert crowd.tally().reached == 0


def test_a_stranger_is_not_found() -> None:
    assert Crowd(1, NOBODY).answer(5, 0).body["description"] == "Bad Request: chat not found"


def test_silence_is_carried_out_and_every_second_drop() -> None:
    silent = Crowd(1, Shares(silent=100))
    assert silent.answer(FIRST_CHAT + 1, 0).status == 0
    assert (silent.tally().reached, silent.tally().answered) == (1, 0)
    dropping = Crowd(4, Shares(dropped=100))
    assert all(dropping.answer(FIRST_CHAT + number, 0).drop for number in range(1, 5))
    assert dropping.tally().reached == 2


def test_copies_answers_and_paces_are_counted() -> None:
    crowd = Crowd(2, NOBODY)
    for at in (0.0, 0.5, 1.2):
        crowd.answer(FIRST_CHAT + 1, at)
    tally = crowd.tally()
    assert (tally.calls, tally.reached, tally.twice, tally.answered) == (3, 1, 1, 1)
    assert tally.answers == {"well": 3}
    assert fullest_second(array("d", [0.0, 0.5, 1.2, 1.3, 1.4])) == 4
    assert steady_rate(array("d", [second / 10 for second in range(100)])) == pytest.approx(10)
    assert steady_rate(array("d")) == 0
