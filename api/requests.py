"""What is known of a request before any view: its id, and the address that it came from."""

import ipaddress
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from inspect import isawaitable, iscoroutinefunction

import structlog
from asgiref.sync import markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Histogram
from rest_framework.request import Request

from core.tracing import tracing

HEADER = "X-Request-ID"
_META = "guildhall.request_id"
_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_QUIET = ("/static/", "/files/", "/health/", "/metrics")  # asked all the time
_seconds = Histogram("guildhall_http_request_seconds", "HTTP requests.", ["method", "status"])

log = structlog.get_logger(__name__).bind()

GetResponse = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]


class RequestIdMiddleware:
    """Every request has an id, given by a proxy in front or made here: what it leads to carries it, its answer
    repeats it, and one line tells of it (the path without its query, which may hold what nobody should log)."""

    sync_capable = async_capable = True

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        given = request.headers.get(HEADER, "")
        request.META[_META] = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        begun_at = time.perf_counter()
        with tracing(id_of(request), _origin(request)):
            answer = self.get_response(request)
            if isawaitable(answer):
                return self._sign_later(request, answer, begun_at)
            return _sign(request, answer, begun_at)

    async def _sign_later(
        self, request: HttpRequest, answer: Awaitable[HttpResponseBase], begun_at: float
    ) -> HttpResponseBase:
        with tracing(id_of(request), _origin(request)):
            return _sign(request, await answer, begun_at)


def _origin(request: HttpRequest) -> str:
    return "admin" if request.path.startswith("/admin/") else "rest"


def _sign(request: HttpRequest, response: HttpResponseBase, begun_at: float) -> HttpResponseBase:
    response.headers[HEADER] = id_of(request)
    took_s = time.perf_counter() - begun_at
    method = request.method if request.method in _METHODS else "other"
    _seconds.labels(method, response.status_code).observe(took_s)
    tell = log.debug if request.path.startswith(_QUIET) else log.info
    tell("request", method=method, path=request.path, status=response.status_code, ms=round(took_s * 1_000, 2))
    return response


def id_of(request: HttpRequest | Request) -> str:
    """The id of this request."""
    found: str = request.META.get(_META, "")
    return found


def address_of(request: HttpRequest | Request) -> str:
    """Whom to count limits against: the IPv4 address, or the /64 of the IPv6 one.

    `X-Forwarded-For` counts only as far as it was written by the configured number of proxies.
    """
    address: str = request.META.get("REMOTE_ADDR") or "unknown"
    if settings.ENV.trusted_proxies:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if hops:
            address = hops[-min(settings.ENV.trusted_proxies, len(hops))]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
