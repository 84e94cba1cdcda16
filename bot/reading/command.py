"""A document as plain values, for `python -m bot read`."""

import asyncio
from dataclasses import asdict
from typing import Any

from bot.campaign import load_pack
from bot.model.finding import Grades
from bot.reading.bodies import read_whole
from bot.reading.lexicon import make_lexicon
from bot.workers import Workers

SECONDS = 30.0


def read_apart(body: bytes, url: str, content_type: str) -> dict[str, Any]:
    """As `read_document`, in a worker with limits of time and memory; raises WorkerError too."""
    return asyncio.run(work(body, url, content_type))


async def work(body: bytes, url: str, content_type: str) -> dict[str, Any]:
    """Read in a worker that ends with this call."""
    workers = Workers()
    try:
        return await workers.run(read_document, body, url, content_type, seconds=SECONDS)
    finally:
        await workers.close()


def read_document(body: bytes, url: str, content_type: str) -> dict[str, Any]:
    """What the document says, by the contract of DESIGN.md section 7; raises ParseError."""
    finding = read_whole(body, url, make_lexicon(load_pack()), content_type)
    return {
        "title": finding.title,
        "kind": finding.kind,
        "institutions": list(finding.institutions),
        "inspection_dates": [day.isoformat() for day in finding.inspection_dates] if finding.inspection_dates else None,
        "grades": plain_grades(finding.grades),
        "previous_grades": plain_grades(finding.previous_grades),
        "summary": list(finding.summary),
        "numbers": list(finding.numbers),
    }


def plain_grades(grades: Grades | None) -> dict[str, int | None] | None:
    """The four tests as numbers from 1 (poor) to 4 (good); None where the page states none."""
    return {test: grade and int(grade) for test, grade in asdict(grades).items()} if grades else None
