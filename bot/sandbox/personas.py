"""The people of the sandbox, and the group that they are all in."""

from dataclasses import dataclass

from bot.sandbox.telegram import Telegram


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to be in the sandbox. `language` is an IETF tag, as Telegram sends it; `role` is for the page only."""

    id: int
    name: str
    language: str
    role: str


AMINA = Persona(1001, "Amina", "en", "Supporter")
BRYN = Persona(1002, "Bryn", "cy", "Supporter, speaks Welsh")
OLWEN = Persona(2001, "Olwen", "en", "Organiser")
TOMOS = Persona(2002, "Tomos", "en", "Organiser")
PERSONAS = (AMINA, BRYN, OLWEN, TOMOS)
SUPPORTERS = (AMINA, BRYN)
ORGANISERS = (OLWEN, TOMOS)

GROUP_ID = -3001
GROUP_TITLE = "Campaign group"


def add_personas(telegram: Telegram) -> None:
    """Let them all in; who is there already, from an earlier run, keeps their chats."""
    for persona in PERSONAS:
        telegram.add_user(persona.id, persona.name, persona.language)
    telegram.add_group(GROUP_ID, GROUP_TITLE, [persona.id for persona in (*ORGANISERS, *SUPPORTERS)])
