"""A client of the REST face, such as a phone: JSON in and out, signed in or not."""

import json
from typing import Any, cast

from django.http import HttpResponse
from django.test import Client

from core.accounts.models import User
from core.accounts.services import open_session
from core.accounts.shapes import Tokens


class Phone:
    """Calls paths under /api/. `user` is signed in with a session of its own."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client(raise_request_exception=False)
        self.tokens: Tokens | None = open_session(user=user, device="test") if user else None

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """The answer; `body` is JSON, or the raw body if it is bytes."""
        if self.tokens:
            headers.setdefault("Authorization", f"Bearer {self.tokens.access}")
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body)
        content_type = headers.pop("content_type", "application/json")
        answer: Any = self.client.generic(method, f"/api/{path}", raw, content_type, headers=headers)
        return cast(HttpResponse, answer)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: Any) -> HttpResponse:
        return self.call("PATCH", path, body)

    def delete(self, path: str) -> HttpResponse:
        return self.call("DELETE", path)


def json_of(response: HttpResponse) -> Any:
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.content)


def refusal_of(response: HttpResponse) -> tuple[int, str]:
    """Status and code of a refusal, which must have the one shape."""
    body = json_of(response)
    assert {"detail", "code", "request_id"} <= body.keys() <= {"detail", "code", "request_id", "fields"}
    assert body["request_id"] == response.headers["X-Request-ID"]
    return response.status_code, body["code"]
