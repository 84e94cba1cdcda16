"""Why an alert was sent: the evidence in words, who decided, who else tells it, and what came before."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.compose.alert import outlet_lines, prior_lines, source_line
from bot.compose.reason import TopicOf, because, spell_out
from bot.compose.text import Markup, escape, fit
from bot.compose.wording import Wording
from bot.model.delivery import MessageKind
from bot.model.message import Message
from bot.model.story import Evidence, Outlet, Prior, Told, Verdict

TITLE_LIMIT: Final = 300
WORDS_LIMIT: Final = 300
POINTS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What is known of a story that somebody was told: nothing of it is private.

    `by_person` says whether an organiser let it out, `outlets` who else tells it.
    """

    story_id: int
    told: Told
    verdict: Verdict
    by_person: bool
    outlets: Sequence[Outlet] = ()
    prior: Prior | None = None


def compose_why(
    story: Explained,
    follows: str,
    wording: Wording,
    name_of: Callable[[str], str],
    *,
    topic_of: TopicOf = spell_out,
    numbered: bool = False,
) -> Message:
    """Why this chat got an alert. `follows` is what its subscription follows; organisers see the story's number."""
    told = story.told
    points = [*point_lines("why-for", supporting(story.verdict), wording)]
    points += point_lines("why-against", opposing(story.verdict), wording)
    sources = [source_line(told, wording), *outlet_lines(story.outlets, wording), *prior_lines(story.prior, wording)]
    blocks = [
        wording("why-heading", title=Markup(fit(wording("alert-headline", title=told.title), TITLE_LIMIT))),
        because(follows, wording, name_of, topic_of=topic_of),
        wording("why-decided" if story.by_person else "why-certain"),
        *points,
        "\n".join(sources),
        *([wording("why-number", story=str(story.story_id))] if numbered else []),
    ]
    return Message(fit("\n\n".join(blocks)))


def supporting(verdict: Verdict) -> Iterable[Evidence]:
    """What spoke for it."""
    return (one for one in verdict.evidence if one.weight >= 0)


def opposing(verdict: Verdict) -> Iterable[Evidence]:
    """What spoke against it."""
    return (one for one in verdict.evidence if one.weight < 0)


def point_lines(key: str, evidence: Iterable[Evidence], wording: Wording) -> list[str]:
    """Evidence in the matcher's words, a line each; nothing where there is none."""
    said = list(dict.fromkeys(one.words for one in evidence))[:POINTS]
    lines = "\n".join(wording("why-point", words=Markup(fit(escape(words), WORDS_LIMIT))) for words in said)
    return [wording(key, points=Markup(lines))] if said else []


def compose_why_other(
    kind: MessageKind, follows: str, wording: Wording, name_of: Callable[[str], str], *, topic_of: TopicOf = spell_out
) -> Message:
    """Why this chat got what is no alert of one story: a call to action, or a digest."""
    said = {MessageKind.CALL: "why-call", MessageKind.DIGEST: "why-digest"}.get(kind)
    told = f"{wording(said)}\n\n" if said else ""
    return Message(f"{told}{because(follows, wording, name_of, kind, topic_of=topic_of)}")
