"""What a page says now beside what readers were sent: the difference in words, for organisers."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from bot.compose.grades import TESTS, grade_of, name_key
from bot.compose.text import LIMIT, Markup, escape, fit, usable_url, visible_length
from bot.compose.wording import Wording
from bot.model.finding import Finding, Grades, list_new_headings
from bot.model.message import Button
from bot.model.organiser import Card

TITLE_LIMIT: Final = 200
LINE_LIMIT: Final = 300
LINES: Final = 12
# Kept free for the line that says who has seen it.
DECISION_ROOM: Final = 200
GROWING: Final = "urgent_notification"

NameOf = Callable[[str], str]


def list_changes(before: Finding, now: Finding, wording: Wording, name_of: NameOf) -> list[Markup]:
    """What differs in grades, dates and parts, a line each, as "before → now"; empty where nothing does.

    Other words may differ: a page's wording is nobody's correction.
    """
    return [
        *grade_changes("changed-test", before.grades, now.grades, wording),
        *grade_changes("changed-former-test", before.previous_grades, now.previous_grades, wording),
        *judgement_changes(before, now, wording),
        *date_changes(before, now, wording),
        *part_changes(before, now, wording, name_of),
    ]


def grade_changes(key: str, before: Grades | None, now: Grades | None, wording: Wording) -> Iterator[Markup]:
    """Tests whose grade is another; one that is not stated is said to be so."""
    for test in TESTS:
        old, new = grade_of(before, test), grade_of(now, test)
        if old != new:
            words = [wording(f"grade-{one.value}") if one else wording("changed-not-stated") for one in (old, new)]
            yield wording(key, test=wording(name_key(test)), before=words[0], now=words[1])


def judgement_changes(before: Finding, now: Finding, wording: Wording) -> Iterator[Markup]:
    """Ofsted's judgements that are another."""
    old, new = ({one.subject: one.word for one in finding.judgements} for finding in (before, now))
    for subject in dict.fromkeys([*old, *new]):
        if old.get(subject) != new.get(subject):
            yield change("changed-judgement", old.get(subject), new.get(subject), wording, subject=subject)


def date_changes(before: Finding, now: Finding, wording: Wording) -> Iterator[Markup]:
    """The inspection's days, and the day by which an answer is due."""
    if before.inspection_dates != now.inspection_dates:
        days = [written_days(one.inspection_dates, wording) for one in (before, now)]
        yield change("changed-dates", days[0], days[1], wording)
    if before.answer_by != now.answer_by:
        days = [wording.day(one.answer_by) if one.answer_by else None for one in (before, now)]
        yield change("changed-answer-by", days[0], days[1], wording)


def written_days(dates: tuple[date, date] | None, wording: Wording) -> str | None:
    """Two days, or one, as people write them."""
    return " – ".join(dict.fromkeys(wording.day(day) for day in dates)) if dates else None


def part_changes(before: Finding, now: Finding, wording: Wording, name_of: NameOf) -> Iterator[Markup]:
    """Parts that came, went or say something else; on a page that grows, new headings and a new document too."""
    old, new = ({part_name(part, name_of): part for part in finding.parts} for finding in (before, now))
    for name in dict.fromkeys([*old, *new]):
        if name not in old or name not in new:
            yield wording("changed-part-new" if name in new else "changed-part-gone", part=name)
            continue
        for line in list_changes(old[name], new[name], wording, name_of):
            yield wording("changed-in-part", part=name, change=line)
    if before.kind == GROWING:
        yield from (wording("changed-part-new", part=heading) for heading in list_new_headings(before, now))
        if now.document and now.document != before.document:
            yield wording("changed-document", address=now.document)


def part_name(part: Finding, name_of: NameOf) -> str:
    """How a part is known: its places and kind, else its title."""
    places = ", ".join(map(name_of, part.institutions))
    return f"{places} ({part.kind.replace('_', ' ')})" if places else part.title


def change(key: str, before: str | None, now: str | None, wording: Wording, **others: str) -> Markup:
    """Before and now; what is not stated is said to be so."""
    missing = wording("changed-not-stated")
    old, new = (missing if one is None else escape(one) for one in (before, now))
    return wording(key, before=old, now=new, **others)


def compose_change(title: str, changes: Iterable[Markup], wording: Wording) -> str:
    """A card's text: which alert, what its page says now, and what can be done; at most what one message holds.

    Without changes the page says again what readers were sent.
    """
    lines = [wording("changed-line", change=Markup(fit(one, LINE_LIMIT))) for one in changes]
    head = wording("card-change", title=Markup(fit(escape(title), TITLE_LIMIT)))
    if not lines:
        return f"{head}\n\n{wording('changed-back')}"
    tail, more = wording("card-change-options"), len(lines) - LINES
    told = [*lines[:LINES], *([wording("changed-more", count=more)] if more > 0 else [])]
    room = LIMIT - DECISION_ROOM - visible_length(f"{head}\n\n\n\n{tail}")
    return f"{head}\n\n{fit(chr(10).join(told), room)}\n\n{tail}"


def change_buttons(card: Card, url: str | None, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """Seen, a correction composed anew, and the page."""
    correct = Button(wording.plain("button-fix-alert"), action=f"fix:story:{card.subject_ids[0]}:page")
    seen = (Button(wording.plain("button-seen"), action=f"seen:{card.id}"), correct)
    page = usable_url(url)
    return (seen, (Button(wording.plain("button-read-source"), url=page),)) if page else (seen,)
