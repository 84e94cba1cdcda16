"""Feeds as organisers see them: the list, and one feed's card."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.compose.card import moment
from bot.compose.feed_words import (
    LABEL_LIMIT,
    MINUTE,
    REASON_LIMIT,
    ago,
    capital,
    kind_name,
    measure,
    reason_of,
    short,
    short_name,
)
from bot.compose.text import Markup, escape, fit
from bot.compose.wording import Wording
from bot.model.feed import FeedState, Rhythm
from bot.model.health import Trouble, find_troubles, is_heard
from bot.model.message import Button, Message

PAGE: Final = 8

Buttons = tuple[tuple[Button, ...], ...]


def compose_list(feeds: Sequence[FeedState], page: int, now: datetime, wording: Wording) -> Message:
    """One page of the list, those that need a look first; a page beyond the last is the last."""
    if not feeds:
        return Message(f"{wording('feeds-none')}\n\n{wording('feeds-how')}")
    pages = -(-len(feeds) // PAGE)
    page = max(0, min(page, pages - 1))
    ordered = sorted(feeds, key=lambda feed: (rank(feed, now), feed.spec.name.lower(), feed.id))
    shown = list(enumerate(ordered, 1))[page * PAGE : (page + 1) * PAGE]
    rows = [
        wording("feeds-row", number=number, name=short_name(feed), state=Markup(" ".join(state(feed, now, wording))))
        for number, feed in shown
    ]
    foot = [wording("feeds-page", page=page + 1, pages=pages)] if pages > 1 else []
    text = "\n\n".join([heading(feeds, now, wording), "\n".join(rows), "\n".join([*foot, wording("feeds-how")])])
    opening = tuple((open_button(number, feed, page, wording),) for number, feed in shown)
    turning = turn_buttons(page, pages, wording)
    return Message(fit(text), (*opening, turning) if turning else opening)


def heading(feeds: Sequence[FeedState], now: datetime, wording: Wording) -> str:
    """How many there are, and how many need a look."""
    polled = sum(feed.spec.enabled for feed in feeds)
    troubled = sum(rank(feed, now) == 0 for feed in feeds)
    counts = wording("feeds-heading", count=len(feeds), paused=len(feeds) - polled)
    return f"{counts} {wording('feeds-trouble', count=troubled)}" if polled else counts


def rank(feed: FeedState, now: datetime) -> int:
    """Troubled ones first, then those that are polled, then the rest."""
    if not feed.spec.enabled:
        return 2
    return 0 if feed.failing_since or is_deaf(feed) or (is_heard(feed, now) and quiet(feed, now)) else 1


def quiet(feed: FeedState, now: datetime) -> Trouble | None:
    """Whether it is silent or stuck."""
    found = find_troubles(feed, now)
    return next((one for one in (Trouble.STUCK, Trouble.SILENT) if one in found), None)


def open_button(number: int, feed: FeedState, page: int, wording: Wording) -> Button:
    """A button that opens a feed's card."""
    name = short(feed.spec.name, LABEL_LIMIT)
    return Button(wording.plain("button-feed", number=number, name=name), action=f"feed:{feed.id}:open:{page}")


def turn_buttons(page: int, pages: int, wording: Wording) -> tuple[Button, ...]:
    """To the page before and the page after."""
    row = []
    if page > 0:
        row.append(Button(wording.plain("button-feeds-earlier", page=page), action=f"feeds:page:{page - 1}"))
    if page + 1 < pages:
        row.append(Button(wording.plain("button-feeds-later", page=page + 2), action=f"feeds:page:{page + 1}"))
    return tuple(row)


def state(feed: FeedState, now: datetime, wording: Wording) -> list[Markup]:
    """How it is, in sentences: whether it answers, and whether it brings what it should."""
    if not feed.spec.enabled:
        return [wording("feed-paused")]
    if feed.failing_since is not None:
        return failure(feed, now, wording)
    if feed.last_success_at is None:
        return [wording("feed-new")]
    silence = quiet(feed, now) if is_heard(feed, now) else None
    well = wording("feed-well", ago=ago(now - feed.last_success_at, wording))
    return [well, *silence_words(feed, silence, wording), *listing_words(feed, wording)]


def listing_words(feed: FeedState, wording: Wording) -> list[Markup]:
    """Why its listing page, the second ear, could not be read."""
    if not is_deaf(feed):
        return []
    return [wording("feed-listing-failing", reason=short((feed.index_failure or "").rstrip("."), REASON_LIMIT))]


def is_deaf(feed: FeedState) -> bool:
    """Whether it has a listing page that could not be read the last time."""
    return feed.spec.index_url is not None and feed.index_failure is not None


def failure(feed: FeedState, now: datetime, wording: Wording) -> list[Markup]:
    """Since when and why it fails, and when it was last well."""
    since = feed.failing_since or now
    reason = reason_of(feed)
    key = "feed-ended" if Trouble.ENDED in find_troubles(feed, now) else "feed-failing"
    failing = wording(
        key, failures=feed.failures, ago=ago(now - since, wording), since=moment(since, wording), reason=reason
    )
    good = feed.last_success_at
    last = wording("feed-last-good", ago=ago(now - good, wording)) if good else wording("feed-never-good")
    return [failing, last]


def silence_words(feed: FeedState, trouble: Trouble | None, wording: Wording) -> list[Markup]:
    """Since when it has brought nothing, where that is unusual."""
    if trouble is Trouble.SILENT and feed.last_entry_at is not None:
        return [wording("feed-silent", since=feed.last_entry_at)]
    if trouble is Trouble.STUCK:
        changed = feed.last_change_at
        since = wording("feed-stuck-since", at=changed) if changed else wording("feed-stuck-ever")
        return [wording("feed-stuck", since=since)]
    return []


def compose_card(feed: FeedState, page: int, now: datetime, wording: Wording, *, tested: Sequence[str] = ()) -> Message:
    """Everything about one feed, with what can be done; `tested` are lines about a test just made."""
    about = [
        wording("feed-card-name", name=short_name(feed)),
        escape(short(feed.spec.url, REASON_LIMIT)),
        wording("feed-card-kind", kind=kind_name(feed.spec.kind, wording), origin=origin(feed, wording)),
    ]
    health = " ".join(capital(one) for one in state(feed, now, wording))
    blocks = ["\n".join(about), "\n".join([health, *habits(feed, now, wording)]), "\n".join(tested)]
    return Message(fit("\n\n".join(block for block in blocks if block)), card_buttons(feed, page, wording))


def origin(feed: FeedState, wording: Wording) -> Markup:
    """Whose it is."""
    return wording("feed-origin-listed" if feed.listed else "feed-origin-own")


def habits(feed: FeedState, now: datetime, wording: Wording) -> list[Markup]:
    """What it has brought, how often it usually does, where it went, when it is asked next."""
    lines = []
    if feed.last_change_at is not None:
        lines.append(wording("feed-card-changed", ago=ago(now - feed.last_change_at, wording)))
    if feed.last_entry_at is not None:
        lines.append(wording("feed-card-newest", day=feed.last_entry_at))
    if feed.rhythm_at is not None:
        lines.append(rhythm_words(feed.rhythm, wording))
    moved = find_troubles(feed, now).get(Trouble.MOVED)
    if moved:
        lines.append(wording("feed-moved", url=short(moved, REASON_LIMIT)))
    if feed.spec.enabled and feed.next_poll_at is not None:
        lines.append(next_words(feed.next_poll_at - now, wording))
    return lines


def rhythm_words(rhythm: Rhythm | None, wording: Wording) -> Markup:
    """How often it usually brings something."""
    if rhythm is None:
        return wording("feed-card-no-rhythm")
    long = escape(wording.plain("span-days", count=rhythm.long.days))
    return wording("feed-card-rhythm", usual=rhythm.usual.days, long=long)


def next_words(wait: timedelta, wording: Wording) -> Markup:
    """When it is polled next."""
    if wait < MINUTE:
        return wording("feed-card-next-now")
    key, count = measure(wait)
    return wording("feed-card-next", **{"in": wording.plain(f"in-{key}", count=count)})


def card_buttons(feed: FeedState, page: int, wording: Wording) -> Buttons:
    """What can be done with a feed, and the way back."""
    switch = "pause" if feed.spec.enabled else "resume"
    verbs = tuple(feed_button(feed, verb, page, wording) for verb in ("test", switch, "remove"))
    return (verbs, (back_button(page, wording),))


def feed_button(feed: FeedState, verb: str, page: int, wording: Wording) -> Button:
    """A button that does this to a feed."""
    return Button(wording.plain(f"button-feed-{verb}"), action=f"feed:{feed.id}:{verb}:{page}")


def back_button(page: int, wording: Wording) -> Button:
    """Back to the list where it was left."""
    return Button(wording.plain("button-feeds-back"), action=f"feeds:page:{page}")


def compose_removal(feed: FeedState, page: int, wording: Wording) -> Message:
    """Whether it is to be removed indeed."""
    buttons = tuple(feed_button(feed, verb, page, wording) for verb in ("confirm", "open"))
    return Message(wording("feed-remove-sure", name=short_name(feed)), (buttons,))


def compose_removed(feed: FeedState, page: int, wording: Wording) -> Message:
    """It is removed."""
    text = wording("feed-removed", name=short_name(feed), url=feed.spec.url)
    return Message(text, ((back_button(page, wording),),))
