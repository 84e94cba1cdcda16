"""From a feed's change being fetched to messages handed over, and the memory of an idle bot.

The bot runs as a process of its own before the local Telegram; 100 people are subscribed by their own presses. The
page that an entry links to is not there, so reading takes no time. Memory is the sum of RSS of all its processes.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.journeys.world import REPORT, SUMMARY, World, a_world

PEOPLE = 100
FIRST = 5000
IDLE_SECONDS = 75  # the workers end after 60 s without work


async def subscribe(world: World, count: int) -> None:
    """So many people say /start and yes."""
    for user_id in range(FIRST, FIRST + count):
        world.telegram.add_user(user_id, f"Person {user_id}")
        world.telegram.say(user_id, user_id, "/start")
    for user_id in range(FIRST, FIRST + count):
        await world.press(user_id, "Yes, send me alerts")


async def measure_detection(world: World) -> tuple[float, float]:
    """Seconds from the fetch that brought the change to the first and to the last message handed over."""
    fetches = world.site.fetches
    world.site.publish(REPORT, SUMMARY)
    await world.until(lambda: world.site.fetches > fetches)
    fetched_at = time.perf_counter()
    words = "locked up for 22 hours"
    await world.until(lambda: any(world.count(FIRST + n, words) for n in range(PEOPLE)))
    first = time.perf_counter() - fetched_at
    await world.until(lambda: all(world.count(FIRST + n, words) == 1 for n in range(PEOPLE)))
    return first, time.perf_counter() - fetched_at


def memory_of(pid: int) -> float:
    """MB of RSS, the process and all its children."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    return sum(one.memory_info().rss for one in family) / 1e6


async def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        async with a_world(Path(folder)) as world:
            # A thousand-fold loopback rate: what is measured is the pipeline, not the pace.
            world.settings = "[delivery]\nmessages_per_second = 1000\nper_chat_seconds = 0\n"
            await world.start()
            await subscribe(world, PEOPLE)
            first, last = await measure_detection(world)
            print(f"{PEOPLE} subscribers: first message {first:.2f} s after the fetch, last {last:.2f} s")
            if world.process is None:
                sys.exit("the bot did not start")
            print(f"memory while polling every second: {memory_of(world.process.pid):.0f} MB")
            # A feed that is not due: the bot is idle.
            await world.kill()
            world.every = "1h"
            await world.start(ready=False)
            await asyncio.sleep(IDLE_SECONDS)
            if world.ended():
                sys.exit(world.log())
            print(f"memory {IDLE_SECONDS} s after the last poll: {memory_of(world.process.pid):.0f} MB")


if __name__ == "__main__":
    asyncio.run(main())
