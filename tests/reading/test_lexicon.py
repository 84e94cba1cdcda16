"""The lexicon finds places by name and can be sent to a worker."""

import pickle
from datetime import date

from bot.campaign import load_pack
from bot.model.feed import FeedKind
from bot.reading import make_lexicon
from tests.reading.pages import LEXICON


def test_places_come_in_the_order_of_their_first_mention() -> None:
    assert LEXICON.find_places("HMYOI Wetherby, and later HMYOI Werrington; HMYOI Wetherby again.") == (
        "wetherby",
        "werrington",
    )


def test_a_bare_name_needs_a_word_for_what_it_is() -> None:
    assert LEXICON.find_places("A fair was held at Wetherby.") == ()
    assert LEXICON.find_places("Young offender institutions fell short. Inspectors went to Wetherby.") == ("wetherby",)


def test_neighbours_are_not_ours() -> None:
    assert LEXICON.find_places("Reports published on HMP Feltham B and HMP Anytown.") == ()


def test_a_closed_place_is_ours_while_it_was_open() -> None:
    assert LEXICON.find_places("HMYOI Cookham Wood was inspected.", date(2023, 4, 1)) == ("cookham-wood",)


def test_it_survives_the_way_to_a_worker_and_is_equal_to_another_of_the_same_pack() -> None:
    again = pickle.loads(pickle.dumps(LEXICON))  # noqa: S301 - our own bytes
    assert again == LEXICON == make_lexicon(load_pack())
    assert again.find_places("HMYOI Wetherby") == ("wetherby",)


def test_sources_are_known_by_their_address() -> None:
    assert LEXICON.find_source("https://www.howardleague.org/news/x") is FeedKind.CHARITY
    assert LEXICON.find_source("https://example.org/") is None
