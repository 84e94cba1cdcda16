"""What waits for a person whatever its verdict (DESIGN.md rule 6)."""

import pytest

from bot.model.story import Outcome
from tests.match.conftest import Judge

SENSITIVE = [
    ("death", "Boy, 16, found dead at HMYOI Wetherby"),
    ("death", "Inquest opens into death at Cookham Wood young offender institution"),
    ("death", "Teenager dies at Oakhill secure training centre"),
    ("death", "Two children lost their lives at Feltham A, ombudsman says"),
    ("death", "Gareth Myatt: what has changed in secure training centres"),
    ("death", "Fatal incident report: HMYOI Parc"),
    ("death", "HMYOI Werrington: child took his own life"),
    ("self_harm", "Girl harmed herself every day at Wetherby YOI"),
    ("self_harm", "A boy with a history of self-harm was kept alone at Feltham A"),
    ("self_harm", "HMYOI Parc: suicidal teenager waited 12 days for help"),
    ("sexual_abuse", "Officer charged with sexual assault at Werrington YOI"),
    ("sexual_abuse", "Boys were sexually abused at Medway secure training centre"),
    ("sexual_abuse", "Inappropriate relationship: officer at Wetherby YOI sacked"),
    ("identifiable_child", "Abuse at children's jail: men arrested"),
    ("identifiable_child", "Four staff charged over ill-treatment of boys at HMYOI Werrington"),
    ("identifiable_child", "Mistreatment of children at Oakhill secure training centre: two before magistrates"),
    ("identifiable_child", "Staff laughed as child vomited at Oakhill secure training centre"),
    ("identifiable_child", "Guards filmed a distressed inmate at HMYOI Wetherby"),
    ("identifiable_child", "Sam Example, 15, tells of his time at HMYOI Wetherby"),
    ("identifiable_child", "Sam Example was just 15 when he was sent to HMYOI Wetherby"),
    ("identifiable_child", "Sam (16) speaks about HMYOI Wetherby"),
    ("identifiable_child", "Sam aged 16 from Leeds speaks about HMYOI Wetherby"),
    ("identifiable_child", "Mother of 15-year-old held at Oakhill secure training centre speaks out"),
]
GENERAL = [
    "HMYOI Werrington: self-harm had risen and violence was high",
    "HMYOI Wetherby inspection: rates of self-harm have doubled",
    "Number of deaths in custody falls, but children in custody are less safe",
    "HMYOI Parc: the unit holds boys aged 15 to 17",
    "Boy, 16, wins ruling over solitary confinement at Feltham A",
    "Children in custody at risk of suicide are kept alone, HMYOI Feltham A report finds",
    "Sexual health clinic opens at HMYOI Wetherby",
    "Three men arrested over drugs at HMYOI Wetherby",
    "Degrading treatment of children must end, HMYOI Wetherby report says",
    "Reports of April 15, and of May 16, on HMYOI Wetherby",
]


@pytest.mark.parametrize(("reason", "title"), SENSITIVE)
def test_a_particular_child_is_held_for_a_person_and_stays_what_it_is(judge: Judge, reason: str, title: str) -> None:
    verdict = judge(title)
    assert (verdict.outcome, verdict.sensitive, verdict.sensitive_reason) == (Outcome.ALERT, True, reason)
    assert not verdict.unattended
    assert judge("HMYOI Wetherby", title).sensitive_reason == reason


@pytest.mark.parametrize("title", GENERAL)
def test_general_findings_go_out_unattended(judge: Judge, title: str) -> None:
    assert judge(title).unattended


ONE_CHILD = [
    "HMYOI Werrington: boy put on a train 200 miles from home",
    "Autistic boy kept alone at HMYOI Wetherby, says his mum",
    "Child refused food for nine days at HMYOI Parc",
    "Teen inmate throws kettle at HMYOI Feltham A",
    "Only child, 12, held at Oasis Restore secure school",
    "Boy's jaw broken by guards at Rainsbrook secure training centre",
    "17-year-old's neck was squeezed in restraint at HMYOI Wetherby",
]
NOT_ONE_CHILD = [
    "Children's commissioner: HMYOI Feltham A is no place for a child",
    "How the Youth Custody Service decides where a child remanded by a court goes",
    "HMYOI Parc: the unit holds boys aged between 15 and 18",
    "High Court: HMYOI Feltham A kept boy alone unlawfully",
    "Secure training centre takes up to six girls",
    "Boy prisoners sleep on floors at HMYOI Feltham A",
]


@pytest.mark.parametrize("title", ONE_CHILD)
def test_whatever_is_told_of_one_child_waits(judge: Judge, title: str) -> None:
    assert judge(title).sensitive_reason == "identifiable_child"


@pytest.mark.parametrize("title", NOT_ONE_CHILD)
def test_what_is_told_of_children_in_general_or_by_a_court_goes_out(judge: Judge, title: str) -> None:
    assert judge(title).unattended
