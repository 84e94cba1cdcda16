"""The figures of a text with their nouns ("583 conflicts", "23.5 hours a day"), as the text has them."""

import re
from collections.abc import Iterable

MOST = 12
_WORDED = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|"
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
)
_FIGURE = r"£?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?:%|m\b|bn\b)?|£?\d+(?:\.\d+)?(?:%|m\b|bn\b)?"
_SHARE = (
    r"(?:(?:almost|nearly|around|about|over|under|more than|less than|fewer than|just over|just under) )?"
    r"(?:(?:a|one|two|three)[- ](?:third|quarter|fifth|tenth)s?|half|one in (?:two|three|four|five|"
    r"six|seven|eight|nine|ten|\d+))\b(?! term)"
)
_NUMBER = re.compile(
    rf"(?<![\w.,£/-])(?:{_SHARE}|(?:{_FIGURE})(?: per cent)?|(?:{_WORDED})\b)(?![\d/-])"
    r"(?=(?P<noun>(?:\s+(?:of (?:the |its |their )?)?[a-zA-Z][\w'’-]*){0,4}))",
    re.IGNORECASE,
)
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an the of and or but to in on at by for from with without was were is are had has have "
        "been be who which that when "
        "where while as than said says against last if not so their its his her this these those "
        "over under between after "
        "before during into per since until more only felt told would could will can should did do "
        "does held went found "
        "thought think reported took got gave aged later ago old there across about among amid "
        "because though although he "
        "she they it we i you both all each every compared too very",
    )
)
_LINKS = frozenset({"of", "the", "its", "their", "a", "per"})
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b"
)
_DAY = re.compile(
    rf"\s+{_MONTH_NAME}|\s*(?:am|pm)\b|\s+(?:to|and|or)\s+\d|\s+years?[- ]olds?\b|\s*[km]b\b", re.IGNORECASE
)
_AGE = re.compile(
    rf"\b(?:aged?|ages|young as|old as|category|section|page|chapter|room|radio|\w+day|"
    rf"{_MONTH_NAME})\W*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_VERB = re.compile(r"\w{3,}ed$")
UNITS = ("hours", "hour", "days", "weeks", "minutes")


def find_numbers(sentences: Iterable[str]) -> tuple[str, ...]:
    """The first figures of the sentences, each with its noun; dates, years and ages are none."""
    found = dict.fromkeys(number for sentence in sentences for number in numbers_in(sentence))
    return tuple(found)[:MOST]


def numbers_in(sentence: str) -> list[str]:
    """The figures of one sentence with their nouns."""
    return [told for match in _NUMBER.finditer(sentence) if (told := tell(match, sentence))]


def tell(match: "re.Match[str]", sentence: str) -> str:
    """A figure with its noun, or nothing where it is a date, an age or has no noun."""
    number = sentence[match.start() : match.start("noun")]
    before, after = sentence[: match.start()], sentence[match.start("noun") :]
    if is_day_or_age(number, before, after):
        return ""
    noun = cut_noun(match["noun"])
    complete = noun or "%" in number or "£" in number or "per cent" in number
    return f"{number}{noun}" if complete else ""


def is_day_or_age(number: str, before: str, after: str) -> bool:
    """Whether a number is part of a date, an age, a year or a title."""
    return bool(_YEAR.fullmatch(number) or _DAY.match(after) or _AGE.search(before) or is_name(number, after))


def is_name(number: str, after: str) -> bool:
    """Whether a number in words begins a name ("Three Peaks")."""
    return number.isalpha() and bool(re.match(r"\s+[A-Z][a-z]", after))


def cut_noun(words: str) -> str:
    """The words that belong to the figure: up to its noun, and "a day" or "of children" behind."""
    kept: list[str] = []
    for word in words.split():
        small = word.lower() in _SMALL and not (word.lower() in _LINKS and belongs(word.lower(), kept))
        if small or (kept and _VERB.match(word)):
            break
        kept.append(word)
    while kept and kept[-1].lower() in _SMALL:
        kept.pop()
    return "".join(f" {word}" for word in kept)


def belongs(link: str, kept: list[str]) -> bool:
    """Whether a small word ties what follows to the figure: "of", and "a" and "per" after a unit of time."""
    if link in {"a", "per"}:
        return bool(kept) and kept[-1].lower() in (*UNITS, "times")
    return link == "of" or (bool(kept) and kept[-1].lower() == "of")
