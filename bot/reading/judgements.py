"""Ofsted's words for training centres, the secure school and secure homes: overall, and for what it judges apart.

The words and what is judged: Ofsted, social care common inspection framework (secure children's homes) and the joint
framework for secure training centres.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.match.text import plain
from bot.model.finding import Judgement

MOST = 8
LONGEST = 220  # characters of a line that is nothing but a judgement
_WORD = r"(?P<word>outstanding|good|requires improvement(?: to be good)?|inadequate)"
_SUBJECT = (
    r"(?:the )?(?:overall (?:experiences?|effectiveness|judge?ment|outcome)[^:]{0,180}|(?:children(?: and young "
    r"people)?'s )?"
    r"(?:education|health|resettlement|achievement|behaviour|care)\b[\w' ,]{0,80}?|how well children[^:]{0,80}|"
    r"(?:quality of|standard of)[\w' ]{3,50}|(?:the )?effectiveness of leaders[\w' ,]{0,60}|"
    r"leadership(?: and management)?|(?:help and protection|safety|safeguarding)[\w' ,]{0,60})"
)
_IS = r"(?:is|are|was|were)(?: (?:rated|judged|graded|found))?(?: to be| as)?"
_LINE = re.compile(rf"(?P<subject>{_SUBJECT}?)\s*(?:[:–-]|\b{_IS})?\s+{_WORD}\W*")
_SUBJECT_LINE = re.compile(rf"{_SUBJECT}\W*")
_WORD_LINE = re.compile(rf"{_WORD}\W*")
_EARLIER = re.compile(
    r"\b(?:last|previous|earlier|former|first) (?:\w+ )?(?:inspection|judge?ment|report|visit|rating)|\bpreviously\b|"
    r"\blast year\b|\byears? (?:ago|earlier|before)\b|\bhad (?:been|previously)\b|\bonce\b|\bdowngraded from\b"
)
_UNSAID = re.compile(
    r"\b(?:never|not|no longer|could|would|should|might|must|if|unless|until|hop\w+|aim\w*|better than|worse "
    r"than|target\w*)\b"
)
# "Ofsted rated the centre inadequate", "has been rated 'inadequate'", "downgraded to inadequate".
_RATED = (
    r"(?:rated?|rates|judged?|judges|graded?|found|declared|labelled|branded|downgraded|upgraded|deemed|told that it|"
    r"fell|dropped|given(?: an?)?|scored|classed)"
)
_PART = (
    r"(?:leadership|management|education|health|teaching|resettlement|safeguarding|protection|behaviour|quality|care|"
    r"safety|help|lessons|managers|teachers)"
)
_OF_PART = re.compile(rf"\b{_PART}\b(?: \w+){{0,3}} (?:was|were|is|are|been)(?: \w+)? $")
_OVERALL = re.compile(
    rf"\b{_RATED}(?: (?:by ofsted|(?:the )?(?:(?!{_PART})\w+ ){{0,3}}(?:centre|school|home|stc|unit|it|service)|"
    rf"overall|"
    rf"from[\w ' \"]{{4,40}}))?"
    rf"(?: (?:to be|as|to|it))* ?['\"]?{_WORD}\b['\"]?(?! (?:\w+ )?(?:health|education|work|progress|practice|"
    rf"care|relationships))"
)
_SAID = re.compile(r"\bit (?:still )?" + _WORD.replace("|good|", "|").replace("|inadequate", "") + r"\b")
_PARTS = re.compile(
    rf"\b(?P<subject>leadership(?: and management)?|education|health(?: ?care)?|teaching|resettlement|safeguarding|"
    rf"help and protection|behaviour)\b(?: \w+)? (?:was|were|is|are)(?: also)?(?: (?:rated|judged|graded|found|"
    rf"deemed))?"
    rf"(?: (?:to be|as))? ['\"]?{_WORD}\b"
)
_JUDGING = re.compile(r"\b(?:ofsted|rated|judged|graded)\b")


def find_judgements(lines: Sequence[str], sentences: Iterable[str]) -> tuple[Judgement, ...]:
    """The judgements that a page states of this inspection; of two for one subject, or of an earlier visit, none."""
    said: dict[str, set[str]] = {}
    labelled = list(read_lines(lines))
    known = " ".join(plain(one.subject) for one in labelled)
    prose = (one for one in read_sentences(sentences) if one.subject == "overall" or one.subject not in known)
    for one in (*labelled, *prose):
        said.setdefault(one.subject, set()).add(one.word)
    sure = [Judgement(subject=subject, word=next(iter(words))) for subject, words in said.items() if len(words) == 1]
    return tuple(sorted(sure, key=lambda one: one.subject != "overall"))[:MOST]


def read_lines(lines: Sequence[str]) -> Iterator[Judgement]:
    """Lines that are a judgement ("Children's health: good"), or two that are one with its word below."""
    for line, after in zip(lines, (*lines[1:], ""), strict=False):
        words = plain(line)
        if len(words) > LONGEST or _EARLIER.search(words):
            continue
        whole = _LINE.fullmatch(words)
        below = _WORD_LINE.fullmatch(plain(after)) if _SUBJECT_LINE.fullmatch(words) else None
        if whole and whole["subject"]:
            yield Judgement(subject=name_subject(whole["subject"], line), word=shorten(whole["word"]))
        elif below:
            yield Judgement(subject=name_subject(words, line), word=shorten(below["word"]))


def read_sentences(sentences: Iterable[str]) -> Iterator[Judgement]:
    """What prose says that Ofsted judged, now."""
    for words in map(plain, sentences):
        if not _EARLIER.search(words):
            yield from read_overall(words)
            yield from read_parts(words)


def read_overall(words: str) -> Iterator[Judgement]:
    """The judgement of the whole place in a plain sentence."""
    for pattern in (_OVERALL, _SAID):
        for match in pattern.finditer(words):
            lead = words[: match.start()]
            if not _UNSAID.search(lead) and not _OF_PART.search(lead):
                yield Judgement(subject="overall", word=shorten(match["word"]))


def read_parts(words: str) -> Iterator[Judgement]:
    """The judgements of leadership, education and the like in a plain sentence that speaks of judging."""
    if _JUDGING.search(words):
        for match in _PARTS.finditer(words):
            yield Judgement(subject=match["subject"], word=shorten(match["word"]))


def name_subject(words: str, line: str) -> str:
    """Either "overall", or what was judged in the page's own words."""
    return "overall" if words.strip().removeprefix("the ").startswith("overall") else line[: len(words)].strip(" :–-")


def shorten(word: str) -> str:
    """Ofsted's word: "requires improvement to be good" is its longer form."""
    return word.removesuffix(" to be good")
