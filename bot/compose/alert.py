"""An alert: what was found, in the source's own words, where it comes from and when."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from bot.compose.grades import compare_tests, grade_lines, judgement_lines
from bot.compose.parts import compose_parts
from bot.compose.quoting import quote_fitting, quote_whole, speech
from bot.compose.text import CAPTION, LIMIT, Markup, fit, usable_url, visible_length
from bot.compose.wording import Wording
from bot.model.message import Button, Message, Picture
from bot.model.story import Outlet, Prior, Told

TITLE_LIMIT: Final = 300
SOURCE_LIMIT: Final = 100
OUTLET_LIMIT: Final = 60
PRIOR_LIMIT: Final = 120
QUOTE_LIMIT: Final = 1500
PLACES: Final = 4
OUTLETS: Final = 4
DIGEST: Final = "digest"
# Kept free for the line that says why, which is added at send (bot.compose.reason).
REASON_ROOM: Final = 200
CAPTION_REASON_ROOM: Final = 130
GAP: Final = "\n\n"

NameOf = Callable[[str], str]
"""An institution's name by its id (Pack.institution_name)."""


def compose_alert(
    told: Told, wording: Wording, name_of: NameOf, actions: Sequence[Button] = (), *, picture: Picture | None = None
) -> Message:
    """The alert of one story: headline, grades, deadline, quotations, source and date, and buttons.

    `actions` are what a reader can do about it (bot.compose.action). About a death helplines are named. A picture goes
    with it only where its caption has room for what matters.
    """
    buttons = alert_buttons(told, wording, actions)
    caption = compose_caption(told, wording, name_of) if picture else None
    if caption is not None:
        return Message(caption, buttons, picture=picture)
    return Message(compose_text(told, wording, name_of), buttons)


def compose_text(told: Told, wording: Wording, name_of: NameOf) -> str:
    """The words of an alert that has no picture."""
    head, tail = alert_head(told, wording, name_of), closing(told, wording)
    room = LIMIT - REASON_ROOM - shown([*head, *tail]) - len(GAP)
    if told.kind == DIGEST and told.parts:
        return GAP.join([*head, *compose_parts(told.parts, wording, name_of, room), *tail])
    quotes = quote_fitting(told.summary, min(room, QUOTE_LIMIT))
    said = speech(told.quotation, told.summary, wording)
    return GAP.join([*head, *quotes, *take(said, room - shown(quotes) - len(GAP)), *tail])


def compose_caption(told: Told, wording: Wording, name_of: NameOf) -> str | None:
    """The same as a picture's caption, with fewer quotations where it must be; None where two do not fit whole."""
    head, tail = alert_head(told, wording, name_of), closing(told, wording)
    room = CAPTION - CAPTION_REASON_ROOM - shown([*head, *tail]) - len(GAP)
    quotes = quote_whole(told.summary, room)
    if quotes is None or room < 0:
        return None
    said = speech(told.quotation, told.summary, wording)
    return GAP.join([*head, *quotes, *take(said, room - shown(quotes) - len(GAP)), *tail])


def shown(blocks: Sequence[str]) -> int:
    """How many units these blocks show, one below the other."""
    return visible_length(GAP.join(blocks))


def take(block: Sequence[str], room: int) -> list[str]:
    """A block as it is if it fits, else nothing."""
    return [*block] if shown(block) <= room else []


def compose_finding(told: Told, wording: Wording, name_of: NameOf) -> Message:
    """One story shown because somebody asked for it: an alert that says first how old it is."""
    alert = compose_alert(told, wording, name_of)
    heading = wording("latest-finding-heading", date=told.dated_at)
    return Message(fit(f"{heading}\n\n{alert.text}"), alert.buttons)


def alert_head(told: Told, wording: Wording, name_of: NameOf) -> list[str]:
    """What comes before the source's words: headline and place, the grades, Ofsted's judgements, the deadline."""
    grades = grade_lines(compare_tests(told, told.earlier), wording)
    judged = judgement_lines(told.judgements, wording)
    due = [wording("answer-by", date=told.answer_by)] if told.answer_by else []
    return [headline(told, wording, name_of), *grades, *judged, *due]


def headline(told: Told, wording: Wording, name_of: NameOf) -> str:
    """The headline and what must be known before reading on."""
    lines = [f"<b>{fit(wording('alert-headline', title=told.title), TITLE_LIMIT)}</b>"]
    if told.sample:
        lines.append(wording("alert-sample"))
    if told.correction:
        lines.append(wording("amended-item", note=told.correction))
    kind = f"report-kind-{told.kind.replace('_', '-')}"
    if told.kind and wording.has(kind):
        lines.append(wording(kind))
    names = [name_of(place) for place in told.institutions[:PLACES]]
    unnamed = [name for name in names if name.lower() not in told.title.lower()]
    if unnamed and not (told.kind == DIGEST and told.parts):
        lines.append(fit(wording("alert-places", places=", ".join(unnamed)), TITLE_LIMIT))
    return "\n".join(lines)


def closing(told: Told, wording: Wording) -> list[str]:
    """What was not read, when the inspection was, source, date and links; after a death, where to turn."""
    lines: list[str] = [wording("page-unread")] if told.unread else []
    if told.inspection_dates is not None:
        first, last = told.inspection_dates
        lines.append(inspected_line(first, last, wording))
    lines.append(source_line(told, wording))
    document = usable_url(told.document or None)
    if document and document != told.url:
        lines.append(wording("source-document", url=document))
    lines.extend(outlet_lines(told.outlets, wording))
    lines.extend(prior_lines(told.prior, wording))
    return ["\n".join(lines), wording("helplines")] if told.mourning else ["\n".join(lines)]


def inspected_line(first: date, last: date, wording: Wording) -> Markup:
    """When the inspection was."""
    if first >= last:
        return wording("inspected-day", first=first)
    return wording("inspected-days", first=wording.first_day(first, last), last=last)


def source_line(told: Told, wording: Wording) -> Markup:
    """Source, linked where there is an address, and date."""
    name = Markup(fit(wording("source-name", source=told.source or "?"), SOURCE_LIMIT))
    url = usable_url(told.url)
    linked = wording("source-linked", source=name, url=url) if url else name
    key = "source-published" if told.published_at else "source-seen"
    return wording(key, source=linked, date=told.dated_at)


def outlet_lines(outlets: Sequence[Outlet], wording: Wording) -> list[str]:
    """Who else carries it, each linked, in one line."""
    links = [
        wording("source-linked", source=Markup(fit(wording("source-name", source=one.name), OUTLET_LIMIT)), url=one.url)
        for one in outlets[:OUTLETS]
        if usable_url(one.url)
    ]
    return [wording("also-reported", outlets=Markup(", ".join(links)))] if links else []


def prior_lines(prior: Prior | None, wording: Wording) -> list[str]:
    """The story whose new turn this is, linked; nothing where it is none."""
    if prior is None:
        return []
    title, url = Markup(fit(wording("alert-headline", title=prior.title), PRIOR_LIMIT)), usable_url(prior.url)
    linked = wording("source-linked", source=title, url=url) if url else title
    return [wording("alert-prior", story=linked, date=prior.dated_at)]


def list_item(told: Told, wording: Wording, limit: int) -> str:
    """Headline, source and date."""
    title = fit(wording("alert-headline", title=told.title), limit)
    corrected = f"\n{wording('amended-item', note=told.correction)}" if told.correction else ""
    return f"<b>{title}</b>{corrected}\n{source_line(told, wording)}"


def alert_buttons(told: Told, wording: Wording, actions: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """The source's button, then the actions', a row each."""
    url = usable_url(told.url)
    rows = [(Button(wording.plain("button-read-source"), url=url),)] if url else []
    return (*rows, *((action,) for action in actions))
