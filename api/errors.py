"""The one shape of every refusal under /api, whoever says no: a room, the framework, a URL that is not there."""

import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.request import Request

from api.requests import id_of
from core.errors import (
    Conflict,
    DomainError,
    Gone,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    RateLimited,
    Unavailable,
)

log = logging.getLogger(__name__)

STATUS_OF: dict[type[DomainError], int] = {
    Invalid: 400,
    NotSignedIn: 401,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    Gone: 410,
    RateLimited: 429,
    Unavailable: 503,
}
RETRY_AFTER_S = 2.0
"""When to try again after the database was away, unless somebody knows better."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Why not. `code` is a stable word, `detail` a sentence for people, `fields` says what was wrong where.

    Some codes bring facts beside these: `list_frozen` says `frozen_reason` and `frozen_at`.
    """

    detail: str
    code: str
    request_id: str
    fields: dict[str, list[str]] | msgspec.UnsetType = msgspec.UNSET


class BodyTooLarge(exceptions.APIException):
    status_code, default_code, default_detail = 413, "too_large", "The body is too large."


def answer_error(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """What REST framework answers when a view raised `error`; it never lets one through."""
    request: Request = context["request"]
    if isinstance(error, OperationalError | InterfaceError):
        log.error("database unavailable in request %s: %s", id_of(request), error)
        error = Unavailable("database_unavailable", retry_after_s=RETRY_AFTER_S)
    if isinstance(error, DomainError):
        return _answer_refused(request, error)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.APIException):
        return _answer_framework(request, error)
    log.error("request %s failed", id_of(request), exc_info=error)
    return refuse(request, 500, "server_error", "Something went wrong on our side.")


def refuse(
    request: HttpRequest | Request,
    status: int,
    code: str,
    detail: str,
    fields: dict[str, list[str]] | None = None,
    retry_after_s: float | None = None,
    facts: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The answer itself, in the one shape."""
    refusal = Refusal(detail=detail, code=code, fields=fields or msgspec.UNSET, request_id=id_of(request))
    body = msgspec.json.encode(msgspec.to_builtins(refusal) | {**(facts or {})})
    response = HttpResponse(body, status=status, content_type="application/json")
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="api"'
    if retry_after_s is not None:
        response.headers["Retry-After"] = str(math.ceil(retry_after_s))
    return response


def _answer_refused(request: Request, error: DomainError) -> HttpResponse:
    status = next(status for kind, status in STATUS_OF.items() if isinstance(error, kind))
    retry_after_s = error.retry_after_s
    if retry_after_s is None and status in (429, 503):
        retry_after_s = RETRY_AFTER_S
    return refuse(request, status, error.code, error.detail, error.fields, retry_after_s, error.facts)


_CODES = {
    "not_authenticated": "not_signed_in",
    "authentication_failed": "token_invalid",
    "permission_denied": "not_allowed",
}


def _answer_framework(request: Request, error: exceptions.APIException) -> HttpResponse:
    if isinstance(error, exceptions.ValidationError):
        fields, codes = _fields_of(error.get_full_details())
        code = "unknown_field" if "unknown_field" in codes else "invalid"
        return refuse(request, 400, code, "This input is not valid.", fields)
    code = _CODES.get(error.default_code, error.default_code)
    response = refuse(request, error.status_code, code, str(error.detail), retry_after_s=getattr(error, "wait", None))
    if isinstance(error, exceptions.MethodNotAllowed):
        response.headers["Allow"] = ", ".join(_allowed(request))
    return response


def _allowed(request: Request) -> list[str]:
    view = request.parser_context["view"] if request.parser_context else None
    return view.allowed_methods if view else []


def _fields_of(details: Any, at: str = "") -> tuple[dict[str, list[str]], set[str]]:
    """REST framework's nested details as sentences by dotted path, and the set of their codes."""
    fields: dict[str, list[str]] = {}
    codes: set[str] = set()
    if isinstance(details, dict) and set(details) == {"message", "code"} and isinstance(details["message"], str):
        return {at or "body": [str(details["message"])]}, {str(details["code"])}
    parts = details.items() if isinstance(details, dict) else enumerate(details)
    for name, inner in parts:
        is_leaf = isinstance(details, list) and isinstance(inner, dict) and "message" in inner
        path = at if is_leaf or name == "non_field_errors" else f"{at}.{name}".lstrip(".")
        found, found_codes = _fields_of(inner, path)
        for where, reasons in found.items():
            fields.setdefault(where, []).extend(reasons)
        codes |= found_codes
    return fields, codes


def _is_api(request: HttpRequest) -> bool:
    return request.path == "/api" or request.path.startswith("/api/")


@csrf_exempt
def no_such_route(request: HttpRequest, *args: str) -> HttpResponse:
    """Whatever under /api no route knows."""
    return refuse(request, 404, "not_found", "There is no such address.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if _is_api(request):
        return refuse(request, 400, "bad_request", "This request cannot be read.")
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if _is_api(request):
        return refuse(request, 403, "not_allowed", "You may not do this.")
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return no_such_route(request) if _is_api(request) else defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    if _is_api(request):
        return refuse(request, 500, "server_error", "Something went wrong on our side.")
    return defaults.server_error(request)
