"""Matching: what an entry is to a campaign, and which story it belongs to. Pure; every word it knows is in the pack."""

from bot.match.verdict import Matcher

__all__ = ["Matcher"]
