"""Concerns: those that a report lists, whole and in its order."""

from tests.reading.pages import CHARITY, FILLER, read

LIST = "<ul><li>Violence was too high and was not dealt with; and</li><li>Boys had too little time outside.</li></ul>"
ITEMS = ("Violence was too high and was not dealt with", "Boys had too little time outside.")


def test_they_stand_under_their_heading() -> None:
    found = read("HMYOI Werrington", "<h2>Key concerns</h2>", LIST, "<h2>Points to note</h2>", "Food was good.", FILLER)
    assert found.concerns == ITEMS


def test_they_may_be_paragraphs() -> None:
    said = "Violence between children was far too high."
    found = read("HMYOI Werrington", FILLER, "<h2>Priority concerns</h2>", said, "<h2>Next</h2>", FILLER)
    assert found.concerns == (said,)


def test_a_sentence_may_open_them() -> None:
    good = "<p>However, inspectors were pleased to find that:</p><ul><li>teachers knew the children well.</li></ul>"
    found = read("HMYOI Werrington", "Inspectors were concerned to find that:", LIST, good, FILLER)
    assert found.concerns == ITEMS


def test_a_heading_without_concerns_lists_none() -> None:
    assert read("HMYOI Werrington", FILLER, "<h2>Key concerns</h2>", "None.", "<h2>Next</h2>", FILLER).concerns == ()
    assert read("HMYOI Werrington", FILLER, "<p>Inspectors were concerned that:</p>", FILLER).concerns == ()


def test_an_articles_list_is_not_a_reports() -> None:
    assert read("Werrington", "The concerns are these:", LIST, FILLER, url=CHARITY).concerns == ()
