"""Feeds: fetched, parsed in a worker, their entries identified. Importing this loads no parser."""

from bot.feeds.fetch import Fetched, fetch_feed
from bot.feeds.listing import ListedLink, list_links

__all__ = ["Fetched", "ListedLink", "fetch_feed", "list_links"]
