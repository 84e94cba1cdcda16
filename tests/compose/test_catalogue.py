"""The catalogue and the code agree: no key is missing, none is left over, and Telegram accepts every sentence."""

import re
from importlib import resources
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast, visitor

from bot.compose.wording import LOCALES, Wording
from bot.sandbox.markup import parse_html
from handlers.menu import EVERYBODY, GROUP, ORGANISER

ROOT = Path(__file__).parents[2]
PLAIN = ("button-", "menu-", "notice-", "call-", "bot-", "consent-")


class Variables(visitor.Visitor):
    """Collects the names of a message's arguments."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the library's name
        self.names.add(node.id.name)


def catalogue(language: str) -> dict[str, set[str]]:
    """Every key of a language, with the names of its arguments."""
    found: dict[str, set[str]] = {}
    for file in resources.files("bot.compose").joinpath("locale", language).iterdir():
        for item in FluentParser().parse(file.read_text("utf-8")).body:
            if isinstance(item, ast.Message):
                variables = Variables()
                variables.visit(item)
                found[item.id.name] = variables.names
    return found


def code() -> str:
    """All code that may name a key."""
    return "\n".join(path.read_text() for folder in ("bot", "handlers") for path in (ROOT / folder).rglob("*.py"))


def test_every_key_that_the_code_names_is_there() -> None:
    named = re.findall(
        r"""(?:wording|words|plain|wording_of\([^()]*\)|wording\(\))\(\s*["']([a-z][a-z0-9-]+)["']""", code()
    )
    assert len(named) > 40
    assert set(named) - set(catalogue("en")) == set()


def test_no_sentence_is_left_over() -> None:
    made = tuple(prefix for prefix in re.findall(r"""f["']([a-z-]+-)\{""", code()))
    literal = set(re.findall(r"""["']([a-z0-9-]+)["']""", code()))
    assert [key for key in catalogue("en") if key not in literal and not key.startswith(made)] == []


@pytest.mark.parametrize("language", LOCALES)
def test_telegram_accepts_every_sentence_whatever_is_put_into_it(language: str) -> None:
    wording = Wording.load(language)
    for key, names in catalogue(language).items():
        if not key.startswith(PLAIN):
            shown, _ = parse_html(wording(key, **dict.fromkeys(names, '<b> & "x"')))
            assert 0 < len(shown) < 4096, key


@pytest.mark.parametrize("language", LOCALES)
def test_plain_sentences_keep_to_telegrams_limits(language: str) -> None:
    wording = Wording.load(language)
    assert all(len(wording.plain(f"menu-{name}")) <= 256 for name in {*EVERYBODY, *GROUP, *ORGANISER})
    assert len(wording.plain("bot-description")) <= 512
    assert len(wording.plain("bot-short-description")) <= 120
    for key, names in catalogue(language).items():
        if key.startswith("notice-"):
            assert len(wording.plain(key, **dict.fromkeys(names, "x" * 20))) <= 200, key
        elif key.startswith(PLAIN):
            assert "<" not in wording.plain(key, **dict.fromkeys(names, "x")), key
