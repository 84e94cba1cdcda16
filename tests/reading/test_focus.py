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
    ("HMYOI Werrington", ("Outcomes for children would have been judged poor in safety had staff not acted.")),
    (
        "HMYOI Werrington",
        ("The national picture was bleak: safety was poor and care not sufficiently good at three of five sites."),
    ),
    ("HMYOI Werrington", "Last year’s report said safety was poor and care was reasonably good."),
    ("HMYOI Werrington", "The 2027 inspection found outcomes in safety to be poor."),
    ("HMYOI Werrington", "In 2027, inspectors found that safety was poor and that care was good."),
    ("HMYOI Werrington", "The previous governor left when safety was judged poor in 2026."),
    ("HMYOI Werrington", "The Keppel unit was judged good in safety and care."),
    ("HMYOI Werrington", "Good safety and good care were what parents wanted from our four tests."),
    ("HMYOI Werrington", "Poor safety outcomes were reported by the IMB."),
    (
        "HMYOI Werrington",
        (
            "Inspectors judge prisons by safety, care, purposeful activity and resettlement, each "
            "rated from good to poor."
        ),
    ),
    (
        "HMYOI Werrington",
        (
            "HMIP grades outcomes as good, reasonably good, not sufficiently good or poor in "
            "safety, care, purposeful activity and resettlement."
        ),
    ),
    (
        "HMYOI Werrington",
        (
            "The four tests are safety, care, purposeful activity and resettlement. The grades "
            "are good, reasonably good, not sufficiently good and poor."
        ),
    ),
    (
        "HMYOI Werrington",
        (
            "Our healthy prison tests. Good: there is no evidence that outcomes for children are "
            "being adversely affected in any significant areas."
        ),
    ),
    ("HMYOI Werrington", "Food safety was rated good by the council."),
    ("HMYOI Werrington", "Fire safety was judged not sufficiently good."),
    ("HMYOI Werrington", "The health and safety file was rated poor."),
    ("HMYOI Werrington", "Leadership was rated good and care for staff was reasonably good."),
    ("HMYOI Werrington", "Foster care was rated good and outcomes were good."),
    ("HMYOI Werrington", "Standards of care at other jails were judged poor."),
    ("HMYOI Werrington", "A year earlier, safety had been assessed as reasonably good."),
    ("HMYOI Werrington", ("Safety has been getting worse and may be judged poor when the inspectors return.")),
    ("HMYOI Werrington", "Had safety been poor, outcomes would show it."),
    ("HMYOI Werrington", "Boys in the care of the state were judged poor at reading."),
    ("HMYOI Werrington", "Outcomes were reasonably good for resettlement of girls."),
    ("HMYOI Werrington", ("Purposeful activity for those on the basic regime was poor and outcomes low.")),
    ("HMYOI Werrington", "The union claims outcomes in safety are poor."),
    ("HMYOI Werrington", "Mr Sample, of the officers’ union, said outcomes in safety were poor."),
    ("HMYOI Werrington", ("A Prison Service action plan promises reasonably good outcomes in safety by 2031.")),
    (
        "HMYOI Werrington",
        ("The target grades are: safety reasonably good, care good, purposeful activity reasonably good."),
    ),
    ("HMYOI Werrington", "Expected grades: safety reasonably good, care good."),
    ("HMYOI Werrington", "If leaders keep going, outcomes in care will be good."),
    ("HMYOI Werrington", "Inspectors said the aim must be good outcomes in safety."),
    (
        "HMYOI Werrington",
        ("Safety was reasonably good in comparison with other prisons in the report’s survey of outcomes."),
    ),
    ("HMYOI Werrington", "Outcomes were not good in safety."),
    ("HMYOI Werrington", "Outcomes in safety and care were not good."),
    ("HMYOI Werrington", "Outcomes in safety were neither reasonably good nor poor."),
    ("HMYOI Werrington", "It was hard to call safety reasonably good, and outcomes were mixed."),
    ("HMYOI Werrington", "Self-assessment by the site put safety at reasonably good and care at good."),
    ("HMYOI Werrington", "Managers had judged safety to be reasonably good."),
    ("HMYOI Werrington", "The site rated itself good for care and reasonably good for safety."),
    ("HMYOI Werrington", "The governor’s own score for safety was reasonably good."),
    ("HMYOI Werrington", "Care plans were judged good and purposeful activity plans poor."),
    ("HMYOI Werrington", "Safety-critical work was rated poor."),
    ("HMYOI Werrington", ("Children’s views: safety, 40% good; care, 30% poor, our survey of outcomes shows.")),
    ("HMYOI Werrington", "Of the boys, 40% rated safety poor and 20% rated care good."),
    ("HMYOI Werrington", "Safety ratings of the vehicles were good."),
    ("HMYOI Werrington", "Estyn judged outcomes in education good and care reasonably good."),
    ("HMYOI Werrington", "Healthcare outcomes were good, the CQC said, and care was reasonably good."),
    ("HMYOI Werrington", ("At Parc the picture was better. Safety was good, care was good and outcomes had improved.")),
    ("HMYOI Werrington", "At Cookham Wood, by comparison, outcomes were poor in safety."),
    ("HMYOI Werrington", "Cookham Wood was poor for safety and purposeful activity in its outcomes."),
    ("HMYOI Werrington", "Wetherby’s outcomes were reasonably good in care."),
    ("HMYOI Werrington", "Outcomes at the adult jail next door were poor in safety."),
    ("HMYOI Werrington", "The prison for adults on the same site was judged poor for safety."),
    ("HMYOI Werrington", "The site’s young adult unit was judged poor for safety."),
    ("HMYOI Werrington", ("The grades of the neighbouring women’s prison were good for safety and care.")),
    ("HMYOI Werrington", "No establishment was judged good for safety."),
    ("HMYOI Werrington", "Only one establishment was judged good for safety."),
    ("HMYOI Werrington", "One of the five sites was judged poor in safety."),
    ("HMYOI Werrington", "Just two YOIs were judged reasonably good for care."),
    ("HMYOI Werrington", "The worst site was judged poor in safety."),
    ("HMYOI Werrington", "Scotland’s young offender institution was judged good for care."),
    ("HMYOI Werrington", "English sites were poor in safety outcomes."),
    ("HMYOI Werrington", "For the estate, outcomes in purposeful activity were poor."),
    ("HMYOI Werrington", ("Recommendation 4: outcomes in safety to be reasonably good. Partially achieved.")),
    ("HMYOI Werrington", ("Progress against our concern about safety: reasonably good progress. Outcomes followed.")),
    ("HMYOI Werrington", "We assessed progress on safety as reasonable and on care as good."),
    (
        "HMYOI Werrington",
        ("Good progress in purposeful activity. Poor progress in resettlement. Outcomes are awaited."),
    ),
    ("HMYOI Werrington", "Education: Ofsted’s judgement was requires improvement; care: good."),
    ("HMYOI Werrington", ("The judge said safety was poor and care inadequate, and his outcomes followed.")),
    ("HMYOI Werrington", "Care leavers’ outcomes were poor."),
    ("HMYOI Werrington", "Outcomes for looked after children in care were poor."),
    ("HMYOI Werrington", "A visitor might conclude that outcomes in safety were poor."),
    ("HMYOI Werrington", "Fewer than half of establishments were judged good for care."),
    ("HMYOI Werrington", "Outcomes in safety at the men’s prison in the same grounds were poor."),
    ("HMYOI Werrington", "Before the new governor came, safety had been rated poor."),
    ("HMYOI Werrington", "Inspectors had rated purposeful activity poor in 2024 and again in 2026."),
    ("HMYOI Werrington", "The report’s authors want to see safety rated reasonably good."),
    ("HMYOI Werrington", "Parents’ groups judge safety to be poor."),
    ("HMYOI Werrington", "What would it take for safety to be judged good?"),
    ("HMYOI Werrington", "Was safety poor? Inspectors thought that outcomes were mixed."),
    (
        "HMYOI Werrington",
        ("Safety: 12 recommendations, of which four were achieved. Care: good work continues. Outcomes will follow."),
    ),
    ("HMYOI Werrington", ("The school was good, the kitchen was poor and outcomes in the gym were reasonably good.")),
    ("HMYOI Werrington", "Rainsbrook was rated poor for safety before it closed."),
    ("HMYOI Werrington", ("In a survey of outcomes, boys gave care a good score and safety a poor score.")),
    ("HMYOI Werrington", "Polmont in Scotland was found to be good in care and poor in safety."),
    ("HMYOI Werrington", "Attention to safety was not sufficiently good."),
    ("HMYOI Werrington", "The response to poor safety was not sufficiently good."),
    ("HMYOI Werrington", ("Oversight of care was not sufficiently good and records of safety checks were poor.")),
    ("HMYOI Werrington", "Support for resettlement was not sufficiently good."),
    ("HMYOI Werrington", "Time out of cell and purposeful activity at weekends was poor."),
    ("HMYOI Werrington", "Purposeful activity places were not sufficiently good in number."),
    ("HMYOI Werrington", ("Safety on the segregation unit was poor and outcomes there were not recorded.")),
    ("HMYOI Werrington", "Their sister unit Keppel had outcomes that were good in safety and care."),
    ("HMYOI Werrington", "Outcomes for the boys in Feltham were poor in safety."),
    (
        "HMYOI Werrington",
        ("An inspection of another kind, by Ofsted, gave care a good rating and safety an inadequate one."),
    ),
    ("HMYOI Werrington", "He told MPs that outcomes in safety could not be called good."),
    ("HMYOI Werrington", "According to the union, safety was poor and outcomes were bleak."),
    ("HMYOI Werrington", "The minister conceded that outcomes in safety were poor."),
    ("HMYOI Werrington", "By next spring, outcomes in safety are due to be reasonably good."),
    ("HMYOI Werrington", "Only if staffing recovers will outcomes be good in care."),
    ("HMYOI Werrington", "Outcomes in safety were poor for most of the last decade."),
    ("HMYOI Werrington", ("Safety was poor throughout 2026, according to the board’s report on outcomes.")),
    ("HMYOI Werrington", "No one would say that outcomes in care were good."),
    ("HMYOI Werrington", "The grade for safety is expected to be poor."),
    ("HMYOI Werrington", ("Leaders believed that care was reasonably good and safety not sufficiently good.")),
    ("HMYOI Werrington", "Past inspections found outcomes in safety to be poor."),
    ("HMYOI Werrington", "Outcomes in safety were poor or not sufficiently good."),
    ("HMYOI Werrington", "Safety outcomes were thought poor by one in three boys."),
    ("HMYOI Werrington", "Compared with adult prisons, outcomes in care were good."),
    ("HMYOI Werrington", "Werrington’s neighbours in Stoke rated its safety record poor."),
    ("HMYOI Werrington", "The four-point scale runs from poor to good, and safety comes first."),
    (
        "HMYOI Werrington",
        ("Safety had been our greatest worry, and outcomes had been poor in care at the previous visit."),
    ),
    ("HMYOI Werrington", "The chart shows safety at five prisons: three were poor."),
    ("HMYOI Werrington", "Purposeful activity was judged by boys to be poor."),
    ("HMYOI Werrington", "An annual survey scored safety poor and care good."),
    ("HMYOI Werrington", ("If the next inspection finds safety poor, the outcome is a new notification.")),
    ("HMYOI Werrington", "Good outcomes in safety depend on staff."),
    ("HMYOI Werrington", "Staff said the grade for care was too low and should have been good."),
    ("HMYOI Werrington", ("The report does not give a grade, but safety is plainly poor, wrote a columnist.")),
    ("HMYOI Werrington", "Wetherby, graded poor for safety, is to get more staff."),
    ("HMYOI Werrington", ("Sites such as Cookham Wood had been judged poor in safety and purposeful activity.")),
    ("HMYOI Werrington", "Its safety procedures were good and its care planning poor."),
    ("HMYOI Werrington", "Inspectors rated two in five cells poor and outcomes were recorded."),
    ("HMYOI Werrington", "The outcome of the safety review was good."),
    ("HMYOI Werrington", "Outcomes from safety interventions were reasonably good."),
    ("HMYOI Werrington", "The outcome of care proceedings was poor for many boys."),
    ("HMYOI Werrington", "The aim of the programme, rated good, is safety."),
    ("HMYOI Werrington", "Since 2020 no inspection has judged safety good."),
    ("HMYOI Werrington", "The unit scored poor on the safety of its roof."),
    ("HMYOI Werrington", "Data on safety were poor and outcomes could not be compared."),
    ("HMYOI Werrington", "Information about purposeful activity was not sufficiently good."),
    ("HMYOI Werrington", "Leadership of purposeful activity was not sufficiently good."),
    ("HMYOI Werrington", "Resettlement, said the officers, was reasonably good."),
    ("HMYOI Werrington", "Access to purposeful activity was poor."),
    ("HMYOI Werrington", "The pace of change in safety was not sufficiently good."),
    ("HMYOI Werrington", "The attention paid to care was reasonably good."),
    ("HMYOI Werrington", "It will take years for outcomes in safety to be reasonably good."),
    ("HMYOI Werrington", "Public Health England judged care to be reasonably good."),
    ("HMYOI Werrington", "Boys’ behaviour in purposeful activity was good."),
    ("HMYOI Werrington", "The Commissioner found outcomes in care to be poor."),
    ("HMYOI Werrington", "In adult prisons respect was reasonably good and safety poor."),
    ("HMYOI Werrington", ("A former governor writes that safety was poor and that outcomes had been hidden.")),
    (
        "HMYOI Werrington",
        ("Staffing levels meant that safety was compromised and food was judged not sufficiently good."),
    ),
    ("HMYOI Werrington", "The team for care was judged good."),
    ("HMYOI Werrington", "Safety officers were rated reasonably good by their managers."),
    ("HMYOI Werrington", "Inspectors did not find that safety was poor."),
    ("HMYOI Werrington", "There was no evidence that outcomes in care were poor."),
    ("HMYOI Werrington", "Inspectors stopped short of judging safety poor."),
    ("HMYOI Werrington", "Outcomes at Huntercombe, now an adult prison, are good in resettlement."),
    ("HMYOI Werrington", "Three years earlier it was good in all four tests."),
    ("HMYOI Werrington", "The Government’s target is that no site be graded poor for safety."),
    ("HMYOI Werrington", "A boy called Tom says his care was poor and his outcomes were worse."),
    ("HMYOI Werrington", "Safety in the showers was not sufficiently good."),
    ("HMYOI Werrington", "Care of the grounds was judged reasonably good."),
    ("HMYOI Werrington", "The site’s website claims that outcomes in care are good."),
    ("HMYOI Werrington", "Purposeful activity for older boys was poor."),
    ("HMYOI Werrington", "Inspectors will grade it poor for safety unless violence falls."),
    ("HMYOI Werrington", "Outcomes in safety at comparable sites were reasonably good."),
    ("HMYOI Werrington", ("The unannounced inspection of Feltham B judged safety reasonably good and respect good.")),
    (
        "HMYOI Werrington",
        (
            "The four tests (safety, care, purposeful activity and resettlement) can be good, "
            "reasonably good, not sufficiently good or poor."
        ),
    ),
    ("HMYOI Werrington", "Outcomes in safety would be called poor anywhere else."),
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
    (
        (
            "Outcomes were poor for safety, not sufficiently good for care and purposeful "
            "activity, and reasonably good for resettlement."
        ),
        "s1 c2 p2 r3",
        "",
    ),
    ("Inspectors judged outcomes in safety to be poor, as they did in 2027.", "s1", "s1"),
    (("The inspection found safety not sufficiently good, a fall from reasonably good."), "s2", "s3"),
    (
        (
            "Scores: safety 2 (not sufficiently good), care 3 (reasonably good), purposeful "
            "activity 1 (poor), resettlement 3 (reasonably good)."
        ),
        "s2 c3 p1 r3",
        "",
    ),
    (
        ("Outcomes had fallen in safety, from reasonably good to poor, and in care, from good to reasonably good."),
        "s1 c3",
        "s3 c4",
    ),
    (
        (
            "Care and resettlement remained reasonably good, but safety and purposeful activity "
            "had deteriorated to poor."
        ),
        "c3 r3 s1 p1",
        "c3 r3",
    ),
    (
        ("Despite this, outcomes for children were reasonably good across all four healthy establishment tests."),
        "s3 c3 p3 r3",
        "",
    ),
    ("It was judged ‘good’ in all four areas, the first site to be so.", "s4 c4 p4 r4", ""),
    (("We found that outcomes in purposeful activity had declined to poor since our last inspection."), "p1", ""),
    ("In May 2030 outcomes in safety were judged not sufficiently good.", "s2", ""),
    ("There had been fights every day, and outcomes in safety were poor.", "s1", ""),
    (("Boys were still locked up all day and outcomes in purposeful activity were poor."), "p1", ""),
    ("The site held 92 boys and was judged poor for safety.", "s1", ""),
    ("Rehabilitation and release planning had improved and was now good.", "r4", ""),
    ("Preparation for release was judged reasonably good and respect was good.", "r3 c4", ""),
    (("The chief inspector said that safety was poor and care was not sufficiently good."), "s1 c2", ""),
    ("Staff worked hard, but outcomes in safety were not sufficiently good.", "s2", ""),
    (
        ("Outcomes in safety, which were poor when we last inspected, had improved and were now reasonably good."),
        "s3",
        "s1",
    ),
    (
        (
            "Judgements for safety and purposeful activity had fallen to poor, the lowest grade, "
            "since the last inspection."
        ),
        "s1 p1",
        "",
    ),
    (("Outcomes remained not sufficiently good in safety; in care they had risen to good."), "s2 c4", "s2"),
    (
        (
            "Werrington was graded poor for safety, not sufficiently good for purposeful activity "
            "and reasonably good for care and resettlement."
        ),
        "s1 p2 c3 r3",
        "",
    ),
    (("Outcomes in three areas were reasonably good: safety, care and resettlement."), "s3 c3 r3", ""),
    (
        (
            "Purposeful activity had slipped from reasonably good to not sufficiently good "
            "because there were too few teachers."
        ),
        "p2",
        "p3",
    ),
    (
        (
            "In our tests, respect was good, safety was reasonably good, purposeful activity was "
            "not sufficiently good and rehabilitation and release planning was good."
        ),
        "c4 s3 p2 r4",
        "",
    ),
    (("Safety was now judged to be reasonably good, up from not sufficiently good in 2027."), "s3", "s2"),
    (
        (
            "Outcomes for children had improved in safety, from poor to not sufficiently good, "
            "but had not changed in purposeful activity, which remained poor."
        ),
        "s2 p1",
        "s1 p1",
    ),
    (
        ("We rated safety as poor and purposeful activity, care and resettlement as not sufficiently good."),
        "s1 p2 c2 r2",
        "",
    ),
    (("The watchdog marked it down to ‘poor’ for safety and ‘not sufficiently good’ for care."), "s1 c2", ""),
    (
        (
            "Three of the four outcomes had fallen: safety to poor, care to not sufficiently good "
            "and resettlement to reasonably good."
        ),
        "s1 c2 r3",
        "",
    ),
    (
        (
            "Inspectors found outcomes to be poor in safety and purposeful activity, not "
            "sufficiently good in care and reasonably good in resettlement."
        ),
        "s1 p1 c2 r3",
        "",
    ),
    ("The institution was judged as good for care, resettlement and safety.", "c4 r4 s4", ""),
    ("Safety had gone from reasonably good to poor in two years.", "s1", "s3"),
    (
        (
            "Outcomes for children were reasonably good against three of our healthy "
            "establishment tests: safety, care and resettlement."
        ),
        "s3 c3 r3",
        "",
    ),
    ("The report judged Werrington to be poor in the area of safety.", "s1", ""),
    (("HMYOI Werrington was rated poor for safety and not sufficiently good for purposeful activity."), "s1 p2", ""),
    ("Care had held steady at reasonably good but safety had collapsed to poor.", "c3 s1", "c3"),
    (
        (
            "Outcomes had deteriorated in safety (from reasonably good to not sufficiently good) "
            "and resettlement (from good to reasonably good)."
        ),
        "s2 r3",
        "s3 r4",
    ),
    ("Mr Taylor judged safety to be poor, and care not sufficiently good.", "s1 c2", ""),
    (("Purposeful activity and resettlement were both assessed as not sufficiently good."), "p2 r2", ""),
    ("We assessed outcomes in purposeful activity as poor for the second time.", "p1", ""),
    ("Outcomes were good in care and reasonably good everywhere else.", "c4", ""),
    (("Safety remained not sufficiently good while care, formerly good, was reasonably good."), "s2 c3", "s2 c4"),
    (
        (
            "It scored “good” for safety, “good” for care, “reasonably good” for purposeful "
            "activity and “good” for resettlement."
        ),
        "s4 c4 p3 r4",
        "",
    ),
    ("Respect and purposeful activity outcomes were not sufficiently good.", "c2 p2", ""),
    ("Outcomes in safety and respect had worsened and were now poor.", "s1 c1", ""),
    ("Resettlement outcomes had risen one grade to reasonably good.", "r3", ""),
    (("The two weakest areas were safety and purposeful activity, both judged poor."), "s1 p1", ""),
    ("Despite good leadership, outcomes in safety remained poor.", "s1", "s1"),
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


def test_what_runs_on_for_ever_states_nothing() -> None:
    assert read("HMYOI Werrington", "outcomes in safety were poor and " * 2000, FILLER).grades is None
