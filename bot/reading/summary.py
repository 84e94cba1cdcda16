"""A summary: two to four whole sentences of the source, in its order, chosen for who reads an alert."""

import re

MOST_CHARACTERS = 600
MOST_SENTENCES = 3
SHORTEST, LONGEST = 40, 330
# A full stop after these ends no sentence.
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|No|vs|etc|e\.g|i\.e|[A-Z])\.)$")
_ENDS = re.compile(r"[.!?][”’\"')\]]*(?=\s+[“‘\"'(]?[A-Z0-9])|[.!?][”’\"')\]]*$", re.MULTILINE)
# Such a sentence means nothing without the one before it.
_DANGLING = re.compile(
    r"(?:It|He|She|They|This|These|That|Those|But|And|However|Also|His|Her|Their|Its|Here|There|Such|So|Both|Instead|"
    r"Despite this|As a result|In addition|Meanwhile|Overall, it|[“\"‘'])\b|[“\"‘]"
)
_FURNITURE = re.compile(
    r"\b(?:cookies?|subscribe|newsletter|sign up|all rights reserved|licence|javascript)\b", re.IGNORECASE
)
_WEIGHTS = (
    (re.compile(r"\b(?:child(?:ren)?|boys?|girls?|under-18s?|young people)\b", re.IGNORECASE), 2.0),
    (re.compile(r"\d"), 1.5),
    (
        re.compile(
            r"\b(?:poor|not sufficiently good|reasonably good|unsafe|safe|violence|assault\w*|restrain\w*)\b",
            re.IGNORECASE,
        ),
        1.5,
    ),
    (
        re.compile(r"\b(?:cells?|locked|isolat\w+|separat\w+|self-harm\w*|strip-search\w*|education)\b", re.IGNORECASE),
        1.0,
    ),
    (re.compile(r"\b(?:inspect\w+|found|report\w*|court|judge|minister)\b", re.IGNORECASE), 0.7),
    (re.compile(r"\b(?:HMYOI|YOI|young offender|secure training|secure school|secure children)\b", re.IGNORECASE), 1.0),
)


def choose_sentences(text: str) -> tuple[str, ...]:
    """The sentences that say most of what happened to children, where, in figures and in judgement; verbatim."""
    sentences = [sentence for sentence in split_sentences(text) if is_usable(sentence)]
    ranked = sorted(range(len(sentences)), key=lambda place: (-weigh(sentences[place], place), place))
    chosen: list[int] = []
    for place in ranked[: MOST_SENTENCES * 4]:
        length = sum(len(sentences[one]) + 1 for one in [*chosen, place])
        if len(chosen) < MOST_SENTENCES and length <= MOST_CHARACTERS:
            chosen.append(place)
    return tuple(sentences[place] for place in sorted(chosen))


def split_sentences(text: str) -> list[str]:
    """The whole sentences of a text, paragraph by paragraph; a line that ends in no full stop is none."""
    found = []
    for paragraph in text.splitlines():
        start = 0
        for end in _ENDS.finditer(paragraph):
            sentence = paragraph[start : end.end()].strip()
            if _ABBREVIATED.search(sentence):
                continue
            found.append(sentence)
            start = end.end()
    return list(dict.fromkeys(found))


def is_usable(sentence: str) -> bool:
    """Whether it can stand alone, is of a length to read, and is no furniture of the site."""
    return (
        SHORTEST <= len(sentence) <= LONGEST
        and not _DANGLING.match(sentence)
        and not _FURNITURE.search(sentence)
        and sentence[0].isalnum()
    )


def weigh(sentence: str, place: int) -> float:
    """How much it tells; earlier sentences weigh more, as writers put first what matters."""
    return sum(weight for words, weight in _WEIGHTS if words.search(sentence)) + 2.5 / (1 + place / 3)
