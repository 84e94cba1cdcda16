"""Sentences: whole ones, word for word, and whether each can stand alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SHORTEST, LONGEST = 30, 420
# A full stop after these ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(‘’“”'\"])(?:Mr|Mrs|Ms|Dr|Prof|Rev|St|Lt|Gen|Col|Sgt|Hon|No|Nos|vs|v|etc|e\.g|i\.e|"
    r"approx|para|pp?|[A-Z](?:\.[A-Z])*)\.$"
)
_ENDS = re.compile(r"[.!?]{1,4}[”’\"')\]]*(?=\s+[“‘\"'(\[]?[A-Z0-9£])|[.!?]{1,4}[”’\"')\]]*$")
# Such a sentence says who or what only together with the one before it.
_LEANING = re.compile(
    r"(?:It|Its|He|She|They|His|Her|Hers|Their|Theirs|Them|This|These|Those|That|There(?:fore|"
    r"after)|Here|Such|So|Both|Neither|Instead|"
    r"Another|Others?|Some of (?:that|this|these|those|them)|Many of (?:these|those|them)|"
    r"Most of (?:these|those|them)|One of (?:these|those|them)|"
    r"However|Also|And|But|Yet|Or|Nor|Then|Nevertheless|Nonetheless|Moreover|Furthermore|Meanwhile|"
    r"Consequently|Otherwise|"
    r"Despite (?:this|that|these)|As a result|In addition|In (?:this|that|these)|At (?:this|that|"
    r"the) (?:same )?time|For (?:this|that|example|instance)|"
    r"On (?:this|that) visit|This time|The (?:former|latter|same|other|others|first|second|"
    r"second one)|Of (?:these|those|them)|Because of (?:this|that)|"
    r"With (?:this|that|these)|By then|Since then|After that|Before that|Two of (?:these|them)|"
    r"All of (?:these|this|that))\b",
)
# So does one whose speaker is only "he", however it begins.
_SPEAKER = re.compile(
    r"[,”\"'’] (?:he|she|they|it) (?:said|says|added|warned|told|wrote|continued|went on|adds|"
    r"says)\b|\b(?:said|added) (?:he|she|they)\b"
)
# What these mean stands above the sentence, or nowhere.
_UNNAMED = re.compile(r"\bthis (?:healthy (?:prison|establishment) )?(?:test|area|outcome)\b|\ufffd", re.IGNORECASE)
_OPENS = re.compile(r"^[“\"‘'(\[]")
# How an item of a list is tied to the next.
_TAIL = re.compile(r"(?:[;,]\s*(?:and|or)?|,?\s+(?:and|or))$")
_LIST_LEAD = re.compile(r":\W*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in its source, the number of its line, and whether it is an item of a list."""

    text: str
    line: int
    first: bool
    bullet: bool = False

    @property
    def leans(self) -> bool:
        """Whether it needs the sentence before it to be understood."""
        return bool(_LEANING.match(self.text) or _SPEAKER.search(self.text))

    @property
    def usable(self) -> bool:
        """Whether it is of a length to quote, whole and readable, and no bare quotation."""
        closed = self.bullet or bool(re.search(r"[.!?]{1,4}[”’\"')\]]*$", self.text))
        return (
            SHORTEST <= len(self.text) <= LONGEST
            and closed
            and not _OPENS.match(self.text)
            and not _UNNAMED.search(self.text)
            and not _LIST_LEAD.search(self.text)
        )


def find_sentences(lines: Sequence[str], bullets: frozenset[int] = frozenset()) -> list[Sentence]:
    """The sentences of a text's lines, in order, each once; a line that ends in no full stop is one of its own."""
    found: dict[str, Sentence] = {}
    for number, line in enumerate(lines):
        for place, text in enumerate(split_line(line)):
            bullet = number in bullets and place == 0
            whole = _TAIL.sub("", text) if bullet else text
            found.setdefault(whole, Sentence(whole, number, first=place == 0, bullet=bullet))
    return list(found.values())


def split_line(line: str) -> list[str]:
    """A line's sentences; together with the spaces between them they are the whole line."""
    found, start = [], 0
    for end in _ENDS.finditer(line):
        text = line[start : end.end()].strip()
        if not _ABBREVIATED.search(text):
            found.append(text)
            start = end.end()
    rest = line[start:].strip()
    return [*found, rest] if rest else found
