"""Asha's match with Ravi, offered to him."""

import pytest

from core.accounts.models import User
from core.tracker.models import Match
from core.tracker.services import offer_match
from tests.core.tracker.played import played
from tests.people import make_person


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def ravi() -> User:
    return make_person("ravi")


@pytest.fixture
def match(asha: User) -> Match:
    return played(asha)


@pytest.fixture
def share(asha: User, ravi: User, match: Match) -> int:
    return offer_match(by=asha, match_id=match.pk, username="Ravi")
