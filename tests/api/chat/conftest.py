"""People who use the global room from a phone."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from pytest_django import Settings

from core.accounts.models import User
from tests.api.phone import Phone, json_of
from tests.people import make_person

ROOM = "chat/rooms/global/"


class RoomPhone:
    """One person's requests about the room, or about the path that is given whole; answers are (status, body)."""

    def __init__(self, person: User) -> None:
        self.person = person
        self._phone = Phone(person)

    def get(self, path: str = "", **query: Any) -> tuple[int, Any]:
        return self._ask("GET", f"{path}?{urlencode(query)}")

    def post(self, path: str, body: Any, key: str | None = None) -> tuple[int, Any]:
        return self._ask("POST", path, body, **({"Idempotency-Key": key} if key else {}))

    def patch(self, path: str, body: Any) -> tuple[int, Any]:
        return self._ask("PATCH", path, body)

    def delete(self, path: str, body: Any = None) -> tuple[int, Any]:
        return self._ask("DELETE", path, body)

    def say(self, text: str = "hi") -> Any:
        status, message = self.post("messages/", {"text": text})
        assert status == 201, message
        return message

    def _ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        path = path if path.startswith("chat/") else ROOM + path
        answer = self._phone.call(method, path, body, **headers)
        return answer.status_code, json_of(answer)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


@pytest.fixture
def phone() -> Callable[..., RoomPhone]:
    def phone(name: str, **who: Any) -> RoomPhone:
        return RoomPhone(make_person(name, **who))

    return phone
