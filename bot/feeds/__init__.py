"""Feeds: fetched, parsed in a worker, their entries identified. Importing this loads no parser."""

from bot.feeds.fetch import Fetched, fetch_feed

__all__ = ["Fetched", "fetch_feed"]
