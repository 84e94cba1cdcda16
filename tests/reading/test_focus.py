"""A grade that the page does not state of its own place is never given."""

import pytest

from bot.model.finding import Grade, Grades
from bot.reading.focus import Focus
from tests.reading.pages import FILLER, LEXICON, read
from tests.reading.test_grades import grades

PUBLISHED = '<meta property="article:published_time" content="2030-06-01T10:00:00Z">'
NOT_GRADES = [
    ("HMYOI Werrington", "Outcomes at HMYOI Wetherby were poor in safety."),
    ("HMYOI Werrington", "Across the young people’s estate, outcomes in safety were poor."),
    ("HMYOI Werrington", "Nationally, outcomes in purposeful activity were not sufficiently good."),
    ("HMYOI Werrington", "In most young offender institutions outcomes in safety were poor."),
    ("HMYOI Werrington", "<h2>HMYOI Wetherby</h2>\nOutcomes were poor in safety and good in care."),
    (
        "HMYOI Feltham A",
        ("<h2>Feltham B</h2>\nSafety was poor and respect was reasonably good.\nPurposeful activity was judged poor."),
    ),
    (
        "HMYOI Feltham A",
        ("At Feltham B, for young adults, things were worse. Safety was poor and respect was not sufficiently good."),
    ),
    ("HMYOI Wetherby", "On the Keppel unit, outcomes were good in all four tests."),
    ("HMYOI Wetherby", "On the Napier unit, care was reasonably good and safety was poor."),
    ("HMYOI Parc", "In the adult prison, safety was poor and respect was not sufficiently good."),
    ("HMYOI Parc", "Outcomes for adult prisoners were poor in safety."),
    ("HMYOI Werrington", "The aim is for safety to be reasonably good by 2031."),
    ("HMYOI Werrington", "Leaders want purposeful activity to be judged good at the next inspection."),
    ("HMYOI Werrington", "Safety was not yet reasonably good."),
    ("HMYOI Werrington", "Outcomes in safety had yet to become reasonably good."),
    ("HMYOI Werrington", "Outcomes in care fell just short of good."),
    ("HMYOI Werrington", "Outcomes in care were close to good."),
    ("HMYOI Werrington", "It is hard to see how safety can be reasonably good while boys carry weapons."),
    ("HMYOI Werrington", "Ofsted judged the school good and care good."),
    ("HMYOI Werrington", "Ofsted rated purposeful activity, including education, reasonably good."),
    ("HMYOI Werrington", "Progress in safety was judged reasonably good, in care poor."),
    ("HMYOI Werrington", ("We judged that there had been good progress in care and insufficient progress in safety.")),
    ("HMYOI Werrington", "Children told us that safety was poor and care was reasonably good."),
    ("HMYOI Werrington", "The Howard League said safety was poor and care was not sufficiently good."),
    ("HMYOI Werrington", "The IMB considers safety to be poor and care reasonably good."),
    ("HMYOI Werrington", "At the last inspection, in 2027, safety was judged poor."),
    ("HMYOI Werrington", "Two years ago outcomes were poor in safety."),
    ("HMYOI Werrington", "Outcomes in safety had once been good."),
    ("HMYOI Werrington", ("A healthy prison is one where safety is good and purposeful activity is reasonably good.")),
    ("HMYOI Werrington", "Each test is graded good, reasonably good, not sufficiently good or poor."),
    (
        "HMYOI Werrington",
        (
            "Outcomes for children in safety: there is evidence that outcomes are being adversely "
            "affected in many areas."
        ),
    ),
    (
        "HMYOI Werrington",
        ("The four possible judgements for safety are good, reasonably good, not sufficiently good and poor."),
    ),
    ("HMYOI Werrington", "Good: safety is everyone’s business. Poor: care without thought."),
    ("HMYOI Werrington", "The quality of care was reasonably good."),
    ("HMYOI Werrington", "Health care outcomes were reasonably good and dental care was poor."),
    ("HMYOI Werrington", "Whether safety is poor or reasonably good is for the governor to say."),
    ("HMYOI Werrington", "Had the inspection been later, safety would have been judged poor."),
    ("HMYOI Werrington", "Recommendation: safety should be reasonably good or better."),
    ("HMYOI Werrington", "Safety was better than poor but outcomes were mixed."),
    ("HMYOI Werrington", "Safety was no better than not sufficiently good, inspectors had feared."),
    ("HMYOI Werrington", "Purposeful activity was poor in the afternoons and outcomes suffered."),
    ("HMYOI Werrington", "Attendance in purposeful activity was poor."),
    ("HMYOI Werrington", "Outcomes were reasonably good for the care of disabled children."),
    ("HMYOI Werrington", "Outcomes in resettlement for children serving long sentences were poor."),
    ("HMYOI Werrington", "Inspectors will return to see whether outcomes in safety are still poor."),
    ("HMYOI Werrington", "Some outcomes in safety were reasonably good."),
    ("HMYOI Werrington", "Aspects of purposeful activity were reasonably good."),
    ("Oakhill Secure Training Centre", "Outcomes in safety were poor and care was reasonably good."),
    ("HMP Bedford", "Safety was poor and respect was reasonably good."),
    ("HMYOI Werrington", "Unlike HMP Dartford, where safety was poor, it had few drugs."),
    ("HMYOI Werrington", "Safety was reasonably good at Parc, outcomes show."),
    ("HMYOI Werrington", "The inspection of Wetherby a week earlier found that outcomes in safety were poor."),
    ("HMYOI Werrington", "In its previous inspection report safety was rated poor and care reasonably good."),
    ("HMYOI Werrington", "Safety, inspectors said in 2019, was poor."),
    ("HMYOI Werrington", "Back in 2015 outcomes in safety were good."),
    ("HMYOI Werrington", "The previous rating for safety was poor."),
    ("HMYOI Werrington", "Safety: targets for good conduct. Care: poor boxes."),
    ("HMYOI Werrington", "Governors were told to make safety reasonably good."),
    ("HMYOI Werrington", "It is not true that safety was judged poor."),
    ("HMYOI Werrington", "Safety had been rated reasonably good before the riot."),
    ("HMYOI Werrington", "Outcomes for girls in care were poor."),
    ("HMYOI Werrington", "Safety is poor, says a mother whose son was held there, and outcomes are worse."),
    ("HMYOI Werrington", "“Safety is poor and the outcomes are awful,” said a former officer."),
    ("HMYOI Werrington", "Labour said that safety was poor and care was not sufficiently good."),
    ("HMYOI Werrington", "Purposeful activity would be graded poor if it were a school."),
    ("HMYOI Werrington", "The scores for safety ranged from poor to reasonably good."),
    ("HMYOI Werrington", "Previous grades: safety poor, care good."),
    ("HMYOI Werrington", "Safety (2027): poor. Care (2027): good."),
]
GRADES = [
    ("Outcomes at Werrington were poor in safety and reasonably good in care.", "s1 c3", ""),
    (("In contrast to Wetherby, fights were rare. At Werrington, safety was reasonably good."), "s3", ""),
    (("It was one of the most violent prisons in the country, and outcomes in safety were poor."), "s1", ""),
    ("Safety was judged poor, the worst of any young offender institution.", "s1", ""),
    ("Outcomes for children were found to be poor in safety.", "s1", ""),
    ("There had been little progress and outcomes in safety remained poor.", "s1", "s1"),
    (
        (
            "At our last inspection in 2027 safety was poor, care reasonably good and "
            "resettlement good. At this inspection safety was reasonably good, care was good and "
            "resettlement was poor."
        ),
        "s3 c4 r1",
        "s1 c3 r4",
    ),
    (
        ("Outcomes were reasonably good in safety, care and resettlement, and purposeful activity was good."),
        "s3 c3 p4 r3",
        "",
    ),
    ("Safety declined from reasonably good in 2027 to poor in 2030.", "s1", "s3"),
    (
        (
            "Safety, care and purposeful activity had not improved and were poor, while "
            "resettlement had improved to good."
        ),
        "s1 c1 p1 r4",
        "s1 c1 p1",
    ),
    (("Outcomes at Feltham A had fallen to poor in safety. At Feltham B safety was reasonably good."), "s1", ""),
    ("Only care was good enough to be judged reasonably good; safety was poor.", "s1 c3", ""),
    (("The report rates the institution as poor for safety and not sufficiently good for care."), "s1 c2", ""),
    (
        (
            "Inspectors graded it “not sufficiently good” in safety, “reasonably good” for care "
            "and resettlement, and “poor” for purposeful activity."
        ),
        "s2 c3 p1 r3",
        "",
    ),
]


@pytest.mark.parametrize(("title", "said"), NOT_GRADES)
def test_what_is_said_of_others_or_not_said_is_no_grade(title: str, said: str) -> None:
    found = read(title, *said.splitlines(), FILLER, head=PUBLISHED)
    assert (found.grades, found.previous_grades) == (None, None)


@pytest.mark.parametrize(("said", "now", "before"), GRADES)
def test_a_neighbour_beside_it_hides_no_grade(said: str, now: str, before: str) -> None:
    title = "HMYOI Feltham A" if "Feltham" in said else "HMYOI Werrington"
    found = read(title, said, FILLER, head=PUBLISHED)
    assert (found.grades, found.previous_grades) == (grades(now), grades(before))


def test_a_chart_of_a_neighbour_is_not_read() -> None:
    chart = '<img src="c.png" alt="Bar chart of outcomes at {} in 2030: safety remained poor and care was good.">'
    assert read("HMYOI Feltham A", chart.format("Feltham B"), FILLER).grades is None
    own = read("HMYOI Feltham A", chart.format("Feltham A"), FILLER).grades
    assert own == Grades(safety=Grade.POOR, care=Grade.GOOD)


def test_a_text_comes_back_to_its_place_by_naming_it() -> None:
    focus = Focus("feltham-a", "HMYOI Feltham A", LEXICON)
    assert focus.keep(["At Feltham B it was worse.", "Safety was poor."]) == ["", ""]
    assert focus.keep(["Care was good."]) == [""]
    assert focus.keep(["Feltham A was better.", "Care was good."]) == ["Feltham A was better.", "Care was good."]
    assert focus.keep(["Fewer boys came than to Dartford, unlike at Dartford.", "Care was poor."]) == ["", ""]
    assert focus.keep(["Care was good."]) == ["Care was good."]
