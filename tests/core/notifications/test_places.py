"""V84: what was told in a place is listed and counted for those alone who may be there now."""

import pytest

from core.accounts.models import User
from core.events import Event
from core.notifications import selectors
from core.notifications.events import InboxTold
from core.notifications.models import Notification
from core.notifications.services import admit, forget_told, set_hidden
from tests.core.notifications.conftest import Tell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def told(asha: User, ravi: User, tell: Tell) -> None:
    """Both were told something in the global room, in list 7 and on its item 3."""
    for seq, place in enumerate(("", "list-7", "comments-3"), start=1):
        tell(asha, ravi, seq=seq, place=place)


def seen(user: User) -> list[int]:
    """The seqs of what the list of `user` shows, all of it unread."""
    shown = selectors.notifications_of(user).results
    assert selectors.unread_of(user).unread == len(shown)
    return sorted(row.data["seq"] for row in shown)


def test_v84_who_may_not_enter_any_more_sees_nothing_of_it(asha: User, ravi: User, heard: list[Event]) -> None:
    assert admit(people=[ravi.pk], places=["list-7", "comments-3"]) == 2
    assert (seen(asha), seen(ravi)) == ([1], [1, 2, 3])
    [event] = heard
    assert isinstance(event, InboxTold)
    assert (event.topic, event.data.kind, event.data.data["unread"]) == (f"user.{asha.pk}", "notifications.read", 1)
    assert len(event.data.data["ids"]) == 2
    assert admit(people=[ravi.pk], places=["list-7", "comments-3"]) == 0


def test_v84_who_may_enter_again_has_it_back(asha: User, ravi: User, heard: list[Event]) -> None:
    admit(people=[], places=["list-7", "comments-3"])
    heard.clear()
    assert admit(people=[asha.pk], places=["list-7"], closed=["comments-3"]) == 1
    assert (seen(asha), seen(ravi)) == ([1, 2], [1])
    [event] = heard
    assert isinstance(event, InboxTold)
    assert (event.topic, event.data.kind, event.data.data["unread"]) == (f"user.{asha.pk}", "notified", 2)
    assert admit(people=None, places=["list-7", "comments-3"]) == 3
    assert (seen(asha), seen(ravi)) == ([1, 2, 3], [1, 2, 3])


def test_v84_a_closed_place_is_closed_to_everybody(asha: User, ravi: User) -> None:
    assert admit(people=None, places=["list-7"], closed=["comments-3"]) == 2
    assert (seen(asha), seen(ravi)) == ([1, 2], [1, 2])


def test_v84_only_those_change_whom_it_concerns(asha: User, ravi: User) -> None:
    assert admit(people=[], places=["list-7"], user_ids=[asha.pk]) == 1
    assert (seen(asha), seen(ravi)) == ([1, 3], [1, 2, 3])


def test_v84_what_was_deleted_does_not_come_back_with_the_place(asha: User, heard: list[Event]) -> None:
    set_hidden(target_kind="chat.message", target_id="global/2", hidden=True)
    heard.clear()
    admit(people=[], places=["list-7"])
    admit(people=None, places=["list-7"])
    assert (seen(asha), heard) == ([1, 3], [])
    admit(people=[], places=["comments-3"])
    set_hidden(target_kind="chat.message", target_id="global/2", hidden=False)
    set_hidden(target_kind="chat.message", target_id="global/3", hidden=True)
    set_hidden(target_kind="chat.message", target_id="global/3", hidden=False)
    assert seen(asha) == [1, 2]


def test_what_nobody_may_see_can_be_forgotten() -> None:
    assert forget_told(places=["list-7"]) == 0, "somebody sees it"
    admit(people=[], places=["list-7"])
    assert forget_told(places=["list-7"]) == 2
    assert Notification.objects.count() == 4
