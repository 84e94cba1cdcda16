"""What a campaign's pack holds, as frozen dataclasses. Everything about its subject is here, nothing in the code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from bot.model.action import ActionKind
from bot.model.feed import FeedKind, FeedSpec
from bot.model.story import Outcome


class Scope(StrEnum):
    """Whether a named place is the campaign's subject, or a neighbour that is easily taken for it."""

    OURS = "ours"
    ELSEWHERE = "elsewhere"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A place by name.

    `names` are sure alone, `telling` ones also say what the place is; `weak` names need one of `needs` (groups) in the
    same text. `never` are phrases that hold a name and mean something else. It is the campaign's subject until `until`
    (None: it still is); after that day only a text with a group of `needs_after` is about it, and where no day is known
    a telling name will do (bot.match.gazetteer). Since `paused` it has stood empty for the time being; as it may open
    again, its names mean what they did. `scope` is OURS, ELSEWHERE (another jurisdiction) or OTHER. A weak name without
    its groups still adds the group `hint`, but for one after a word of `towns` ("in Wetherby" speaks of the town). A
    text with a group of `reports` may come `reports_for` days after `until`: it tells of the time before.
    """

    id: str
    name: str
    type: str = ""
    nation: str | None = None
    scope: Scope = Scope.OURS
    names: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    needs_after: tuple[str, ...] = ()
    hint: str = ""
    towns: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    reports_for: int = 0
    opened: date | None = None
    until: date | None = None
    paused: date | None = None
    note: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A signal: phrases that mean the same to a rule. `fields` are the parts of an entry in which it is looked for."""

    name: str
    phrases: tuple[str, ...]
    fields: frozenset[str] = frozenset({"title", "summary", "page"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When its groups are found, `weight` is added and `cap` is the most that the entry can become.

    Each item of `all` must be found, in the same sentence where `together` is set, and within `within` words of each
    other where that is; an item is a group or several as "a|b". `unless` groups, anywhere in the entry, switch it off;
    `kinds` names the kinds of feed to which it applies (none: all).
    """

    name: str
    says: str
    all: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...] = ()
    kinds: frozenset[FeedKind] = frozenset()
    within: int | None = None
    together: bool = False
    title_only: bool = False
    weight: float = 0.0
    cap: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A topic, report kind or nation: what it is called, and the rule items (see Rule.all) that show it.

    `labels` are what other languages than English call it.
    A `national` kind is only for entries that name no place. A kind that is a turn of others, `turn_of` (a response, a
    judgment), is never one story with another kind, however near: it follows the earlier story. A
    kind that comes `seldom` to one place joins entries without a day where only one such story is known.
    """

    name: str
    label: str
    all: tuple[tuple[str, ...], ...]
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    national: bool = False
    turn_of: tuple[str, ...] = ()
    seldom: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """Someone whose name dates a text: it was written not before `since` and, where that is set, not after `until`.

    A text with a phrase of `unless` speaks of what the person did before.
    """

    name: str
    since: date
    until: date | None = None
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Whose entries these are, known by the feed's name or by the address's host and path: they have this kind."""

    kind: FeedKind
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The words of the campaign and the rules over them.

    `classes` are named sets of single words for use in phrases as `<name>`. An entry scoring `alert_at` is an alert,
    `review_at` a review. `sensitive` are rules whose names are reasons, and `general` the groups that may hide words
    from them; `named_with` is the class of ages that, beside a name, point to one person (`not_names` are words beside
    an age that are no names). `kinds` are report kinds, the first that fits counts; "inspection/education" is a theme
    of "inspection", "death:inquest" a stage of "death". `officials` date what names
    them; the groups of `everywhere` show that an entry speaks of all places. `noise` words carry no content, `common`
    ones are in most entries of the campaign: neither shows that two are about one event.
    """

    alert_at: float
    review_at: float
    groups: tuple[Group, ...]
    classes: Mapping[str, frozenset[str]]
    rules: tuple[Rule, ...]
    sensitive: tuple[Rule, ...] = ()
    general: tuple[str, ...] = ()
    named_with: str | None = None
    named_reason: str = ""
    not_names: frozenset[str] = frozenset()
    topics: tuple[Tag, ...] = ()
    kinds: tuple[Tag, ...] = ()
    nations: tuple[Tag, ...] = ()
    sources: tuple[Source, ...] = ()
    officials: tuple[Official, ...] = ()
    everywhere: tuple[str, ...] = ()
    noise: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something a reader can do: `on` names what it suits; `{place}` in `url` or `label` is filled in by the sender.

    `labels` are the label in other languages than English; `points` what can be said, by language: facts and advice,
    never a letter. `petition` is the number of a petition to Parliament.
    """

    id: str
    label: str
    url: str
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    on: tuple[str, ...] = ()
    days: int | None = None
    until: date | None = None
    kind: ActionKind = ActionKind.LINK
    points: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    petition: int | None = None


@dataclass(frozen=True, kw_only=True)
class Pack:
    """One campaign. `unverified` names the feeds whose address nobody has seen answer, with what is known of it."""

    name: str
    title: str
    institutions: tuple[Institution, ...]
    terms: Terms
    feeds: tuple[FeedSpec, ...] = ()
    unverified: Mapping[str, str] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    wording: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _by_id(self) -> Mapping[str, Institution]:
        return {one.id: one for one in self.institutions}

    def find_institution(self, institution_id: str) -> Institution | None:
        """The institution of that id, or None."""
        return self._by_id.get(institution_id)

    def institution_name(self, institution_id: str) -> str:
        """An institution's name for people; an id that this pack does not know reads as itself."""
        known = self.find_institution(institution_id)
        return known.name if known else institution_id

    def find_action(self, action_id: str) -> Action | None:
        """The action of that id, or None."""
        return next((one for one in self.actions if one.id == action_id), None)

    def topic_label(self, name: str, language: str = "en") -> str:
        """What a language calls a topic; one that this pack does not know reads as its own name."""
        known = next((topic for topic in self.terms.topics if topic.name == name), None)
        return known.labels.get(language, known.label) if known else name.replace("_", " ")
