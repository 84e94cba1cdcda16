"""Feeds written for the tests."""


def rss(*items: str, extra: str = "", head: str = "<?xml version='1.0' encoding='utf-8'?>") -> bytes:
    """An RSS 2.0 feed of these items."""
    body = "".join(f"<item>{item}</item>" for item in items)
    return f"{head}<rss version='2.0'><channel><title>Sample &amp; Sons</title>{extra}{body}</channel></rss>".encode()


def item(number: int = 1, *, guid: str | None = None, link: str | None = None, title: str = "", more: str = "") -> str:
    """An RSS item; `guid` "" leaves it out."""
    guid = f"g{number}" if guid is None else guid
    link = f"https://news.example/s/{number}" if link is None else link
    parts = [f"<title>{title or f'Story {number}'}</title>", f"<link>{link}</link>" if link else ""]
    return "".join([*parts, f"<guid isPermaLink='false'>{guid}</guid>" if guid else "", more])


def atom(*entries: str) -> bytes:
    """An Atom feed of these entries."""
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Sample</title>{body}</feed>".encode()
