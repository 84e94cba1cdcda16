"""What tests of asks and of /mp share: services that answer on loopback, and stories that ask for something."""

from dataclasses import replace
from datetime import date

from sqlalchemy import insert

from bot.campaign.pack import Action
from bot.civic import Civic
from bot.model.action import ActionKind
from bot.model.finding import Finding, Grade, Grades
from bot.model.message import Button, Message
from bot.model.subscriber import ChatKey
from bot.sending import send
from bot.store.codec import dump
from bot.store.schema import findings
from handlers.context import install
from tests.builders import NOON
from tests.handlers.chatting import ANNA, Chatting

PETITION = Action(
    id="petition-7",
    label="Sign the petition",
    url="https://petition.parliament.uk/petitions/7/signatures/new",
    kind=ActionKind.PETITION,
    petition=7,
)
CONSULTATION = Action(
    id="consultation",
    label="Answer the consultation",
    url="https://consult.example/",
    kind=ActionKind.CONSULTATION,
    until=date(2026, 12, 31),
)


def furnish(chatting: Chatting, *more: Action, civic: Civic | None = None) -> None:
    """Let civic services be asked, and more be done than the campaign's own actions."""
    pack = replace(chatting.services.pack, actions=(*more, *chatting.services.pack.actions))
    chatting.services = replace(chatting.services, pack=pack, civic=civic)
    install(chatting.bot, chatting.services)


async def publish_poor(chatting: Chatting, title: str = "HMYOI Werrington: not safe", **finding: object) -> None:
    """A story whose grades call for a letter to one's MP; its id is the number of stories so far."""
    await chatting.publish(title, institutions=("werrington",))
    found = Finding(title=title, grades=Grades(safety=Grade.POOR), **finding)  # type: ignore[arg-type]
    async with chatting.services.store.write() as connection:
        story_id = (await connection.exec_driver_sql("SELECT max(id) FROM stories")).scalar_one()
        values = {"story_id": story_id, "read_at": NOON, "from_page": True, "finding": dump("finding", found)}
        await connection.execute(insert(findings).values(values))


async def press_own(chatting: Chatting, action: str, chat: int = ANNA, *, by: int = ANNA) -> str:
    """Somebody presses a button that says this, wherever it comes from; returns the notice."""
    await send(chatting.bot.bot, ChatKey(chat), Message("A button", ((Button("Press", action=action),),)))
    return await chatting.press("Press", by=by, chat=chat) or ""
