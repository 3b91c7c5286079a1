"""What Prometheus is told of jobs and mails: read from their rows when it asks."""

import logging
from collections.abc import Iterable, Iterator

from django.db import Error
from prometheus_client import REGISTRY
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from core.work.selectors import Load, load

log = logging.getLogger(__name__)


class WorkCollector(Collector):
    """The same numbers in every process, as they are those of the database."""

    def describe(self) -> Iterable[Metric]:
        return []  # without it, registering would already ask

    def collect(self) -> Iterator[Metric]:
        try:
            seen = load()
        except Error as error:
            log.warning("jobs were not counted: %s", error)
            yield GaugeMetricFamily("guildhall_database_up", "1 while the database answers.", value=0)
            return
        yield GaugeMetricFamily("guildhall_database_up", "1 while the database answers.", value=1)
        yield from _told(seen)


def _told(seen: Load) -> Iterator[Metric]:
    jobs = GaugeMetricFamily("guildhall_jobs", "Jobs that are not done.", labels=["state"])
    for state, count in seen.jobs.items():
        jobs.add_metric([state], count)
    yield jobs
    words = "Age of the longest overdue job, 0 if none is due."
    yield GaugeMetricFamily("guildhall_jobs_overdue_seconds", words, value=seen.overdue_s)
    yield GaugeMetricFamily("guildhall_mails_waiting", "Mails that are not sent yet.", value=seen.mails)
    ages = GaugeMetricFamily("guildhall_last_seen_seconds", "Since the last sign of life.", labels=["part"])
    for part, age_s in seen.silent_s.items():
        ages.add_metric([part], age_s)
    yield ages


REGISTRY.register(WorkCollector())
