"""A report's PDF becomes a finding; its PDF library is loaded in workers only."""

from dataclasses import replace

from bot.model.finding import Finding
from bot.reading.lexicon import Lexicon
from bot.reading.page import find_all


def read_pdf(body: bytes, url: str, lexicon: Lexicon) -> Finding:
    """Read a PDF. Pure, and for a worker. Raises ParseError where it is broken, locked, too long or only pictures."""
    from bot.reading.pdf_report import read_report  # noqa: PLC0415

    report = read_report(body, url)
    finding = find_all(report.document, url, lexicon)
    return replace(finding, concerns=report.concerns or finding.concerns, document=url)
