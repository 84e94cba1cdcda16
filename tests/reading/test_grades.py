"""Grades: those that a sentence states, whether now or before, and none that it does not."""

import pytest

from bot.model.finding import Grade, Grades
from bot.reading.grades import find_grades
from bot.reading.scale import TESTS

TEST_LETTERS = dict(zip("scpr", TESTS, strict=True))


def grades(short: str) -> Grades | None:
    """The grades of "s1 c2": safety poor, care not sufficiently good."""
    found = {TEST_LETTERS[one[0]]: Grade(int(one[1])) for one in short.split()}
    return Grades(**found) if found else None


def read(*sentences: str, year: int | None = None) -> tuple[Grades | None, Grades | None]:
    return find_grades(sentences, (), year)


def test_this_healthy_prison_test_is_the_one_whose_heading_stands_above() -> None:
    was = "At the last inspection of Wetherby in 2027, we found that outcomes for children were {} against this test."
    now = "At this inspection we found that outcomes for children were {} against this healthy prison test."
    safety = ["Safety", was.format("poor"), "We made 12 recommendations.", now.format("not sufficiently good")]
    care = ["Care", now.format("reasonably good")]
    assert read(*safety, *care, year=2030) == (grades("s2 c3"), grades("s1"))
    assert read("Safety", "Purposeful activity was varied.", now.format("poor")) == (None, None)
    assert read(now.format("poor")) == (None, None)


# The phrases of the inspectorate's own releases and pages, 2013 to 2025.
OWN_WORDS = [
    (
        (
            "The unit was poor in our tests of safety and purposeful activity, and not sufficiently "
            "good in care and resettlement."
        ),
        "s1 p1 c2 r2",
        "",
    ),
    ("Outcomes were insufficiently good in all four.", "s2 c2 p2 r2", ""),
    ("Safety moved from 'poor' to 'reasonably good'.", "s3", "s1"),
    ("Safety and care had both slipped from good, the highest assessment, to reasonably good.", "s3 c3", "s4 c4"),
    ("Care was now good, our highest grade.", "c4", ""),
    ("Safety had fallen to our lowest judgement.", "s1", ""),
    (
        "Outcomes remained good, but purposeful activity had deteriorated from good in 2022 to not sufficiently good.",
        "p2",
        "p4",
    ),
    (
        (
            "Safety, care and resettlement had all remained good; purposeful activity had dropped from "
            "good to not sufficiently good."
        ),
        "s4 c4 r4 p2",
        "s4 c4 r4 p4",
    ),
]
OTHER_WORDS = [
    ("Outcomes were good in every test except safety, which was poor.", "s1 c4 p4 r4", ""),
    ("Outcomes were reasonably good in all four tests apart from care and resettlement.", "s3 p3", ""),
    ("Safety was judged poor and all other areas reasonably good.", "s1 c3 p3 r3", ""),
    ("Safety and care, which had been poor, were now reasonably good.", "s3 c3", "s1 c1"),
    ("Outcomes had declined in three of our four tests and were now poor for safety and care.", "s1 c1", ""),
    (
        (
            "Outcomes for children were good in safety and care, reasonably good in resettlement and poor "
            "in purposeful activity."
        ),
        "s4 c4 r3 p1",
        "",
    ),
    (
        (
            "We judged safety to be poor, care to be reasonably good and purposeful activity and "
            "resettlement to be not sufficiently good."
        ),
        "s1 c3 p2 r2",
        "",
    ),
    (
        "Safety was not sufficiently good, while outcomes in the other three tests were reasonably good.",
        "s2 c3 p3 r3",
        "",
    ),
    ("Every healthy prison test was judged reasonably good.", "s3 c3 p3 r3", ""),
    ("Outcomes in all four healthy prison tests had remained poor.", "s1 c1 p1 r1", "s1 c1 p1 r1"),
    ("Respect had improved to reasonably good from not sufficiently good.", "c3", "c2"),
    ("Outcomes for safety had fallen to poor, having been reasonably good in 2019.", "s1", "s3"),
    ("Purposeful activity was still poor.", "p1", "p1"),
    ("Rehabilitation and release planning was reasonably good.", "r3", ""),
    (
        "Safety went up from poor to not sufficiently good, and care from not sufficiently good to reasonably good.",
        "s2 c3",
        "s1 c2",
    ),
    ("At the last inspection safety had been judged poor; it was now reasonably good.", "s3", "s1"),
    ("Inspectors rated outcomes as good for care and as poor for safety.", "c4 s1", ""),
    ("The prison's safety was reasonably good.", "s3", ""),
    ("Outcomes were poor in two tests: safety and purposeful activity.", "s1 p1", ""),
    (
        "In safety and in resettlement, outcomes for children had declined and were now not sufficiently good.",
        "s2 r2",
        "",
    ),
    ("Safety: not sufficiently good. Care: good.", "s2 c4", ""),
    ("Outcomes were now reasonably good for safety, care, purposeful activity and resettlement.", "s3 c3 p3 r3", ""),
    ("Resettlement had slipped two grades, from good to not sufficiently good.", "r2", "r4"),
    ("Purposeful activity fell to poor, our lowest grade, and resettlement to not sufficiently good.", "p1 r2", ""),
    ("For purposeful activity the verdict was poor and for care it was good.", "p1 c4", ""),
    ("Outcomes in safety were poor, as they had been in 2018.", "s1", "s1"),
    (
        (
            "Grades: safety (not sufficiently good), care (reasonably good), purposeful activity "
            "(poor) and resettlement (good)."
        ),
        "s2 c3 p1 r4",
        "",
    ),
    ("Safety, which was previously reasonably good, was now poor.", "s1", "s3"),
    ("We assessed safety as not sufficiently good and care as reasonably good.", "s2 c3", ""),
    (
        (
            "Outcomes for children were reasonably good in safety, care and resettlement, but not "
            "sufficiently good in purposeful activity."
        ),
        "s3 c3 r3 p2",
        "",
    ),
    ("Standards had slipped in safety from reasonably good to not sufficiently good.", "s2", "s3"),
    ("Inspectors found outcomes were 'good' for respect, 'reasonably good' for safety.", "c4 s3", ""),
    ("Our tests of care and resettlement were reasonably good.", "c3 r3", ""),
    (
        "Safety dropped to not sufficiently good, resettlement stayed reasonably good, and care rose to good.",
        "s2 r3 c4",
        "r3",
    ),
    (
        "It was judged not sufficiently good for safety and poor for purposeful activity, the lowest possible grade.",
        "s2 p1",
        "",
    ),
    ("Outcomes had improved from poor to not sufficiently good in safety and purposeful activity.", "s2 p2", "s1 p1"),
    (
        (
            "Outcomes had improved from poor to not sufficiently good in safety and from not "
            "sufficiently good to good in care."
        ),
        "s2 c4",
        "s1 c2",
    ),
    ("Safety was up a grade to reasonably good; purposeful activity was down one to poor.", "s3 p1", ""),
    (
        (
            "The healthy prison scores were: safety reasonably good, care good, purposeful activity "
            "poor, resettlement reasonably good."
        ),
        "s3 c4 p1 r3",
        "",
    ),
    (
        "Bar chart of outcomes in 2023 compared with 2022: safety remained poor, care declined from good to poor.",
        "s1 c1",
        "s1 c4",
    ),
    ("In 2022 all four tests were reasonably good.", "s3 c3 p3 r3", ""),
    ("Safety had improved and was reasonably good, care remained good.", "s3 c4", "c4"),
    ("Scores for safety and respect fell from good to reasonably good.", "s3 c3", "s4 c4"),
    ("Outcomes in respect, now called care, were good.", "c4", ""),
    ("Safety was rated 'not sufficiently good', as it was in 2022.", "s2", "s2"),
    ("Purposeful activity was the weakest area and was judged poor.", "p1", ""),
    ("Outcomes in purposeful activity, previously good, were now reasonably good.", "p3", "p4"),
    ("Outcomes in three tests - safety, care and resettlement - were reasonably good.", "s3 c3 r3", ""),
    ("In safety it went up two grades to good.", "s4", ""),
    ("It was now judged poor for safety, having been not sufficiently good in 2020.", "s1", "s2"),
    ("Outcomes in safety and care were not sufficiently good at both inspections.", "s2 c2", "s2 c2"),
]
NO_GRADES = [
    "Outcomes in safety were very poor.",
    "Relationships between staff and children were good.",
    "Health care was good and food was poor.",
    "Children took part in good activities, and the care for children was very good.",
    "Outcomes for those from minorities were reasonably good.",
    "Work to support resettlement remained good.",
    "Three of the four healthy establishment tests were judged poor, the lowest verdict.",
    "Outcomes were poor in three of our four tests.",
    "The quality of purposeful activity was poor.",
    "Safety had worsened, outcomes had declined and attendance was poor.",
    "Staff took good care of the children, and safety procedures were reasonably good.",
    "Outcomes in education were of too poor a quality for the safety of the children.",
    "Purposeful activity had improved, but its quality was not good enough.",
    "Resettlement services were reasonably good.",
    "Children in local authority care had poor outcomes at school.",
    "Children's outcomes in care homes were poor.",
    "Outcomes for safety had deteriorated because relationships were poor.",
    "Concerns about safety were raised by children whose behaviour was judged good.",
    "Outcomes were poor across the board.",
    "Care for children was reasonably good.",
    "Outcomes of care proceedings were poor.",
    "Safety remains a concern and outcomes remain poor.",
    "They were not sufficiently good in any of the four tests.",
    "None of the tests was better than not sufficiently good.",
    "No test was judged good.",
    "Safety was not judged good.",
    "Safety should be reasonably good by next year.",
    "If safety were reasonably good, outcomes would follow.",
    "He said safety could become good.",
    "Inspectors no longer judged safety poor.",
    "Safety was neither good nor poor in our judgement of outcomes.",
]


@pytest.mark.parametrize(("sentence", "now", "before"), OWN_WORDS + OTHER_WORDS)
def test_a_sentence_is_given_the_grades_it_states(sentence: str, now: str, before: str) -> None:
    assert read(*sentence.split(". ")) == (grades(now), grades(before))


@pytest.mark.parametrize("sentence", NO_GRADES)
def test_what_is_no_grade_of_a_test_is_never_taken_for_one(sentence: str) -> None:
    assert read(sentence) == (None, None)


def test_a_sentence_takes_its_sense_from_the_one_before() -> None:
    found = read(
        "Outcomes remained poor in safety and purposeful activity.",
        "In care they had deteriorated and were now not sufficiently good.",
        "Only in resettlement did we consider outcomes to be reasonable.",
    )
    assert found == (grades("s1 p1 c2 r3"), grades("s1 p1"))


def test_grades_of_earlier_years_are_previous_ones() -> None:
    sentence = "In 2019 safety was judged poor, but safety was now reasonably good."
    assert read(sentence, year=2024) == (grades("s3"), grades("s1"))


def test_a_grade_may_stand_under_the_name_of_its_test() -> None:
    lines = (
        "Safety",
        "Outcomes for children were not sufficiently good.",
        "Care:",
        "Good",
        "Resettlement",
        "A word.",
        "Good",
    )
    assert read(*lines) == (grades("s2 c4"), None)
    assert read("Safety: good", "Care - poor") == (grades("s4 c1"), None)


def test_the_same_word_may_need_the_right_context() -> None:
    assert read("Only safety was poor.") == (None, None)


def test_a_test_with_two_grades_is_given_none() -> None:
    assert read("Safety was reasonably good.", "Outcomes in safety were poor.", "Care was reasonably good.") == (
        grades("c3"),
        None,
    )


def test_the_description_of_a_chart_counts() -> None:
    alt = (
        "Bar chart showing healthy prison outcomes at Anytown in 2023 compared with 2022. Safety, "
        "care and resettlement had "
        "all remained good; purposeful activity had dropped from good to not sufficiently good."
    )
    assert find_grades((), [alt]) == (grades("s4 c4 p2 r4"), grades("s4 c4 p4 r4"))


def test_the_description_of_any_other_picture_does_not() -> None:
    assert find_grades(
        (), ["A poster about safety. Safety is good for you, poor safety is not, safety first is good."]
    ) == (
        None,
        None,
    )
