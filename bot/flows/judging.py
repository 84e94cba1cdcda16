"""What a page and a story's other entries make of a verdict, and who is owed the alert. Pure."""

from dataclasses import dataclass, replace

from bot.model.entry import Entry
from bot.model.finding import Finding
from bot.model.story import Outcome, Verdict
from bot.model.subscriber import EVERYTHING

# The kind of report that readers of digests may have at once; a topic, too.
URGENT = "urgent_notification"


@dataclass(frozen=True)
class Reading:
    """What was read of a story, outside any transaction."""

    finding: Finding
    url: str | None
    from_page: bool
    verdict: Verdict


def judge_again(before: Verdict, with_page: Verdict) -> Verdict:
    """The page decides what was doubtful; it never unsays an alert, and sensitive anywhere is sensitive."""
    chosen = with_page if before.outcome is Outcome.REVIEW else before
    if before.sensitive or not with_page.sensitive:
        return replace(chosen, sensitive=before.sensitive, sensitive_reason=before.sensitive_reason)
    return replace(chosen, sensitive=True, sensitive_reason=with_page.sensitive_reason)


def warned(verdict: Verdict, reason: str | None) -> Verdict:
    """The verdict, sensitive if any entry of the story is: whichever leads, and whatever the page says."""
    return verdict if reason is None or verdict.sensitive else replace(verdict, sensitive=True, sensitive_reason=reason)


def own_words(lead: Entry, verdict: Verdict) -> Finding:
    """What the feed itself says, for a page that was not read."""
    return Finding(title=lead.title, text=lead.summary, institutions=verdict.institutions, from_page=False)


def is_urgent(verdict: Verdict, finding: Finding) -> bool:
    """Whether it tells of an urgent notification: by its page, or by the entry where the page was not read."""
    return finding.kind == URGENT or (not finding.from_page and URGENT in verdict.topics)


def with_places(verdict: Verdict, finding: Finding) -> Verdict:
    """The verdict with the places that the page is about, where the entry named none: whoever follows one is owed it.

    A digest is about the places of its parts.
    """
    parts = [place for part in finding.parts for place in part.institutions]
    places = tuple(dict.fromkeys([*finding.institutions, *parts]))
    return verdict if verdict.institutions else replace(verdict, institutions=places)


def follows_of(verdict: Verdict) -> list[str]:
    """What a subscriber may follow to be owed this, the most particular first: it is the reason they are told."""
    places = [f"institution:{name}" for name in verdict.institutions]
    return [*places, *(f"topic:{name}" for name in verdict.topics), EVERYTHING]
