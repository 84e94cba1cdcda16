"""Load a pack: five TOML files in a folder. It reads the package's own files and nothing else."""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from bot.campaign.pack import Action, Institution, Pack, Scope
from bot.campaign.rows import Row, row, rows
from bot.campaign.terms import FOUND, build_terms
from bot.errors import CampaignError
from bot.model.action import ActionKind
from bot.model.feed import FeedKind, FeedSpec

T = TypeVar("T")
ACTION_ID = re.compile(r"[a-z0-9-]{1,24}")


@cache
def load_pack(name: str = "child_prisons") -> Pack:
    """The pack of that name. Raises CampaignError where there is none, or where one of its files is wrong."""
    folder = files("bot.campaign") / name
    if not name.isidentifier() or not folder.is_dir():
        raise CampaignError(f"there is no campaign pack called {name!r}")
    return read_pack(folder, name)


def read_pack(folder: Traversable, name: str) -> Pack:
    """The pack in a folder; institutions, terms and wording must be there, feeds and actions may be absent.

    Raises CampaignError, which names the file and the row.
    """
    tables = {part: read_table(folder / f"{part}.toml") for part in ("institutions", "terms", "wording")}
    more = {part: read_table(folder / f"{part}.toml", needed=False) for part in ("feeds", "actions")}
    wording = tables["wording"]
    feeds = each(more["feeds"], "feeds", feed_of)
    terms = build_terms(tables["terms"])
    institutions = each(tables["institutions"], "institutions", institution_of(tables["institutions"]))
    return Pack(
        name=name,
        title=str(wording.get("title", name)),
        institutions=checked(institutions, {group.name for group in terms.groups} | FOUND),
        terms=terms,
        feeds=tuple(spec for spec, _ in feeds),
        unverified={spec.name: note for spec, note in feeds if note},
        actions=actions_of(more["actions"]),
        wording={key: str(value) for key, value in wording.items()},
    )


def read_table(path: Traversable, *, needed: bool = True) -> dict[str, Any]:
    """A TOML file as a dict; one that is absent and not needed is empty."""
    if not path.is_file():
        if needed:
            raise CampaignError(f"{path.name} is missing from the campaign pack")
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CampaignError(f"{path.name} is not TOML: {error}") from error


def each(table: Mapping[str, Any], part: str, build: Callable[[Row], T]) -> tuple[T, ...]:
    """Every `[[part]]` of a file, built."""
    built = []
    for label, values in rows(f"{part}.toml", part, table, key="name" if part == "feeds" else "id"):
        with row(f"{part}.toml", label, values) as one:
            built.append(build(one))
    return tuple(built)


def checked(institutions: tuple[Institution, ...], groups: set[str]) -> tuple[Institution, ...]:
    """The institutions, if no id is there twice and every group that they ask for is there."""
    seen: set[str] = set()
    for one in institutions:
        if one.id in seen:
            raise CampaignError(f"institutions.toml: the id {one.id!r} is there twice")
        if unknown := sorted({*one.needs, *one.needs_after, *one.reports, *filter(None, [one.hint])} - groups):
            raise CampaignError(f"institutions.toml, institutions {one.id}: there is no group {unknown[0]!r}")
        seen.add(one.id)
    return institutions


def institution_of(table: Mapping[str, Any]) -> Callable[[Row], Institution]:
    """A builder of institutions.

    `[defaults]` gives `needs`, `needs_after` and `hint` where a row has none, and what is one for all; `[naming]`
    gives, per word that a row names as `naming`, the forms in which its `cores` are telling names ("{} prison").
    """
    defaults, naming = table.get("defaults", {}), table.get("naming", {})

    def build(one: Row) -> Institution:
        forms = naming.get(one.text("naming", ""), ())
        cores = one.texts("cores")
        if bool(forms) != bool(cores):
            raise one.error("`cores` and a known `naming` belong together")
        return Institution(
            id=one.text("id"),
            name=one.text("name"),
            type=one.text("type", ""),
            nation=one.text("nation", "") or None,
            scope=one.choice("scope", Scope, Scope.OURS),
            names=one.texts("names"),
            telling=tuple(form.replace("{}", core) for core in cores for form in forms),
            weak=one.texts("weak"),
            never=one.texts("never"),
            needs=one.texts("needs") or tuple(defaults.get("needs", ())),
            needs_after=one.texts("needs_after") or tuple(defaults.get("needs_after", ())),
            hint=one.text("hint", str(defaults.get("hint", ""))),
            towns=tuple(defaults.get("towns", ())),
            reports=tuple(defaults.get("reports", ())),
            reports_for=int(defaults.get("reports_for", 0)),
            opened=one.day("opened"),
            until=one.day("until"),
            paused=one.day("paused"),
            note=one.text("note", ""),
            sources=one.texts("sources"),
        )

    return build


def feed_of(one: Row) -> tuple[FeedSpec, str]:
    """A feed and, where its address is not verified, what is known of it; such a feed is never enabled."""
    verified, note = bool(one.take("verified", bool, False)), one.text("note", "")
    enabled = bool(one.take("enabled", bool, verified))
    if enabled and not verified:
        raise one.error("a feed whose address is not verified must not be enabled")
    spec = FeedSpec(
        name=one.text("name"),
        url=address(one, "url"),
        kind=one.choice("kind", FeedKind),
        every=one.span("every", "10m"),
        index_url=address(one, "index_url") if "index_url" in one.values else None,
        enabled=enabled,
    )
    return spec, "" if verified else note or "nobody has seen it answer"


def address(one: Row, key: str) -> str:
    """An http(s) address with a host; placeholders are refused."""
    url = one.text(key)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or "") or " " in url:
        raise one.error(f"`{key}` is not an address: {url!r}")
    return url


def actions_of(table: Mapping[str, Any]) -> tuple[Action, ...]:
    """The actions, if no id is there twice."""
    actions = each(table, "actions", action_of)
    ids = [one.id for one in actions]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise CampaignError(f"actions.toml: the id {twice!r} is there twice")
    return actions


def action_of(one: Row) -> Action:
    """An action; its id has to fit a button's callback data."""
    kind = one.choice("kind", ActionKind, ActionKind.LINK)
    if not ACTION_ID.fullmatch(one.text("id")):
        raise one.error(f"`id` must be up to 24 small letters, figures and dashes: {one.text('id')!r}")
    if (kind is ActionKind.PETITION) != ("petition" in one.values):
        raise one.error('a petition has the kind "petition" and its number as `petition`')
    return Action(
        id=one.text("id"),
        kind=kind,
        label=one.text("label"),
        labels=one.by_language("labels"),
        url=address(one, "url"),
        on=one.texts("on"),
        days=int(one.number("days")) if "days" in one.values else None,
        until=one.day("until"),
        points=one.lists_by_language("points"),
        petition=int(one.number("petition")) if "petition" in one.values else None,
    )
