"""What this process has done since it started, as Prometheus counts it. No label says anything about a person."""

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

UPDATE_BUCKETS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 120)
DETECTION_BUCKETS = (5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400)


class Counters:
    """One for a process; whoever does something counts it here."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._fates = Counter("alerts_sends", "Answers of Telegram to our sends", ["kind", "fate"], registry=registry)
        self._polls = Counter("alerts_polls", "Polls of feeds", ["feed", "result"], registry=registry)
        self._workers = Counter(
            "alerts_worker_ends", "Workers that ran out of time or died over their work", registry=registry
        )
        self._updates = Histogram(
            "alerts_update_seconds",
            "How long people's updates took to answer",
            buckets=UPDATE_BUCKETS,
            registry=registry,
        )
        self._detection = Histogram(
            "alerts_detection_to_delivery_seconds",
            "From when an alert's story was first seen until its first copy, and each, was accepted by Telegram",
            ["copy", "published_by"],
            buckets=DETECTION_BUCKETS,
            registry=registry,
        )

    def count_send(self, kind: str, fate: str) -> None:
        """Telegram answered a send, or did not."""
        self._fates.labels(kind, fate).inc()

    def count_poll(self, feed: str, result: str) -> None:
        """A feed was polled: `entries`, `not_modified`, or the name of what went wrong."""
        self._polls.labels(feed, result).inc()

    def count_worker_end(self) -> None:
        """A worker ran out of time, or died."""
        self._workers.inc()

    def time_update(self, seconds: float) -> None:
        """An update was answered."""
        self._updates.observe(seconds)

    def time_detection(self, copy: str, published_by: str, seconds: float) -> None:
        """A copy of an alert (`first` or `each`) arrived so long after its story was seen."""
        self._detection.labels(copy, published_by).observe(seconds)
