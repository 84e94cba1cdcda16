"""Fetching what is read: a page, its English version in place of a Welsh one, and the report that it links."""

import asyncio
import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.errors import AlertsError, FetchError, ParseError, TooLargeError, WorkerError
from bot.model.finding import Finding
from bot.net import Client
from bot.reading.bodies import Read, read_body
from bot.reading.document import MOST_BYTES, is_pdf
from bot.reading.lexicon import Lexicon
from bot.reading.merge import FOLLOWED, fill
from bot.reading.robots import Robots
from bot.workers import Workers

log = logging.getLogger(__name__)
MOST_PDF_BYTES = 20 * 1024 * 1024
READ_SECONDS = 15.0
WHOLE_SECONDS = 18.0  # of the 20 that a story's reading may take; what remains is for its end
LEAST_SECONDS = 2.0  # with less left, a report is not begun
ACCEPT = "text/html, application/xhtml+xml;q=0.9, application/pdf;q=0.8, */*;q=0.1"
PDF_LIMITS = "the PDF cannot be read within the limits of time and memory; the file may be damaged or built to do harm"


@dataclass(frozen=True, slots=True)
class Fetcher:
    """What reading needs of the outside."""

    client: Client
    workers: Workers
    robots: Robots
    lexicon: Lexicon

    async def read(self, url: str) -> Finding:
        """See bot.reading.read_page."""
        if not url:
            raise FetchError("the entry links to no page")
        until = asyncio.get_running_loop().time() + WHOLE_SECONDS
        read = await self.bring(url)
        if read.finding is None:
            read = await self.bring_english(url, read.links.english)
        finding = read.finding
        if finding is None:
            raise ParseError("the page is in Welsh, and so is the page that it calls its English one")
        if finding.kind not in FOLLOWED or not read.links.report:
            return finding
        return await self.with_report(finding, read.links.report, until)

    async def bring(self, url: str) -> Read:
        """Fetch an address and read it in a worker."""
        await self.robots.check(url)
        answer = await self.client.get(url, max_bytes=MOST_PDF_BYTES, accept=ACCEPT)
        refuse_front_page(url, answer.url)
        content_type = answer.headers.get("content-type", "")
        pdf = is_pdf(answer.body, content_type)
        if not pdf and len(answer.body) > MOST_BYTES:
            raise TooLargeError(f"the page is larger than {MOST_BYTES // 2**20} MiB, which is the most that is read")
        try:
            return await self.workers.run(
                read_body, answer.body, answer.url, self.lexicon, content_type, seconds=READ_SECONDS
            )
        except WorkerError as error:
            if pdf:
                raise WorkerError(PDF_LIMITS) from error
            raise

    async def bring_english(self, url: str, english: str) -> Read:
        """The English version of a Welsh page, once."""
        if not english:
            raise ParseError("the page is in Welsh, and names no English page")
        log.info("%s is in Welsh: its English page is read", url)
        return await self.bring(english)

    async def with_report(self, finding: Finding, url: str, until: float) -> Finding:
        """The finding filled from its report, in the time that is left; what fails there loses nothing of the page."""
        left = until - asyncio.get_running_loop().time()
        if left < LEAST_SECONDS:
            log.info("%s: no time is left to read the report", url)
            return finding
        try:
            async with asyncio.timeout(left):
                read = await self.bring(url)
        except (AlertsError, TimeoutError) as error:
            log.info("%s: the report was not read (%s); the page's own words serve", url, str(error) or "too slow")
            return finding
        report = read.finding
        return fill(finding, report) if report is not None and report.document else finding


def refuse_front_page(asked: str, came: str) -> None:
    """Raise ParseError where an address that was asked for has led to the site's front page."""
    if is_front_page(came) and not is_front_page(asked):
        raise ParseError("the address leads to the site's front page")


def is_front_page(url: str) -> bool:
    """Whether an address names a site and nothing in it."""
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query
