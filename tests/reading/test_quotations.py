"""The chief inspector's words: verbatim, and nobody else's."""

import pytest

from bot.model.finding import Quotation
from bot.reading.quotations import find_quotation

WORDS = "Boys told us that they were afraid, and we believed them."
LEAD = "Alex Sample, the chief inspector of prisons, published the report."


def test_a_quotation_may_stand_above_its_speaker() -> None:
    lines = ("What we found", WORDS, "Alex Sample, HM Chief Inspector of Prisons")
    assert find_quotation(lines, inspectorate=True) == Quotation(words=WORDS, speaker="Alex Sample")


@pytest.mark.parametrize(
    "line",
    [
        f"“{WORDS}” Mr Sample said.",
        f'Mr Sample said: "{WORDS}"',
        f"“{WORDS[:-1]},” said Alex Sample.",
        f"But Mr Alex Sample said: “{WORDS}”",
        f"Sample added: “{WORDS}”",
        f"“{WORDS[:-1]},” said Chief Inspector of Prisons Alex Sample.",
        f"Alex Sample, who has led the inspectorate for years, said: “{WORDS}”",
    ],
)
def test_a_quotation_may_stand_beside_its_speaker(line: str) -> None:
    found = find_quotation((LEAD, line), inspectorate=False)
    assert found is not None
    assert (found.words.rstrip("."), found.speaker) == (WORDS.rstrip("."), "Alex Sample")


def test_a_quotation_may_stand_below_its_speaker() -> None:
    lines = ("Chief Inspector of Prisons Alex Sample has published a report.", "Alex Sample said:", f"“{WORDS}")
    assert find_quotation(lines, inspectorate=False) == Quotation(words=WORDS, speaker="Alex Sample")


def test_on_the_inspectorates_own_page_a_title_is_not_needed() -> None:
    lines = (f"Alex Sample said: “{WORDS}”",)
    assert find_quotation(lines, inspectorate=True) == Quotation(words=WORDS, speaker="Alex Sample")
    assert find_quotation(lines, inspectorate=False) is None


@pytest.mark.parametrize(
    "line",
    [
        f"“{WORDS}” said Robin Example of a charity.",
        f"A spokesperson said: “{WORDS}”",
        f"“{WORDS}”",
        "Mr Sample said it was “a bad day”.",
        f"He said: “{WORDS}”",
    ],
)
def test_others_words_are_not_the_inspectors(line: str) -> None:
    assert find_quotation((LEAD, line), inspectorate=False) is None
    assert find_quotation(("He said: “" + WORDS + "”",), inspectorate=True) is None
