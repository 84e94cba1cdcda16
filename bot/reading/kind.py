"""What kind of page it is: by its own headline and standfirst, and by whose page it is."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.model.feed import FeedKind

LEAD = 900  # characters in which a page says what it is

_I = re.IGNORECASE
_DIGEST = re.compile(
    r"^reports? published (?:on |this )?(?:\d|week|today)|\bweekly (?:digest|round-?up)\b|^this week.s reports\b", _I
)
_STANDFIRST = (
    (
        "urgent_notification",
        re.compile(r"^urgent notification (?:letter|issued|process)\b.{0,60}(?:issued|dated|\d{4}|$)", _I),
    ),
    (
        "progress_review",
        re.compile(r"^report on an? (?:announced |unannounced )?(?:independent )?review of progress\b", _I),
    ),
    ("scrutiny_visit", re.compile(r"^report on an? (?:short |unannounced |announced )?scrutiny visits?\b", _I)),
    (
        "inspection",
        re.compile(
            r"^report on an? (?:full |joint |short )*(?:un)?announced (?:\w+ )?(?:inspection|"
            r"follow-up)\b|^report of an? .{0,30}inspection of\b",
            _I,
        ),
    ),
    ("thematic", re.compile(r"^(?:a )?thematic (?:review|report|inspection)\b", _I)),
)
_TITLES = (
    ("urgent_notification", re.compile(r"\burgent notification\b", _I)),
    ("progress_review", re.compile(r"\b(?:independent )?reviews? of progress\b|\bprogress review\b|\bIRP\b", _I)),
    ("scrutiny_visit", re.compile(r"\bscrutiny visits?\b", _I)),
    (
        "thematic",
        re.compile(r"\bthematic\b|^children in custody\b.{0,20}\d{4}|\bsurvey\b|\ba review of\b|\bresearch\b", _I),
    ),
    ("annual_report", re.compile(r"\bannual report\b", _I)),
)
# What the inspectorate's news says of itself in its opening.
_NEWS = (
    (
        "annual_report",
        re.compile(r"\bin (?:his|her|its|their|the) (?:\w+ )?annual report\b|\bannual report (?:for )?\d{4}", _I),
    ),
    (
        "thematic",
        re.compile(
            r"\bthematic\b|\b(?:yearly|annual|joint|new|latest)? ?(?:review|analysis|report) (?:of|"
            r"on|into|drew on|used|looks? at)\b.{0,60}\b(?:surveys?|estate|perceptions|"
            r"experiences)\b|\bsurvey\b|\ba review by\b|\b(?:visited|inspected) (?:\w+ )?(?:three|four|five|six|"
            r"seven|eight|"
            r"nine|ten|\d+) (?:\w+ ){0,3}(?:sites|establishments|institutions|prisons|yois|centres)\b",
            _I,
        ),
    ),
    ("progress_review", re.compile(r"\breview of progress\b|\bprogress review\b", _I)),
    ("scrutiny_visit", re.compile(r"\bscrutiny visit\b", _I)),
)
_INSPECTED = re.compile(r"\binspect(?:ion|ors?|ed)\b|\bHM ?YOI\b|\bHMP\b|\bSTC\b", _I)
_BLOG = re.compile(r"\b(?:in )?this blog\b|\bspeech (?:by|to|at|given)\b|\bblog:|\bchief inspector.s blog\b", _I)
_COPY = re.compile(
    r"\b(?:HM|Her Majesty.s|His Majesty.s) Inspectorate of Prisons.{0,5} report on\b|"
    r"\bHMIP inspections? of\b|\bHMIP report\b|\binspection report[:,]? ",
    _I,
)
_COMMENT = re.compile(
    r"(?<!in )\b(?:respon(?:ds|se|ded) to|comments? on|reacts? to|statement on|comment:|responds?:?|"
    r"reaction to|(?:chief executive|director)[^.]{0,60}\bsaid)\b|^comment\b|(?<!in )\bresponse to\b",
    _I,
)
# Those who speak for children: what they publish is their view.
_VOICES = re.compile(r"(?:^|\.)(?:childrenscommissioner\.gov\.uk|childcomwales\.org\.uk|thechildrenscommissioner\.)")
_OPINION = re.compile(r"/(?:opinion|commentisfree|comment|blogs?|letters|editorials?|views?)/", _I)
_HOSTS = (
    ("imb", re.compile(r"(?:^|\.)imb\.org\.uk$")),
    ("ombudsman", re.compile(r"(?:^|\.)ppo\.gov\.uk$|(?:^|\.)ombudsman\.org\.uk$")),
    ("ofsted", re.compile(r"^(?:reports|files)\.ofsted\.gov\.uk$|(?:^|\.)ofsted\.gov\.uk$")),
    (
        "court",
        re.compile(
            r"(?:^|\.)judiciary\.uk$|(?:^|\.)bailii\.org$|^caselaw\.nationalarchives\.gov\.uk$|(?:^|"
            r"\.)supremecourt\.uk$"
        ),
    ),
)
_GOVERNMENT = (
    (
        "statistics",
        re.compile(
            r"/statistics/|/(?:national|official)-statistics|\byouth (?:justice|"
            r"custody) (?:annual )?(?:statistics|data|report)\b|\bstatistics\b",
            _I,
        ),
    ),
    ("urgent_notification", re.compile(r"\burgent notification\b", _I)),
    ("ombudsman", re.compile(r"\bombudsman\b|\bfatal incident\b", _I)),
    ("imb", re.compile(r"\bindependent monitoring board\b", _I)),
    ("ofsted", re.compile(r"\bofsted\b.{0,40}\b(?:inspection|report)\b|\binspection of\b", _I)),
    ("comment", re.compile(r"\brespon(?:se|ds)\b|\bstatement\b|/speeches/", _I)),
    (
        "policy",
        re.compile(
            r"/(?:publications|consultations|guidance|policies|policy-papers|collections)/|"
            r"\b(?:white|green) paper\b|\bconsultation\b|\bstrategy\b|\bpolicy\b|\baction plan\b",
            _I,
        ),
    ),
)


def find_kind(title: str, lines: Sequence[str], url: str, source: FeedKind | None, *, places: bool) -> str:
    """The kind (bot.model.finding); "news" where nothing says better. `places`: whether it names a place of ours."""
    if _DIGEST.search(title):
        return "digest"
    said = next((kind for line in lines[:12] for kind, words in _STANDFIRST if words.search(line)), None)
    host = urlsplit(url).hostname or ""
    whose = next((kind for kind, known in _HOSTS if known.search(host)), None)
    lead = "\n".join(lines)[:LEAD]
    if whose is not None:
        return whose
    if _VOICES.search(host):
        return "comment"
    if source is FeedKind.INSPECTORATE:
        return said if said and not _first(_TITLES[:1], title) else find_inspectorate(title, lead, places=places)
    if said is not None:
        return said
    return find_elsewhere(title, url, source)


def find_inspectorate(title: str, lead: str, *, places: bool) -> str:
    """The kind of a page of the inspectorate's own that has no standfirst."""
    found = _first(_TITLES, title) or _first(_NEWS, lead)
    if found in {"annual_report", "thematic"} and places and re.search(r"\b(?:HM ?YOI|YOI|STC|HMP)\b", title):
        found = None
    if found is None and _BLOG.search(f"{title}\n{lead}"):
        return "comment"
    return found or ("inspection" if places or _INSPECTED.search(f"{title}\n{lead}") else "news")


def find_elsewhere(title: str, url: str, source: FeedKind | None) -> str:
    """The kind of anyone else's page."""
    if source is FeedKind.GOVERNMENT:
        return _first(_GOVERNMENT, f"{title} {urlsplit(url).path}") or "news"
    if source is FeedKind.PARLIAMENT:
        return "policy"
    reacts = source is not FeedKind.NEWS and _COMMENT.search(title)
    if source is FeedKind.CHARITY or _OPINION.search(urlsplit(url).path) or reacts:
        return "comment"
    return "inspection" if source is None and _COPY.search(title) else "news"


def _first(table: Sequence[tuple[str, re.Pattern[str]]], text: str) -> str | None:
    return next((kind for kind, words in table if words.search(text)), None)
