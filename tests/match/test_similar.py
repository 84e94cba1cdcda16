"""Which stories a person may want to see beside another."""

from datetime import date

from bot.match.shelf import Shelf
from bot.match.similar import list_similar
from bot.model.story import Traces

DAY = date(2026, 11, 20)
RISING = ("find", "inspector", "rising", "violence", "youth")


def told(*words: str, day: date = DAY, **more: object) -> Traces:
    return Traces(published=day, title=words, words=tuple(sorted(words)), **more)  # type: ignore[arg-type]


def test_the_likest_come_first_and_a_story_is_not_like_itself() -> None:
    own = told(*RISING, institutions=("wetherby",), kind="inspection")
    shelf = Shelf(
        [
            (1, [told("court", "ruling", "youth")]),
            (2, [told("find", "inspector", "rising", "knives", "education", "visits")]),
            (3, [own]),
            (4, [told("plan", institutions=("wetherby",), kind="inspection", day=date(2026, 11, 19))]),
        ]
    )
    assert list_similar(own, shelf, but=3) == (4, 2)
    assert list_similar(own, shelf, but=3, limit=1) == (4,)


def test_another_place_and_a_time_long_past_are_not_looked_at() -> None:
    own = told(*RISING, institutions=("wetherby",))
    shelf = Shelf(
        [(1, [told(*RISING, institutions=("werrington",))]), (2, [told(*RISING, day=date(2026, 6, 1))])],
    )
    assert list_similar(own, shelf, but=9) == ()
