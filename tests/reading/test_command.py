"""`python -m bot read`: pages and PDFs, in a worker."""

import pytest

from bot.errors import ParseError
from bot.reading.command import read_apart, read_document
from tests.reading.pages import WELSH, page
from tests.reading.reports import draw_report


def test_a_pdf_is_told_as_plain_values() -> None:
    told = read_apart(draw_report(), "", "")
    assert told["title"] == "Report on an unannounced inspection of HMYOI Werrington"
    assert told["inspection_dates"] == ["2030-03-04", "2030-03-15"]
    assert told["grades"] == {"safety": 1, "care": 2, "purposeful_activity": 1, "resettlement": 3}


def test_of_a_welsh_page_its_english_address_is_told() -> None:
    with pytest.raises(ParseError, match=r"in Welsh: its English page is https://a\.example/n$"):
        read_document(page("Carchar", WELSH), "https://a.example/cy/n", "")
    with pytest.raises(ParseError, match="names no English page"):
        read_document(page("Carchar", WELSH), "https://a.example/n", "")
