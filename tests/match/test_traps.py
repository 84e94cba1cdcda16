"""What is easily taken for a child prison, and what a child prison is easily missed by."""

from datetime import UTC, datetime

import pytest

from bot.model.feed import FeedKind
from bot.model.story import Outcome
from tests.match.conftest import Judge

NOT_OURS = [
    ("Feltham B", "Inspectors find drugs and idleness at HMP Feltham B", "The prison holds men aged 18 and over."),
    ("HMYOI for adults", "HMYOI Aylesbury: too little work and not safe enough, inspectors say", ""),
    ("HMYOI for adults", "HMYOI Deerbolt inspection: young adults spend too long in cells", ""),
    ("HMP/YOI for adults", "HMP/YOI Isis: violence falls but time out of cell is poor", ""),
    ("HMP/YOI for adults", "HMP/YOI Swinfen Hall: progress for prisoners aged 18 to 25", ""),
    ("HMP/YOI for adults", "HMP & YOI Brinsford rated poor by inspectors", ""),
    ("HMP/YOI for adults", "HMYOI Glen Parva: the young offender institution is to be rebuilt", ""),
    ("HMP/YOI in a name", "HMP/YOI Hindley: drugs everywhere and a poor regime", ""),
    ("HMP/YOI in a name", "HMP/YOI Styal: a women's prison that has become safer", ""),
    ("probation", "Youth justice service in the north rated inadequate by HM Inspectorate of Probation", ""),
    ("probation", "Youth offending team praised", "More services for children were rated good this year."),
    ("police custody", "Children kept overnight in police custody suites", "An appropriate adult came late."),
    ("immigration", "Dungavel House immigration removal centre inspected", "No children were held there."),
    ("children's home", "Children's home to shut after Ofsted finds it inadequate", ""),
    ("school", "Oasis Academy told to improve by Ofsted", "Pupils' behaviour has worsened."),
    ("school security", "Council pays for fences to keep primary school secure", ""),
    ("child as victim", "Child killer jailed for life", "He murdered two children in 2019."),
    ("child as victim", "Coach jailed for abusing boys at a swimming club", ""),
    ("a crime", "Teenager detained for life for stabbing", "The 17-year-old was found guilty of murder."),
    ("a sentence", "Drug dealer, 19, jailed", "He was sentenced to four years in a young offenders institution."),
    ("Scotland", "Children at Polmont young offenders institution to move to secure care", ""),
    ("Scotland", "Secure care in Scotland: no child in a young offenders institution any more", ""),
    ("Northern Ireland", "Woodlands Juvenile Justice Centre praised by inspectors in Northern Ireland", ""),
    ("Northern Ireland", "Hydebank Wood young offenders centre criticised", ""),
    ("Ireland", "Oberstown detention campus for children is full", ""),
    ("Australia", "Don Dale: children in detention tear-gassed in Darwin", ""),
    ("Australia", "Queensland youth detention centre holds record number of children", ""),
    ("United States", "Guards charged at Texas juvenile detention center", "Boys were made to fight."),
    ("families", "Children of prisoners need more help, charity says", "Visits to mothers in prison are too short."),
    ("families", "Mothers and babies in prison units", ""),
    ("war", "Child soldiers held in Syria camps", ""),
    ("a village", "Borstal village hall in Rochester to be rebuilt", ""),
    ("women's prison", "Foston Hall women's prison unsafe, inspectors find", ""),
    ("town", "Wetherby racecourse cancels its winter meeting", ""),
    ("town", "Medway council approves new homes", ""),
    ("town", "Parc y Scarlets to hold concerts", ""),
    ("town", "Ashfield shop raided twice in a week", ""),
    ("town", "Swanwick air traffic control fault delays flights", ""),
    ("town", "Hillside cafe wins award", ""),
    ("town", "Feltham station to close for works", ""),
    ("town", "Werrington fete raises money for church", ""),
    ("town", "Rainsbrook crematorium to expand", ""),
    ("school", "Oakhill School celebrates its exam results", ""),
    ("parc", "Drugs drone caught over HMP Parc", "Three prisoners were taken to hospital from Parc prison."),
    ("closed", "HMP Cookham Wood: prisoners work in new gardens", ""),
    ("a word in a word", "An excellent celebration of cellists in Parcel Street", ""),
    ("adults", "HMP Portland: inspectors find men locked up for too long", ""),
    ("custody of a child", "Actor wins custody battle over his children", ""),
]

OURS = [
    ("HMYOI Werrington: violence has risen, inspectors find", ("werrington",)),
    ("Boys locked up for 22 hours at Feltham A", ("feltham-a",)),
    ("Feltham young offenders' institute: safety poor", ("feltham-a",)),
    ("Wetherby young offender's institution praised for education", ("wetherby",)),
    ("Wetherby Young Offenders Institution: report on girls", ("wetherby",)),
    ("Werrington Young Offenders’ Institute: report", ("werrington",)),
    ("Werrington youth offenders institution: report", ("werrington",)),
    ("Parc juvenile unit remains a safe place", ("parc-yoi",)),
    ("HMP Parc: young people's unit praised", ("parc-yoi",)),
    ("Oakhill secure training centre: urgent notification", ("oakhill",)),
    ("Rainsbrook STC: children moved out", ("rainsbrook",)),
    ("Oasis Restore to reopen after new doors are fitted", ("oasis-restore",)),
    ("Adel Beck Secure Children's Home rated outstanding", ("adel-beck",)),
    ("Aycliffe secure centre to grow", ("aycliffe",)),
    ("Hillside Secure Children's Home inspected", ("hillside",)),
    ("Child jail had no teachers for weeks", ()),
    ("Number of children in custody rises for the first time in years", ()),
    ("Youth Custody Service publishes its monthly figures", ()),
    ("MMPR: restraint panel reports on pain-inducing techniques", ()),
    ("Ministers delay second secure school for young offenders", ()),
    ("Cookham Wood: inquest for boy who died at the child prison", ("cookham-wood",)),
]


@pytest.mark.parametrize(("trap", "title", "summary"), NOT_OURS, ids=[title[:50] for _, title, _ in NOT_OURS])
@pytest.mark.parametrize("kind", [FeedKind.NEWS, FeedKind.INSPECTORATE])
def test_what_is_not_ours_is_never_an_alert(judge: Judge, trap: str, title: str, summary: str, kind: FeedKind) -> None:
    # Prison inspectors and monitors do not write about fêtes: a place that they name is the prison.
    verdict = judge(title, summary, kind=FeedKind.NEWS if trap == "town" else kind)
    assert verdict.outcome is Outcome.IGNORE, (trap, verdict)


@pytest.mark.parametrize(("title", "places"), OURS, ids=[title[:50] for title, _ in OURS])
def test_what_is_ours_is_an_alert_with_its_place_and_evidence(
    judge: Judge, title: str, places: tuple[str, ...]
) -> None:
    verdict = judge(title)
    assert (verdict.outcome, verdict.institutions) == (Outcome.ALERT, places), verdict
    assert all(one.words for one in verdict.evidence)


@pytest.mark.parametrize(
    ("title", "day", "outcome"),
    [
        ("HMP Cookham Wood: staff speak", datetime(2023, 7, 18, tzinfo=UTC), Outcome.ALERT),
        ("HMP Cookham Wood: staff speak", datetime(2025, 7, 18, tzinfo=UTC), Outcome.IGNORE),
        ("HMP Cookham Wood: staff speak", None, Outcome.REVIEW),
        ("HMYOI Cookham Wood: staff speak", None, Outcome.ALERT),
        ("HMYOI Hindley: improvements", datetime(2014, 8, 1, tzinfo=UTC), Outcome.ALERT),
        ("HMP/YOI Hindley: drugs", datetime(2024, 8, 1, tzinfo=UTC), Outcome.IGNORE),
        ("Warren Hill prison praised", None, Outcome.IGNORE),
        ("Medway secure training centre inadequate", datetime(2019, 12, 1, tzinfo=UTC), Outcome.ALERT),
    ],
)
def test_a_place_is_a_child_prison_only_in_its_time(
    judge: Judge, title: str, day: datetime | None, outcome: Outcome
) -> None:
    assert judge(title, published_at=day).outcome is outcome


def test_a_welfare_home_waits_for_a_person(judge: Judge) -> None:
    assert judge("Clare Lodge: girls not protected", "Ofsted criticises the secure home.").outcome is Outcome.REVIEW


def test_an_entry_about_two_places_names_both_and_the_adult_one_does_not_hide_the_other(judge: Judge) -> None:
    verdict = judge("Reports on HMYOI Werrington, Oakhill STC and HMP Bristol")
    assert verdict.outcome is Outcome.ALERT
    assert verdict.institutions == ("werrington", "oakhill")


def test_england_and_wales_named_beside_another_country_is_not_ignored(judge: Judge) -> None:
    title = "Children in custody: England and Wales compared with Scotland"
    assert judge(title).outcome is Outcome.ALERT
    assert judge("Children in custody in Scotland").outcome is Outcome.IGNORE


def test_the_nation_is_the_places(judge: Judge) -> None:
    assert judge("HMYOI Parc inspected").nation == "Wales"
    assert judge("HMYOI Wetherby inspected").nation == "England"
    assert judge("Children in custody in England: figures").nation == "England and Wales"
    assert judge("Youth custody figures").nation is None
