"""What identifies an entry within its feed: a rule per feed, chosen once and remembered; never a date.

Rules: "guid" (the feed's own id, else the link, else the words), "link" (the canonical link, else the words) and
"published" (as the feed wrote it: for showing, not for keeping). A canonical link knows no scheme, www, tracking
parameters, order of parameters or volatile fragment.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from w3lib.url import canonicalize_url

from bot.model.entry import Entry

GUID, LINK, PUBLISHED = "guid", "link", "published"
LONGEST = 400
TRACKING_NAMES = (
    "fbclid gclid dclid msclkid mc_cid mc_eid igshid ns_mchannel ns_campaign ns_source ns_linkname ito "
    "ico share oc cmp ref_src ref_url wt.mc_id xtor yclid _ga ftag ncid cmpid sr_share"
)
TRACKING = frozenset(TRACKING_NAMES.split())
TRACKING_PREFIXES = ("utm_", "at_", "pk_", "piwik_", "hsa_", "mtm_")
VOLATILE_FRAGMENT = re.compile(
    r"\d{1,20}|\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?|:~:text=.*|at_\w+=.*|xtor=.*"
)
STAMP = re.compile(r"#(\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)$")
WEB = re.compile(r"https?://", re.IGNORECASE)


def canonical(url: str) -> str:
    """The address without what changes although the page does not; a key, not an address to open."""
    try:
        parts = urlsplit(url.strip())
        query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not tracks(name)]
        fragment = "" if VOLATILE_FRAGMENT.fullmatch(parts.fragment) else parts.fragment
        host = parts.netloc.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
        bare = parts._replace(
            scheme="https", netloc=host, path=parts.path.rstrip("/") or "/", query=urlencode(query), fragment=fragment
        )
        return str(canonicalize_url(bare.geturl(), keep_fragments=True))
    except ValueError:
        return url.strip()


def tracks(parameter: str) -> bool:
    """Whether a query parameter only says where the reader came from."""
    name = parameter.lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def choose_rule(entries: Sequence[Entry]) -> str | None:
    """The rule for a feed whose entries carry the feed's own ids as `id` ("" for none); None for an empty feed.

    Ids that are an address and a timestamp (GOV.UK) say when, not what: there the link counts, as it does where
    there are no ids or where they repeat.
    """
    if not entries:
        return None
    guids, links = [entry.id for entry in entries], [link_key(entry) for entry in entries]
    sound_links = all(links) and len(set(links)) == len(links)
    if not sound_links:
        return GUID
    stamped = sum(is_stamped(entry) for entry in entries)
    return LINK if not all(guids) or len(set(guids)) < len(guids) or stamped * 2 > len(entries) else GUID


def is_stamped(entry: Entry) -> bool:
    """Whether the feed's id is the entry's own address with a volatile fragment."""
    return "#" in entry.id and bool(WEB.match(entry.id)) and canonical(entry.id) == link_key(entry)


def link_key(entry: Entry) -> str:
    """The canonical link, or "": the page that the entry is about."""
    return place_of(entry.url) if entry.url else ""


def place_of(url: str) -> str:
    """The canonical address as it is kept: with its escapes it may be much longer than the address itself."""
    return bounded(canonical(url))


def apply_rule(rule: str, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries with their identity as `id`: never empty, at most 400 characters, unique, the same on every fetch.

    Of two that are alike in everything the first is kept. Where different ones share an identity, their link or words
    are added to it, on all of them, so that their order means nothing.
    """
    distinct = list({(entry.id, entry.url, entry.title, entry.summary): entry for entry in reversed(entries)}.values())
    distinct.reverse()
    keys = [key_of(rule, entry) for entry in distinct]
    for distinguish in (link_or_words, fingerprint):
        shared = {key for key, count in Counter(keys).items() if count > 1}
        keys = [
            f"{key} {distinguish(entry)}" if key in shared else key for key, entry in zip(keys, distinct, strict=True)
        ]
    found: dict[str, Entry] = {}
    for key, entry in zip(keys, distinct, strict=True):
        found.setdefault(bounded(key), replace(entry, id=bounded(key), stamp=stamp_of(entry.id)))
    return tuple(found.values())


def stamp_of(guid: str) -> str:
    """The time at the end of an id that is an address and a time (GOV.UK), else ""."""
    match = STAMP.search(guid) if WEB.match(guid) else None
    return match[1] if match else ""


def key_of(rule: str, entry: Entry) -> str:
    """One entry's identity under a rule, before it is made unique."""
    guid = entry.id.strip()
    if rule == PUBLISHED:
        return guid or entry.url or fingerprint(entry)
    if rule == GUID and guid:
        return canonical(guid) if WEB.match(guid) else guid
    return link_key(entry) or fingerprint(entry)


def link_or_words(entry: Entry) -> str:
    """The entry's link, else its words: what tells it from another with the same id."""
    return link_key(entry) or fingerprint(entry)


def fingerprint(entry: Entry) -> str:
    """A hash of the entry's own words."""
    return digest(f"{entry.title}\n{entry.summary}")


def digest(text: str) -> str:
    """A short hash of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def bounded(key: str) -> str:
    """A key that fits a database index."""
    return key if len(key) <= LONGEST else f"{key[:300]} {digest(key)}"


def adopt(entries: Sequence[Entry], known: Collection[str], by_place: Mapping[str, str]) -> tuple[Entry, ...]:
    """The entries of one fetch, where a changed id on a page known already keeps the identity that it had.

    `known` are the identities that this feed delivered before, `by_place` maps the canonical addresses that it
    delivered to their identity. Some publishers make up new ids at every fetch: without this, each would be news. An
    address that two entries of the fetch share says nothing, nor does one whose old identity is in the fetch too.
    """
    places = [link_key(entry) for entry in entries]
    shared = Counter(places)
    here = {entry.id for entry in entries}
    taken: set[str] = set()
    result = []
    for entry, place in zip(entries, places, strict=True):
        old = by_place.get(place)
        if old and entry.id not in known and shared[place] == 1 and old not in here | taken:
            taken.add(old)
            result.append(replace(entry, id=old))
        else:
            result.append(entry)
    return tuple(result)
