"""The headings of a page's parts: a page that grows over months is known by those that it gains."""

from typing import Any

from bot.reading.furniture import ends_text, is_text

MOST = 60
_ASIDE = "ancestor::nav or ancestor::aside or ancestor::header or ancestor::footer"
_HEADINGS = f"//*[self::h2 or self::h3][not({_ASIDE} or ancestor::*[contains(@id, 'cookie')])]"


def find_headings(tree: Any) -> tuple[str, ...]:
    """The headings of the text's parts, in order, also of parts that hold only a link; the site's own are left out."""
    found = (" ".join(node.text_content().split()) for node in tree.xpath(_HEADINGS))
    kept = (one for one in found if one and is_text(one, "") and not ends_text(one))
    return tuple(dict.fromkeys(kept))[:MOST]
