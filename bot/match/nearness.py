"""Nearness: which of several stories that an entry fits it is nearest to, where its day is not known."""

from collections.abc import Sequence

from bot.match.likeness import Sign, said
from bot.match.shelf import Story
from bot.model.story import Traces

Found = tuple[Sign, Story]
# Signs from here on are facts (a figure, a quotation, a day): of two stories with such a sign the earlier is joined.
FACT = 74
# Likeness in words decides only between stories that differ in it by so many words.
CLEARLY = 2


def nearest(traces: Traces, found: Sequence[Found]) -> Found | None:
    """The story with the surest sign, the earlier of two.

    An entry without a day, whose sign is no fact, may fit this year's story and last year's: it joins the one whose
    entries have clearly more in common with it, or none.
    """
    surest = max(found, key=lambda one: one[0].strength, default=None)
    if surest is None or surest[0].strength >= FACT or traces.published is not None:
        return surest
    rivals = [one for one in found if one[0].strength > surest[0].strength - CLEARLY]
    if len(rivals) == 1:
        return rivals[0]
    ranked = sorted(((_in_common(traces, story), -number) for number, (_, story) in enumerate(rivals)), reverse=True)
    (first, place), (second, _) = ranked[:2]
    return rivals[-place] if first - second >= CLEARLY else None


def _in_common(traces: Traces, story: Story) -> int:
    """How many of the entry's words the story's entries say, and of its headline's words their headlines.

    In a headline the common words count too: between two reports on one place they are what differs.
    """
    names = {word for place in traces.institutions for word in place.split("-")}
    titles = {word for one in story[1] for word in one.title} - names
    return len(said(story[1]).intersection(traces.words)) + len(titles.intersection(traces.title))
