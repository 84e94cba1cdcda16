"""Directions and the year compared with: only where a page says which test moved, and against when."""

import pytest

from bot.model.finding import Grade, Grades
from bot.reading.directions import find_directions, find_previous_year

SAID = [
    ("Safety and care had both deteriorated in our tests.", {"safety": "worse", "care": "worse"}),
    ("In care they had deteriorated and were now not sufficiently good.", {"care": "worse"}),
    (
        "Outcomes for children had declined in purposeful activity and in resettlement.",
        {"purposeful_activity": "worse", "resettlement": "worse"},
    ),
    ("There had been no improvement in purposeful activity, which was judged poor.", {"purposeful_activity": "same"}),
    ("There had been a decline in outcomes in care.", {"care": "worse"}),
    ("Safety had improved but was not yet reasonably good.", {"safety": "better"}),
    ("Outcomes in safety had not improved.", {"safety": "same"}),
    (
        "Outcomes had deteriorated in every healthy prison test.",
        dict.fromkeys(("safety", "care", "purposeful_activity", "resettlement"), "worse"),
    ),
]
NOT_SAID = [
    "Outcomes had declined in three of our four tests and were now poor for safety and care.",
    "Outcomes were good and safety needed to be improved.",
    "If outcomes in safety had improved, boys would be at school.",
    "Some aspects of purposeful activity had improved, and outcomes were mixed.",
    "Safety had improved.",  # it speaks of no test
    "Outcomes in safety had improved. Outcomes in safety had deteriorated.",
]


@pytest.mark.parametrize(("sentence", "ways"), SAID)
def test_a_test_is_said_to_move(sentence: str, ways: dict[str, str]) -> None:
    assert {test: str(way) for test, way in find_directions([sentence], None)} == ways


@pytest.mark.parametrize("sentence", NOT_SAID)
def test_what_is_not_said_is_no_direction(sentence: str) -> None:
    assert find_directions(sentence.split(". "), None) == ()


def test_a_sentence_takes_its_sense_from_the_one_before() -> None:
    assert dict(find_directions(["Outcomes were mixed.", "Safety had improved."], None)) == {"safety": "better"}


def test_where_the_former_grade_is_stated_no_direction_is_needed() -> None:
    said = ["Safety and care had both improved in our tests."]
    assert [test for test, _ in find_directions(said, Grades(safety=Grade.POOR))] == ["care"]


@pytest.mark.parametrize(
    ("sentences", "year"),
    [
        (["Bar chart of outcomes in 2030 compared with 2027: safety remained poor."], 2027),
        (["Purposeful activity had deteriorated from good in 2027 to poor."], 2027),
        (["At the last inspection, in 2027, boys were afraid."], 2027),
        (["At the last inspection of Werrington in 2027 boys were afraid."], 2027),
        (["Since our inspection in 2027 outcomes in safety had fallen from good to poor."], 2027),
        (["We returned after three years."], None),
        (["Use of force had fallen since 2027 and outcomes in safety were good."], None),
        (["Safety fell from good in 2027 to poor.", "Care fell from good in 2026 to poor."], None),
        (["Compared with 2031 safety was judged poor."], None),
    ],
)
def test_the_year_compared_with_is_the_one_named(sentences: list[str], year: int | None) -> None:
    assert find_previous_year(sentences, 2030) == year
