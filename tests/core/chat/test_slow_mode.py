"""C14: how long people wait between two messages, and who says so."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.accounts.models import User
from core.chat import selectors, services
from core.chat.models import Message, Room
from core.work.clock import database_now
from tests.core.chat.conftest import Say

pytestmark = pytest.mark.django_db(transaction=True)


def posted_ago(seconds: int, author: User) -> None:
    """Everything that `author` said was said so long ago."""
    Message.objects.filter(author=author).update(created_at=database_now() - timedelta(seconds=seconds))


def waits(*people: User) -> dict[int, float]:
    log = Room.objects.get()
    return selectors.slow_mode_wait_s([user.pk for user in people], log, database_now())


def test_c14_the_wait_runs_from_the_last_own_message(asha: User, ravi: User, mod: User, say: Say) -> None:
    say(asha)
    say(ravi)
    posted_ago(100, asha)
    say(asha)
    posted_ago(20, ravi)
    Room.objects.update(slow_mode_s=30)
    found = waits(asha, ravi, mod)
    assert found.keys() == {asha.pk, ravi.pk}
    assert 20 < found[asha.pk] <= 30
    assert 0 < found[ravi.pk] <= 10
    posted_ago(31, ravi)
    assert waits(ravi) == {}


def test_c14_deleting_shortens_no_wait(asha: User, say: Say) -> None:
    say(asha)
    services.delete_message(by=asha, room="global", seq=1)
    Room.objects.update(slow_mode_s=30)
    assert waits(asha).keys() == {asha.pk}


@pytest.mark.parametrize(("slow_mode_s", "most"), [(0, 0), (30, 1)])
def test_c14_asking_for_many_costs_one_query_and_none_without_slow_mode(
    asha: User, ravi: User, say: Say, slow_mode_s: int, most: int
) -> None:
    say(asha)
    say(ravi)
    Room.objects.update(slow_mode_s=slow_mode_s)
    log, now = Room.objects.get(), database_now()
    with CaptureQueriesContext(connection) as queries:
        found = selectors.slow_mode_wait_s([asha.pk, ravi.pk], log, now)
    assert (len(queries), bool(found)) == (most, bool(slow_mode_s))
