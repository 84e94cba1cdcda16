"""The four healthy-prison grades that a page states, and the previous ones. What it does not state is never given."""

import re
from collections.abc import Iterable, Iterator

from bot.match.text import plain
from bot.model.finding import Grade, Grades
from bot.reading.statements import Statement, read_statements

# A sentence that speaks of the tests; elsewhere "good" and "poor" are ordinary words.
_OF_TESTS = re.compile(
    r"\boutcomes?\b|\bhealthy (?:prison|establishment)\b|\b(?:our|the|every|all|each) (?:four )?tests?\b|\btests of\b|"
    r"\b(?:not|in)(?: yet| still)? ?sufficiently good\b|\breasonably good\b|\bpurposeful activity\b|"
    r"\brehabilitation and release planning\b|\bpreparation for release\b|"
    r"\bgrade[ds]?\b|\bjudged\b|"
    r"^(?:safety|care|respect|purposeful activity|resettlement) ?[:-] ?(?:good|poor)\b|"
    r"\b(?:highest|lowest|top|bottom) (?:possible )?(?:grade|assessment|judge?ment|rating|score|"
    r"mark|verdict)\b|\bscores?\b|\brated\b"
)
_CHART = re.compile(r"\bchart\b|\bgraph\b|\boutcomes?\b|\bhealthy (?:prison|establishment)\b")
_TEST = r"(?:safety|care|respect|purposeful activity|resettlement)"
_GRADE = r"(?:good|reasonably good|(?:not |in)sufficiently good|poor)"
_HEADING = re.compile(rf"{_TEST}:?")
_NAMED = re.compile(rf"\b{_TEST}\b")
_THIS_TEST = re.compile(r"\bthis (?:healthy (?:prison|establishment) )?(?:test|area|outcome)\b")
_ONLY_GRADE = re.compile(rf"{_GRADE}\.?")
_GROUP_OF_PEOPLE = re.compile(
    r"\boutcomes for (?:those|minorit\w+|(?:black|disabled|muslim|older|younger|foreign|women|girls|"
    r"protected)\b[\w ,]*)"
)


def find_grades(
    sentences: Iterable[str], pictures: Iterable[str], year: int | None = None
) -> tuple[Grades | None, Grades | None]:
    """The grades now and before. Where a page states two for one test it is given none."""
    found = [
        *gather(sentences, year, charts=False),
        *(one for alt in pictures for one in gather(split(alt), year, charts=True)),
    ]
    now = settle((one.test, one.grade) for one in found if one.now)
    before = settle((one.test, one.grade) for one in found if one.before)
    return now, before if now else None


def split(alt: str) -> list[str]:
    """The sentences of a picture's description, where it is of a chart of outcomes."""
    return re.split(r"(?<=[.;!?])\s+", alt) if _CHART.search(plain(alt)) else []


def gather(sentences: Iterable[str], year: int | None, *, charts: bool) -> Iterator[Statement]:
    """The statements of the sentences that speak of the tests.

    One may speak of them because the one before did, or because it stands under a test's name as its heading: there
    "this healthy prison test" is that one, however far below, until another is named.
    """
    context, heading, under = charts, "", ""
    for sentence in sentences:
        words = plain(sentence)
        spoken = speaks_of_tests(words)
        if under and spoken and _THIS_TEST.search(words):
            yield from read_statements(_THIS_TEST.sub(under, words), year)
        elif heading and (spoken or _ONLY_GRADE.fullmatch(words)):
            yield from read_statements(f"{heading}: {words}", year)
        elif spoken or context:
            yield from read_statements(words, year)
        context = charts or spoken
        heading = words.rstrip(":") if _HEADING.fullmatch(words) else ""
        under = heading or ("" if _NAMED.search(words) else under)


def speaks_of_tests(words: str) -> bool:
    """Whether a plain sentence speaks of the tests, and of all children."""
    return bool(_OF_TESTS.search(words)) and not _GROUP_OF_PEOPLE.search(words)


def settle(stated: Iterable[tuple[str, Grade]]) -> Grades | None:
    """One grade for each test; none where they contradict each other."""
    grades: dict[str, set[Grade]] = {}
    for test, grade in stated:
        grades.setdefault(test, set()).add(grade)
    sure: dict[str, Grade] = {test: next(iter(found)) for test, found in grades.items() if len(found) == 1}
    return Grades(**sure) if sure else None
