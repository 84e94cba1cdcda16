"""Deadlines: 28 days after a letter whose date the page states, and never a guess."""

from datetime import date

import pytest

from bot.reading.deadlines import find_answer_by

MARCH = date(2030, 3, 6)


@pytest.mark.parametrize(
    "line",
    [
        "Urgent Notification letter from HM Chief Inspector of Prisons, 6 February 2030.",
        "An urgent notification was issued for the centre on 6 February.",
        "In a letter dated 6 February 2030 inspectors gave these reasons.",
        "The Chief Inspector wrote to the Secretary of State on 6 February 2030.",
        "The Secretary of State must respond by 6 March 2030.",
    ],
)
def test_a_stated_day_gives_the_deadline(line: str) -> None:
    assert find_answer_by(("What happened", line), date(2030, 2, 8)) == MARCH


def test_a_letter_bears_its_date_above_its_greeting() -> None:
    assert find_answer_by(("HM Inspectorate of Prisons", "6 February 2030", "Dear Secretary of State,")) == MARCH
    assert find_answer_by(("HM Inspectorate of Prisons", "6 February 2030", "A sample")) is None


@pytest.mark.parametrize(
    "line",
    [
        "The Secretary of State has 28 days to respond.",
        "The response to the urgent notification was published on 5 March 2030.",
        "The report of the inspection of 6 February 2030, after an urgent notification.",
        "The urgent notification process, introduced years ago.",
        "The Chief Inspector invoked the urgent notification process, following a visit that ended on 5 March 2030.",
        "He wrote to the Secretary of State on the inspection of 5 March 2030.",
        "An urgent notification was issued on 31 February 2030.",
    ],
)
def test_without_the_letters_date_there_is_none(line: str) -> None:
    assert find_answer_by((line,), date(2030, 3, 8)) is None
