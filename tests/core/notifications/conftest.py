"""Two people, a moderator, a quick way to notify, and an ear for what is told."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from core.accounts.models import User
from core.events import Event
from core.notifications.models import Notification
from core.notifications.services import notify
from tests.core.accounts import hearing
from tests.people import make_person

Tell = Callable[..., int]


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def ravi() -> User:
    return make_person("ravi")


@pytest.fixture
def mei() -> User:
    return make_person("mei")


@pytest.fixture
def heard() -> Iterator[list[Event]]:
    """Every event that is told from here on, after its commit."""
    with hearing.heard() as events:
        yield events


@pytest.fixture
def tell(mei: User) -> Tell:
    """Mei mentions these people in the message `seq` of the global room."""

    def tell(*people: User, seq: int = 1, **other: Any) -> int:
        facts = {"room": "global", "seq": seq, "line": f"line {seq}"}
        cause, target_id = f"chat.mention:global/{seq}", f"global/{seq}"
        given: dict[str, Any] = {"by": mei, "kind": "mention", "cause": cause, "target_kind": "chat.message"}
        given |= {"target_id": target_id, "data": facts, "recipients": [person.pk for person in people]}
        return notify(**given | other)

    return tell


def only(user: User) -> Notification:
    """The one notification of `user`."""
    return Notification.objects.get(recipient=user)
