"""`/metrics`: what Prometheus reads of this process; each shell has registered what it counts."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """What is counted here, for whoever may know."""
    if not _may_read(request):
        raise Http404
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    """With the token; or from this very machine, but not through a proxy on it."""
    token = settings.ENV.metrics_token
    if token and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return True
    passed_on = settings.ENV.trusted_proxies or "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not passed_on and request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1", "::ffff:127.0.0.1")


class PoolCollector(Collector):
    """The pool of PostgreSQL connections of this process."""

    def describe(self) -> list[Metric]:
        return []  # without it, registering would already ask

    def collect(self) -> Iterator[Metric]:
        if connection.vendor != "postgresql":
            return
        seen = connection.pool.get_stats()  # type: ignore[attr-defined]
        family = GaugeMetricFamily("guildhall_database_connections", "PostgreSQL connections.", labels=["state"])
        idle = seen.get("pool_available", 0)
        family.add_metric(["idle"], idle)
        family.add_metric(["used"], seen.get("pool_size", 0) - idle)
        yield family
        most = GaugeMetricFamily("guildhall_database_connections_most", "PostgreSQL connections, at most.")
        most.add_metric([], seen.get("pool_max", 0))
        yield most
        waiting = GaugeMetricFamily("guildhall_database_waiting", "Threads that wait for a PostgreSQL connection.")
        waiting.add_metric([], seen.get("requests_waiting", 0))
        yield waiting


REGISTRY.register(PoolCollector())
