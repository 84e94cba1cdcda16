"""What a page says of itself: site, author, canonical address, language, and which other addresses belong to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

FEWEST_WORDS = 25
MOST_CHARACTERS = 20_000
LONGEST_NAME = 80
MOST_LINKS = 3000
_SITE = "//meta[@property='og:site_name' or @name='application-name']/@content"
_AUTHOR = (
    "//meta[@name='author' or @property='author' or @name='dc.creator' or @name='parsely-author']/@content"
    " | //*[@rel='author']//text() | //*[@itemprop='author']//*[@itemprop='name']//text()"
)
_WELSH = frozenset(
    re.findall(
        r"\w+",
        "yn y yr ac mae wedi gan ar bod oedd eu nad i o am roedd yng yw ei hyn fod gyda rhai nid plant carchar",
    )
)
_ENGLISH = frozenset(
    re.findall(r"\w+", "the of and to in was were is are for that with on had be been their they by from a at")
)
_IN_ENGLISH = re.compile(
    r"(?:(?:read|view|see|switch to) .{0,30}\b)?(?:english|saesneg)(?: version)?\W*$", re.IGNORECASE
)
_REPORT = re.compile(
    r"\binspection report\b|\bopen document\b|\bread (?:the |our )?(?:full |inspection )?report\b|"
    r"\b(?:download|view) (?:the |our )?(?:full |inspection )?report\b|\bfull report\b|\breport\b.*\bpdf\b|"
    r"\burgent notification letter\b|^report on\b",
    re.IGNORECASE,
)
# What stands beside a report and is none.
_BESIDE = re.compile(
    r"\baction plan|\bsurvey|\bmethodology|\beasy[- ]read|\bchild(?:ren)?[- ]friendly|\bwelsh|\bcymraeg|\bresponse|"
    r"\bguid(?:e|ance)|\bprivacy|\bcookie|\baccessib|\bdebrief|\bannual report|\bterms\b|\bprevious|\bfor children\b|"
    r"\bsummary\b|\bhandout|\bletter to\b",
    re.IGNORECASE,
)
_TWO_LEVELS = frozenset({"gov", "org", "co", "ac", "nhs", "police", "ltd", "sch"})
# GOV.UK keeps its files on a host of another name.
_SAME = {"assets.publishing.service.gov.uk": "www.gov.uk"}


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of a page's report and of its English version, where it links them; else empty."""

    report: str = ""
    english: str = ""


def find_site(tree: Any) -> str:
    """The name of the page's site, as it says."""
    return next((name for one in tree.xpath(_SITE) if (name := tidy(one))), "")


def find_author(tree: Any) -> str:
    """Who wrote the page, as it says; an address or an account is no name."""
    names = (re.sub(r"^by\s+", "", tidy(one), flags=re.IGNORECASE) for one in tree.xpath(_AUTHOR))
    return next((name for name in names if name and not re.search(r"[@/:]", name)), "")


def tidy(text: object) -> str:
    """A name in one line; nothing where it is too long to be one."""
    name = " ".join(str(text).split())
    return name if len(name) <= LONGEST_NAME else ""


def find_canonical(tree: Any, url: str) -> str:
    """The address by which the page wants to be known, where that is on its own site; else the one it came from."""
    for one in tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"):
        address = resolve(url, str(one))
        if address and (not url or is_same_site(url, address)) and urlsplit(address).path not in {"", "/"}:
            return address
    return url


def find_language(tree: Any, text: str) -> str:
    """The code "cy" or "en": by the text's words, and where those are too few by what the page says."""
    said = str(next(iter(tree.xpath("//html/@lang | /*/@lang")), "")).lower()
    return find_words_language(text, "cy" if "cy" in said.split("-") else "en")


def find_words_language(text: str, said: str = "en") -> str:
    """The code "cy" or "en" by a text's small words; `said` where they tell nothing for sure."""
    words = re.findall(r"[a-zŵŷâêîôû]+", text[:MOST_CHARACTERS].lower())
    welsh, english = (sum(word in known for word in words) for known in (_WELSH, _ENGLISH))
    if len(words) < FEWEST_WORDS or max(welsh, english) <= 2 * min(welsh, english):
        return said
    return "cy" if welsh > english else "en"


def find_links(tree: Any, url: str) -> Links:
    """The page's report and its English version."""
    links = list(list_links(tree, url))
    return Links(report=find_report(links, url), english=find_english(tree, links, url))


def list_links(tree: Any, url: str) -> Iterator[tuple[str, str]]:
    """The words and the whole address of the page's links within its own site."""
    for link in tree.xpath("//a[@href]")[:MOST_LINKS]:
        address = resolve(url, str(link.get("href")))
        if address and is_same_site(url, address):
            yield " ".join(link.text_content().split())[:200], address


def find_report(links: list[tuple[str, str]], url: str) -> str:
    """The address of the report that a landing page is about: a PDF before a link that only says "Read the report"."""
    named = [
        (words, address)
        for words, address in links
        if _REPORT.search(words) and not _BESIDE.search(words) and address.partition("#")[0] != url.partition("#")[0]
    ]
    files = [address for words, address in named if is_file(words, address)]
    return next(iter([*files, *(address for _, address in named)]), "")


def is_file(words: str, address: str) -> bool:
    """Whether a link says that it leads to a PDF."""
    return urlsplit(address).path.lower().endswith(".pdf") or bool(re.search(r"\bpdf\b", words, re.IGNORECASE))


def find_english(tree: Any, links: list[tuple[str, str]], url: str) -> str:
    """The address of the page in English: as it says, as a link says, or as its own address suggests."""
    said = [str(one) for one in tree.xpath("//*[self::link or self::a][starts-with(@hreflang, 'en')]/@href")]
    named = [address for words, address in links if _IN_ENGLISH.match(words)]
    found = (resolve(url, one) for one in (*said, *named, without_welsh(url)))
    return next((one for one in found if one and one != url and is_same_site(url, one)), "")


def without_welsh(url: str) -> str:
    """An address without its mark for Welsh: "/cy/" in its path, ".cy" at its end, "lang=cy"; else empty."""
    parts = urlsplit(url)
    path = re.sub(r"/(?:cy|cymraeg)(?=/|$)", "", re.sub(r"\.cy$", "", parts.path))
    query = [(name, "en" if value == "cy" else value) for name, value in parse_qsl(parts.query)]
    plain = parts._replace(path=path or "/", query=urlencode(query) if parts.query else "")
    return urlunsplit(plain) if (path, query) != (parts.path, parse_qsl(parts.query)) else ""


def resolve(url: str, address: str) -> str:
    """A whole http(s) address; empty where it is none."""
    try:
        whole = urljoin(url, address.strip())
        return whole if urlsplit(whole).scheme in {"http", "https"} and urlsplit(whole).hostname else ""
    except ValueError:
        return ""


def is_same_site(url: str, other: str) -> bool:
    """Whether two addresses are of one site, whatever comes before its name."""
    return site_of(url) == site_of(other)


def site_of(url: str) -> str:
    """The name of an address's site: the part of its host that one owner has; with the port where one is written."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    host = _SAME.get(host, host)
    labels = host.split(".")
    count = 3 if len(labels) > 2 and labels[-1] == "uk" and labels[-2] in _TWO_LEVELS else 2  # noqa: PLR2004
    name = host if re.fullmatch(r"[\d.]+|.*:.*", host) else ".".join(labels[-count:])
    return f"{name}:{parts.netloc.rpartition(':')[2]}" if re.search(r":\d+$", parts.netloc) else name
