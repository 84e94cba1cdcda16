"""Whether a test is said to be better, the same or worse than at the inspection before, and which year that was."""

import re
from collections.abc import Iterable, Iterator

from bot.match.text import plain
from bot.model.finding import Direction, Grades
from bot.reading.grades import speaks_of_tests
from bot.reading.scale import find_words
from bot.reading.statements import group_tests

_ADVERB = r"(?:\w+ly|also|both|all|each|again|further|too|since then|since|still|now|then)"
_AUX = rf"(?:(?:had|has|have|was|were|is|are|been|got|become|{_ADVERB}) )*"
_BETTER = r"(?:improved|risen|rose|better|progressed|recovered|gone up|went up|moved up)"
_WORSE = r"(?:declined|deteriorated|fallen|fell|dropped|slipped|worsened|worse|sunk|sank|gone down|went down)"
_SAME = (
    r"(?:remained (?:unchanged|the same)|unchanged|stayed the same|not (?:improved|changed|moved)|no better|"
    r"stagnated|stalled)"
)
_MOVED = rf"(?:(?P<same>{_SAME})|(?P<better>{_BETTER})|(?P<worse>{_WORSE}))\b"
_OUTCOMES = (
    r"(?:outcomes?|results?|scores?|grades?|judge?ments?|ratings?|assessments?|standards?|they|these|it|we found that)"
)
# "Safety and care had both deteriorated", "in care they had deteriorated".
_AFTER = re.compile(
    rf"['\"]*,? ?(?:(?:outcomes?|they|these|it|which)[ ,]*)?{_AUX}{_MOVED}(?! (?:to|with) (?:respond|children|"
    rf"boys|parents|deal))"
)
# "Outcomes for children had declined in purposeful activity and in resettlement".
_BEFORE = re.compile(
    rf"\b{_OUTCOMES}(?: for (?:children|boys|young people))? {_AUX}{_MOVED}(?: further| markedly| since \w+)? "
    rf"(?:in|for|against|on) "
    r"(?:both |our |the |tests? |of |all )*$"
)
_NOUN = re.compile(
    r"\bthere (?:had been|has been|was) (?:(?P<same>no (?:real |clear |discernible )?(?:improvement|change|progress))|"
    r"an? (?:\w+ )?(?P<better>improvement|rise)|an? (?:\w+ )?(?P<worse>decline|deterioration|fall|drop))"
    r" in (?:outcomes? )?(?:for (?:children|boys) )?(?:(?:in|for) )?(?:both |our |the |tests? |of )*$"
)
_DENIED = re.compile(
    r"\b(?:if|unless|should|would|could|might|must|will|not yet|hop\w+|need\w*|aim\w*|whether)\b[^.;]{0,60}$"
)
_ALONE = re.compile(r"\b(?:part|aspect|element|some|work|quality)\w*(?: \w+){0,2} $")
_YEARS = re.compile(
    r"\b(?:(?:compared with|than in|set against|against|up from|down from) (?:the )?(?:inspection in )?(?:\w+ )?|"
    r"(?:last|previous) (?:full )?inspection,? (?:\(?in |of |\()?(?:\w+ )?|"
    r"^since (?:the|our|its) (?:\w+ ){0,2}(?:inspection|visit) (?:of (?:[\w-]+ ){1,4})?(?:in )?(?:\w+ )?|"
    r"(?:good|poor)['\"]? (?:\(|in )(?:[a-z]+ )?)(?P<year>20\d\d)\b"
)
_LAST = re.compile(
    r"\b(?:last|previous) (?:full )?inspection,? (?:of (?:[\w-]+ ){1,4}in |\(?in |of |\()?(?:\w+ )?(?P<year>20\d\d)\b"
)


def find_directions(sentences: Iterable[str], stated: Grades | None) -> tuple[tuple[str, Direction], ...]:
    """What is said of tests whose former grade (`stated`) is not; a test of which two things are said is left out."""
    said: dict[str, set[Direction]] = {}
    context = False
    for sentence in sentences:
        words = plain(sentence)
        spoken = speaks_of_tests(words)
        if spoken or context:
            for test, direction in read_directions(words):
                said.setdefault(test, set()).add(direction)
        context = spoken
    return tuple(
        (test, next(iter(ways)))
        for test, ways in said.items()
        if len(ways) == 1 and (stated is None or getattr(stated, test) is None)
    )


def read_directions(sentence: str) -> Iterator[tuple[str, Direction]]:
    """The tests of a plain sentence that are said to have moved, or not to have."""
    for group in group_tests(list(find_words(sentence)), sentence):
        lead, tail = sentence[: group.start], sentence[group.end :]
        moved = _AFTER.match(tail) or _BEFORE.search(lead) or _NOUN.search(lead)
        if moved and not _DENIED.search(lead) and not _ALONE.search(lead):
            yield from ((test, way(moved)) for test in group.tests)


def way(moved: "re.Match[str]") -> Direction:
    """The direction that a match stands for."""
    return next(one for one in Direction if moved[one.value])


def find_previous_year(sentences: Iterable[str], year: int | None) -> int | None:
    """The year of the inspection that the page compares with, before `year`; None where it names none or several."""
    years: set[int] = set()
    for sentence in sentences:
        words = plain(sentence)
        pattern = _YEARS if speaks_of_tests(words) and any(word.grade for word in find_words(words)) else _LAST
        years |= {int(found["year"]) for found in pattern.finditer(words)}
    earlier = {one for one in years if year is None or one < year}
    return earlier.pop() if len(earlier) == 1 else None
