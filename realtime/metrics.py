"""What Prometheus is told of the live part: the hub's state and counts, read when it asks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import inf

from prometheus_client import REGISTRY
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from realtime.counting import Distribution, counts
from realtime.hub import Hub, hubs

PREFIX = "guildhall_live_"
KINDS = ("log", "state", "volatile")


class LiveCollector(Collector):
    """Adds up the hubs of this process (one, unless tests run several loops)."""

    def __init__(self) -> None:
        self._bytes_out = 0

    def describe(self) -> Iterable[Metric]:
        return []  # without it, registering would already ask

    def collect(self) -> Iterator[Metric]:
        here = hubs()
        yield from _gauges(here)
        yield from _counters()
        yield _counter("bytes_out", "Bytes of frames to sockets.", self._sent(here))
        yield from _histograms()

    def _sent(self, here: list[Hub]) -> int:
        """Never less than told before, also when this is read between the two halves of settling a socket's credit."""
        unsettled = sum(connection.sent for hub in here for connection in list(hub.connections))
        self._bytes_out = max(self._bytes_out, counts.bytes_out + unsettled)
        return self._bytes_out


def _gauges(here: list[Hub]) -> Iterator[Metric]:
    yield _gauge("sockets", "Sockets that are open.", sum(len(hub.connections) for hub in here))
    yield _gauge("people", "People who are signed in on a socket here.", sum(hub.people.count_here() for hub in here))
    yield _gauge("groups", "Groups of the channel layer that are joined.", sum(hub.ears.joined for hub in here))
    yield _gauge("dirty_topics", "Topics with news that wait for a flush.", sum(hub.dirty for hub in here))
    live: Counter[str] = Counter(topic.kind for hub in here for topic in list(hub.topics.values()))
    topics = GaugeMetricFamily(f"{PREFIX}topics", "Topics that are kept live.", labels=["kind"])
    for kind in KINDS:
        topics.add_metric([kind], live[kind])
    yield topics


def _counters() -> Iterator[Metric]:
    yield _counter("sockets_opened", "Sockets that were accepted.", counts.opened)
    yield _counter("deliveries", "Messages flushed, once for each socket that listens.", counts.deliveries)
    yield _counter("flushes", "Rounds over the sockets that lack something.", counts.flushes)
    yield _counter("mended_entries", "Log entries that no bell brought.", counts.mended)
    yield _counter("refills", "Pages read for sockets that fell out of the ring.", counts.refills)
    yield _counter("bells_lost", "Bells that the channel layer did not take.", counts.bells_lost)
    yield _counter("deaf_seconds", "Seconds without hearing the other processes.", counts.deaf_s)
    yield _labelled("closes", "Sockets closed, by code.", "code", counts.closes)
    yield _labelled("subscriptions", "Subscriptions, by what they began with.", "start", counts.starts)


def _histograms() -> Iterator[Metric]:
    lag = HistogramMetricFamily(f"{PREFIX}lag_seconds", "From the commit to the flush, by a bell.", labels=["kind"])
    for kind, seen in counts.lag.items():
        lag.add_metric([kind], *_told(seen))
    yield lag
    labels = ["command", "outcome"]
    commands = HistogramMetricFamily(f"{PREFIX}command_seconds", "Commands, until the answer.", labels=labels)
    for names, seen in list(counts.commands.items()):
        commands.add_metric(names, *_told(seen))
    yield commands
    batches = HistogramMetricFamily(f"{PREFIX}batch_size", "Commands that were done together.", labels=["command"])
    for name, sizes in list(counts.batches.items()):
        batches.add_metric([name], *_told(sizes))
    yield batches


def _told(seen: Distribution) -> tuple[list[tuple[str, float]], float]:
    """Buckets as Prometheus has them, each with all below it, and the sum."""
    below = 0
    buckets = []
    for bound, count in zip([*seen.bounds, inf], seen.counts, strict=True):
        below += count
        buckets.append((str(bound) if bound < inf else "+Inf", float(below)))
    return buckets, seen.total


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(PREFIX + name, words, value=value)


def _counter(name: str, words: str, value: float) -> Metric:
    return CounterMetricFamily(PREFIX + name, words, value=value)


def _labelled(name: str, words: str, label: str, counted: Mapping[str, int]) -> Metric:
    family = CounterMetricFamily(PREFIX + name, words, labels=[label])
    for value, count in list(counted.items()):
        family.add_metric([value], count)
    return family


REGISTRY.register(LiveCollector())
