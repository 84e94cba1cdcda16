"""Figures with their nouns; dates, years and ages are none."""

import pytest

from bot.reading.numbers import MOST, find_numbers, numbers_in


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Staff managed 583 separate conflicts among 77 children.", ["583 separate conflicts", "77 children"]),
        ("Most were locked up for 23.5 hours a day without contact.", ["23.5 hours a day"]),
        ("At the time 90% of children were kept apart.", ["90% of children"]),
        ("Nearly a quarter of boys felt unsafe.", ["Nearly a quarter of boys"]),
        ("More than 12,500 hours of education were lost.", ["12,500 hours of education"]),
        ("It cost £7 million and £40m.", ["£7 million", "£40m"]),
        ("Violence rose by 53 per cent in six months.", ["53 per cent", "six months"]),
        ("Two boys were there, and twenty-two girls.", ["Two boys", "twenty-two girls"]),
        ("On 26 April 2023 a 16-year-old, aged 15 to 18, came on Monday 3 with a two-year sentence in 2019.", []),
        ("The Three Peaks Challenge was won by Three Wise Men.", []),
        ("Nothing is said of 12.", []),
        ("Inspection report (PDF, 1.1 MB)", []),
        ("A sample of 20 of the", []),
    ],
)
def test_a_figure_keeps_its_noun(sentence: str, expected: list[str]) -> None:
    assert numbers_in(sentence) == expected


def test_there_are_not_too_many_and_each_is_told_once() -> None:
    told = find_numbers(f"There were {number} fights." for number in [*range(100, 140), 100])
    assert len(told) == MOST
    assert len(set(told)) == MOST
