"""What is known of a request before any view: its id, and the address that it came from."""

import ipaddress
import re
import uuid
from collections.abc import Awaitable, Callable
from inspect import isawaitable, iscoroutinefunction

from asgiref.sync import markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.request import Request

HEADER = "X-Request-ID"
_META = "guildhall.request_id"
_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")

GetResponse = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]


class RequestIdMiddleware:
    """Every request has an id, given by a proxy in front or made here, and its answer repeats it."""

    sync_capable = async_capable = True

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        given = request.headers.get(HEADER, "")
        request.META[_META] = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        answer = self.get_response(request)
        return self._sign_later(request, answer) if isawaitable(answer) else _sign(request, answer)

    async def _sign_later(self, request: HttpRequest, answer: Awaitable[HttpResponseBase]) -> HttpResponseBase:
        return _sign(request, await answer)


def _sign(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response.headers[HEADER] = id_of(request)
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
