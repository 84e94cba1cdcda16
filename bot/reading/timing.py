"""When a grade was given: now, at an earlier inspection, or, where it is denied, supposed or another's word, never."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model.finding import Grade
from bot.reading.scale import Word

_BEFORE = re.compile(
    r"\b(?:previously|formerly|used to be|last (?:time|year)|at (?:the|our|its) (?:last|previous)|"
    r"in (?:the|our|its|their) (?:previous|last|earlier)|originally|at that time|once|"
    r"(?:a|one|two|three|four|five|six|seven|eight|nine|ten|\d+|some|many|several) years? (?:ago|earlier|before)|"
    r"(?:the year|a year|years) before|historically|(?:previous|last|earlier) (?:full )?inspections?)\b"
)
_HAD_BEEN = re.compile(
    r"\b(?:had (?:previously |earlier |once |both |all )?been|having been|compared (?:with|to)|(?:up|"
    r"down) from)\b"
)
_THEN = re.compile(
    r"['\"]*\s*,?\s*(?:(?:(?:for|in) [a-z ]{4,60}? )?\(?(?:(?:back )?in|at (?:the|its|our) inspection in|by) "
    r"(?:\w+ )?(?P<year>20\d\d)|(?:(?:for|in) [a-z ]{4,60}? )?(?:last (?:time|year)|previously|at (?:the|our|"
    r"its) (?:last|"
    r"previous)|(?:a|one|two|three|four|five|six|seven|eight|nine|ten|\d+|some|many|several) years? (?:ago|"
    r"earlier|before)"
    r"|before that|when (?:we|they|inspectors) last|the year before|on (?:the|our|its) (?:last|previous)))\b"
)
_YEAR = re.compile(
    r"\b(?:(?:in|by|at|since)\s+(?:\w+\s+){0,3}?(?P<at>20\d\d)|(?P<of>20\d\d) (?:\w+ )?(?:inspection|report|visit))\b"
)
_SAME = re.compile(
    r"\b(?:remain\w*|still|stay\w*|continu\w+ to be|unchanged|as before|again|maintained|no change|"
    r"(?:kept|held|holding) (?:at|to|its|steady|firm|up))\b|\bnot (?:changed|improved)\b"
)
_SAME_FIRST = re.compile(r"\W*(?:had|has|have) not (?:changed|improved)\b")
_SAME_AFTER = re.compile(
    r"['\"]*\s*,?\s*(?:as before|again|once more|as (?:they|it|we) (?:had|did|were|was)|as at|"
    r"(?:at|on|in|for) both (?:inspections?|visits?|occasions|years|times))\b"
)
# What is denied, or fallen short of, is no grade.
_UNSAID = re.compile(
    r"\b(?:no longer|neither|nor|never|cannot|not (?:be|been|judged|rated|graded|considered|found|assessed|"
    r"thought)|yet to|"
    r"short of|far from|close to|nearly|almost|approaching|towards?|on course|on track|not quite|anything but|"
    r"no tests?|"
    r"none of)\b|\bnot (?:yet |still |quite )?(?:[a-z]+ed )?(?:to )?(?:be )?['\"]?$"
)
# What is hoped for or supposed is none either, nor is anything that follows in the same breath.
_SUPPOSED = re.compile(
    r"^had\b|\b(?:should|would|could|might|may (?:be|become|have|well|yet)|can|will|shall|must|if|unless|until|whether|"
    r"rather than|instead of|"
    r"needs?(?:ed)? to|ought to|have to|hop(?:e|es|ed|ing)|want(?:s|ed|ing)?|expect\w*|plan(?:s|ned|ning)? to|"
    r"ambition\w*|"
    r"promis\w+|pledg\w+|vow\w*|goals?|intend\w*|aspir\w+|wish\w*|aim(?:s|ed|ing)?|targets?|untrue|not true|"
    r"den(?:y|ied|ies|ying)|false(?:ly)?|(?:told|asked|urged|ordered|advised|failed|trying|try|working|work|"
    r"worked|help|"
    r"helped) to|making|(?:one|place|prison|establishment) (?:where|in which)|possible|each (?:is )?rated|scale|"
    r"(?:judges?|grades?) (?:prisons|sites|establishments|outcomes as)|recommendations?|self-assess\w*|itself|"
    r"their own|"
    r"own (?:scores?|ratings?|assessments?|judge?ments?)|(?:due|set|likely|bound) to|no (?:evidence|signs?|"
    r"suggestion|indication|proof)|(?:hard|difficult|"
    r"impossible|easy) to)\b"
)
_CONTRAST = re.compile(r"[;]|\b(?:but|while|whereas|although|however|though|now)\b")
_RANGE = re.compile(r"\b(?:rang(?:ed|es|ing)|var(?:ied|ies|ying))\b|\bbetween ['\"]?$")
_WISHED = re.compile(r"\W*\| outcome.?")  # "Good outcomes in safety depend on staff"
# "Poor at weekends" and "good for those on remand" are said of a part.
_QUALIFIED = re.compile(
    r"['\"]*\s+(?:or (?:better|worse|above|below|higher|lower)\b|(?:in|during|within)\s+(?:the )?(?:\w+ "
    r")?(?:mornings?|afternoons?|evenings?|weekends?|nights?|early|"
    r"some|many|most|parts?|places|respects|several|few|a few|certain)\b|(?:among|amongst|amid)\b|"
    r"at (?:the )?(?:weekends?|nights?|times|first|best|worst|one)\b|on (?:the )?(?:\w+ ){0,2}(?:units?|wings?|"
    r"arrival|remand|"
    r"weekends?|landings?)\b|for (?:the )?(?:those|some|many|most|few|new|older|younger|girls|black|muslim|"
    r"disabled|foreign|"
    r"vulnerable|minorit\w+|(?:children|boys|young people) (?:who|from|with|on|serving|in))\b|by (?:one|two|"
    r"three|\d+|some|most|many|half|a|boys|children|staff)\b|(?:when(?! (?:we|"
    r"they|inspectors) last)|where|"
    r"overnight)\b)"
)
_SHARE = re.compile(r"(?:%|per cent\b|\bhalf\b|\bthird\b|\bquarter\b)[^,;]{0,40}$")
_MANY = re.compile(
    r"\b(?:no|only one|just one|none|one of \w+ \w+|any|the (?:worst|best)|which)\b(?: \w+){0,2} "
    r"(?:establishments?|sites?|prisons?|yois?|institutions?|jails?)\b|"
    r"\b(?:establishments|sites|prisons|yois|institutions|jails|the estate)\b"
)
# Others' opinions and other scales use the same words.
_OUTSIDERS = (
    r"(?:ofsted|estyn|cqc|care quality commission|imb|monitoring board|board|campaigners?|charit(?:y|ies)|"
    r"league|unions?|"
    r"mps?|ministers?|ministry|labour|tor(?:y|ies)|conservatives|opposition|mothers?|fathers?|parents?|famil(?:y|ies)|"
    r"relatives?|lawyers?|solicitors?|barristers?|judges?|coroner|experts?|professor|teachers?|nurses?|doctors?|"
    r"whistleblowers?|insiders?|sources?|commissioner|chief executive|director|spokes\w+|hmpps|prison service|"
    r"custody service|g4s|serco|mtc|children|boys|girls|teenagers?|prisoners?|inmates?|detainees?|residents?|staff|"
    r"officers?|governors?|managers?|leaders|bosses|websites?|authors?|neighbours)"
)
_SAY = (
    r"(?:sa(?:id|ys?|ying)|told|tells?|fe(?:lt|els?)|th(?:ought|inks?)|call(?:ed|s)|claim\w*|judge[sd]?|rate[sd]?|"
    r"grade[sd]?|describ\w+|believ\w+|argu\w+|consider\w*|survey\w*|insist\w*|warn\w*|complain\w*|writes?|wrote|"
    r"conced\w+|"
    r"admit\w*|accept\w*|acknowledg\w+)"
)
_OTHERS_SAY = re.compile(
    rf"\b{_OUTSIDERS}(?: of [\w ]{{3,40}}?|,[^,]{{3,60}},)?,?(?: (?!and\b|but\b|was\b|were\b|is\b|are\b|"
    rf"be)\w+){{0,2}} {_SAY}\b(?!.*\b(?:hmip|inspectorate|"
    r"chief inspector|watchdog)\b)|"
    rf"\b(?:according to|said|says) (?:\w+ ){{0,3}}{_OUTSIDERS}\b|"
    r"\bboard.s view\b|\bofsted\b.{0,60}\b(?:rated?|judged?|graded?|found)\b"
)
_JUDGES = (
    r"(?:inspect\w+|we|they|he|she|it|hmip|hm|watchdogs?|reports?|reviews?|visits?|who|which|that|has|have|had|"
    r"was|were|been|be|"
    r"being|is|are|also|now|again|then|and|or|but|still|both|all|outcomes?|tests?|areas?|safety|care|respect|activity|"
    r"resettlement|release|yoi|hmyoi|unit|site|prison|institution|establishment|centre|not|previously|only|once|as|us|"
    r"to|recently|just|each|first|last|earlier|formerly|team|it's|inspectorate's|grades?|scores?|children|20\d\d)"
)
# "A board judged care to be good", "judged by boys to be good".
_OTHERS_JUDGE = re.compile(
    rf"(?<!\bmr )(?<!\bms )(?<!\bmrs )\b(?!{_JUDGES}\b)[a-z][\w']* "
    r"(?:judge[sd]|rated|graded|finds|found|considers|considered|assessed|assesses|deemed)\b|"
    r"\b(?:judged|rated|graded|considered|assessed|thought|found|scored) by (?!(?:the )?(?:hm|chief|inspect|"
    r"watchdog|its|his))"
)
_SAID_AFTER = re.compile(
    rf".*(?:,|['\"]) ?(?:says?|said|wrote|writes|added|according to)(?: \w+){{0,4}}? (?:{_OUTSIDERS}|former|ex|"
    r"columnist|blogger|writer|reader|user|visitor|man|woman)\b",
    re.DOTALL,
)
_PROGRESS = re.compile(
    r"\bprogress\b(?! (?:had |has )?(?:stalled|slipped|faltered))(?:(?!\boutcomes?\b)[^;.]){0,80}$"
    r"|\b(?:recommendations?|leadership|teaching|education|school|food|health ?care|relationships|behaviour)\b"
    r" (?:was|were|is|are|had been|has been) (?:judged |rated |graded )?(?:to be )?['\"]?$"
)
# A sentence that opens so speaks of an earlier inspection until it says otherwise.
_OPENS_PAST = re.compile(
    r"(?:at|in|during|after) (?:the|our|its|their) (?:last|previous|earlier)\b|previously\b|last (?:time|year)\b|"
    r"[\w-]+ years? (?:ago|earlier|before)\b|(?:previous|former|earlier|old|past) (?:\w+ )?(?:inspections?|"
    r"reports?|grades?|scores?|judge?ments?|"
    r"ratings?|assessments?)\b|in (?:\w+ )?(?P<year>20\d\d)\b"
)
_THIS_TIME = re.compile(
    r"\b(?:now|this (?:time|inspection|visit|report)|at this|today|but|while|whereas|although|though|since|however|has|"
    r"have|is|are|had (?:fallen|risen|improved|declined|deteriorated|dropped|slipped))\b|;"
)
_PART_OF_CLAUSE = re.compile(r"[,;:]|\b(?:and|but|while)\b")
_FROM, _TO = re.compile(r"\bfrom\s+['\"]*$"), re.compile(r"\b(?:to|now)\b")


@dataclass(frozen=True, slots=True)
class Mark:
    """A grade in a sentence, with what its neighbours say of its time."""

    start: int
    end: int
    grade: Grade
    now: bool
    before: bool
    paired: bool = False  # the second of "from poor to good"


def time_grades(words: Sequence[Word], sentence: str, year: int | None) -> list[Mark]:
    """Each grade with its time. Of "from poor to good" the first was before, the second is now."""
    marks: list[Mark] = []
    for place, word in enumerate(words):
        if word.grade is not None:
            start = words[place - 1].end if place else 0
            now, before, paired = find_time(word, sentence, start, marks, year)
            marks.append(Mark(word.start, word.end, word.grade, now, before, paired))
    return marks


def find_time(
    word: Word, sentence: str, start: int, marks: Sequence[Mark], year: int | None
) -> tuple[bool, bool, bool]:
    """Whether a grade is now, was before, and is the second of two.

    That is told by the words from the last test or grade (`start`) on, those from the last grade on, and those after.
    """
    lead, tail = sentence[start : word.start], sentence[word.end :]
    near = _PART_OF_CLAUSE.split(lead)[-1]
    clause = sentence[marks[-1].end if marks else 0 : word.start]
    last = marks[-1] if marks and marks[-1].end == start else None
    if (
        _WISHED.fullmatch(sentence[: word.start] + "|" + tail[:9])
        or _RANGE.search(sentence[: word.start])
        or is_qualified(tail)
    ):
        return False, False, False
    then = marks and not lead.strip() and not marks[-1].now  # "... and everything else not sufficiently good"
    if last is not None and last.before and not last.now and _TO.search(lead):
        return not _SUPPOSED.search(sentence[: word.start]), False, True
    if (
        then
        or opens_past(sentence[: word.start], year)
        or _FROM.search(lead)
        or _HAD_BEEN.search(near)
        or is_past(clause, tail, year)
    ):
        return False, True, False
    if (
        is_of_many(_PART_OF_CLAUSE.split(sentence[: word.start])[-1])
        or is_unsaid(clause, sentence[: word.start])
        or _SAID_AFTER.match(tail)
    ):
        return False, False, False
    return True, is_same(lead, near, tail), False


def is_same(lead: str, near: str, tail: str) -> bool:
    """Whether the words from the last test on, those just before a grade or those after say that it was so before."""
    return bool(_SAME_FIRST.match(lead) or _SAME.search(near) or _SAME_AFTER.match(tail))


def is_qualified(tail: str) -> bool:
    """Whether the words after a grade say that it is of some hours, units or children only."""
    return bool(_QUALIFIED.match(tail))


def is_of_many(near: str) -> bool:
    """Whether the words just before a grade are of a share of people, or of several places or none."""
    return bool(_SHARE.search(near) or _MANY.search(near))


def is_unsaid(clause: str, lead: str) -> bool:
    """Whether the words before a grade deny it, hope for it, or give it in another's name or on another scale."""
    breath = _CONTRAST.split(lead)[-1]
    denied = _UNSAID.search(clause) or _SUPPOSED.search(breath)
    return bool(denied or _OTHERS_SAY.search(lead) or _OTHERS_JUDGE.search(breath) or _PROGRESS.search(clause))


def opens_past(lead: str, year: int | None) -> bool:
    """Whether a sentence begins with an earlier inspection and has not come to this one yet."""
    opened = _OPENS_PAST.match(lead)
    if opened is None or _THIS_TIME.search(lead):
        return False
    return opened["year"] is None or (year is not None and int(opened["year"]) < year)


def is_past(lead: str, tail: str, year: int | None) -> bool:
    """Whether the words round a grade speak of an earlier inspection."""
    after = _THEN.match(tail)
    if _BEFORE.search(lead) or (after and not after["year"]):
        return True
    years = [int(one["at"] or one["of"]) for one in _YEAR.finditer(lead)] + ([int(after["year"])] if after else [])
    return year is not None and any(one < year for one in years)
