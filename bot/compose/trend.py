"""Children in custody as pictures, and in the words that say the same: each way of counting by itself."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from bot.campaign.population import Count, Period, Series, Source
from bot.compose.illustrated import Illustrated
from bot.compose.text import Markup
from bot.compose.wording import Wording
from bot.model.chart import Mark, SeriesChart
from bot.model.message import Button, Message

JOINED_FROM: Final = 6
"""Figures; so many months make a line."""
GRADES: Final = "grades"
"""What the button of the places' grades names in a series' place."""


def compose_series(series: Series, every: Iterable[Series], wording: Wording) -> Illustrated:
    """One series: its picture, its words, and the buttons of the others."""
    title, what = wording.plain(f"trend-{series.id}-title"), wording.plain(f"trend-{series.id}-what")
    lines = [
        f"{wording('trend-title', title=title)}\n{wording('alert-headline', title=what)}.",
        "\n".join([*told_figures(series, wording), *note_lines(series, wording)]),
        wording("trend-ways"),
        wording("trend-source", sources=links_to(series.sources, wording), last=period_name(last_of(series), wording)),
    ]
    message = Message("\n\n".join(lines), trend_buttons(every, wording, series.id))
    marks = tuple(marks_of(series, wording))
    return Illustrated(SeriesChart(title=title, subtitle=what, marks=marks, joined=is_joined(series)), message)


def trend_buttons(every: Iterable[Series], wording: Wording, shown: str) -> tuple[tuple[Button, ...], ...]:
    """The other series, a button each, and the places' grades."""
    names = [one.id for one in every] + [GRADES]
    return tuple(
        (Button(wording.plain(f"trend-{name}-label"), action=f"trend:{name}"),) for name in names if name != shown
    )


def is_joined(series: Series) -> bool:
    """Whether its figures are of months, and enough of them for a line; others stand each by itself."""
    return len(series.counts) >= JOINED_FROM and all(one.period.month for one in series.counts)


def told_figures(series: Series, wording: Wording) -> list[Markup]:
    """The figures in words: all of a few; of many the highest, the lowest and the last, and what years averaged."""
    if not is_joined(series):
        told = [figure(one, wording) if isinstance(one, Count) else gap(one, wording) for one in with_gaps(series)]
        return [wording("trend-figures", figures=Markup("; ".join(told)))]
    high, low, last = extremes(series)
    names = {"high": high, "low": low, "last": last}
    line = wording(
        "trend-line",
        highest=high.value,
        lowest=low.value,
        value=last.value,
        **{name: period_name(one.period, wording) for name, one in names.items()},
    )
    return [line, *average_lines(series, wording)]


def extremes(series: Series) -> tuple[Count, Count, Count]:
    """The highest and the lowest figure (of equals the earliest), and the last."""
    counts = series.counts
    return max(counts, key=lambda one: one.value), min(counts, key=lambda one: one.value), counts[-1]


def average_lines(series: Series, wording: Wording) -> list[Markup]:
    """What the first and the last year averaged, where the source says so."""
    if not series.averages:
        return []
    first, last = series.averages[0], series.averages[-1]
    labels = {"first": first.period.label, "last": last.period.label}
    return [wording("trend-averages", before=first.value, value=last.value, **labels)]


def figure(one: Count, wording: Wording) -> Markup:
    """A figure and its time."""
    key = "trend-figure-rough" if one.rough else "trend-figure"
    return wording(key, period=period_name(one.period, wording), value=one.value)


def gap(period: Period, wording: Wording) -> Markup:
    """A year between others of which no figure is known."""
    return wording("trend-figure-unknown", period=period_name(period, wording))


def with_gaps(series: Series) -> Sequence[Count | Period]:
    """The figures; where all are of years, with the years between them that have none."""
    if any(one.period.month for one in series.counts):
        return series.counts
    known = {one.period.year: one for one in series.counts}
    return [known.get(year, Period(year=year)) for year in range(min(known), max(known) + 1)]


def note_lines(series: Series, wording: Wording) -> list[Markup]:
    """What must be known of the series, and what another source says instead."""
    note = f"trend-{series.id}-note"
    lines = [wording(note)] if wording.has(note) else []
    if series.disputed is not None:
        count, source = series.disputed
        told = links_to([source], wording), period_name(count.period, wording)
        key = f"trend-{series.id}-disputed"
        lines.append(wording(key, source=told[0], value=count.value, period=told[1]))
    return lines


def links_to(sources: Iterable[Source], wording: Wording) -> Markup:
    """Sources by name, each linked."""
    return Markup("; ".join(wording("source-linked", source=one.name, url=one.url) for one in sources))


def last_of(series: Series) -> Period:
    """The time of the last figure."""
    return series.counts[-1].period


def period_name(period: Period, wording: Wording) -> str:
    """A month as people write it; a year as "2024/25"."""
    return wording.month(date(period.year, period.month, 1)) if period.month else period.label


def marks_of(series: Series, wording: Wording) -> Iterable[Mark]:
    """The figures as the picture shows them; of a line only those that the words name are written."""
    if not is_joined(series):
        for one in with_gaps(series):
            yield bar_of(one, wording)
        return
    written = set(extremes(series))
    for one in series.counts:
        words = wording.plain("trend-value", value=one.value) if one in written else ""
        yield Mark(place=one.period.place, label=one.period.label, value=one.value, words=words)


def bar_of(one: Count | Period, wording: Wording) -> Mark:
    """A figure that stands by itself, or the room of a missing one."""
    if isinstance(one, Period):
        unknown = wording.plain("trend-value-unknown")
        return Mark(place=one.place, label=period_name(one, wording), value=None, words=unknown)
    words = wording.plain("trend-value-rough" if one.rough else "trend-value", value=one.value)
    return Mark(place=one.period.place, label=period_name(one.period, wording), value=one.value, words=words)
