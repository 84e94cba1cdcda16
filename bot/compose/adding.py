"""Adding a feed in chat: what was found, what a test of it showed, and what is to be chosen."""

from bot.compose.feed_words import LABEL_LIMIT, REASON_LIMIT, failed_trial_lines, kind_name, short, speaker, trial_lines
from bot.compose.text import escape, fit
from bot.compose.wording import Wording
from bot.model.feed import FeedDraft, FeedKind, FeedState
from bot.model.message import Button, Message

# How an entry is judged while nobody has said who speaks: its mere presence tells nothing.
UNSAID = FeedKind.NEWS


def compose_several(draft: FeedDraft, wording: Wording, *, reason: str = "") -> Message:
    """Several feeds were found; `reason` says why the one that was chosen could not be read."""
    rows = [
        wording("adding-several-row", number=number, title=short(one.title or one.url, REASON_LIMIT))
        + (f"\n{escape(short(one.url, REASON_LIMIT))}" if one.title else "")
        for number, one in enumerate(draft.found, 1)
    ]
    failed = failed_trial_lines(reason, wording) if reason else []
    text = "\n\n".join([*failed, wording("adding-several", count=len(draft.found)), "\n".join(rows)])
    buttons = tuple(
        (Button(pick_label(number, one.title or one.url, wording), action=f"feeds:add:{draft.id}:pick:{number - 1}"),)
        for number, one in enumerate(draft.found, 1)
    )
    return Message(fit(text), (*buttons, (drop_button(draft, wording),)))


def pick_label(number: int, name: str, wording: Wording) -> str:
    """The label that chooses one of them."""
    return wording.plain("button-feed", number=number, name=short(name, LABEL_LIMIT))


def compose_tried(draft: FeedDraft, wording: Wording) -> Message:
    """A feed that answers: what it is, and the question of its kind, or whether to add it."""
    head = [
        wording("feed-card-name", name=short(draft.name, REASON_LIMIT)),
        escape(short(draft.url or "", REASON_LIMIT)),
    ]
    lines = trial_lines(draft.trial, draft.kind or UNSAID, wording) if draft.trial else []
    if draft.kind is None:
        question = wording("adding-kind")
    else:
        question = wording("adding-sure", speaker=speaker(draft.kind, wording))
    adding = (Button(wording.plain("button-adding-add"), action=f"feeds:add:{draft.id}:yes"),) if draft.kind else ()
    last = (*adding, drop_button(draft, wording))
    return Message(fit("\n\n".join(["\n".join(head), "\n".join(lines), question])), (*kind_rows(draft, wording), last))


def kind_rows(draft: FeedDraft, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """The kinds, three to a row; the chosen one is marked."""
    buttons = []
    for kind in FeedKind:
        key = "button-kind-chosen" if kind is draft.kind else "button-kind"
        name = kind_name(kind, wording)
        label = wording.plain(key, kind=name[:1].upper() + name[1:])
        buttons.append(Button(label, action=f"feeds:add:{draft.id}:kind:{kind.value}"))
    return tuple(buttons[:3]), tuple(buttons[3:])


def drop_button(draft: FeedDraft, wording: Wording) -> Button:
    """The way out."""
    return Button(wording.plain("button-adding-drop"), action=f"feeds:add:{draft.id}:drop")


def compose_known(feed: FeedState, wording: Wording) -> Message:
    """It is there already; a button opens it."""
    return Message(wording("adding-known", name=feed.spec.name), ((card_button(feed, wording),),))


def compose_added(feed: FeedState, wording: Wording) -> Message:
    """It was added; a button opens it."""
    return Message(wording("adding-done", name=feed.spec.name), ((card_button(feed, wording),),))


def card_button(feed: FeedState, wording: Wording) -> Button:
    """A button that opens a feed's card."""
    return Button(wording.plain("button-feed-show"), action=f"feed:{feed.id}:open:0")
