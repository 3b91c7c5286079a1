"""Phones: people who speak REST."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from core.accounts.models import User
from core.accounts.services import open_session
from tests.people import make_person

ROOM = "/api/chat/rooms/global/"


class Phone:
    """One person's requests; answers are (status, body)."""

    def __init__(self, person: User) -> None:
        self.person = person
        access = open_session(user=person, device="phone").access
        self._client = Client(headers={"Authorization": f"Bearer {access}"})

    def get(self, path: str = "", **query: Any) -> tuple[int, Any]:
        return self._ask("get", path, query)

    def post(self, path: str, body: Any, key: str | None = None) -> tuple[int, Any]:
        return self._ask("post", path, body, {"Idempotency-Key": key} if key else {})

    def patch(self, path: str, body: Any) -> tuple[int, Any]:
        return self._ask("patch", path, body)

    def delete(self, path: str, body: Any = "") -> tuple[int, Any]:
        return self._ask("delete", path, body)

    def say(self, text: str = "hi") -> Any:
        status, message = self.post("messages/", {"text": text})
        assert status == 201, message
        return message

    def _ask(self, method: str, path: str, body: Any, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        path = path if path.startswith("/") else ROOM + path
        json = {} if method == "get" else {"content_type": "application/json"}
        answer = getattr(self._client, method)(path, body, headers=headers, **json)
        return answer.status_code, answer.json()


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


@pytest.fixture
def phone() -> Callable[..., Phone]:
    def phone(name: str, **who: Any) -> Phone:
        return Phone(make_person(name, **who))

    return phone
