"""The audit in words, and as a file."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Final

from bot.compose.card import moment, organiser_name
from bot.compose.text import Markup, escape, fit
from bot.compose.wording import Wording
from bot.model.deed import Deed
from bot.model.message import Button, Message

PAGE: Final = 15
"""How many deeds are told at once."""
SEAL: Final = 12
COLUMNS: Final = ("at", "user_id", "verb", "subject", "digest")


def compose_audit(deeds: Sequence[Deed], wording: Wording) -> Message:
    """The newest deeds first, a line each, and a way to older ones where there may be any."""
    if not deeds:
        return Message(wording("audit-none"))
    text = "\n".join([wording("audit-heading"), *(deed_row(deed, wording) for deed in deeds)])
    older = Button(wording.plain("button-older"), action=f"audit:{deeds[-1].id}")
    return Message(fit(text), ((older,),) if len(deeds) == PAGE and deeds[-1].id > 1 else ())


def deed_row(deed: Deed, wording: Wording) -> Markup:
    """One deed in words; one that has none of its own is told as it is kept."""
    key, subject = f"deed-{deed.verb}", subject_name(deed.subject, wording)
    done = wording(key, subject=subject) if wording.has(key) else wording("deed-other", verb=deed.verb, subject=subject)
    seal = wording("audit-digest", digest=deed.digest[:SEAL]) if deed.digest else Markup("")
    who = organiser_name(deed.user_id, wording)
    return wording("audit-row", at=moment(deed.at, wording), who=who, deed=done, digest=seal)


def subject_name(subject: str, wording: Wording) -> Markup:
    """What a deed was about, in words: "story:3" is story 3; what has no words is told as it is kept."""
    kind, _, ids = subject.partition(":")
    found = re.fullmatch(r"(\d+)([+-])(\d+)", ids)
    if kind == "story" and found:
        return wording("subject-pair" if found[2] == "+" else "subject-split", one=found[1], other=found[3])
    key = f"subject-{kind}"
    return wording(key, id=ids) if wording.has(key) else escape(subject)


def write_audit(deeds: Iterable[Deed]) -> bytes:
    """A CSV file (UTF-8) with a heading: times in UTC as ISO 8601, digests whole."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for deed in deeds:
        at = deed.at.astimezone(UTC).isoformat()
        table.writerow([at, deed.user_id, deed.verb, deed.subject, deed.digest or ""])
    return out.getvalue().encode()
