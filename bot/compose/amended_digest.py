"""A digest one of whose stories was withdrawn or corrected after it was composed."""

from collections.abc import Collection

from bot.compose.alert import GAP
from bot.compose.digest import HEADLINE
from bot.compose.text import escape, fit
from bot.compose.wording import Wording


def amend_digest(
    text: str, titles: Collection[str], urls: Collection[str], wording: Wording, note: str | None = None
) -> str:
    """The digest (Telegram HTML) without a story that was withdrawn, or with the `note` of its correction.

    The story is known by its headlines and addresses; a digest that does not show it is as it was.
    """
    heads = {f"<b>{fit(wording('alert-headline', title=title), HEADLINE)}</b>" for title in titles}
    links = {f'href="{escape(url)}"' for url in urls}
    head, *blocks = text.split(GAP)
    changed = [
        amend_block(block, wording, note)
        if block.partition("\n")[0] in heads or any(one in block for one in links)
        else block
        for block in blocks
    ]
    return GAP.join([head, *changed])


def amend_block(block: str, wording: Wording, note: str | None) -> str:
    """One story's lines."""
    if note is None:
        return wording("amended-omitted")
    title, _, rest = block.partition("\n")
    corrected = wording("amended-item", note=note)
    return block if corrected in rest else f"{title}\n{corrected}\n{rest}"
