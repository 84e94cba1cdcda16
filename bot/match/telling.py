"""Telling a whole file's stories: the dated entries day by day, then those whose day nobody knows."""

from collections.abc import Mapping
from datetime import date

from bot.match.cluster import Choice, choose_story
from bot.match.shelf import Shelf, Story
from bot.model.story import Traces


class Stories:
    """The stories of one run: what is known of each, and where each entry went and why."""

    def __init__(self) -> None:
        self.known = Shelf()
        self.told: dict[int, tuple[int, str]] = {}

    def tell(self, number: int, traces: Traces, choice: Choice) -> Story:
        """Add an entry to the story chosen, or begin one; returns that story."""
        if choice.story_id is None:
            self.known.append((len(self.known) + 1, [traces]))
            story = self.known[-1]
        else:
            story = self.known[choice.story_id - 1]
            story[1].append(traces)
        self.told[number] = (story[0], choice.reason)
        return story

    def tell_dated(self, entries: Mapping[int, Traces]) -> None:
        """Add entries in the order of their days; those of one day in the order given."""
        for number, traces in sorted(entries.items(), key=lambda one: (one[1].published or date.min, one[0])):
            self.tell(number, traces, choose_story(traces, self.known))

    def tell_undated(self, waiting: Mapping[int, Traces]) -> None:
        """Add entries without a day: always the surest of those left, so that their order in a file says nothing."""
        choices = {number: choose_story(traces, self.known) for number, traces in waiting.items()}
        while choices:
            number = max(choices, key=lambda one: choices[one].strength)
            changed = self.tell(number, waiting[number], choices.pop(number))
            for other, choice in choices.items():
                choices[other] = self._chosen_again(waiting[other], choice, changed)

    def _chosen_again(self, traces: Traces, choice: Choice, changed: Story) -> Choice:
        """An entry's choice after one story changed; the same where it does not and did not fit that story."""
        fitted = changed[0] == choice.story_id or changed[0] in choice.also
        if fitted or choose_story(traces, [changed]).story_id is not None:
            return choose_story(traces, self.known)
        return choice
