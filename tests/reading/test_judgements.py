"""Ofsted's words: of this inspection, of the whole place and of its parts."""

import pytest

from bot.reading.judgements import find_judgements
from tests.reading.pages import FILLER, NEWSROOM, read

OFSTED = "https://files.ofsted.gov.uk/v1/file/sample"
LABELS = (
    "Inspection dates: 14 to 18 October 2030",
    "Overall experiences and progress of children and young people, taking into account: inadequate",
    "Children’s education and learning: requires improvement to be good",
    "Children’s health",
    "Good",
    "Overall judgement at last inspection: outstanding",
    "Date of last inspection: 6 October 2028",
)


def said(*sentences: str) -> dict[str, str]:
    return {one.subject: one.word for one in find_judgements((), sentences)}


def test_a_report_states_them_as_labels() -> None:
    found = read("Oakhill Secure Training Centre", *LABELS, url=OFSTED)
    assert [(one.subject, one.word) for one in found.judgements] == [
        ("overall", "inadequate"),
        ("Children’s education and learning", "requires improvement"),
        ("Children’s health", "good"),
    ]
    assert (found.kind, found.grades) == ("ofsted", None)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Ofsted rated the centre inadequate.", {"overall": "inadequate"}),
        ("It has been rated ‘inadequate’ for the third time in a row.", {"overall": "inadequate"}),
        ("Sample STC was downgraded to 'inadequate' in the latest report.", {"overall": "inadequate"}),
        ("The school was judged to be outstanding by Ofsted.", {"overall": "outstanding"}),
        ("It was told that it requires improvement.", {"overall": "requires improvement"}),
        (
            "Leadership was rated requires improvement, but education was good.",
            {"leadership": "requires improvement", "education": "good"},
        ),
        ("Ofsted rated the leadership of the school inadequate.", {}),
        ("The centre has never been rated good.", {}),
        ("It could be judged good next year.", {}),
        ("At its last inspection it was rated inadequate.", {}),
        ("Ofsted praised good health care.", {}),
        ("Inspectors found good relationships and good work.", {}),
        ("Education was good in the morning.", {}),
        ("Ofsted rated the centre good. The centre was rated inadequate.", {}),
    ],
)
def test_prose_states_them_too(sentence: str, words: dict[str, str]) -> None:
    assert said(*sentence.split(". ")) == words


def test_a_town_with_a_prison_of_its_name_is_no_neighbour() -> None:
    said = "Oasis Restore in Rochester, Kent, was rated as requires improvement to be good overall."
    found = read("Oasis Restore secure school", said, "Children’s health was rated good.", FILLER, url=NEWSROOM)
    assert [(one.subject, one.word) for one in found.judgements] == [
        ("overall", "requires improvement"),
        ("Children’s health", "good"),
    ]


def test_a_young_offender_institution_has_none() -> None:
    assert read("HMYOI Werrington", "Ofsted rated the school inadequate.", FILLER, url=NEWSROOM).judgements == ()


def test_a_charitys_home_is_read_where_it_is_the_pages_place() -> None:
    found = read("Oakhill", "Oakhill secure training centre was rated inadequate by Ofsted.", FILLER, url=NEWSROOM)
    assert [(one.subject, one.word) for one in found.judgements] == [("overall", "inadequate")]
