"""What goes with the words of a call to action: for whom, until when, at what time, and what that takes."""

from typing import Final

from bot.compose.card import moment, organiser_name
from bot.compose.progress import Standing
from bot.compose.text import Markup
from bot.compose.wording import Wording
from bot.model.broadcast import Broadcast


def compose_terms(broadcast: Broadcast, wording: Wording, standing: Standing) -> Markup:
    """What goes with the words: for whom, how many, until when, at what time, and what is wrong with its links."""
    draft, training = broadcast.draft, broadcast.training
    lines = [
        audience_line(broadcast, wording, standing),
        wording("terms-expiry", until=moment(draft.expires_at, wording))
        if draft.expires_at
        else wording("terms-lasts", hours=draft.hours),
        wording(f"terms-{draft.start.value}", at=moment(draft.start_at, wording) if draft.start_at else ""),
        reach_line(standing, wording, training=training),
    ]
    lines += [wording("terms-dead", url=one.url, answer=one.answer) for one in draft.dead]
    if draft.dead and draft.anyway_by is not None:
        lines.append(wording("terms-anyway", who=organiser_name(draft.anyway_by, wording)))
    return Markup("\n".join(lines))


def audience_line(broadcast: Broadcast, wording: Wording, standing: Standing) -> Markup:
    """Who gets it."""
    audience = broadcast.draft.audience
    if broadcast.training:
        return wording("audience-rehearsal")
    parts = [wording("audience-retry", number=str(broadcast.retry_of))] if broadcast.retry_of else []
    if audience.follows:
        parts.append(wording("audience-follows", names=", ".join(standing.name_of(one) for one in audience.follows)))
    parts += [wording(f"audience-language-{language}") for language in audience.languages]
    if audience.rested_days is not None:
        parts.append(wording("audience-rested", days=audience.rested_days))
    if audience.test_group:
        parts.append(wording("audience-test"))
    return wording("audience-some", filters=Markup("; ".join(parts))) if parts else wording("audience-all")


FREE_RATE: Final = 30
"""Messages a second that cost nothing; each beyond costs a tenth of a Star (Bots FAQ, paid broadcasts)."""


def reach_line(standing: Standing, wording: Wording, *, training: bool = False) -> Markup:
    """How many people it reaches, how long that takes, and what it costs."""
    reach, rate = standing.reach, standing.rate
    minutes = -(-reach // max(int(rate * 60), 1))
    line = wording("terms-reach", reach=reach, minutes=minutes)
    if not standing.paid or rate <= FREE_RATE or training:
        return line
    stars = -(-int(reach * (rate - FREE_RATE) / rate) // 10)
    return Markup(f"{line} {wording('terms-cost', stars=stars)}")
