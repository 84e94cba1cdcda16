"""Every place's name that means something else as well, and every pattern that only looks like the subject.

The rows follow the notes on ambiguity in the campaign's facts: the place or pattern, what is not ours, and what is.
"""

import pytest

from bot.model.story import Outcome
from tests.match.conftest import Judge

NOT_OURS = """
feltham-a|Feltham councillors back plans for new library
feltham-a|Feltham B: young adults praise gym
werrington|Werrington suburb of Peterborough to get bus lane
wetherby|Wetherby results: favourite wins the 3.10
keppel|Keppel Island resort sold
keppel|Admiral Keppel portrait found
parc|HMP Parc: three prisoners die in a week amid drugs fears
parc|Parc Cenedlaethol Eryri opens path for families
cookham-wood|HMP Cookham Wood: adult prisoners riot
hindley|HMP/YOI Hindley: drugs story of adult jail
hindley|Hindley town centre gets new market
warren-hill|HMP Warren Hill praised for work with lifers
ashfield|Ashfield MP visits school
ashfield|HMP Ashfield: sex offenders grow vegetables
huntercombe|HMP Huntercombe: foreign national prisoners wait for removal
stoke-heath|HMP Stoke Heath inspected: violence among men
thorn-cross|HMP Thorn Cross open prison holds sports day
brinsford|HMP/YOI Brinsford: young adults idle
lancaster-farms|HMP Lancaster Farms: drugs and debt
onley|HMP Onley: category C prison failing London men
portland|Portland, Oregon: juvenile jail faces lawsuit
portland|HMP/YOI Portland: men locked up too long
woodhill|HMP Woodhill in Milton Keynes: officers assaulted
eastwood-park|HMP Eastwood Park: women in crisis
downview|HMP Downview: women's prison workshop
rivendell|Rivendell set of the Tolkien series opens to children
foston-hall|HMP & YOI Foston Hall: women harm themselves daily
oakhill|Oak Hill Youth Center in Washington DC closes
oakhill|Oakhill college students win cup
rainsbrook|Rainsbrook valley housing plan refused
medway|River Medway swimmers warned of pollution
hassockfield|Derwentside immigration removal centre for women on Hassockfield site
oasis-restore|Oasis announce new tour dates
oasis-restore|Oasis Academy Lister Park: Ofsted inspectors find failings
oasis-restore|Councils told to make every school secure against cyber attack
aycliffe|Newton Aycliffe train factory to build new carriages
barton-moss|Barton Moss fracking protesters win appeal
hillside|Hillside estate residents fight phone mast
lansdowne|Lansdowne Road to host Ireland match
swanwick|Swanwick: air traffic control centre restores service
polmont|Polmont YOI: HMIPS chief inspector Wendy Sinclair-Gieben finds improvements
polmont|Fatal Accident Inquiry into death of girl, 16, at Polmont young offenders institution
kibble|Kibble secure care in Paisley restrains children less
rossie|Rossie secure care for children in Scotland loses funding
st-marys-kenmure|St Mary's Kenmure secure unit for children near Glasgow closes
hydebank|Hydebank Wood secure college inspected by CJINI
ireland|Irish Penal Reform Trust on children in Oberstown detention
australia|Banksia Hill youth detention centre riot in Western Australia
australia|Cleveland Youth Detention Centre in Townsville over capacity
united-states|Los Angeles juvenile hall ordered to close
abroad|Palestinian children in Israeli military detention, report says
abroad|Children held in Libyan detention centres
women|HMP/YOI Low Newton: women's prison fights self-harm
rochester|HMP/YOI Rochester: inspectors find rats
probation|HM Inspectorate of Probation: youth offending services improve
police|Appropriate adults for children in police custody: joint inspection
court|Children wait hours in court custody, inspectors find
child-killer|Teen killers to serve their full jail sentences
sentence|Boy, 15, gets detained for life for murder
home|Children's home judged inadequate must close
castington|HMP Northumberland, once Castington: drones bring drugs to men
brockhill|Old prison at Brockhill is sold for homes
bullwood-hall|Bullwood Hall: 60 homes planned on former prison site
hollesley-bay|HMP Hollesley Bay open prison: men work on its farm
new-hall|HMP/YOI New Hall: women wait weeks for a nurse
drake-hall|HMP/YOI Drake Hall: women's resettlement prison praised
good-shepherd|Good Shepherd secure centre for children in Scotland is full
glen-parva|HMP Fosse Way opens where Glen Parva young offenders were held
medomsley|Medomsley detention centre: hundreds of men tell police of abuse
spun|Safe Coaching Centre left suicidal youngster with out well being assist for 12 days
town|Wetherby football club's boys beaten in cup
"""
OURS = """
feltham-a|BBC visits HMP Feltham A, where boys are locked up
werrington|Young offenders institute at Werrington unsafe for children
wetherby,keppel|HMYOI Wetherby and the Keppel unit: joint report on two sets of grades
parc-yoi|Young people's unit at HMP Parc is calm, Estyn and inspectors say
cookham-wood|Inquest: boy died when Cookham Wood was a youth jail
oakhill|Oakhill secure training centre, wrongly said to be in Kent, is inspected
oasis-restore|Oasis Restore secure school: Ofsted report in schools week
hillside|Hillside secure children's home in Neath inspected by Care Inspectorate Wales
adel-beck|Adel Beck secure children's home holds boys sentenced by courts
"""


PLANNED = [
    "Secure college for children to be built beside Glen Parva",
    "Child prison planned at Glen Parva is dropped",
]


def rows(text: str) -> list[tuple[str, str]]:
    return [(place, title) for place, _, title in (line.partition("|") for line in text.strip().splitlines())]


@pytest.mark.parametrize(("trap", "title"), rows(NOT_OURS))
def test_a_name_that_means_something_else_is_no_alert(judge: Judge, trap: str, title: str) -> None:
    assert judge(title).outcome is not Outcome.ALERT, trap


@pytest.mark.parametrize(("places", "title"), rows(OURS))
def test_the_same_name_is_ours_where_the_text_says_so(judge: Judge, places: str, title: str) -> None:
    verdict = judge(title)
    assert (verdict.outcome, set(verdict.institutions)) == (Outcome.ALERT, set(places.split(","))), verdict


@pytest.mark.parametrize("title", PLANNED)
def test_a_child_prison_that_is_planned_beside_an_adult_one_is_ours(judge: Judge, title: str) -> None:
    assert judge(title).outcome is Outcome.ALERT


@pytest.mark.parametrize(
    "home", ["Atkinson", "Kyloe House", "Lansdowne", "Marydale Lodge", "Swanwick Lodge", "Clare Lodge"]
)
def test_a_home_for_welfare_alone_is_never_an_alert(judge: Judge, home: str) -> None:
    assert judge(f"{home} secure children's home rated good").outcome is not Outcome.IGNORE
