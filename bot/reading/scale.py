"""The words of the inspectorate's scale and of its four tests, found in a plain sentence.

Tests and grades: HM Inspectorate of Prisons, Expectations for children. "Respect" is the older and the adults' name of
care, "rehabilitation and release planning" the adults' name of resettlement.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.model.finding import Grade

TESTS = ("safety", "care", "purposeful_activity", "resettlement")
# "Resettlement work was good" is no grade of resettlement.
_THINGS = (
    r"(?!-\w)(?!\s+(?:records?|audits?|incidents|policy|policies|rules|barriers|net)\b)(?!['-]?\s*(?:work|"
    r"services?|procedures?|plans?|planning|arrangements?|support|measures?|"
    r"teams?|staff|workers?|opportunit\w+|"
    r"provision|needs?|places?|pathways?|concerns?|issues?|interviews?|strateg\w+|units?|leavers?|"
    r"homes?|orders?|system|"
    r"for|given|provided|experienced|received|checks?|equipment|officers?|manager|lead|reviews?|"
    r"meetings?|proceedings|experience|of)\b)"
)
_TEST_WORDS = (
    ("safety", rf"(?<!health and )(?<!child )(?<!food )safety\b{_THINGS}"),
    ("care", rf"(?<!health )(?<!social )(?<!medical )(?<!authority )(?<!taken into )(?<!primary )care\b{_THINGS}"),
    (
        "care",
        rf"(?<!with )(?<!of )(?<!in )respect\b{_THINGS}|(?<=in )respect(?=\s*(?:,|and\b|were\b|had\b|was\b|\.|;|$))",
    ),
    ("purposeful_activity", rf"purposeful activit(?:y|ies)\b{_THINGS}"),
    ("resettlement", rf"resettlement\b{_THINGS}|rehabilitation and release planning\b|preparation for release\b"),
    (
        "all",
        (
            r"(?:all|each|every one) (?:of )?(?:our |the |its |their )?four\b(?: of)?(?: our|"
            r" the)?(?: healthy (?:prison|establishment))?(?: tests?| areas?| outcomes?)?"
            r"|(?:all|each|every)(?: of)?(?: the| our| its)? healthy (?:prison|establishment) "
            r"(?:tests?|areas?|outcomes?)"
            r"|(?:all|each|every) (?:our |the |of (?:our|the) )?tests?\b"
        ),
    ),
    (
        "rest",
        (
            r"everything else\b|the rest\b(?! of)|all (?:the )?other (?:areas?|tests?)\b|"
            r"(?:all )?the (?:others|other (?:two|three)(?: tests?| areas?)?|"
            r"remaining (?:two|three)(?: tests?| areas?)?)\b"
        ),
    ),
)
_FOLLOWED = (
    r"(?=['\"]*(?:\s*[,.;:()\]!?/-]|\s*$|\s+(?:in|for|and|but|or|while|whereas|although|though|"
    r"to(?=\s+['\"]?(?:not|reasonably|insuff|poor|good|our)\b)|from|down|up|across|at|as|last|this|"
    r"previously|against|compared|than|since|because|due|owing|amid|our|the|again|overall|on|when|with|which|"
    r"before|by|standard|"
    r"outcomes|judge?ments?|grades?|ratings?)\b))"
)
_GRADE_WORDS = (
    (
        Grade.NOT_SUFFICIENTLY_GOOD,
        rf"(?:not (?:yet |still )?sufficiently|insufficiently|not-sufficiently) good\b{_FOLLOWED}",
    ),
    (
        Grade.REASONABLY_GOOD,
        rf"reasonably good\b{_FOLLOWED}|(?<=outcomes to be )reasonable\b|(?<=outcomes were )reasonable\b",
    ),
    (Grade.POOR, rf"poor\b{_FOLLOWED}"),
    (Grade.GOOD, rf"good\b(?! enough){_FOLLOWED}"),
    (
        Grade.GOOD,
        (
            r"(?:our|the|its) (?:highest|top|best) (?:possible )?(?:grade|assessment|judge?ment|rating|"
            r"score|mark|verdict)\b"
        ),
    ),
    (
        Grade.POOR,
        (
            r"(?:our|the|its) (?:lowest|bottom|worst) (?:possible )?(?:grade|assessment|judge?ment|"
            r"rating|score|mark|verdict)\b"
        ),
    ),
)
_WORDS = re.compile(
    "|".join(
        f"(?P<{kind}{number}>\\b(?:{words}))"
        for kind, table in (("t", _TEST_WORDS), ("g", _GRADE_WORDS))
        for number, (_, words) in enumerate(table)
    )
)
# "Very poor" and "generally good" are descriptions, not grades.
_LOOSE = re.compile(
    r"\b(?:very|extremely|consistently|generally|really|particularly|so|too|quite|fairly|mostly|"
    r"largely|usually|often|pretty|especially|"
    r"exceptionally|than|a|an|any|some|no|more|less|most|common|much|such)\s+['\"]?$"
)
# "Dental care" and "fire safety" are no tests, and "the care" is what someone gave.
_OTHER_THING = {
    "care": re.compile(
        r"(?:\b(?:(?:children|child|boys|girls|people|those|living|placed|taken|been) in|health|social|day|"
        r"after|foster|mental|authority|custody|community|patient|children|child|"
        r"young|people|the|"
        r"its|their|our|your|his|her|this|such|more|better|best|to|with|made|take[ns]?|took|"
        r"(?!during|including|being)\w+(?:al|ic|ive|ary|ing))|'s|s')\s+$"
    ),
    "safety": re.compile(
        r"\b(?:fire|food|public|road|water|online|patient|community|gas|building|own|health and|'s own|better|"
        r"more|greater|"
        r"(?!during|including|being)\w+(?:al|ic|ive|ary|ing))\s+$"
    ),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A test by name ("all" and "rest" too), or a grade, and where it stands in the sentence."""

    start: int
    end: int
    test: str = ""
    grade: Grade | None = None


def find_words(sentence: str) -> Iterator[Word]:
    """The tests and grades named in a plain sentence (bot.match.text.plain), from left to right."""
    last: Word | None = None
    for match in _WORDS.finditer(sentence):
        word = make_word(match)
        if word.grade is not None and _LOOSE.search(sentence[: match.start()]):
            continue
        if repeats(last, word, sentence) or is_other_thing(word, sentence):
            continue
        last = word
        yield word


def make_word(match: "re.Match[str]") -> Word:
    """What a match stands for."""
    group = match.lastgroup or ""
    number = int(group[1:])
    if group[0] == "t":
        return Word(match.start(), match.end(), test=_TEST_WORDS[number][0])
    return Word(match.start(), match.end(), grade=_GRADE_WORDS[number][0])


def is_other_thing(word: Word, sentence: str) -> bool:
    """Whether "care" or "safety" is here a part of another thing's name, or care for someone."""
    other = _OTHER_THING.get(word.test)
    return other is not None and bool(other.search(sentence[: word.start]))


def repeats(last: Word | None, word: Word, sentence: str) -> bool:
    """Whether a grade only says again what the one before it was ("good, the highest assessment")."""
    if last is None or last.grade is None or word.grade is not last.grade:
        return False
    return bool(re.fullmatch(r"['\"]*\s*[,(-]*\s*", sentence[last.end : word.start]))
