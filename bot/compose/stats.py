"""/stats in words and as plots: how many there are, how they came, what messages reached and did."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from bot.compose.correction import title_of
from bot.compose.paging import page_turns
from bot.compose.text import Markup, fit, visible_text
from bot.compose.wording import Wording
from bot.model.amendment import SentMessage
from bot.model.message import Button, Message
from bot.model.plots import GrowthPlot, Line, Move, MovesPlot, Plot, Span, SpansPlot
from bot.model.statistics import Effect, Shares, Statistics

LABEL: Final = 46
SHORT: Final = 28
LINES: Final = 4
MONTH: Final = timedelta(days=30)
# A change of so many at least is told.
TELLING: Final = 10
PER_PAGE: Final = 8
TICKS: Final = ((1, "seconds"), (10, "seconds"), (60, "minutes"), (600, "minutes"), (3600, "hours"), (36000, "hours"))
UNITS: Final = ((86400, "days"), (3600, "hours"), (60, "minutes"))


def compose_overview(statistics: Statistics, wording: Wording) -> Message:
    """Everything in one message, and the way to each message's own figures."""
    lines = [wording("stats-heading"), *people_lines(statistics, wording), *doing_lines(statistics, wording)]
    lines.append(wording("stats-privacy"))
    button = Button(wording.plain("button-stats-messages"), action="stats:0")
    return Message("\n".join(lines), ((button,),) if statistics.effects else ())


def people_lines(statistics: Statistics, wording: Wording) -> list[Markup]:
    """How many there are, how they came, their languages, and how that changed."""
    if statistics.sources.total is None:
        return [wording("stats-people-few")]
    lines = [wording("stats-people", total=statistics.sources.total), *grown_line(statistics, wording)]
    for key, shares in (("stats-sources", statistics.sources), ("stats-languages", statistics.languages)):
        if shares.parts:
            lines.append(wording(key, parts=parts_of(shares, wording)))
    return lines


def parts_of(shares: Shares, wording: Wording) -> Markup:
    """Parts by name and number, and the others together."""
    parts = [
        wording("stats-part", name=name or wording("stats-source-none"), number=number) for name, number in shares.parts
    ]
    parts += [wording("stats-others", number=shares.others)] if shares.others else []
    return Markup(", ".join(parts))


def grown_line(statistics: Statistics, wording: Wording) -> list[Markup]:
    """How many there were a month ago; a small difference is not told."""
    if not statistics.days:
        return []
    last = statistics.days[-1]
    earlier = next((day for day in statistics.days if day.day >= last.day - MONTH), last)
    before, now, days = earlier.shares.total, last.shares.total, (last.day - earlier.day).days
    if before is None or now is None or not days:
        return []
    key = "stats-steady" if abs(now - before) < TELLING else "stats-grown"
    return [wording(key, days=days, before=before)]


def doing_lines(statistics: Statistics, wording: Wording) -> list[Markup]:
    """How fast alerts arrive, and what people did."""
    times = statistics.times
    fast = (
        wording("stats-times", p50=duration(times.p50, wording), p95=duration(times.p95, wording))
        if times
        else wording("stats-no-times")
    )
    done = number_of(statistics.done, wording)
    return [fast, wording("stats-done", number=done, replied=number_of(statistics.replied, wording))]


def number_of(count: int | None, wording: Wording) -> str:
    """A count of people, or that there are too few."""
    return wording("stats-few") if count is None else f"{count:,}"


def duration(seconds: float, wording: Wording) -> str:
    """A time in the largest unit that fits: "42 s", "7 min", "3 h", "2 days"."""
    size, unit = next((one for one in UNITS if seconds >= one[0]), (1, "seconds"))
    return wording.plain(f"duration-{unit}", count=max(round(seconds / size), 1 if unit != "seconds" or seconds else 0))


def compose_list(messages: Sequence[SentMessage], page: int, wording: Wording) -> Message:
    """A page of messages, a button each; `messages` may hold one more, which says that there is another page."""
    rows = [(Button(label_of(one), action=f"stats:m:{one.id}"),) for one in messages[:PER_PAGE]]
    more = len(messages) > PER_PAGE
    turns = tuple(page_turns(page, wording, lambda target: f"stats:{target}", more=more))
    return Message(wording("stats-list" if rows else "stats-none"), (*rows, turns) if turns else tuple(rows))


def label_of(message: SentMessage) -> str:
    """A message's name in a line."""
    return fit(visible_text(title_of(message)), LABEL)


def compose_effect(effect: Effect, wording: Wording) -> Message:
    """What came of one message."""
    message = effect.message
    lines = [
        wording("effect-heading", number=str(message.id), date=message.created_at, title=title_of(message)),
        reached_line(effect, wording),
    ]
    if effect.times:
        p50, p95 = duration(effect.times.p50, wording), duration(effect.times.p95, wording)
        lines.append(wording("effect-times", p50=p50, p95=p95))
    joined, left = number_of(effect.joined, wording), number_of(effect.left, wording)
    lines += [wording("effect-moved", joined=joined, left=left), *mark_lines(effect, wording)]
    lines += [wording("effect-withdrawn", date=message.withdrawn_at)] if message.withdrawn_at else []
    lines += [wording("effect-corrected", date=message.corrected_at)] if message.corrected_at else []
    rows = (
        (Button(wording.plain("button-fix"), action=f"fix:message:{message.id}:open"),),
        (Button(wording.plain("button-stats-back"), action="stats:0"),),
    )
    return Message("\n".join(lines), rows)


def reached_line(effect: Effect, wording: Wording) -> Markup:
    """How many have it, and whether more will."""
    rest = wording("effect-waiting", number=number_of(effect.waiting, wording)) if effect.message.waiting else ""
    return wording("effect-reached", sent=number_of(effect.sent, wording), rest=rest)


def mark_lines(effect: Effect, wording: Wording) -> list[Markup]:
    """What people pressed under it, and whose MP answered."""
    if not effect.asked:
        return [wording("effect-no-marks")]
    parts = [
        wording("effect-mark", name=mark, number=number_of(number, wording)) for mark, number in effect.marks.items()
    ]
    replied = wording("effect-replied", number=number_of(effect.replied, wording))
    return [wording("effect-marks", parts=Markup(", ".join(parts))), replied]


def list_plots(statistics: Statistics, wording: Wording) -> list[tuple[Plot, Markup]]:
    """What can be drawn, each with the same in words."""
    made = [growth(statistics, wording), moves(statistics, wording), spans(statistics, wording)]
    return [one for one in made if one is not None]


def growth(statistics: Statistics, wording: Wording) -> tuple[Plot, Markup] | None:
    """Subscribers over time, in all and by where they came from; None before there are two days to join."""
    told = [(day.day, day.shares) for day in statistics.days if day.shares.total is not None]
    if len(told) < 2:  # noqa: PLR2004 - one day makes no line
        return None
    names = [name for name, _ in told[-1][1].parts][:LINES]
    whole = Line(
        name=wording.plain("plot-growth-all"),
        points=tuple((day.toordinal(), shares.total) for day, shares in told if shares.total is not None),
    )
    by_source = [
        Line(
            name=name or visible_text(wording("stats-source-none")),
            points=tuple(
                (day.toordinal(), dict(shares.parts)[name]) for day, shares in told if name in dict(shares.parts)
            ),
        )
        for name in names
    ]
    ends = [wording.day(told[0][0]), wording.day(told[-1][0])]
    plot = GrowthPlot(title=wording.plain("plot-growth"), lines=(whole, *by_source), first=ends[0], last=ends[1])
    chosen = [told[round(place * (len(told) - 1) / LINES)] for place in range(LINES + 1)]
    rows = growth_rows([(day, shares.total or 0) for day, shares in dict(chosen).items()], wording)
    now = [wording("stats-sources", parts=parts_of(told[-1][1], wording))] if told[-1][1].parts else []
    return plot, Markup("\n".join([wording("stats-growth-heading"), *rows, *now]))


def growth_rows(days: Sequence[tuple[date, int]], wording: Wording) -> list[Markup]:
    """How many there were on some days; one that differs by a few people from another that is told is not told."""
    rows: list[Markup] = []
    known: list[int] = []
    for day, number in reversed(days):
        told = all(number == one or abs(number - one) >= TELLING for one in known)
        known += [number] if told else []
        rows.append(
            wording("stats-growth-row", date=day, number=number) if told else wording("stats-growth-near", date=day)
        )
    return rows[::-1]


def moves(statistics: Statistics, wording: Wording) -> tuple[Plot, Markup] | None:
    """Who came and went after each message."""
    if not statistics.effects:
        return None
    few = wording.plain("plot-few")
    rows = [
        Move(
            name=label_of(one.message),
            up=one.joined,
            down=one.left,
            up_words=few if one.joined is None else f"{one.joined:,}",
            down_words=few if one.left is None else f"{one.left:,}",
        )
        for one in statistics.effects
    ]
    sides = {"up": wording.plain("plot-moves-up"), "down": wording.plain("plot-moves-down")}
    words = [
        wording(
            "stats-after-row",
            name=row.name,
            joined=number_of(row.up, wording),
            left=number_of(row.down, wording),
        )
        for row in rows
    ]
    plot = MovesPlot(title=wording.plain("plot-moves"), rows=tuple(rows), **sides)
    return plot, Markup("\n".join([wording("stats-after-heading"), *words]))


def spans(statistics: Statistics, wording: Wording) -> tuple[Plot, Markup] | None:
    """How long each message took."""
    rows = []
    words = []
    for one in statistics.effects:
        if one.times is None:
            continue
        p50, p95 = duration(one.times.p50, wording), duration(one.times.p95, wording)
        name = label_of(one.message)
        rows.append(Span(name=fit(name, SHORT), p50=one.times.p50, p95=one.times.p95, words=f"{p50} – {p95}"))
        words.append(wording("stats-times-row", name=name, p50=p50, p95=p95))
    if not rows:
        return None
    ticks = tuple((float(seconds), duration(seconds, wording)) for seconds, _ in TICKS)
    legend = wording.plain("plot-spans-legend")
    plot = SpansPlot(title=wording.plain("plot-spans"), rows=tuple(rows), ticks=ticks, legend=legend)
    return plot, Markup("\n".join([wording("stats-times-heading"), *words]))


def compose_text(statistics: Statistics, wording: Wording) -> str:
    """The same as plain text, for a terminal."""
    parts = [compose_overview(statistics, wording).text, *(words for _, words in list_plots(statistics, wording))]
    return "\n\n".join(visible_text(part) for part in parts)
