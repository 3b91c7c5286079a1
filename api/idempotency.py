"""`Idempotency-Key`: a POST repeated with its key has one effect and the same answer, for 24 hours."""

import functools
import hashlib
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4, uuid5

import msgspec
from django.db import transaction
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.errors import answer_error
from core.errors import DomainError, Invalid
from core.work.services import Answer, recall_answer, remember_answer

KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, description="Makes a repeat safe, 24 hours.")
_LINK = re.compile(r"(?:(?<=/invites/)|(?<=/links/))[A-Za-z0-9_-]{20,}")
_KEY = re.compile(r"[!-~]{1,200}")
KEYS = UUID("5f2d7a0e-9c35-4f0b-8a52-6f1c1c0d7b41")
"""The namespace of message ids that are made of keys which are no UUIDs themselves."""


def idempotent(method: Callable[..., Response]) -> Callable[..., HttpResponse]:
    """Let a signed-in POST be repeated safely: the key's row, the effect and the stored answer commit together.

    Refusals are answers too and are stored, except 401, 429 and 5xx, which a repeat may improve on.
    """

    @extend_schema(parameters=[KEY])
    @functools.wraps(method)
    def once(view: APIView, request: Request, **path: Any) -> HttpResponse:
        key = key_of(request)
        if key is None:
            return method(view, request, **path)
        return _once(request, key, lambda: method(view, request, **path))

    return once


def key_of(request: Request) -> str | None:
    """The request's Idempotency-Key, if it has one. Raises Invalid: bad_idempotency_key."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        raise Invalid("bad_idempotency_key", "An Idempotency-Key is 1 to 200 visible ASCII characters.")
    return key


def client_id_of(request: Request, client_id: UUID | None) -> UUID:
    """The one id that header and body give a message (C8); a new one if neither does. Raises Invalid: invalid."""
    key = key_of(request)
    if key is None:
        return client_id or uuid4()
    try:
        keyed = UUID(key)
    except ValueError:
        keyed = uuid5(KEYS, key)
    if client_id not in (None, keyed):
        wrong = "This is not the Idempotency-Key."
        raise Invalid("invalid", "Header and body name two different messages.", fields={"client_id": [wrong]})
    return keyed


def _route_of(request: Request) -> str:
    """The path, in which a link's token is a hash: no table holds one (V78)."""
    return _LINK.sub(lambda token: hashlib.sha256(token[0].encode()).hexdigest(), request.path)


@transaction.atomic
def _once(request: Request, key: str, act: Callable[[], Response]) -> HttpResponse:
    names: dict[str, Any] = {"user_id": request.user.pk, "route": _route_of(request), "key": key}
    body = hashlib.sha256(msgspec.json.encode(request.data, order="sorted")).hexdigest()
    stored = recall_answer(**names, body_sha256=body)
    if stored:
        return HttpResponse(stored.body, status=stored.status, content_type="application/json")
    response = _act(request, act)
    remember_answer(**names, answer=Answer(response.status_code, response.content.decode()))
    return response


def _act(request: Request, act: Callable[[], Response]) -> HttpResponse:
    """The effect, or the refusal in its place with nothing of it left; what is not to be stored is raised."""
    try:
        with transaction.atomic():
            response = act()
    except (DomainError, APIException) as error:
        refusal = answer_error(error, {"request": request})
        if refusal.status_code in (401, 429) or refusal.status_code >= 500:
            raise
        return refusal
    content = b"" if response.data is None else msgspec.json.encode(response.data)
    return HttpResponse(content, status=response.status_code, content_type="application/json")
