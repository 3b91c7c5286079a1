"""V80: notifications are made by one service, once per cause, and told with the exact unread count."""

from itertools import count

import msgspec
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.accounts.models import User
from core.accounts.services import SYSTEM
from core.accounts.shapes import DELETED_USER, card
from core.events import Event
from core.notifications import selectors, shapes
from core.notifications.events import InboxTold
from core.notifications.models import Inbox, InboxEntry, Notification
from core.notifications.services import Notice, add_notices, read_notifications
from core.work.clock import database_now
from tests.core.notifications.conftest import Tell, only
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def unread(user: User) -> int:
    return selectors.unread_of(user).unread


def test_v80_everybody_is_told_and_hears_it(asha: User, ravi: User, mei: User, tell: Tell, heard: list[Event]) -> None:
    assert tell(asha, ravi) == 2
    row = only(asha)
    shown = shapes.Notification(
        id=row.pk,
        kind="mention",
        text="mei mentioned you in global.",
        by=card(mei),
        target=shapes.Target(kind="chat.message", id="global/1"),
        data={"room": "global", "seq": 1, "line": "line 1"},
        created_at=row.created_at,
        read=False,
    )
    assert selectors.notifications_of(asha) == shapes.Notifications(results=[shown], next=None)
    entry = shapes.InboxEntry(kind="notified", at=row.created_at, data={"notification": shown, "unread": 1})
    assert heard[0] == InboxTold(topic=f"user.{asha.pk}", seq=1, data=entry)
    assert [event.topics() for event in heard] == [(f"user.{asha.pk}",), (f"user.{ravi.pk}",)]
    assert selectors.latest(str(asha.pk)).entries == [(1, entry)]


def test_v80_the_same_cause_tells_a_person_once(
    asha: User, ravi: User, mei: User, tell: Tell, heard: list[Event]
) -> None:
    assert tell(asha) == 1
    heard.clear()
    assert tell(asha, ravi, asha) == 1
    assert tell(asha, ravi) == 0
    assert [event.topics() for event in heard] == [(f"user.{ravi.pk}",)]
    assert (Notification.objects.count(), InboxEntry.objects.count()) == (2, 2)


def test_v80_several_notices_share_one_pass(asha: User, ravi: User, mei: User, heard: list[Event]) -> None:
    whom: list[list[int]] = [[ravi.pk, asha.pk], [asha.pk], [asha.pk]]
    notices = [
        Notice(by=mei, kind="mention", recipients=people, cause=f"c{n // 2}", target_kind="t", target_id="1")
        for n, people in enumerate(whom)
    ]
    with transaction.atomic():
        assert add_notices(notices) == 3
    told = [(event.topic, event.seq, event.data.data["unread"]) for event in heard if isinstance(event, InboxTold)]
    assert sorted(told) == [(f"user.{asha.pk}", 1, 2), (f"user.{asha.pk}", 2, 2), (f"user.{ravi.pk}", 1, 1)]
    assert Inbox.objects.get(pk=asha.pk).head == 2


def test_nobody_is_told_of_what_was_rolled_back(asha: User, tell: Tell, heard: list[Event]) -> None:
    with transaction.atomic():
        tell(asha)
        transaction.set_rollback(True)
    assert (heard, Notification.objects.count(), Inbox.objects.count(), unread(asha)) == ([], 0, 0, 0)


def test_the_house_and_erased_people_have_no_face(asha: User, mei: User, tell: Tell) -> None:
    tell(asha, by=SYSTEM, kind="moderation", data={"action": "timed_out", "until": "noon", "reason": "Spam."})
    [shown] = selectors.notifications_of(asha).results
    assert (shown.by, shown.text) == (None, "You may only read until noon. Reason: Spam.")
    tell(asha, seq=2)
    User.objects.filter(pk=mei.pk).update(erased_at=database_now())
    shown = selectors.notifications_of(asha).results[0]
    assert (shown.by, shown.text) == (DELETED_USER, "deleted user mentioned you in global.")


def test_a_sentence_without_its_facts_is_a_sentence_still(asha: User, tell: Tell) -> None:
    tell(asha, data={})
    tell(asha, seq=2, kind="moderation", data={"action": "unheard of"})
    texts = [shown.text for shown in selectors.notifications_of(asha).results]
    assert texts == ["A moderator has decided something that concerns you.", "mei mentioned you in …."]


def test_v80_many_threads_with_one_cause_tell_once(asha: User, ravi: User, tell: Tell, heard: list[Event]) -> None:
    assert sorted(at_once(8, lambda: tell(asha, ravi))) == [0] * 7 + [2]
    assert (Notification.objects.count(), len(heard)) == (2, 2)


def test_v83_threads_that_tell_crossing_crowds_count_exactly(
    asha: User, ravi: User, tell: Tell, heard: list[Event]
) -> None:
    """Whoever is named first: inboxes are locked in one order, so nobody waits in a circle."""
    seqs = count(1)

    def tell_some() -> int:
        seq = next(seqs)
        return tell(*((asha, ravi) if seq % 2 else (ravi, asha)), seq=seq)

    assert at_once(8, tell_some) == [2] * 8
    for person in (asha, ravi):
        told = [event for event in heard if isinstance(event, InboxTold) and event.topic == f"user.{person.pk}"]
        assert sorted((event.seq, event.data.data["unread"]) for event in told) == [(n, n) for n in range(1, 9)]


def test_v83_reading_all_while_others_tell_leaves_the_exact_count(asha: User, tell: Tell, heard: list[Event]) -> None:
    """The last thing that a device hears is what the list says."""
    turns = count()

    def act() -> None:
        turn = next(turns)
        if turn % 3 == 2:
            read_notifications(by=asha)
        else:
            tell(asha, seq=turn)

    at_once(9, act)
    last = max((event for event in heard if isinstance(event, InboxTold)), key=lambda event: event.seq)
    listed = selectors.notifications_of(asha).results
    assert len(listed) == 6
    assert last.data.data["unread"] == unread(asha) == sum(not shown.read for shown in listed)
    assert [entry.seq for entry in InboxEntry.objects.order_by("seq")] == list(range(1, last.seq + 1))


@pytest.mark.parametrize("people", [1, 3])
def test_telling_costs_the_same_for_one_and_for_many(mei: User, tell: Tell, people: int) -> None:
    crowd = [make_person(f"player{number}") for number in range(people)]
    tell(*crowd)
    with CaptureQueriesContext(connection) as queries:
        tell(*crowd, seq=2)
    verbs = [query["sql"].split()[0] for query in queries if "notifications_" in query["sql"]]
    assert verbs == ["SELECT", "SELECT", "SELECT", "SELECT", "INSERT", "SELECT", "UPDATE", "INSERT"]


def test_what_an_inbox_keeps_of_a_notification_is_only_its_id(asha: User, tell: Tell) -> None:
    """C16: words stand in one place, where they can be taken away."""
    tell(asha)
    assert InboxEntry.objects.get().data == {"notification": only(asha).pk, "unread": 1}


def test_rest_and_socket_show_the_same_bytes(asha: User, tell: Tell, heard: list[Event]) -> None:
    tell(asha)
    [event] = heard
    assert isinstance(event, InboxTold)
    [shown] = selectors.notifications_of(asha).results
    assert msgspec.json.encode(event.data.data["notification"]) == msgspec.json.encode(shown)
