import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign import load_pack
from bot.match.asking import Asking

ASKING = Asking(load_pack())


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("feltam", "feltham-a"),
        ("Feltham", "feltham-a"),
        ("HMYOI Werington", "werrington"),
        ("cookham", "cookham-wood"),
        ("hmp parc", "parc-yoi"),
        ("rainsbrok stc", "rainsbrook"),
        ("St John's", "hist-st-johns"),
    ],
)
def test_a_place_is_known_by_its_telling_words_and_misspelt(asked: str, place: str) -> None:
    assert ASKING.find_places(asked).fitting == (place,)


def test_words_that_many_places_share_fit_all_of_them() -> None:
    fitting = ASKING.find_places("secure training centre").fitting
    assert {"oakhill", "rainsbrook", "medway-stc", "hassockfield"} <= set(fitting)


@pytest.mark.parametrize("asked", ["xyz", "😀", "", "the"])
def test_what_fits_nothing_gets_the_nearest(asked: str) -> None:
    found = ASKING.find_places(asked)
    assert found.fitting == ()
    assert len(found.nearest) == 4


@pytest.mark.parametrize(
    ("asked", "phrases", "place"),
    [
        ("restraint at werington", ("restraint",), "werrington"),
        ("girl in Feltam", ("girl",), "feltham-a"),
        ("cookham wood", (), "cookham-wood"),
        ("oak hill violence", ("violence",), "oakhill"),
        ('"Feltham  riots" 2020', ("feltham riots", "2020"), None),
        ("only staff", ("only", "staff"), None),
        ("the", (), None),
        ('<b>&%_\'\\ 😀 ""', ("b",), None),
        ("pain NOT safe*", ("pain", "not", "safe"), None),
    ],
)
def test_a_search_is_read_as_phrases_and_a_place(asked: str, phrases: tuple[str, ...], place: str | None) -> None:
    read = ASKING.read(asked)
    assert (read.phrases, read.place) == (phrases, place)


def test_the_words_of_a_place_are_kept_for_a_second_try() -> None:
    assert ASKING.read("medway council").whole == ("medway", "council")


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("restraint", "restraint_and_isolation"),
        ("isolaton", "restraint_and_isolation"),
        ("Arolygiadau", "inspection"),
        ("addysg ac iechyd", "education_and_health"),
        ("weather", None),
        ("tywydd", None),
        ("", None),
    ],
)
def test_a_topic_is_known_by_its_telling_words(asked: str, topic: str | None) -> None:
    assert ASKING.find_topic(asked) == topic


@given(st.text(max_size=100))
def test_whatever_is_asked_becomes_words_without_signs(text: str) -> None:
    read = ASKING.read(text)
    ASKING.find_places(text)
    assert len(read.whole) <= 10
    assert all(word.isalnum() for phrase in read.whole for word in phrase.split(" "))
