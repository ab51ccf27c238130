"""Counters of this process and gauges of the task table, as Prometheus reads them."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from service.broker import Broker
from service.store import tasks
from service.store.blobs import Blobs
from service.store.database import Database

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})  # senders may invent more
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0)


class Metrics:
    """One registry per application, so that two in one process do not mix."""

    def __init__(self, database: Database, blobs: Blobs, broker: Broker) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "overtone_requests",
            "HTTP requests answered",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._latency = Histogram(
            "overtone_request_seconds",
            "Time from a request's head to its answer",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._registry.register(_State(database, blobs, broker))

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        self._requests.labels(method if method in _METHODS else "other", route, str(status)).inc()
        self._latency.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Everything in the text format; reads the database."""
        return generate_latest(self._registry)


class _State(Collector):
    """Read when asked for: tasks, disk and broker."""

    def __init__(self, database: Database, blobs: Blobs, broker: Broker) -> None:
        self._database, self._blobs, self._broker = database, blobs, broker

    def describe(self) -> Iterator[Metric]:
        """Nothing in advance: what there is depends on the table."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        """The gauges as they are now."""
        waiting = GaugeMetricFamily(
            "overtone_tasks", "Tasks by job queue and state", labels=("job_queue", "state")
        )
        oldest = GaugeMetricFamily(
            "overtone_queue_oldest_seconds", "How long the first due task has waited", labels=("job_queue",)
        )
        with self._database.reading() as session:
            for counted in tasks.counts(session):
                waiting.add_metric((counted.job_queue, counted.state), counted.tasks)
                if counted.oldest_ms is not None:
                    oldest.add_metric((counted.job_queue,), counted.oldest_ms / 1000)
        yield waiting
        yield oldest
        yield GaugeMetricFamily(
            "overtone_blob_free_bytes", "Room left for blobs", value=self._blobs.free_bytes()
        )
        yield GaugeMetricFamily(
            "overtone_broker_up", "Whether the broker answers", value=float(self._broker.is_up())
        )
