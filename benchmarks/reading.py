"""How fast pages and reports are read, and how much memory that takes.

    python -m benchmarks.reading [PAGES]

A report of so many pages (100) is drawn with reportlab and read in a worker: CPU seconds, the worker's peak memory.
The plain text of the same file by the same library, and a page's reading against a plain extraction of its text, are
what each is compared with.
"""

import asyncio
import resource
import statistics
import sys
import time

from bot.reading.document import parse, read_any_language
from bot.reading.lexicon import Lexicon
from bot.reading.page import find_all
from bot.reading.pdf import read_pdf
from bot.workers import Workers
from tests.reading.pages import FILLER, INSPECTORATE, LEXICON, page
from tests.reading.reports import draw_report

TURNS = 20


def measure_report(body: bytes, lexicon: Lexicon) -> tuple[float, float, int]:
    """CPU seconds of reading a report and of taking its plain text, and the most memory held, in MiB. In a worker."""
    import pypdfium2  # noqa: PLC0415

    started = time.process_time()
    found = read_pdf(body, INSPECTORATE, lexicon)
    read = time.process_time()
    with pypdfium2.PdfDocument(body) as document:
        for number in range(len(document)):
            document[number].get_textpage().get_text_range()
    plain = time.process_time()
    assert found.grades
    return read - started, plain - read, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure_pages(body: bytes, lexicon: Lexicon) -> tuple[float, float, int]:
    """Milliseconds of CPU of reading a page and of a plain extraction of its text, the median; and memory in MiB."""
    import trafilatura  # noqa: PLC0415

    ours, plain = [], []
    for _ in range(TURNS):
        started = time.process_time()
        find_all(read_any_language(body, INSPECTORATE, "text/html"), INSPECTORATE, lexicon)
        read = time.process_time()
        trafilatura.bare_extraction(parse(body, "text/html"))
        plain.append(time.process_time() - read)
        ours.append(read - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return statistics.median(ours) * 1000, statistics.median(plain) * 1000, peak


async def main(pages: int) -> None:
    """Both."""
    workers = Workers()
    body = page("HMYOI Werrington", *(f"{number}. {FILLER}" for number in range(30)))
    ours, plain, peak = await workers.run(measure_pages, body, LEXICON, seconds=60)
    print(f"  a page of {len(body) // 1024} KB       {ours:6.1f} ms   plain {plain:6.1f} ms   ratio {ours / plain:.2f}")
    print(f"  worker's peak memory  {peak:6} MiB")
    report = draw_report(pages=pages)
    seconds, text, peak = await workers.run(measure_report, report, LEXICON, seconds=60)
    print(f"  a report of {pages} pages {seconds:6.2f} s    plain {text:6.2f} s    ratio {seconds / text:.2f}")
    print(f"  worker's peak memory  {peak:6} MiB")
    await workers.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
