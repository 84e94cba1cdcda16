"""The README lists what people can say to the bot, and nothing else; the guides' links and files are there."""

import re
from pathlib import Path

import pytest
from telegram.ext import CommandHandler

from bot.model.organiser import MAY, Act, Role
from handlers import COMMANDS
from handlers.menu import ORGANISER_ACTS
from handlers.organiser import HANDLERS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<who>[^|]+) \| (?P<commands>/[^|]+) \|", re.MULTILINE)
NAME = re.compile(r"/([a-z]+)")
WHO = {
    frozenset(Role): "every organiser",
    MAY[Act.REVIEW]: "owner, organiser, reviewer",
    MAY[Act.DRAFT]: "owner, organiser",
    MAY[Act.LIFT]: "owner",
}
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "decisions").glob("*.md")])


def listed(who: str) -> set[str]:
    return {name for row in ROW.finditer(README) if row["who"] == who for name in NAME.findall(row["commands"])}


def test_what_anyone_may_say_is_in_the_readme() -> None:
    assert listed("anyone") == {name for name, _ in COMMANDS} | {"whoami"}


@pytest.mark.parametrize("roles", WHO, ids=WHO.get)
def test_an_organisers_commands_are_in_the_readme_by_who_may_use_them(roles: frozenset[Role]) -> None:
    theirs = {name for name, act in ORGANISER_ACTS.items() if MAY[act] == roles}
    assert listed(WHO[roles]) == theirs - {"whoami"}


def test_every_command_is_in_one_row_only() -> None:
    named = [name for row in ROW.finditer(README) for name in NAME.findall(row["commands"])]
    registered = {name for name, _ in COMMANDS}
    for handler in HANDLERS:
        registered |= handler.commands if isinstance(handler, CommandHandler) else frozenset()
    assert sorted(named) == sorted(registered)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_exist(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if ":" not in target and not (page.parent / target).exists()] == []


def test_the_architecture_names_every_flow_and_every_file_of_the_handlers() -> None:
    told = set(re.findall(r"[a-z_]+", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")))
    rooms = (ROOT / "bot" / "flows", ROOT / "bot" / "updates", ROOT / "handlers")
    files = {path.stem for room in rooms for path in room.rglob("*.py")} - {"__init__"}
    assert files - told == set()
