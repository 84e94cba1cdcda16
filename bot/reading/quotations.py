"""The chief inspector's words, as a page quotes them."""

import re
from collections.abc import Iterator, Sequence

from bot.model.finding import Quotation

FEWEST_WORDS, MOST_CHARACTERS = 6, 700
_NAME = r"(?!(?:HM )?Chief )[A-Z][\w’'-]+(?: [A-Z][\w’'.-]*){1,3}"
_OFFICE = r"(?:HM |His Majesty[’']s |Her Majesty[’']s )?[Cc]hief [Ii]nspector\b"
# Under a quotation: "Charlie Taylor, HM Chief Inspector of Prisons".
_UNDER = re.compile(rf"[—–-]?\s*(?P<name>{_NAME})(?:,| [–—-])\s*(?:the )?{_OFFICE}[^.]*")
_TITLED = re.compile(
    rf"(?P<before>{_NAME}),?\s+(?:who is\s+)?(?:the )?{_OFFICE}"
    rf"|[Cc]hief [Ii]nspector(?: of [Pp]risons)?(?: for England and Wales)?,?\s+(?P<after>{_NAME})"
)
_RUN = re.compile(r"“(?P<curly>[^“”]+)[”]?|(?<!\w)\"(?P<straight>[^\"]+)\"|(?<!\w)‘(?P<single>[^‘]{60,}?)’(?!\w)")
_SAYS = r"(?:said|says|added|warned|told|wrote|commented|explained|concluded|described|called)"
_WHO = rf"{_NAME}|M[rs]s? [A-Z][\w’'-]+"
_TITLE = r"(?:the )?(?:(?:HM )?[Cc]hief [Ii]nspector(?: of [Pp]risons)?,? )?"
_SAID_BY = re.compile(
    rf"(?P<name>{_WHO}|[A-Z][\w’'-]+)(?:,[^,“”\"]{{3,80}},)? {_SAYS}\b|\b{_SAYS} {_TITLE}(?P<turned>{_WHO})"
)
_LEADING = frozenset({"But", "And", "Mr", "Sir", "The", "Prisons", "Dame"})
TWO = 2  # words at least are a whole name
_NOBODY = frozenset(
    {"He", "She", "They", "It", "Inspectors", "Children", "Staff", "Mr", "Mrs", "Ms", "The", "One", "Boys"}
)


def find_quotation(lines: Sequence[str], *, inspectorate: bool) -> Quotation | None:
    """The first quotation of the chief inspector, verbatim; None where the page has none.

    On the `inspectorate`'s own pages the person quoted is the chief inspector also where no title is given.
    """
    inspector = find_inspector(lines)
    found = next(quoted_above(lines), None)
    if found is None and (inspector or inspectorate):
        found = next(quoted_within(lines, inspector), None)
    return found


def find_inspector(lines: Sequence[str]) -> str:
    """The name of the person whom the page calls chief inspector, or ""."""
    titled = _TITLED.search("\n".join(lines))
    return clean_name(titled["before"] or titled["after"]) if titled else ""


def clean_name(name: str) -> str:
    """A name without the words that a sentence put before it."""
    parts = name.split()
    while len(parts) > TWO and parts[0] in _LEADING:
        parts.pop(0)
    return " ".join(parts).rstrip(".,’")


def quoted_above(lines: Sequence[str]) -> Iterator[Quotation]:
    """What stands above a line that is a name and a title."""
    for number, line in enumerate(lines[1:], start=1):
        under = _UNDER.fullmatch(line)
        words = lines[number - 1].strip('“”"‘’ ')
        if under and is_quotable(words):
            yield Quotation(words=words, speaker=clean_name(under["name"]))


def quoted_within(lines: Sequence[str], inspector: str) -> Iterator[Quotation]:
    """What stands in quotation marks beside the inspector's name, or below "X said:"."""
    lead = ""
    for line in lines:
        for run in _RUN.finditer(line):
            words = next(one for one in run.groups() if one).strip().rstrip(",")
            speaker = find_speaker(f"{lead} {line[: run.start()]} {line[run.end() :]}", inspector)
            if speaker and is_quotable(words):
                yield Quotation(words=words, speaker=speaker)
        lead = line if line.endswith(":") else ""


def find_speaker(around: str, inspector: str) -> str:
    """The inspector, where the words round a quotation say that it is theirs; where none is known, whoever speaks."""
    said = _SAID_BY.search(around)
    if said is None:
        return ""
    name = clean_name(said["name"] or said["turned"]).split()
    if not inspector:
        return " ".join(name) if len(name) > 1 and name[0] not in _NOBODY else ""
    return inspector if name[-1] == inspector.rsplit(maxsplit=1)[-1] else ""


def is_quotable(words: str) -> bool:
    """Whether a quotation is more than a word or two and no whole speech."""
    return len(words.split()) >= FEWEST_WORDS and len(words) <= MOST_CHARACTERS
