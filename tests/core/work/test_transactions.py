"""A service whose transaction the database gave up runs again, whole; anything else that fails, fails once."""

import threading

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from core.accounts.models import Profile, User
from core.work.transactions import ATTEMPTS, atomically
from tests.people import make_person
from tests.services import SHAPE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(SHAPE == "embedded", reason="SQLite has one writer, so nobody waits in a circle")
def test_of_two_that_lock_each_others_rows_both_are_done() -> None:
    """Each holds a profile and wants the other's: the database gives one up, which then begins anew."""
    pair = [make_person("asha").pk, make_person("ravi").pk]
    meet, attempts = threading.Barrier(2), list[int]()

    @atomically
    def rename(first: int, second: int) -> None:
        attempts.append(first)
        Profile.objects.select_for_update().get(pk=first)
        if attempts.count(first) == 1:
            meet.wait(timeout=10)
        Profile.objects.filter(pk__in=[first, second]).update(bio=str(first))

    def contend(first: int, second: int) -> None:
        try:
            rename(first, second)
        finally:
            connection.close()

    threads = [threading.Thread(target=contend, args=order) for order in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(set(attempts)) == pair
    assert len(attempts) > 2
    assert set(Profile.objects.values_list("bio", flat=True)) == {str(attempts[-1])}  # who begins last ends last


class GivenUp(Exception):
    """What psycopg raises, as far as anybody looks at it."""

    sqlstate = "40P01"


def test_after_three_attempts_it_is_left_to_the_caller_and_nothing_is_kept() -> None:
    asha, attempts = make_person("asha"), list[int]()

    @atomically
    def rename() -> None:
        attempts.append(1)
        Profile.objects.filter(pk=asha.pk).update(bio="changed")
        raise OperationalError("deadlock detected") from GivenUp()

    with pytest.raises(OperationalError):
        rename()
    assert (len(attempts), Profile.objects.get().bio) == (ATTEMPTS, "")


def test_inside_a_transaction_beginning_anew_is_the_callers() -> None:
    attempts = list[int]()

    @atomically
    def give_up() -> None:
        attempts.append(1)
        raise OperationalError("deadlock detected") from GivenUp()

    with pytest.raises(OperationalError), transaction.atomic():
        give_up()
    assert len(attempts) == 1


def test_what_a_constraint_refuses_is_not_tried_again() -> None:
    make_person("asha")
    attempts = list[int]()

    @atomically
    def double() -> None:
        attempts.append(1)
        User.objects.create(username="asha", username_key="asha", email="a@example.net", email_key="a@example.net")

    with pytest.raises(IntegrityError):
        double()
    assert len(attempts) == 1
