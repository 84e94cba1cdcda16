"""The day by which the Secretary of State must answer an urgent notification.

That is 28 days after the letter's date (protocol of HM Chief Inspector of Prisons and the Ministry of Justice, 2017).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.reading.dates import find_day

DAYS = timedelta(days=28)
FIRST_LINES = 15
_ANSWER_BY = re.compile(
    r"\b(?:respon[ds]e?\w*|answer\w*|reply|action plan)\b[^.;]{0,80}\b(?:by|before|no later than|until)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"\burgent notification\b[^.;]{0,160}?(?:\bdated\b|\bissued\b|\bon\b|,|\(|:|–|-)|"
    r"\bletter\b[^.;]{0,80}\b(?:dated|of|on|,)\s|"
    r"\bwrote to\b[^.;]{0,80}\bon\b|\b(?:invoked|triggered|issued)\b[^.;]{0,80}\burgent "
    r"notification\b[^.;]{0,60}\bon\b",
    re.IGNORECASE,
)
_DEAR = re.compile(r"dear (?:secretary of state|lord chancellor|justice secretary|\w+)\b", re.IGNORECASE)
_NOT_THE_LETTER = re.compile(
    r"\b(?:respon|repl|answer|action plan|inspection (?:of|took|report)|debrief)", re.IGNORECASE
)
# A day behind these is that of something else ("following an inspection which ended on 17 November").
_SOMETHING_ELSE = re.compile(
    r"\b(?:inspect(?:ion|ed)s?|visit(?:ed)?|end(?:ed|ing)|following|after|since)\b", re.IGNORECASE
)
LETTER_TO_DAY = 60  # characters from the letter to its date


def find_answer_by(lines: Sequence[str], published: date | None = None) -> date | None:
    """The day that the page states, or 28 days after the letter's date, where it states that; else None.

    `published` gives the year where a letter's date leaves it out.
    """
    stated = next(days_after(_ANSWER_BY, lines, published), None)
    if stated is not None:
        return stated
    letter = next(days_after(_LETTER, lines, published), None) or day_above_dear(lines)
    return letter + DAYS if letter else None


def days_after(pattern: re.Pattern[str], lines: Sequence[str], published: date | None) -> Iterator[date]:
    """The days that stand just after what a pattern finds."""
    for line in lines:
        for sentence in re.split(r"(?<=[.;])\s+", line):
            found = pattern.search(sentence)
            if found is None or (pattern is _LETTER and _NOT_THE_LETTER.search(sentence[: found.end()])):
                continue
            tail = sentence[found.start() :]
            day = find_day(_SOMETHING_ELSE.split(tail, maxsplit=1)[0] if pattern is _LETTER else tail, published)
            if day is not None:
                yield day


def day_above_dear(lines: Sequence[str]) -> date | None:
    """The date of a letter: a line that is nothing but a day, above "Dear Secretary of State"."""
    opening = lines[:FIRST_LINES]
    if not any(_DEAR.match(line) for line in opening):
        return None
    return next((day for line in opening if len(line) < LETTER_TO_DAY and (day := find_day(line, None))), None)
