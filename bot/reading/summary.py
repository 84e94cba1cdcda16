"""A summary: two to four whole sentences of the source, in its order, chosen for who reads an alert."""

import re
from collections.abc import Sequence

from bot.match.text import plain, words
from bot.reading.numbers import numbers_in
from bot.reading.sentences import Sentence

MOST_CHARACTERS = 600
FEWEST_SENTENCES, MOST_SENTENCES = 2, 4
MOST_READ = 500  # sentences: a page that matters has said by then what does
OPENING = 4  # sentences
SHORT_WORD = 4  # letters: such words carry little
_I = re.IGNORECASE
_WEIGHTS = (
    (
        re.compile(
            r"\b(?:child(?:ren)?|boys?|girls?|under-18s?|young people|teenagers?|inmates|young offenders?|pupils)\b", _I
        ),
        1.6,
    ),
    (
        re.compile(
            r"\b(?:poor|not sufficiently good|insufficiently good|reasonably good|outcomes|"
            r"inadequate|judged|deteriorated|declined|improved|unacceptable|serious(?:ly)?|"
            r"systemic)\b",
            _I,
        ),
        1.2,
    ),
    (
        re.compile(
            r"\b(?:unsafe|safety|violen\w+|assault\w*|restrain\w*|force|fights?|weapons?|bull\w+|"
            r"harm\w*|abuse\w*|risk|died|death|injur\w+|scared|fear)\b",
            _I,
        ),
        1.3,
    ),
    (
        re.compile(
            r"\b(?:cells?|locked|lock-?up|isolat\w+|separat\w+|solitary|segregat\w+|kept apart|"
            r"keep[- ]aparts?|strip-search\w*|stripped|education|lessons|hours)\b",
            _I,
        ),
        1.2,
    ),
    (re.compile(r"\b(?:inspect(?:ors|ion|ed)|report|found|review|judge|court|notification|survey\w*|told)\b", _I), 0.7),
    (re.compile(r"\b(?:HM ?YOI|YOI|young offenders? institut\w+|secure (?:training|school|children)|STC)\b", _I), 0.7),
)
_DULL = (
    (
        re.compile(
            r"\b(?:spokes(?:man|woman|person)|committed to|welcomed?|pleased|thank\w*|proud|praised?|credit)\b", _I
        ),
        -1.4,
    ),
    (
        re.compile(
            r"\b(?:charity|chief executive|campaigns?|director of|founder|newsroom|oldest|"
            r"organisation)\b.{0,80}\b(?:said|commented|charity)\b",
            _I,
        ),
        -1.0,
    ),
    (
        re.compile(
            r"\bcommented on\b|\b(?:has|have) (?:today )?(?:responded|published)\b|\bresponds to\b|"
            r"\bfull (?:list|report) (?:is|can|here)\b|\battached\b|\bgave these reasons\b",
            _I,
        ),
        -3.0,
    ),
    (
        re.compile(
            r"^(?:report on|urgent notification letter|the secretary of state.s response|"
            r"type of inspection|dates of inspection|summary of|points to note)",
            _I,
        ),
        -6.0,
    ),
    (re.compile(r"^(?:Mr|Mrs|Ms|Dr|Sir)\b", _I), -0.4),
    (
        re.compile(
            r"\b(?:has room for|holds up to|can hold|capacity|is based on|rests on|looks? at|"
            r"the review used)\b",
            _I,
        ),
        -1.2,
    ),
    (
        re.compile(
            r"\b(?:last|previous|earlier) (?:full )?(?:inspection|report|visit)\b|^in (?:\w+ )?(?:19|"
            r"20)\d\d\b.* had\b",
            _I,
        ),
        -0.9,
    ),
)
FIRST, LEADING = 2.6, 1.2
NUMBERED, MOST_NUMBERED = 1.1, 2.2
OVERLAP = 4.0
LONG = 240  # characters: of two sentences that say as much, the shorter leaves room for another


def choose_sentences(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The sentences that say most of what happened to children, where, in figures and in judgement; verbatim.

    One that leans on the sentence before it ("It ...", "... he said") is taken only together with that.
    """
    sentences = sentences[:MOST_READ]
    weights = [weigh(sentence, place) for place, sentence in enumerate(sentences)]
    chosen: set[int] = set()
    while len(chosen) < MOST_SENTENCES:
        best = find_next(sentences, weights, chosen)
        if best is None:
            break
        chosen |= best
    return tuple(sentences[place].text for place in sorted(chosen))


def find_next(sentences: Sequence[Sentence], weights: Sequence[float], chosen: set[int]) -> frozenset[int] | None:
    """The sentence, with those that it leans on, that adds most; None where none fits or adds anything."""
    best, gain = None, 0.0
    seen = {word for place in chosen for word in content(sentences[place].text)}
    for place in range(len(sentences)):
        added = with_those_before(sentences, place) - chosen
        if not added or not fits(sentences, chosen | added):
            continue
        worth = sum(weights[one] - OVERLAP * overlap(sentences[one].text, seen) for one in added) / len(added) ** 1.2
        if best is None or worth > gain:
            best, gain = added, worth
    return best if best is not None and (gain > 0 or len(chosen) < FEWEST_SENTENCES) else None


def with_those_before(sentences: Sequence[Sentence], place: int) -> frozenset[int]:
    """A sentence and those before it that it leans on; empty where one of them cannot be quoted."""
    needed: set[int] = set()
    while sentences[place].usable:
        needed.add(place)
        if not sentences[place].leans:
            return frozenset(needed)
        if place == 0 or sentences[place - 1].line < sentences[place].line - 1:
            break
        place -= 1
    return frozenset()


def fits(sentences: Sequence[Sentence], places: set[int] | frozenset[int]) -> bool:
    """Whether so many sentences may be quoted."""
    return len(places) <= MOST_SENTENCES and sum(len(sentences[one].text) + 1 for one in places) <= MOST_CHARACTERS


def weigh(sentence: Sentence, place: int) -> float:
    """How much it tells this reader. Writers put first what matters, so earlier sentences weigh more."""
    text = sentence.text
    told = sum(weight for pattern, weight in (*_WEIGHTS, *_DULL) if pattern.search(text))
    figures = min(MOST_NUMBERED, NUMBERED * len(numbers_in(text)))
    order = FIRST if place == 0 else LEADING if sentence.first and place < OPENING else 0.0
    return told + figures + order + 1.5 / (1 + place / 4) - max(0.0, (len(text) - LONG) / 120)


def content(text: str) -> set[str]:
    """The words that carry what a sentence says."""
    return {word for word in words(plain(text)) if len(word) > SHORT_WORD}


def overlap(text: str, seen: set[str]) -> float:
    """The part of a sentence's words that was said already, from 0 to 1."""
    own = content(text)
    return len(own & seen) / len(own) if own else 0.0
