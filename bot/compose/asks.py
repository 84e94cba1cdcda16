"""What can be done now as a list, one ask with all that helps to do it, and what people are asked about it later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.campaign.pack import Action
from bot.compose.action import address_of, label_of, mark_row, points_of, press, share_words
from bot.compose.alert import source_line
from bot.compose.text import Markup, fit
from bot.compose.wording import Wording
from bot.model.action import ActionKind, shown_count
from bot.model.civic import Petition
from bot.model.message import Button, Message
from bot.model.story import Told

SHOW_LIST: Final = "acts:list"
"""The callback data that brings the list back."""
TITLE_LIMIT: Final = 120
LABEL_LIMIT: Final = 40
ASKED_LIMIT: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An ask as somebody looks at it `today`: with its story, and the petition's count where it is one.

    `story_id` is 0 and `told` None for what stands without a story. `done_by` is how many said that they did it.
    """

    action: Action
    today: date
    story_id: int = 0
    told: Told | None = None
    petition: Petition | None = None
    done_by: int = 0


def compose_tasks(tasks: Sequence[Task], wording: Wording, *, private: bool) -> Message:
    """What can be done now, numbered. In private a button shows each; among others a button does it, for all alike."""
    if not tasks:
        return Message(wording("actions-none"))
    blocks: list[str] = [wording("actions-heading")]
    rows: list[tuple[Button, ...]] = []
    for number, task in enumerate(tasks, 1):
        blocks.append("\n".join(task_lines(number, task, wording)))
        rows += task_row(number, task, wording, private=private)
    return Message(fit("\n\n".join([*blocks, wording("actions-always")])), tuple(rows))


def task_lines(number: int, task: Task, wording: Wording) -> list[str]:
    """One of the list: what to do, about what, until when."""
    lines: list[str] = [wording("action-line", number=str(number), label=label_of(task.action, wording.language))]
    if task.told is not None:
        lines.append(
            wording(
                "action-about", title=Markup(fit(Markup(wording("alert-headline", title=task.told.title)), TITLE_LIMIT))
            )
        )
    return [*lines, *time_lines(task, wording)]


def task_row(number: int, task: Task, wording: Wording, *, private: bool) -> list[tuple[Button, ...]]:
    """Its button, if there is one."""
    label = f"{number}. {label_of(task.action, wording.language)}"
    label = label if len(label) <= LABEL_LIMIT else label[: LABEL_LIMIT - 1] + "…"
    if private:
        return [(Button(label, action=f"act:{task.story_id}:{task.action.id}:show"),)]
    url = address_of(task.action, task.told, wording)
    return [(Button(label, url=url),)] if url else []


def time_lines(task: Task, wording: Wording) -> list[str]:
    """Until when it can be done: its last day, the petition's, or the day by which the government must answer."""
    lines: list[str] = []
    if task.petition is not None:
        key = "petition-line" if task.petition.is_open else "petition-closed"
        asks = Markup(fit(wording("alert-headline", title=task.petition.asks), ASKED_LIMIT))
        lines.append(wording(key, title=asks, number=task.petition.signatures))
    until = last_day(task)
    if until is not None and (task.petition is None or task.petition.is_open):
        lines.append(wording("action-until", deadline=deadline(until, wording)))
    if task.told is not None and task.told.answer_by is not None:
        key = "action-answer-due" if task.today <= task.told.answer_by else "action-answer-was-due"
        lines.append(wording(key, deadline=deadline(task.told.answer_by, wording)))
    return lines


def last_day(task: Task) -> date | None:
    """The last day on which it can be done, as the service or else the campaign says; None: at any time."""
    return (task.petition.closes_on if task.petition else None) or task.action.until


def deadline(day: date, wording: Wording) -> Markup:
    """A day as a date that Telegram shows in the reader's own time; an older app shows the words alone.

    It is the last minute of that day where the campaign is (Bot API, date-time entities).
    """
    moment = int(wording.last_minute(day).timestamp())
    return Markup(f'<tg-time unix="{moment}">{wording.day(day)}</tg-time>')


def compose_task(task: Task, wording: Wording, *, inline: bool = False, listed: bool = False) -> Message:
    """One ask with all that helps to do it, and what may be said of it.

    `inline` lets it be shared by the bot's inline mode; `listed` leads back to the list.
    """
    told, action, language = task.told, task.action, wording.language
    blocks = [
        "\n".join(
            [
                f"<b>{fit(wording('alert-headline', title=label_of(action, language)), ASKED_LIMIT)}</b>",
                *about(task, wording),
            ]
        )
    ]
    if points := points_of(action, language):
        said = [wording("action-point", point=point) for point in points]
        blocks.append("\n".join([wording("action-points-heading"), *said]))
    if action.kind is ActionKind.WRITE_MP:
        blocks.append(wording("action-own-words"))
    if action.kind is ActionKind.SHARE and told is not None:
        blocks.append(ready_text(told, wording))
    if (number := shown_count(task.done_by)) is not None:
        blocks.append(wording("action-count", number=number))
    return Message(fit("\n\n".join(blocks)), task_buttons(task, wording, inline=inline, listed=listed))


def about(task: Task, wording: Wording) -> list[str]:
    """The story it is about, with its source, and until when."""
    lines: list[str] = []
    if task.told is not None:
        lines = [fit(wording("alert-headline", title=task.told.title), ASKED_LIMIT), source_line(task.told, wording)]
    return [*lines, *time_lines(task, wording)]


def ready_text(told: Told, wording: Wording) -> str:
    """The words to share with the source's address, ready to be copied."""
    shared = wording("alert-headline", title=f"{share_words(told, wording)} {told.url or ''}".strip())
    return f"{wording('action-share-heading')}\n<code>{shared}</code>"


def task_buttons(task: Task, wording: Wording, *, inline: bool, listed: bool) -> tuple[tuple[Button, ...], ...]:
    """What does it, what may be said of it, and the way back."""
    url = address_of(task.action, task.told, wording)
    rows: list[tuple[Button, ...]] = [(Button(label_of(task.action, wording.language), url=url),)] if url else []
    if inline and task.action.kind is ActionKind.SHARE and task.told is not None:
        rows.append((Button(wording.plain("button-share-inline"), inline=shorten_query(task.told.title)),))
    rows.append(mark_row(task.story_id, task.action, wording))
    if listed:
        rows.append((Button(wording.plain("button-actions-list"), action=SHOW_LIST),))
    return tuple(rows)


def shorten_query(title: str) -> str:
    """A headline as what is asked of the inline mode: Telegram lets that have 256 characters."""
    return " ".join(title.split())[:100]


def later_rows(task: Task, wording: Wording, day: date | None) -> tuple[tuple[Button, ...], ...]:
    """When to be reminded: tomorrow, in a week, or on the day that matters for this ask."""
    soon = tuple(press(task.story_id, task.action, said, wording) for said in ("tomorrow", "week"))
    back = (press(task.story_id, task.action, "back", wording),)
    if day is None:
        return (soon, back)
    due = Button(wording.plain("button-act-due", date=day), action=f"act:{task.story_id}:{task.action.id}:due")
    return (soon, (due,), back)


def marked_row(task: Task, label: str) -> tuple[Button, ...]:
    """What was said, and the way to say something else."""
    return (Button(label, action=f"act:{task.story_id}:{task.action.id}:back"),)


def compose_reminder(task: Task, wording: Wording) -> Message:
    """The reminder that somebody asked for: the ask with all that helps to do it."""
    whole = compose_task(task, wording)
    label = wording("reminder", label=label_of(task.action, wording.language))
    return Message(fit(f"{label}\n\n{whole.text}"), whole.buttons)


def compose_follow_up(task: Task, wording: Wording) -> Message:
    """The question, two weeks after somebody wrote to their MP, whether an answer came."""
    lines = [wording("follow-up", label=label_of(task.action, wording.language)), *about(task, wording)[:2]]
    said = tuple(press(task.story_id, task.action, one, wording) for one in ("answered", "unanswered"))
    return Message(fit("\n\n".join(lines)), (said,))
