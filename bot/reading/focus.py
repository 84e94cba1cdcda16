"""Which place a sentence speaks of: a grade of a neighbour, of adults or of a country's average is not this place's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.campaign.pack import Scope
from bot.reading.lexicon import Lexicon

# Words in places' names that name none, and what stands after "at" and is no place.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "hm hmp hmyoi yoi stc unit young people peoples secure children childrens home training centre school "
        "the and at "
        "of house youth offender institution prison prisons for in services service former adult with womens women",
    )
)
_NO_PLACE = frozenset(
    re.findall(
        r"\w+",
        "january february march april may june july august september october november december monday tuesday "
        "wednesday "
        "thursday friday saturday sunday christmas easter ofsted estyn hmpps key level stage this our an a first last "
        "inspectorate ministry justice board court howard league government department parliament",
    )
)
_WORD = re.compile(r"[A-Za-z]+")
_NAME = r"(?:[A-Z][\w-]+(?:['’]s)?|[AB]\b)"
# A prison by its title, or whatever stands after "at": the name of a place that no list knows.
_TITLED = re.compile(rf"\b(?:HM ?P(?:(?:/| and | & )(?:HM)?YOI)?|HM ?YOI|YOI|HM Prison)\s+({_NAME}(?:\s{_NAME})*)")
_AT = re.compile(rf"\b(?:[Aa]t|[Ii]nside|[Uu]nlike)\s+({_NAME}(?:\s{_NAME})*)")
_WING = re.compile(rf"\b[Oo]n (?:the )?({_NAME}(?:\s{_NAME})*) (?:[Uu]nit|[Ww]ing)\b")
# What speaks of others without a name.
_OTHERS = re.compile(
    r"\b(?:for|of) (?:young )?adults\b|\b(?:wo)?men[’']s prison\b|\b(?:scotland|scottish|northern ireland|irish)\b|"
    r"\badult (?:prisons?|men|side|part|site|estate|jails?|prisoners?|wings?)\b|\byoung adults?['’]? (?:side|site|unit)"
    r"|\b(?:sister|neighbouring|adjoining|another|different|next[- ]door) (?:\w+ )?(?:site|prison|unit|yoi|"
    r"establishment|institution|jail|centre)\b|\bother (?:\w+ ){0,2}(?:sites|prisons|yois|establishments|"
    r"institutions|jails|units)\b"
    r"|(?:^(?:for|in)|\bacross) the (?:[\w’'-]+ ){0,4}(?:estate|country|system|sector)\b|\bnational(?:ly)?\b|"
    r"\belsewhere\b"
    r"|\b(?:estate|sector) average\b|\bon average,? outcomes\b|\bthe (?:\w+ ){0,2}estate as a whole\b"
    r"|\b(?<!the )(?:most|many|some|few|all|both|two|three|four|five|half) (?:of )?(?:the )?(?:\w+ ){0,3}"
    r"(?:yois|establishments|institutions|prisons|jails|sites)\b",
    re.IGNORECASE,
)
_OF_ANY = re.compile(
    r"\b(?:of|in|than) (?:any|all|every) (?:other )?(?:\w+ ){0,3}(?:yois?|prisons?|sites?|jails?|institutions?|"
    r"establishments?)",
    re.IGNORECASE,
)
_IN_TOWN = re.compile(r"\b(?:in|near|outside) $")
_JOINT = re.compile(r"\s+(?:and|&)\s+(?:the\s+)?")
LONGEST = 1200  # characters: what runs on for longer is no sentence, and states nothing
STARTS = 40  # characters: a paragraph that names another place so early is about that place


class Focus:
    """Follows a text line by line. `main` is the id of the place it is about, "" where it is none of the campaign's."""

    def __init__(self, main: str, title: str, lexicon: Lexicon) -> None:
        names = _names(lexicon)
        self._known, self._towns = names.pattern, names.towns
        self._letters = set(main.split("-"))
        self._own = names.words.get(main) or frozenset(words_of(title))
        self._elsewhere = False

    def keep(self, line: Sequence[str]) -> list[str]:
        """The sentences of a line, with "" for each that speaks of another place."""
        here, kept = self._elsewhere, []
        for number, sentence in enumerate(line):
            if len(sentence) > LONGEST:
                kept.append("")
                continue
            own, others = self.look(sentence)
            if own or others:
                here = bool(others)
                self._elsewhere = here and (self._elsewhere or (number == 0 and min(others) < STARTS))
            kept.append("" if here or self.speaks_of_others(sentence) else sentence)
        return kept

    def look(self, sentence: str) -> tuple[bool, list[int]]:
        """Whether a sentence names this place, and where it names others; "this and that" is this one."""
        own, others, end = False, [], -1
        for start, name in sorted(self._named(sentence)):
            if self._is_own(words_of(name)):
                own, end = True, start + len(name)
            elif words_of(name) and not (own and _JOINT.fullmatch(sentence[end:start])):
                others.append(start)
        return own, others

    def speaks_of_others(self, sentence: str) -> bool:
        """Whether a sentence is about other places, the average of all or one wing, whatever it names."""
        wings = (words_of(wing[1]) for wing in _WING.finditer(sentence))
        return bool(_OTHERS.search(_OF_ANY.sub("", sentence))) or any(not self._is_own(wing) for wing in wings)

    def _named(self, sentence: str) -> Iterator[tuple[int, str]]:
        for match in self._known.finditer(sentence):
            if not (match[0] in self._towns and _IN_TOWN.search(sentence[: match.start()])):
                yield match.start(), match[0]
        for pattern in (_TITLED, _AT):
            for match in pattern.finditer(sentence):
                yield match.start(1), match[1]

    def _is_own(self, words: list[str]) -> bool:
        """Whether a name is this place's: one of its words is, and no letter says that it is another part of a site."""
        letters = {word for word in words if len(word) == 1}
        return bool(self._own & set(words)) and (not letters or bool(letters & self._letters))


def words_of(name: str) -> list[str]:
    """The words of a name that tell it from others, in small letters."""
    found = (word.lower() for word in _WORD.findall(re.sub("['’]s", "", name)))
    return [word for word in found if word not in _COMMON and word not in _NO_PLACE]


@dataclass(frozen=True, slots=True)
class Names:
    """The first words of each place's name, a pattern of all names, and those of prisons that are only neighbours."""

    words: dict[str, frozenset[str]]
    pattern: re.Pattern[str]
    towns: frozenset[str]


@lru_cache(maxsize=1)
def _names(lexicon: Lexicon) -> Names:
    told = {place.id: words_of(place.name.partition("(")[0]) for place in lexicon.pack.institutions}
    names = {place: " ".join(one.capitalize() for one in words if len(one) > 1) for place, words in told.items()}
    known = sorted({re.escape(name) for name in names.values() if name}, reverse=True)
    ours = {names[place.id] for place in lexicon.pack.institutions if place.scope is Scope.OURS}
    return Names(
        {place: frozenset(words[:1]) for place, words in told.items()},
        re.compile(rf"\b(?:{'|'.join(known)})\b(?:\s[AB]\b)?"),
        frozenset(names.values()) - ours,
    )
