"""terms.toml with types: groups of phrases, classes of words, and the rules over them."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.campaign.pack import Group, Official, Rule, Source, Tag, Terms
from bot.campaign.rows import Row, row, rows
from bot.errors import CampaignError
from bot.model.feed import FeedKind
from bot.model.story import Outcome

FILE = "terms.toml"
FIELDS = frozenset({"title", "summary", "page", "url", "category"})
OWN = frozenset({"title", "summary", "page"})
# What bot.match finds by itself: places by name, and entries that say nothing either way.
FOUND = frozenset(
    {
        *("place", "place_weak", "place_past", "place_elsewhere", "place_other", "place_hint", "place_hint_shared"),
        *("silent", "short_title", "page_read"),
        *(f"from_{kind}" for kind in FeedKind),
    }
)


def build_terms(table: Mapping[str, Any]) -> Terms:
    """The terms of a pack. Raises CampaignError with the row where one is wrong or a rule names an unknown group."""
    with row(FILE, "[settings]", table.get("settings", {})) as settings:
        groups = tuple(group_of(one) for one in taken("groups", table))
        known = {group.name for group in groups} | FOUND
        classes = {label: words_of(label, values) for label, values in table.get("classes", {}).items()}
        terms = Terms(
            alert_at=settings.number("alert_at"),
            review_at=settings.number("review_at"),
            groups=groups,
            classes=classes,
            rules=tuple(rule_of(one, known) for one in taken("rules", table)),
            sensitive=tuple(rule_of(one, known) for one in taken("sensitive", table)),
            general=tuple(group for item in items_of(settings, known, "general") for group in item),
            everywhere=tuple(group for item in items_of(settings, known, "everywhere") for group in item),
            named_with=settings.text("named_with", "") or None,
            named_reason=settings.text("named_reason", ""),
            not_names=frozenset(settings.texts("not_names")),
            topics=tuple(tag_of(one, known) for one in taken("topics", table)),
            kinds=tuple(tag_of(one, known) for one in taken("kinds", table)),
            nations=tuple(tag_of(one, known) for one in taken("nations", table)),
            sources=tuple(source_of(one) for one in taken("sources", table)),
            officials=tuple(official_of(one) for one in taken("officials", table)),
            noise=frozenset(settings.texts("noise")),
            common=frozenset(settings.texts("common")),
        )
    return checked(terms)


def taken(kind: str, table: Mapping[str, Any]) -> Iterator[Row]:
    """The rows of `[[kind]]`, each finished after use."""
    for label, values in rows(FILE, kind, table):
        with row(FILE, label, values) as one:
            yield one


def checked(terms: Terms) -> Terms:
    """The terms, if every phrase can be read, and every turn is of kinds that are there.

    Classes must be there, and a "?" stands only after a word that may be absent.
    """
    kinds = {kind.name for kind in terms.kinds}
    if lost := [(kind.name, name) for kind in terms.kinds for name in kind.turn_of if name not in kinds]:
        raise CampaignError(f"{FILE}, kinds {lost[0][0]}: there is no kind {lost[0][1]!r}")
    for group in terms.groups:
        for phrase in group.phrases:
            words = phrase.split()
            classes = [word.strip("<>") for part in words for word in part.rstrip("?").split("|") if word[:1] == "<"]
            if unknown := [name for name in classes if name not in terms.classes]:
                raise CampaignError(f"{FILE}, groups {group.name}: there is no class <{unknown[0]}>")
            if any("?" in word.rstrip("?") for word in words) or all(word.endswith("?") for word in words):
                raise CampaignError(f"{FILE}, groups {group.name}: the phrase {phrase!r} cannot be read")
    return terms


def words_of(label: str, values: Any) -> frozenset[str]:
    """A class: `words`, and the numbers of the inclusive range `numbers`."""
    with row(FILE, f"[classes.{label}]", values) as one:
        first, last = one.take("numbers", list, None) or (1, 0)
        return frozenset(one.texts("words")) | {str(number) for number in range(first, last + 1)}


def group_of(one: Row) -> Group:
    """A group; its fields are title, summary and page unless it says otherwise."""
    fields = frozenset(one.texts("fields")) or OWN
    if unknown := sorted(fields - FIELDS):
        raise one.error(f"there is no field {unknown[0]!r}")
    return Group(name=one.text("name"), phrases=one.texts("phrases"), fields=fields)


def items_of(one: Row, known: set[str] | frozenset[str], key: str = "all") -> tuple[tuple[str, ...], ...]:
    """The items of a rule, each a choice of groups."""
    items = tuple(tuple(item.split("|")) for item in one.texts(key))
    for group in (group for item in items for group in item):
        if group not in known:
            raise one.error(f"there is no group {group!r}")
    return items


def rule_of(one: Row, known: set[str]) -> Rule:
    """A rule; the groups that it names must be there."""
    cap = one.text("cap", "")
    return Rule(
        name=one.text("name"),
        says=one.text("says"),
        all=items_of(one, known),
        unless=tuple(group for item in items_of(one, known, "unless") for group in item),
        kinds=one.choices("kinds", FeedKind),
        within=int(one.number("within")) if "within" in one.values else None,
        together=bool(one.take("together", bool, False)),
        title_only=bool(one.take("title_only", bool, False)),
        weight=one.number("weight", 0.0),
        cap=one.choice("cap", Outcome) if cap else None,
    )


def tag_of(one: Row, known: set[str]) -> Tag:
    """A topic, kind or nation."""
    national = bool(one.take("national", bool, False))
    return Tag(
        name=one.text("name"),
        label=one.text("label", ""),
        labels=one.by_language("labels"),
        all=items_of(one, known),
        national=national,
        turn_of=one.texts("turn_of"),
        seldom=bool(one.take("seldom", bool, False)),
    )


def source_of(one: Row) -> Source:
    """A source."""
    return Source(kind=one.choice("kind", FeedKind), names=one.texts("names"), addresses=one.texts("addresses"))


def official_of(one: Row) -> Official:
    """An official; `since` is needed."""
    since = one.day("since")
    if since is None:
        raise one.error("`since` is missing")
    return Official(name=one.text("name"), since=since, until=one.day("until"), unless=one.texts("unless"))
