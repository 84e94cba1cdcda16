"""The many ways to say what waits for a person, and those to say what need not (DESIGN.md rule 6)."""

import pytest

from bot.model.feed import FeedKind
from bot.model.story import Outcome
from tests.match.conftest import Judge

DEATHS = """
Death of boy at Feltham young offender institution
Death of a boy at HMYOI Werrington
Murder of boy at Feltham young offender institution
Manslaughter of girl at HMYOI Wetherby
Killing of 16-year-old at HMYOI Wetherby
The killing of a child in HMYOI Wetherby
Suicide of teenager at HMYOI Wetherby
Suicides at HMYOI Feltham A
Hanging of inmate at HMYOI Wetherby
Stabbing of boy at HMYOI Wetherby
Overdose of a prisoner at HMYOI Wetherby
Boy takes overdose at HMYOI Wetherby
Boy dies at HMYOI Wetherby
Two boys die at HMYOI Wetherby
Three deaths in custody at HMYOI Wetherby
Deaths in custody of two boys: HMYOI Wetherby
BOY, 16, DEAD AT HMYOI WETHERBY
Boy, 16 — found dead — HMYOI Wetherby
Boy’s death at HMYOI Parc ‘could have been prevented’
Boys' deaths at HMYOI Parc
Boy who passed away at HMYOI Parc
Teen loses life at HMYOI Parc
Teenager lost their life at HMYOI Parc
HMYOI Parc: a life lost
HMYOI Parc: son never came home
Girl took her life at HMYOI Wetherby
HMYOI Wetherby: he ended his own life
HMYOI Wetherby: self-inflicted death
Two self‑inflicted deaths at HMYOI Wetherby
HMYOI Werrington: investigation into child's passing
Boy discovered hanging in cell at HMYOI Werrington
Boy found hanging on door at HMYOI Werrington
Boy stabbed to death at HMYOI Werrington
Child was fatally injured at HMYOI Werrington
Teenager killed at HMYOI Werrington
Child found unresponsive at HMYOI Werrington
Boy collapsed at HMYOI Werrington
HMYOI Wetherby: ombudsman's fatal incident report
Prevention of future deaths report on HMYOI Wetherby
Coroner criticises HMYOI Wetherby
Inquest jury returns verdict on HMYOI Feltham A
Tributes paid to boy held at HMYOI Wetherby
Funeral of boy held at HMYOI Wetherby
Memorial for boy at HMYOI Wetherby
Boy's ashes returned to family: HMYOI Parc
Boy at HMYOI Wetherby is no longer with us
Body found at HMYOI Wetherby
Boy in critical condition at HMYOI Wetherby
Boy on life support after incident at HMYOI Wetherby
Boy fights for life after attack at HMYOI Werrington
Police launch homicide inquiry at HMYOI Werrington
Bachgen wedi marw: HMYOI Parc
Ryan Clark: what changed at HMYOI Wetherby
"""
HARM = """
Boy tried to hang himself at HMYOI Wetherby
Girl cut herself at HMYOI Wetherby
Boy swallowed batteries at HMYOI Wetherby
Boy made ligatures at HMYOI Wetherby
Girl slashed wrists at HMYOI Wetherby
Girl drinks bleach at HMYOI Wetherby
Girl stopped eating at HMYOI Wetherby
Girl self-harms at HMYOI Wetherby
Girl's self-harm ignored at HMYOI Wetherby
GIRL WHO SELF–HARMED WAS RESTRAINED AT HMYOI WETHERBY
Girl restrained 50 times to stop self-harming at HMYOI Wetherby
A child who self‑harms at HMYOI Wetherby
Self-harming girl moved from HMYOI Wetherby
Girl at risk of being moved: self harm at HMYOI Wetherby
Girl at risk of self-harm held at HMYOI Wetherby
Suicidal 15-year-old at HMYOI Wetherby
Young person self-harmed at HMYOI Feltham A
Boy sets fire to himself at HMYOI Wetherby
"""
ABUSE = """
Officer had sex with boy, 17, at HMYOI Wetherby
Officer jailed for relationship with inmate at HMYOI Wetherby
Female officer kissed boy at HMYOI Wetherby
Prison officer convicted of misconduct in public office at HMYOI Wetherby
Grooming of boys at HMYOI Wetherby
Indecent images of boy at HMYOI Wetherby
Boy raped at HMYOI Wetherby
Boys were victims of sexual exploitation at HMYOI Feltham A
Survivors of Medway secure training centre abuse to be paid
Man abused as a boy at Medway secure training centre
Historic abuse at Medway secure training centre
Non-recent abuse at Medway secure training centre
Victims of Medway secure training centre: young offender institution staff face court
"""
KNOWN = """
Boy strip-searched at HMYOI Wetherby
Child strip searched twice at HMYOI Wetherby
Girls strip-searched by male officers at HMYOI Wetherby
Girl stripped by male officers at HMYOI Wetherby
Vulnerable girl had clothes cut off at HMYOI Wetherby
Boy assaulted by officer at HMYOI Wetherby
Teenager stabbed at HMYOI Wetherby
Boy punched by guard at HMYOI Wetherby
Teenage inmate seriously injured at HMYOI Werrington
A boy’s wrist was fractured at HMYOI Feltham A
Boy rushed to hospital from HMYOI Werrington
Sam Example (15) held at Oakhill secure training centre
Sam Example, aged 15, held at Oakhill secure training centre
Sam Example aged 15 held at Oakhill secure training centre
Sam Example, who is 15, held at Oakhill secure training centre
Sam Example, fifteen, held at Oakhill secure training centre
SAM EXAMPLE, 15, HELD AT OAKHILL SECURE TRAINING CENTRE
Sam Example, a 15-year-old boy, is at HMYOI Wetherby
Sam Example is 15 and has been in HMYOI Wetherby for a month
15-year-old Sam Example held at Oakhill secure training centre
Fifteen–year–old Sam Example held at Oakhill secure training centre
15 yr old Sam held at Oakhill secure training centre
SE, 15, held at Oakhill secure training centre
S.E., 15, held at Oakhill secure training centre
A (15) held at Oakhill secure training centre
Boy held at Oakhill secure training centre named as Sam Example
Teenager named as Sam Example held at HMYOI Wetherby
Teenager named by police after incident at Oakhill secure training centre
Boy at HMYOI Wetherby can now be named
Judge lifts anonymity of teenager held at HMYOI Wetherby
Anonymity lifted for boy at HMYOI Wetherby
Reporting restrictions lifted on boy held at HMYOI Wetherby
Pictured: teenager held at HMYOI Wetherby
Photo of boy in HMYOI Wetherby published
Mum of boy at HMYOI Wetherby speaks out
Sam Example (aged 15) in HMYOI Wetherby
Sam Example’s mother speaks about HMYOI Wetherby
Girl known as Sam held at HMYOI Wetherby
Young prisoner slashed at HMYOI Feltham A
Youth, 17, attacked at HMYOI Feltham A
My son was kept alone at HMYOI Wetherby, mother says
"""
GENERAL = """
77 assaults at HMYOI Werrington in six months
HMYOI Werrington: levels of violence remain high
HMYOI Werrington: assaults on staff had doubled
HMYOI Werrington: attacks with weapons were common
Deaths in custody fell, but HMYOI Werrington is less safe
Self-inflicted deaths statistics: children in custody
Figures on deaths in custody: children in custody
No deaths at HMYOI Werrington, monitors say
There were no self-inflicted deaths at HMYOI Werrington
Deaths, assaults and self-harm: statistics on HMYOI Werrington
Rates of suicide and self-harm in youth custody published
HMYOI Werrington: strip-searching of children ended
Strip searches of children rise at HMYOI Feltham A
Self-harm among girls falls at HMYOI Wetherby
One in four children feel unsafe at HMYOI Wetherby, and self-harm is high
A 16-year-old boy's rights were breached at Feltham A, High Court rules
16-year-old held alone at Feltham A wins ruling
Oakhill secure training centre: 30 children injured in restraints
HMYOI Wetherby (15 to 17): report
Urgent notification for HMYOI Feltham A: violence, self-harm and poor leadership
"""
REASONS = {"death": DEATHS, "self_harm": HARM, "sexual_abuse": ABUSE, "identifiable_child": KNOWN}
SENSITIVE = [title for titles in REASONS.values() for title in titles.strip().splitlines()]
SPLIT = [
    ("death", "Boy at HMYOI Werrington", "He was found unresponsive."),
    ("death", "HMYOI Feltham A: jury out", "The coroner said that staff failed."),
    ("self_harm", "Boy at HMYOI Werrington", "Self-harm: 40 times in a month."),
    ("self_harm", "Self-harm at HMYOI Werrington", "A 15-year-old was left alone."),
    ("identifiable_child", "Strip-searched at HMYOI Werrington", "The girl was not believed."),
    ("identifiable_child", "HMYOI Werrington: a life inside", "Sam Example, 16, speaks."),
]
PAGES = [
    ("death", "A 16-year-old boy was found unresponsive in his cell."),
    ("death", "An inquest heard that the teenager had been alone."),
    ("self_harm", "One boy had used a ligature."),
    ("self_harm", "A girl told us she had tried to hang herself."),
    ("sexual_abuse", "A former officer was convicted of indecent assault."),
    ("identifiable_child", "Sam Example, 16, told us about his day."),
]
PAGE = "Inspectors came in May. {} Staff were short. Boys were locked up for 22 hours. Self-harm had risen. It is long."


@pytest.mark.parametrize("title", SENSITIVE)
def test_every_way_to_say_it_waits_for_a_person(judge: Judge, title: str) -> None:
    for one in (title, title.upper(), title.replace("'", "’").replace("-", "–")):
        verdict = judge(one)
        assert verdict.outcome is not Outcome.IGNORE
        assert verdict.sensitive, one
    assert not judge(title).unattended
    assert judge("HMYOI Wetherby", title).sensitive


@pytest.mark.parametrize("reason", list(REASONS))
def test_the_reason_is_the_gravest_that_was_heard(judge: Judge, reason: str) -> None:
    heard = [judge(title).sensitive_reason for title in REASONS[reason].strip().splitlines()]
    assert max(set(heard), key=heard.count) == reason


@pytest.mark.parametrize("title", GENERAL.strip().splitlines())
def test_rates_and_general_findings_go_out_unattended(judge: Judge, title: str) -> None:
    assert judge(title).unattended
    assert judge(title.upper()).unattended


@pytest.mark.parametrize(("reason", "title", "summary"), SPLIT)
def test_words_in_title_and_summary_are_heard_together(judge: Judge, reason: str, title: str, summary: str) -> None:
    assert judge(title, summary).sensitive_reason == reason


@pytest.mark.parametrize(("reason", "sentence"), PAGES)
def test_a_page_speaks_too(judge: Judge, reason: str, sentence: str) -> None:
    title = "HMYOI Werrington inspected"
    assert judge(title, page=PAGE.format("")).unattended
    assert judge(title, page=PAGE.format(sentence), kind=FeedKind.INSPECTORATE).sensitive_reason == reason
