"""Whoever holds an inbox, a room or a person at once with others never waits in a circle, and every count is exact."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from core.accounts.models import User
from core.accounts.services import time_out_user
from core.chat import services
from core.errors import DomainError
from core.events import Event
from core.notifications import selectors
from core.notifications.events import InboxTold
from core.notifications.models import InboxEntry
from core.notifications.services import read_notifications
from core.work.clock import database_now
from tests.core.chat.conftest import Say
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

THREADS, ROUNDS = 6, 10


@pytest.fixture
def crowd() -> list[User]:
    return [make_person(f"player{number}") for number in range(4)]


def check_counts(crowd: list[User], heard: list[Event]) -> None:
    """The last count that each was told is what the list says, and no inbox has a hole."""
    told = [event for event in heard if isinstance(event, InboxTold) and event.data.kind != "chat.read"]
    for person in crowd:
        last = max((event for event in told if event.topic == f"user.{person.pk}"), key=lambda event: event.seq)
        assert last.data.data["unread"] == selectors.unread_of(person).unread
        seqs = list(InboxEntry.objects.filter(inbox=person.pk).order_by("seq").values_list("seq", flat=True))
        assert seqs == list(range(1, len(seqs) + 1))


def test_everything_that_touches_inboxes_at_once(mod: User, crowd: list[User], say: Say, heard: list[Event]) -> None:
    """C14 to C23, V82 to V85: posts, edits, deletions, first and later readings, timeouts."""
    pick = random.Random(7)

    def names() -> str:
        return " ".join(f"@{person.username}" for person in pick.sample(crowd, 3))

    def change(person: User) -> None:
        seq = say(mod, f"@{person.username}").seq
        services.edit_message(by=mod, room="global", seq=seq, text=names())
        if pick.random() < 0.5:
            services.delete_message(by=mod, room="global", seq=seq)

    until = database_now() + timedelta(minutes=5)
    acts: list[Callable[[User], object]] = [
        lambda person: say(mod, names()),
        change,
        lambda person: services.mark_read(by=person, room="global", seq=2**40),
        lambda person: read_notifications(by=person, dismiss=pick.random() < 0.5),
        lambda person: time_out_user(by=mod, user_id=person.pk, reason="Spam.", until=until),
    ]

    def act() -> None:
        for _ in range(ROUNDS):
            with suppress(DomainError):
                pick.choice(acts)(pick.choice(crowd))

    at_once(THREADS, act)
    say(mod, " ".join(f"@{person.username}" for person in crowd))
    check_counts(crowd, heard)
