"""Text as plain words. Typography (quotes, dashes, spaces, capitals) never changes what a text says."""

import re
import unicodedata
from dataclasses import dataclass

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ＇", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None),
        "&": " and ",
        "…": "...",
    }
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_SENTENCE = re.compile(r"[.!?;]+[\"')\]]*(?=\s|$)|[\r\n|]+")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?<=\w{4})(?<!s)(?:ings?|ed|es?|s)$")
_DOUBLED = re.compile(r"(?<=([bdgmnprt]))\1$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of lower-case words from one part (title, summary, page, url or category) of an entry."""

    field: str
    words: tuple[str, ...]


def plain(text: str) -> str:
    """The text in lower case with straight quotes, hyphens and single spaces; "&" becomes "and"."""
    text = unicodedata.normalize("NFKC", text).translate(_PLAIN).lower()
    return _THOUSANDS.sub("", " ".join(text.split()))


def words(text: str) -> tuple[str, ...]:
    """The words of a plain text. An apostrophe is no part of a word: "river's" is "rivers"."""
    return tuple(_WORD.findall(text.replace("'", "")))


def sentences(text: str, field: str) -> list[Sentence]:
    """The sentences of a text, as words; those without a word are left out."""
    parts = (words(part) for part in _SENTENCE.split(plain(text)))
    return [Sentence(field, part) for part in parts if part]


def stem(word: str) -> str:
    """A word without its ending, so that "ban", "bans" and "banned" are one, as are "decline" and "declining"."""
    cut = _ENDING.sub("", word)
    return cut if cut == word else _DOUBLED.sub("", cut)
