"""What a sentence says of grades: which test, which grade, and whether that is now or was before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.model.finding import Grade
from bot.reading.scale import TESTS, Word, find_words
from bot.reading.timing import Mark, time_grades

FARTHEST = 170  # characters between a test and its grade
_FILL = (
    r"(?:our|the|its|their|both|tests?|areas?|outcomes?|of|in|for|and|or|healthy|prison|establishment|"
    r"children|on|as well as|also)\b"
)
_BETWEEN_TESTS = re.compile(rf"[\s,&'\"]*(?:{_FILL}[\s,&'\"]*)*")
_FORWARD = re.compile(
    rf"['\"]*\s*,?\s*(?:outcomes? )?(?:in|for|across|on|against)\s+(?:{_FILL}[\s,]*)*"
    r"(?:(?:one|two|three) (?:of )?(?:our |the )?(?:four )?(?:healthy (?:prison|"
    r"establishment) )?(?:tests?|areas?|outcomes?)\s*[:,(-]+\s*(?:(?:in|for|both|of)\s+)*)?['\"]*"
)
_UNTOLD = re.compile(
    r"['\"]*\s*(?:in|for|across|on|against)\s+(?:\w+ )?(?:one|two|three|some|most|several|many|half|none|only|other)\b"
    r"(?! (?:years?|months?|weeks?|inspections|visits|successive|consecutive))"
)
_OTHER_SUBJECT = re.compile(
    r";(?!\s*(?:it|they|these|this|both|and)\b)|\b(?:whose|and|but|while|whereas|although|though|"
    r"because|as|that|where|when|which|who|with)\s+"
    r"(?!(?:they|it|these|both|this|that|each|all|was|were|is|are|had|has|now|remained|remains|also|"
    r"still|then|again|left|fell|rose)\b)"
    r"(?:[\w'-]+\s+){1,4}(?:was|were|is|are|had|has|remain|remained|remains)\b"
)
_HAVING = re.compile(r",? (?:having (?:previously )?been|up from|down from|compared with) ['\"]?$")
# What may stand before "in safety" for a grade behind it to be that of safety.
_HEAD = re.compile(
    r"(?P<head>[\w%-]+)['\"]* (?:both |also |all )?(?:in|for) (?:(?:both|our|the|its|all|tests?|of|healthy) )*$"
)
_HEADS = re.compile(
    r"outcomes?|tests?|areas?|judge?ments?|grades?|scores?|ratings?|assessments?|results?|verdicts?|performance|"
    r"standards?|"
    r"children|boys|people|time|inspections?|and|or|both|that|but|while|only|also|as|even|whereas|although|though|than|"
    r"improved|declined|deteriorated|fallen|fell|dropped|slipped|risen|rose|worsened|changed|remained|lower|"
    r"higher|better|"
    r"worse|were|was|is|are|had|not|again|now|then|good|poor|reasonable|found|judged|rated|graded|said|those|ones?|it|"
    r"improvements?|declines?|falls?|drops?|deterioration|point|marks?|grading|down|up|however|too|still|with|\d+"
)
# "Safety interventions were good": what follows a test is a verb, a mark or a small word.
_STRANGE = re.compile(r" [a-z]+(?:ions?|ments?|ings|ers|ors|ances?|ists?) ")
_COLON = re.compile(r"['\"]*\s*(?::|-|\()\s*")
_SEVERAL = re.compile(r"\b(?:two|three|four) (?:of (?:our|the) (?:four )?)?(?:healthy \w+ )?(?:areas|tests|outcomes)\b")
# "Safety on the first unit was poor" is of a part.
_ASIDE = re.compile(
    r"\b(?:at (?:the )?(?:weekends?|nights?)|on (?:the )?(?:\w+ ){1,2}(?:units?|wings?|landings?)|"
    r"in (?:the )?(?:mornings?|afternoons?|evenings?))\b|"
    r"^ (?:in|on|of|during|around|inside) the (?!(?:prison|site|yoi|establishment|institution|centre|last|past|"
    r"previous)\b)"
)
_OWN_VERB = re.compile(r" (?:was|were|is|remain\w*|stayed|had|has)\b")
# "The quality of purposeful activity was poor" grades no test.
_PART = re.compile(
    r"\b(?:quality|provision|range|amount|access|arrangements?|work|support|management|leadership|"
    r"perceptions?|attendance|oversight|"
    r"planning|focus|approach|help|staff|relationships|services?|aspects?|elements?|parts?|some|culture|level|levels)\b"
    r"(?:\W+(?:to|of|on|for|in|with|around|support|promote|the|its|and|improve|their)){0,3}\W*$"
    r"|\b(?!(?:outcomes?|tests?|areas?|judge?ments?|grades?|scores?|ratings?|assessments?|results?|verdicts?|"
    r"performance|"
    r"and|or|both|that|for|in|it|they|now|only)\b)\w+ (?:to|on|of|about|with|towards|around|into|over) "
    r"(?:(?:the|its|poor|their|our|good) )?$"
    r"|\b(?:some|many|most|certain|several|few|individual) (?:of (?:the|our|its) )?outcomes?\b[\w ]{0,30}$"
)
_EXCEPT = re.compile(r"\W*(?:except|apart from|but|bar|barring|other than|aside from|with the exception of|save)\b")


@dataclass(frozen=True, slots=True)
class Statement:
    """A test has this grade; `now` at this inspection, `before` at the one before it."""

    test: str
    grade: Grade
    now: bool
    before: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Tests that share a grade."""

    start: int
    end: int
    tests: tuple[str, ...]


def read_statements(sentence: str, year: int | None = None) -> Iterator[Statement]:
    """What a plain sentence says. `year` is that of the inspection: what is said of earlier years was before."""
    words = list(find_words(sentence))
    groups = group_tests(words, sentence)
    marks = time_grades(words, sentence, year)
    for mark, number in zip(marks, find_groups(marks, groups, sentence), strict=True):
        if number is not None and not is_part(sentence[: groups[number].start]):
            for test in groups[number].tests:
                yield Statement(test, mark.grade, mark.now, mark.before)


def find_groups(marks: Sequence[Mark], groups: Sequence[Group], sentence: str) -> list[int | None]:
    """For each grade the number of the tests it is given to, or None."""
    ahead = [find_forward(mark, groups, sentence) for mark in marks]
    for place in reversed(range(len(marks) - 1)):  # "from poor to good in safety": both are of what follows
        mark, after = marks[place], marks[place + 1]
        if mark.before and not mark.now and after.paired:
            ahead[place] = ahead[place + 1]
    taken = {number for number in ahead if number is not None}
    found = [
        number if number is not None else find_backward(mark, groups, taken, sentence)
        for mark, number in zip(marks, ahead, strict=True)
    ]
    for place in range(1, len(marks)):
        if found[place] is None and has_been(marks[place], sentence):
            found[place] = found[place - 1]
    return found


def is_part(lead: str) -> bool:
    """Whether the words before a test say that only something in, of or about it is graded."""
    head = _HEAD.search(lead)
    return bool(_PART.search(lead) or (head and not _HEADS.fullmatch(head["head"])))


def has_been(mark: Mark, sentence: str) -> bool:
    """Whether a grade only says what the one before it was: "poor for safety, having been good"."""
    return mark.before and not mark.now and bool(_HAVING.search(sentence[: mark.start]))


def group_tests(words: Sequence[Word], sentence: str) -> list[Group]:
    """Tests that stand together ("safety, care and resettlement") as one."""
    groups: list[Group] = []
    named: list[str] = []
    last: Word | None = None
    for word in words:
        if word.test:
            tests = spell_out(word, named, sentence)
            named += tests
            joined = last is not None and last.test and _BETWEEN_TESTS.fullmatch(sentence[last.end : word.start])
            if joined and begins_anew(word, groups[-1], words, sentence):
                joined = False
            before = groups.pop() if joined else Group(word.start, word.end, ())
            groups.append(Group(before.start, word.end, (*before.tests, *tests)))
        last = word
    return groups


def begins_anew(word: Word, group: Group, words: Sequence[Word], sentence: str) -> bool:
    """Whether a test is the subject of its own clause: "good in safety and care, and resettlement was poor"."""
    given = any(
        one.grade and _FORWARD.fullmatch(sentence[one.end : group.start]) for one in words if one.end <= group.start
    )
    return given and bool(_OWN_VERB.match(sentence[word.end :]))


def spell_out(word: Word, named: Sequence[str], sentence: str) -> tuple[str, ...]:
    """The tests that a word stands for: "the rest" are those not named before, "all but" those not named after."""
    if word.test == "all":
        rest = _EXCEPT.match(sentence[word.end :])
        left_out = [one.test for one in find_words(sentence[word.end :]) if one.test] if rest else []
        return tuple(one for one in TESTS if one not in left_out)
    if word.test == "rest":
        return tuple(one for one in TESTS if one not in named) if named else ()
    return (word.test,)


def is_listed(mark: Mark, gap: str, sentence: str) -> bool:
    """Whether tests are spelt out behind a grade: "in three areas they were good: safety, care and resettlement"."""
    return bool(_COLON.fullmatch(gap) and _SEVERAL.search(sentence[: mark.start]))


def find_forward(mark: Mark, groups: Sequence[Group], sentence: str) -> int | None:
    """The tests just after a grade ("poor in safety and care")."""
    for number, group in enumerate(groups):
        if group.start >= mark.end:
            gap = sentence[mark.end : group.start]
            return number if _FORWARD.fullmatch(gap) or is_listed(mark, gap, sentence) else None
    return None


def find_backward(mark: Mark, groups: Sequence[Group], taken: set[int], sentence: str) -> int | None:
    """The tests before a grade ("safety and care were poor"), where nothing else stands between as its subject."""
    if _UNTOLD.match(sentence[mark.end :]):
        return None
    for number in reversed(range(len(groups))):
        group = groups[number]
        if group.end > mark.start:
            continue
        between = sentence[group.end : mark.start]
        free = number not in taken and len(between) <= FARTHEST and not _OTHER_SUBJECT.search(between)
        free = free and not _ASIDE.search(between) and not _STRANGE.match(between)
        return number if free else None
    return None
