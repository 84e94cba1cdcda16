"""Where an entry without a day belongs, and which stories are looked at for one with a day."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.match.cluster import choose_story
from bot.match.shelf import Shelf
from bot.model.story import Traces
from tests.match.test_cluster import traces


def test_between_two_years_an_entry_without_a_day_joins_the_story_that_is_clearly_nearer() -> None:
    def year(number: int, *words: str, title: tuple[str, ...] = ()) -> tuple[int, list[Traces]]:
        return number, [traces(400 * number, kind="report", seldom=True, words=words, title=title)]

    told = [year(1, "hungry", title=("cold", "wings")), year(2, title=("most", "violent", "jail"))]
    asked: dict[str, Any] = {"kind": "report", "seldom": True}
    assert choose_story(traces(None, title=("most", "violent"), **asked), told).story_id == 2
    assert choose_story(traces(None, title=("cold", "meals"), words=("hungry",), **asked), told).story_id == 1
    unsure = choose_story(traces(None, title=("jail",), **asked), told)
    assert (unsure.story_id, unsure.also) == (None, (1, 2))
    assert choose_story(traces(None, numbers=("583 fights",), **asked), told).story_id is None


def test_a_figure_that_two_stories_have_is_the_earlier_one_s() -> None:
    told = [(1, [traces(0, numbers=("583 fights",))]), (2, [traces(90, numbers=("583 fights",))])]
    assert choose_story(traces(None, numbers=("583 fights",)), told).story_id == 1


def test_an_entry_without_a_day_may_share_with_a_story_what_no_one_entry_says() -> None:
    told = [traces(0, kind="report", words=("alarm", "roof", "a")), traces(1, kind="report", words=("door", "b", "c"))]
    choice = choose_story(traces(None, words=("alarm", "door", "roof")), [(7, told)])
    assert (choice.story_id, choice.reason) == (7, "it and the story speak of alarm, door, roof")
    assert choose_story(traces(None, kind="riot", words=("alarm", "door", "roof")), [(7, told)]).story_id is None
    national = [traces(0, "", kind="report/heat", words=one.words) for one in told]
    asked = traces(None, "", kind="report", everywhere=True, words=("alarm", "door", "roof"))
    assert choose_story(asked, [(7, national)]).story_id == 7
    assert choose_story(replace(asked, words=("alarm", "door")), [(7, national)]).story_id is None


@pytest.mark.parametrize("asked", [traces(5), traces(None), traces(5, ""), traces(None, "")], ids=repr)
def test_a_shelf_finds_what_is_near_in_its_order(asked: Traces) -> None:
    stories = [
        (number, [traces(days, place)])
        for number, (days, place) in enumerate(
            [
                (None, "werrington"),
                (-40, ""),
                (0, ""),
                (4, "oakhill"),
                (30, "werrington"),
                (35, ""),
                (36, "werrington"),
                (400, ""),
            ]
        )
    ]
    near = [number for number, _ in Shelf(stories).near(asked, timedelta(days=30))]
    fits = [
        number
        for number, [one] in stories
        if not (asked.institutions and one.institutions and asked.institutions != one.institutions)
        and (asked.published is None or one.published is None or abs((asked.published - one.published).days) <= 30)
    ]
    assert near == fits
