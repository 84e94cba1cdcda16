"""The house is as DESIGN.md section 3 draws it."""

import ast
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.untraced

ROOT = Path(__file__).parent.parent
ROOMS = {
    *("__init__", "__main__", "app", "config", "errors", "logs", "services", "updates", "schedule", "workers"),
    *("serving", "charts", "civic"),
    *("model", "match", "compose", "campaign", "net", "feeds", "reading", "store", "sending", "sandbox"),
    *("flows", "engine", "web"),
}
# Each outside library has one home; flows take the store's connection type with its queries.
HOMES = {
    "aiohttp": {"sending", "sandbox"},  # the sandbox delivers webhooks with it
    "alembic": {"store"},
    "apscheduler": {"engine"},
    "feedparser": {"feeds"},
    "filelock": {"store"},
    "fluent": {"compose"},
    "httpx": {"net"},
    "listparser": {"feeds"},
    "matplotlib": {"charts"},
    "pebble": {"workers"},
    "prometheus_client": {"web"},
    "trafilatura": {"reading"},
    "pypdfium2": {"reading"},
    "protego": {"reading"},
    "uvicorn": {"serving"},
}


def modules() -> list[Path]:
    return sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")])


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text())))


@cache
def imported(path: Path) -> set[str]:
    names = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def room_of(path: Path) -> str:
    inside = path.relative_to(ROOT).parts
    return inside[1].removesuffix(".py") if inside[0] == "bot" else "handlers"


def test_every_module_stands_in_a_room_of_the_plan() -> None:
    assert {room_of(path) for path in modules()} - {"handlers"} == ROOMS


@pytest.mark.parametrize("library", sorted(HOMES))
def test_each_outside_library_has_one_home(library: str) -> None:
    assert {room_of(path) for path in modules() if library in imported(path)} <= HOMES[library]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_passes_250_lines_only_with_a_reason_in_its_docstring(path: Path) -> None:
    text = path.read_text()
    if len(text.splitlines()) > 250 and "migrations" not in path.parts:
        assert "Long because" in (ast.get_docstring(ast.parse(text)) or "")


# What SQLAlchemy and the Bot API call theirs.
GIVEN = {"process_bind_param", "process_result_value", "get_webhook_info", "set_webhook_info", "process_update"}
GIVEN |= {"handle_starttag"}  # html.parser's
GIVEN |= {"refresh_data"}  # python-telegram-bot's


@pytest.mark.parametrize("word", ["handle", "process", "manager", "utils", "helper", "data", "info"])
def test_refused_words_name_no_module_class_or_function(word: str) -> None:
    named = set()
    for path in modules():
        named.add(path.stem)
        for node in nodes_of(path):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                named.add(node.name)
    assert not {name for name in named - GIVEN if word in name.lower().strip("_").split("_")}


def test_nothing_committed_names_an_index() -> None:
    for lock in (ROOT / "requirements.lock", ROOT / "tests" / "requirements.lock"):
        assert "://" not in lock.read_text()
