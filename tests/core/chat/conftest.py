"""Two people, a moderator, a quick way to talk, and an ear for what is told."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from pytest_django import Settings

from core.accounts.models import User
from core.chat import rules, services, shapes
from core.events import Event
from tests.core.accounts import hearing
from tests.people import make_person

Say = Callable[..., shapes.Message]


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    """Tests talk faster than people; the ones about rates set them again."""
    settings.LIMITS_RELAXED = True


@pytest.fixture
def limited(settings: Settings) -> None:
    settings.LIMITS_RELAXED = False


@pytest.fixture(autouse=True)
def own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rooms that a test registers end with it."""
    monkeypatch.setattr(rules, "_rules", dict(rules._rules))


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def ravi() -> User:
    return make_person("ravi")


@pytest.fixture
def mod() -> User:
    return make_person("mod", staff=True)


@pytest.fixture
def heard() -> Iterator[list[Event]]:
    """Every event that is told from here on, after its commit."""
    with hearing.heard() as events:
        yield events


@pytest.fixture
def say() -> Say:
    def say(by: User, text: str = "hi", room: str = "global", reply_to: int | None = None) -> shapes.Message:
        return services.post_message(by=by, room=room, text=text, client_id=uuid4(), reply_to=reply_to)

    return say


@pytest.fixture
def club(asha: User) -> str:
    """A room of another family: everybody whose name begins with `a` or `r` may read it, only asha may post."""
    rule = rules.RoomRule(
        may_read=lambda user, room: user.username[0] in "ar",
        may_post=lambda user, room: user == asha,
        read_only_because="Members post here.",
    )
    rules.register_rooms("club-", rule)
    return "club-7"
