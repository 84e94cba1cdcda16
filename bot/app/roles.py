"""What each kind of process does: everything (`run`), or one part of it (`poll`, `work`, `web`)."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.app.hearing import hear
from bot.app.place import utc_now
from bot.app.rooms import Rooms
from bot.engine.port import Engine
from bot.flows.chunking import CHUNK, Chunking
from bot.flows.deliver import Deliver
from bot.flows.desk import Desk
from bot.flows.publish import Publish
from bot.flows.reminding import Reminding
from bot.store.alone import Hold
from bot.updates import PushedUpdates, UpdateLoop

if TYPE_CHECKING:
    # `run` does without Procrastinate.
    from bot.engine.distributed import Distributed

POLL_SECONDS = 1.0
SECOND_EAR_SECONDS = 2.0
PUBLISH_SECONDS = 5.0
DELIVER_SECONDS = 1.0
REVIEW_SECONDS = 5.0
BROADCAST_SECONDS = 1.0
REMINDING_SECONDS = 30.0
UPKEEP_SECONDS = 60.0
REREAD_SECONDS = 60.0
DIGEST_SECONDS = 60.0
LISTENING_SECONDS = 300.0
CANARY_SECONDS = 60.0
AMEND_SECONDS = 2.0
FIGURES_SECONDS = 1800.0


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What runs side by side in a process, and what it holds in the database."""

    engine: Engine
    holds: Sequence[Hold] = ()
    updates: UpdateLoop | PushedUpdates | None = None
    deliver: Deliver | None = None

    async def run(self) -> None:
        """Do all of it until cancelled; raises InUseError when another process has taken what we held."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.engine.run(), name="engine")
            for hold in self.holds:
                group.create_task(hold.watch(), name="hold")
            if self.updates is not None:
                group.create_task(self.updates.run(), name="updates")

    async def stop(self, seconds: float) -> None:
        """Begin nothing new, and wait up to `seconds` for what is on its way to Telegram."""
        self.engine.close()
        if self.deliver is not None:
            await self.deliver.stop(seconds)


async def furnish_run(rooms: Rooms, hold: Hold) -> Parts:
    """Everything in one process, which has the database to itself."""
    publish, deliver = rooms.publish(), rooms.deliver()
    desk = rooms.desk(publish)
    name_flows(rooms, publish, desk)
    rooms.engine.periodic("deliver", DELIVER_SECONDS, deliver.tick)
    # We hold the database alone: every claim there is was in flight when an earlier run ended.
    await rooms.upkeep().sweep(held_before=utc_now())
    return Parts(engine=rooms.engine, holds=[hold], updates=await hear(rooms, publish, desk), deliver=deliver)


def furnish_poll(rooms: Rooms, engine: "Distributed", holds: Sequence[Hold]) -> Parts:
    """Every flow but the sending: that is cut into jobs for `work`."""
    publish = rooms.publish()
    name_flows(rooms, publish, rooms.desk(publish))
    chunking = Chunking(store=rooms.store, now=utc_now, top_up=partial(engine.top_up, "deliver"))
    engine.periodic("deliver", DELIVER_SECONDS, chunking.tick)
    return Parts(engine=engine, holds=holds)


def furnish_work(rooms: Rooms, engine: "Distributed", holds: Sequence[Hold]) -> Parts:
    """Sending, a chunk at a time."""
    deliver = rooms.deliver()
    engine.take("deliver", partial(deliver.tick, CHUNK))
    return Parts(engine=engine, holds=holds, deliver=deliver)


async def furnish_web(rooms: Rooms, holds: Sequence[Hold]) -> Parts:
    """Hearing people and answering them."""
    publish = rooms.publish()
    return Parts(engine=rooms.engine, holds=holds, updates=await hear(rooms, publish, rooms.desk(publish)))


def name_flows(rooms: Rooms, publish: Publish, desk: Desk) -> None:
    """Name every flow but the sending to the engine."""
    periodic = rooms.engine.periodic
    periodic("poll", POLL_SECONDS, rooms.poll().tick)
    periodic("second ear", SECOND_EAR_SECONDS, rooms.second_ear().tick)
    periodic("publish", PUBLISH_SECONDS, publish.tick)
    periodic("digest", DIGEST_SECONDS, rooms.digest().tick)
    periodic("reread", REREAD_SECONDS, rooms.rereading().tick)
    periodic("upkeep", UPKEEP_SECONDS, rooms.upkeep().tick)
    periodic("canary", CANARY_SECONDS, rooms.canary().tick)
    periodic("listening", LISTENING_SECONDS, rooms.listening().tick)
    reminding = Reminding(
        store=rooms.store, pack=rooms.pack, wordings=rooms.wordings, now=utc_now, wake=rooms.engine.wake
    )
    periodic("reminding", REMINDING_SECONDS, reminding.tick)
    periodic("review", REVIEW_SECONDS, desk.cards.tick)
    periodic("broadcast", BROADCAST_SECONDS, desk.dispatch.tick)
    periodic("amend", AMEND_SECONDS, desk.amending.tick)
    periodic("figures", FIGURES_SECONDS, rooms.figures().tick)
