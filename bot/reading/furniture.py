"""What a site puts round a text: cookie banners, licences, adverts, captions, lists of other pages."""

import re
from collections import Counter
from itertools import zip_longest

from bot.reading.dates import read_written_day

# From such a line on, a page speaks of other things.
_ENDS = re.compile(
    r"(?:register (?:now )?to continue|related (?:topics?|articles?|stories|documents|content|jobs|"
    r"posts)|more on this story|"
    r"more from|more stories|recent (?:posts|press releases|news)|notes? (?:to|for) editors?|ends?\W*$|top stories|"
    r"latest (?:jobs|education roles|news)|you (?:may|might) also (?:like|be interested)|read (?:more|next)\W*$|"
    r"sponsored|share this|comments? (?:are closed|\(\d+\))|have your say|leave a (?:reply|comment)|"
    r"to view the latest news from|like this:|about the author|media (?:contact|enquiries)|"
    r"for (?:more|further) information|"
    r"get in touch|most (?:read|popular|viewed)|welsh/cymraeg|cookies on |embed size|thank you for visiting)",
    re.IGNORECASE,
)
# Such a line is no part of the text.
_DROPPED = re.compile(
    r"(?:published|updated|last updated|posted)\b[^.]{0,40}$|image (?:source|caption)|(?:picture|"
    r"photo|image|photograph|credit)s?:|"
    r"by [A-Z][\w'’-]+(?: [\w'’-]+){0,4}$|from:|skip to |table of contents|contents(?:$| .*\\d)|"
    r"all content is available under|"
    r"to view this licence|or write to|or email|information policy team|the national archives|kew,?$|london tw9|"
    r"this publication is available|sign up|subscribe|follow (?:us|bbc)|send your story|join (?:us|our)|"
    r"read the (?:full )?report\b.{0,60}$|open document|download|you are here|advertisement|hide ad|"
    r"home$|page \d+: contents|"
    r"©|copyright|all rights reserved|is this page useful|print this|accept|we use |this (?:site|"
    r"website) (?:uses|keeps)|"
    r"terms and conditions|crown copyright|\d+ (?:views?|downloads?|shares?|comments?)$|transcript$|post on|upload|"
    r"support our work|help us|donate|if you (?:would like|have been affected)|listen to|watch(?:$|:| more\b| now\b)|"
    r"read more|getty images|last modified|first published|explore more|(?:view |see |show |\d+ )?(?:all )?comments?$|"
    r"continue reading|click here|share(?:$| on | via |\W*(?:save|bookmark))|bookmark|read also|related:|"
    r"get (?:the|all the) latest|\d+ min(?:ute)?s? read\b.{0,20}$",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b(?:cookies?\b.{0,60}\b(?:accept|use|device|consent)|hide ad|newsletter|all rights reserved|"
    r"open government licence|"
    r"javascript|privacy policy|registered charity|terms (?:of use|and conditions)|subscri(?:be|ption)s?\b|"
    r"picture: |photo: |support (?:us|our journalism)|registered in england|follow us|free access)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z][a-z'’-][\w'’-]*(?: [A-Z][a-z'’-][\w'’-]*){1,3}")
_BULLET = re.compile(r"^[-•*·▪●–]\s+")
# The parts of a digest repeat their labels; what else is said twice is a caption.
_LABELLED = re.compile(r"[A-Z][\w ]{2,40}:")
_PAGE_MARK = re.compile(r"^Page \d+:\s*")
_SITE = re.compile(r"\s+[|–—-]\s+[^|–—]{3,40}$")
LONG = 400  # characters: a paragraph of this length is text, whatever its first words
REPEATED = 2
CAPTION = 5  # words


def clean_lines(raw: str, title: str) -> tuple[tuple[str, ...], frozenset[int]]:
    """The lines that are text, and the numbers of those that are items of a list."""
    kept: list[str] = []
    bullets: set[int] = set()
    whole = [" ".join(line.split()) for line in raw.splitlines()]
    times = Counter(whole)
    for line, after in zip_longest(whole, whole[1:], fillvalue=""):
        text = _PAGE_MARK.sub("", _BULLET.sub("", line)).strip()
        if kept and ends_text(text):
            break
        if is_text(text, title) and not is_caption(text, times[line]) and (kept or not is_byline(text, after)):
            if _BULLET.match(line):
                bullets.add(len(kept))
            kept.append(text)
    return tuple(kept), frozenset(bullets)


def is_byline(line: str, after: str) -> bool:
    """Whether a line is only a name, over a line that is only a day."""
    return bool(_NAME.fullmatch(line)) and read_written_day(after) is not None


def is_text(line: str, title: str) -> bool:
    """Whether a line is neither empty, nor the headline, nor a day alone, nor furniture."""
    if not line or line == title or read_written_day(line):
        return False
    return len(line) >= LONG or not (_DROPPED.match(line) or _INSIDE.search(line))


def ends_text(line: str) -> bool:
    """Whether the page speaks of other things from this line on."""
    return len(line) < LONG and bool(_ENDS.match(line))


def is_caption(line: str, times: int) -> bool:
    """Whether a line is said more than once, and is neither a word or two, nor a label, nor a sentence."""
    caption = len(line.split()) >= CAPTION and not _LABELLED.match(line) and not line.endswith(".")
    return caption and times >= REPEATED


def plain_title(title: str) -> str:
    """A title without the site's name behind it."""
    title = " ".join(title.split())
    return _SITE.sub("", title) or title
