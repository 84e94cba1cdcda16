"""The one HTTP client: every feed, page and file from outside comes through it (httpx's only home)."""

from bot.net.client import Client
from bot.net.response import Response

__all__ = ["Client", "Response"]
