"""Words about feeds: ages, kinds, what a test showed, and notices about their health."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.compose.wording import Wording
from bot.model.feed import FeedKind, FeedState, Trial
from bot.model.health import Notice, Trouble

NAME_LIMIT: Final = 80
REASON_LIMIT: Final = 200
LABEL_LIMIT: Final = 40
NAMED: Final = 12
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def reason_of(feed: FeedState) -> str:
    """Why the last poll failed, as the end of a sentence."""
    return short((feed.failure or "?").rstrip("."), REASON_LIMIT)


def trial_lines(trial: Trial, kind: FeedKind, wording: Wording) -> list[str]:
    """What a test showed: how many entries, how new, and what they would be to us."""
    newest = wording("trial-newest", day=trial.newest_at) if trial.newest_at else ""
    lines: list[str] = [wording("trial-good", count=trial.entries, newest=newest)]
    if trial.judged:
        counts = dict(zip(("alert", "review", "ignore"), trial.outcomes[kind.value], strict=True))
        lines.append(wording("trial-outcomes", speaker=speaker(kind, wording), judged=trial.judged, **counts))
        lines += [wording("trial-example", title=short(title, REASON_LIMIT)) for title in trial.examples[:1]]
    return lines


def failed_trial_lines(reason: str, wording: Wording) -> list[str]:
    """Why a test failed."""
    return [wording("trial-failed", reason=short(reason.rstrip("."), REASON_LIMIT))]


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """A notice as cards keep it: the sentence `told-<key>` and its arguments."""

    key: str
    arguments: Mapping[str, str | int]


def compose_feed_notice(notice: Notice, wording: Wording) -> NoticeWords:
    """A notice about one feed."""
    feed = notice.feed
    arguments: dict[str, str | int] = {"name": short_name(feed)}
    if notice.over:
        return NoticeWords(f"feed-{notice.trouble.value}-over", arguments)
    if notice.trouble is Trouble.STUCK and feed.missed_at is not None:
        return NoticeWords("feed-missed", {**arguments, "day": wording.day(feed.missed_at)})
    if notice.trouble is Trouble.MOVED:
        return NoticeWords("feed-moved", {**arguments, "url": short(feed.fetch_url or "", REASON_LIMIT)})
    if notice.trouble in {Trouble.FAILING, Trouble.ENDED}:
        return NoticeWords(f"feed-{notice.trouble.value}", {**arguments, "reason": reason_of(feed)})
    usual = wording.plain("every-days", count=feed.rhythm.usual.days) if feed.rhythm else ""
    day = wording.day(feed.last_entry_at) if feed.last_entry_at else ""
    return NoticeWords(f"feed-{notice.trouble.value}", {**arguments, "day": day, "usual": usual})


def compose_feeds_notice(notices: Sequence[Notice], wording: Wording) -> NoticeWords:
    """One notice about many feeds that are told the same."""
    names = ", ".join(short_name(one.feed) for one in notices[:NAMED])
    if len(notices) > NAMED:
        names = wording.plain("told-feeds-more", names=names, count=len(notices) - NAMED)
    over = "-over" if notices[0].over else ""
    return NoticeWords(f"feeds-{notices[0].trouble.value}{over}", {"count": len(notices), "names": names})


def kind_name(kind: FeedKind, wording: Wording) -> str:
    """A kind of feed in a word."""
    return wording.plain(f"kind-{kind.value}")


def speaker(kind: FeedKind, wording: Wording) -> str:
    """Who speaks in a feed of this kind, within a sentence."""
    return wording.plain(f"speaker-{kind.value}")


def ago(age: timedelta, wording: Wording) -> str:
    """How long ago something was."""
    if age < MINUTE:
        return wording.plain("ago-moment")
    key, count = measure(age)
    return wording.plain(f"ago-{key}", count=count)


def measure(span: timedelta) -> tuple[str, int]:
    """A span in its largest fitting unit: minutes, hours from two on, days from two on."""
    if span < 2 * HOUR:
        return "minutes", span // MINUTE
    return ("hours", span // HOUR) if span < 2 * DAY else ("days", span // DAY)


def short_name(feed: FeedState) -> str:
    """A feed's name, cut where it is too long."""
    return short(feed.spec.name, NAME_LIMIT)


def short(text: str, limit: int) -> str:
    """Plain text, cut where it is too long."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def capital(sentence: str) -> str:
    """A sentence of a row, as the first of a paragraph; markup at its beginning stays."""
    start = sentence.index(">") + 1 if sentence.startswith("<") else 0
    return sentence[:start] + sentence[start : start + 1].upper() + sentence[start + 1 :]
