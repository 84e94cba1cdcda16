"""Reading: a page or PDF becomes a finding, in a worker; only what it says. Importing this loads no extractor."""

from bot.model.finding import Finding
from bot.net import Client
from bot.reading.follow import Fetcher
from bot.reading.lexicon import Lexicon, make_lexicon
from bot.reading.robots import Robots
from bot.workers import Workers

__all__ = ["Lexicon", "Robots", "make_lexicon", "read_page"]


async def read_page(client: Client, workers: Workers, url: str, *, lexicon: Lexicon, robots: Robots) -> Finding:
    """Fetch a page, or a PDF, and read it in a worker; the report that an inspection's page links is read with it.

    Of a page in Welsh the English version is read. Raises the FetchError family (also where robots.txt asks that the
    page be left alone), ParseError or WorkerError; where only the report fails, the page's finding stands.
    """
    return await Fetcher(client, workers, robots, lexicon).read(url)
