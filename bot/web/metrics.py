"""GET /metrics: this process's counters, and what the database says, as Prometheus reads them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.engine.port import Pulse
from bot.web.counters import Counters
from bot.web.reading import Counts, Reading


def render(counters: Counters, families: Iterable[Metric]) -> bytes:
    """Both, in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(Fixed(list(families)))
    return generate_latest(counters.registry) + generate_latest(registry)


class Fixed(Collector):
    """Metrics as they were."""

    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> list[Metric]:
        """All of them."""
        return self._families


def of_health(*, healthy: bool, heard_at: datetime | None) -> Iterable[Metric]:
    """Whether anything is wrong, and when this process last heard Telegram."""
    yield GaugeMetricFamily("alerts_healthy", "1 where nothing is wrong", value=healthy)
    if heard_at is not None:
        yield GaugeMetricFamily(
            "alerts_telegram_heard_timestamp_seconds", "When this process last heard Telegram", heard_at.timestamp()
        )


def of_pulses(pulses: Mapping[str, Pulse], now: datetime) -> Iterable[Metric]:
    """How this process's flows tick."""
    age = GaugeMetricFamily("alerts_flow_age_seconds", "Since a flow's last good round ended", labels=["flow"])
    failures = CounterMetricFamily("alerts_flow_failures", "Rounds of a flow that failed", labels=["flow"])
    for name, pulse in pulses.items():
        age.add_metric([name], (now - (pulse.last_good_at or pulse.named_at)).total_seconds())
        failures.add_metric([name], pulse.failures)
    yield from (age, failures)


def of_reading(reading: Reading, per_second: float) -> Iterable[Metric]:
    """What the database says: the same in every process."""
    vitals = reading.vitals
    yield GaugeMetricFamily("alerts_late_alerts", "Alerts that have reached nobody in time", len(reading.late))
    used = vitals.sent_lately / 60 / per_second
    yield GaugeMetricFamily("alerts_pace_used_ratio", "Share of the rate used by deliveries in the last minute", used)
    yield GaugeMetricFamily("alerts_pace_per_second", "The rate: messages a second", per_second)
    ages = {kind.value: seconds(reading.at, due_at) for kind, due_at in vitals.due_at.items()}
    yield labelled("alerts_queue_age_seconds", "How long the oldest delivery has been due", "kind", ages)
    last = {"poll": vitals.polled_at, "alert": vitals.alert_at, "delivery": vitals.settled_at}
    stamps = {what: at.timestamp() for what, at in last.items() if at is not None}
    yield labelled("alerts_last_timestamp_seconds", "When something last happened", "what", stamps)


def of_counts(counts: Counts) -> Iterable[Metric]:
    """How many there are of each."""
    for name, value in asdict(counts.figures).items():
        yield GaugeMetricFamily(f"alerts_{name}", f"{name.replace('_', ' ').capitalize()}, now", value)
    yield labelled("alerts_verdicts", "Entries by outcome", "outcome", counts.verdicts)


def labelled(name: str, words: str, label: str, values: Mapping[str, float]) -> Metric:
    """A gauge with a value for each label."""
    family = GaugeMetricFamily(name, words, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def seconds(now: datetime, since: datetime) -> float:
    """How long ago; 0 for what lies ahead."""
    return max(0.0, (now - since).total_seconds())
