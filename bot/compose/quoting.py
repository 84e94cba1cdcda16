"""The source's words as quotations: whole sentences, and who said what."""

from collections.abc import Sequence
from typing import Final

from bot.compose.text import Markup, escape, fit, visible_length
from bot.compose.wording import Wording
from bot.model.finding import Quotation

FEWEST: Final = 2
"""So many sentences are quoted at least, if the source has them."""
SPEAKER_LIMIT: Final = 100
QUOTATION_LIMIT: Final = 700


def quote_fitting(sentences: Sequence[str], room: int) -> list[str]:
    """As many of the sentences as `room` shows, whole, from the first on; never fewer than two of several.

    A source that is one long text is shown up to a sentence's end. Nothing where there is nothing to quote.
    """
    told = [sentence.strip() for sentence in sentences if sentence.strip()]
    while len(told) > FEWEST and length(told) > room:
        told = told[:-1]
    return [quoted(told, room)] if told and room > 0 else []


def quote_whole(sentences: Sequence[str], room: int) -> list[str] | None:
    """As `quote_fitting`, but None where not even the fewest fit whole."""
    told = [sentence.strip() for sentence in sentences if sentence.strip()]
    return quote_fitting(told, room) if length(told[:FEWEST]) <= room else None


def quoted(sentences: Sequence[str], room: int) -> str:
    """The sentences as one quotation that shows at most `room` units."""
    return f"<blockquote>{fit(escape(' '.join(sentences)), room)}</blockquote>"


def length(sentences: Sequence[str]) -> int:
    """How many units they show, one after the other."""
    return visible_length(escape(" ".join(sentences)))


def speech(quotation: Quotation | None, summary: Sequence[str], wording: Wording) -> list[str]:
    """Somebody's words with their name; nothing where the summary has them already, or they are too long to quote."""
    if quotation is None or not quotation.words.strip():
        return []
    words = quotation.words.strip().strip("“”\"'")
    if visible_length(escape(words)) > QUOTATION_LIMIT or any(words in sentence for sentence in summary):
        return []
    speaker = Markup(fit(escape(quotation.speaker.strip()), SPEAKER_LIMIT))
    said = wording("speech", words=words)
    return [f"<blockquote>{wording('speech-by', words=said, speaker=speaker) if speaker else said}</blockquote>"]
