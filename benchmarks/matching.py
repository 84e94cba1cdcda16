"""How many entries a core judges, what the compiled pack weighs, and how long a story is looked for in a year of them.

Entries are made of the words of the pack and of everyday ones, so that nothing has to be kept for this. Goals: 5,000
entries a second, 10 MB, 2 ms; the time is that of the processor, so that other work beside it says nothing.
"""

import random
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.campaign import load_pack
from bot.match import Matcher
from bot.match.cluster import choose_story
from bot.match.shelf import Shelf
from bot.model.entry import Entry
from bot.model.story import Traces

ENTRIES = 6000
STORIES = 3000
ROUNDS = 200
OURS_SHARE = 0.05
EVERYDAY_WORDS = """
council plans new homes near the station after a long debate about roads schools and money while residents say that the
noise is worse than ever and a football team wins again in front of a record crowd on a cold day in march
"""
EVERYDAY = EVERYDAY_WORDS.split()
OURS = (
    "inspectors find children at hmyoi werrington",
    "oakhill secure training centre urgent notification",
    "number of children in custody on remand",
    "boys at feltham young offender institution",
    "hmyoi wetherby",
    "oasis restore secure school",
    "parc young people's unit",
    "youth custody figures",
)
START = datetime(2026, 1, 1, tzinfo=UTC)


def entries(count: int, share: float, dice: random.Random) -> Iterator[Entry]:
    """So many entries through a year, this share of them ours."""
    for number in range(count):
        ours = dice.random() < share
        title = " ".join([dice.choice(OURS) if ours else "", *dice.choices(EVERYDAY, k=8)]).strip()
        yield Entry(
            id=str(number),
            url=f"https://news.example/{number}/{title.replace(' ', '-')}",
            title=title.capitalize(),
            summary=" ".join(dice.choices(EVERYDAY, k=35)),
            published_at=START + timedelta(days=365 * number / count),
            source="Example News",
        )


def judge_all(matcher: Matcher, dice: random.Random) -> float:
    """Entries judged in a second."""
    made = list(entries(ENTRIES, OURS_SHARE, dice))
    begun_at = time.process_time()
    for entry in made:
        matcher.judge(entry)
    return ENTRIES / (time.process_time() - begun_at)


def a_year(matcher: Matcher, dice: random.Random) -> list[tuple[int, list[Traces]]]:
    """A year of stories of one to three entries each."""
    stories = []
    for number, entry in enumerate(entries(STORIES, 1.0, dice)):
        traces = matcher.trace(entry, matcher.judge(entry))
        stories.append((number, [traces] * dice.randint(1, 3)))
    return stories


def choose_all(matcher: Matcher, dice: random.Random) -> float:
    """Milliseconds to find the story of one entry."""
    stories = Shelf(a_year(matcher, dice))
    asked = [matcher.trace(entry, matcher.judge(entry)) for entry in entries(ROUNDS, 1.0, dice)]
    begun_at = time.process_time()
    for traces in asked:
        choose_story(traces, stories)
    return 1000 * (time.process_time() - begun_at) / ROUNDS


def main() -> None:
    """Print the figures."""
    dice = random.Random(7)
    pack = load_pack()
    tracemalloc.start()
    matcher = Matcher(pack)
    weight = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    print(f"compiled pack: {weight:.1f} MB")
    print(f"judged: {judge_all(matcher, dice):,.0f} entries/s on one core")
    print(f"one entry against {STORIES:,} stories: {choose_all(matcher, dice):.2f} ms")


if __name__ == "__main__":
    main()
