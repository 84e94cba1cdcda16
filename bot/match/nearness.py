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
    entries say clearly more of its words, or none.
    """
    surest = max(found, key=lambda one: one[0].strength, default=None)
    if surest is None or surest[0].strength >= FACT or traces.published is not None:
        return surest
    rivals = [one for one in found if one[0].strength > surest[0].strength - CLEARLY]
    if len(rivals) == 1:
        return rivals[0]
    ranked = sorted(rivals, key=lambda one: _words_in(traces, one[1]), reverse=True)
    first, second = (_words_in(traces, story) for _, story in ranked[:2])
    return ranked[0] if first - second >= CLEARLY else None


def _words_in(traces: Traces, story: Story) -> int:
    """How many of the entry's words the story's entries say."""
    return len(said(story[1]).intersection(traces.words))
