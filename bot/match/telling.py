"""Telling a whole file's stories: the dated entries day by day, then those whose day nobody knows."""

from collections.abc import Mapping
from datetime import date

from bot.match.cluster import Choice, choose_story
from bot.model.story import Traces


class Stories:
    """The stories of one run: what is known of each, and where each entry went and why."""

    def __init__(self) -> None:
        self.known: list[tuple[int, list[Traces]]] = []
        self.told: dict[int, tuple[int, str]] = {}

    def tell(self, number: int, traces: Traces, choice: Choice | None) -> tuple[int, list[Traces]]:
        """Add an entry to the story chosen, or begin one; returns that story."""
        if choice is None:
            choice = Choice(len(self.known) + 1, "the first to tell it")
            self.known.append((choice.story_id, []))
        story = self.known[choice.story_id - 1]
        story[1].append(traces)
        self.told[number] = (choice.story_id, choice.reason)
        return story

    def tell_dated(self, entries: Mapping[int, Traces]) -> None:
        """Add entries in the order of their days; those of one day in the order given."""
        for number, traces in sorted(entries.items(), key=lambda one: (one[1].published or date.min, one[0])):
            self.tell(number, traces, choose_story(traces, self.known))

    def tell_undated(self, waiting: Mapping[int, Traces]) -> None:
        """Add entries without a day: always the surest of those left, so that their order in a file says nothing."""
        choices = {number: choose_story(traces, self.known) for number, traces in waiting.items()}
        while choices:
            number = max(choices, key=lambda one: _strength(choices[one]))
            changed = self.tell(number, waiting[number], choices.pop(number))
            for other, choice in choices.items():
                choices[other] = self._chosen_again(waiting[other], choice, changed)

    def _chosen_again(self, traces: Traces, choice: Choice | None, changed: tuple[int, list[Traces]]) -> Choice | None:
        """An entry's choice after one story changed."""
        again = choose_story(traces, [changed])
        if again is None and choice is not None and choice.story_id == changed[0]:
            return choose_story(traces, self.known)
        return again if _strength(again) > _strength(choice) else choice


def _strength(choice: Choice | None) -> int:
    return choice.strength if choice else 0
