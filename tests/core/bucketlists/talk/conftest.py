"""A list with two people on it, and an item that they talk about."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from core.accounts.models import User
from core.bucketlists.models import Item, List
from core.events import Event
from tests.core.accounts import hearing
from tests.core.bucketlists.lists import make_item, make_list, seat
from tests.people import make_person


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def ravi() -> User:
    return make_person("ravi")


@pytest.fixture
def row(asha: User, ravi: User) -> List:
    """A private list of asha with ravi on it."""
    row = make_list(asha)
    seat(row, ravi)
    return row


@pytest.fixture
def item(row: List, asha: User) -> Item:
    return make_item(row, asha)


@pytest.fixture
def heard() -> Iterator[list[Event]]:
    with hearing.heard() as events:
        yield events
