"""V84: no ghosts of what a person may not see; C15, C16: words that were taken back are shown nowhere."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from core.accounts.models import User
from core.events import Event
from core.notifications import selectors
from core.notifications.events import InboxTold
from core.notifications.services import change_told, read_notifications, set_hidden
from tests.core.notifications.conftest import Tell, only
from tests.core.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)

FIRST: dict[str, Any] = {"target_kind": "chat.message", "target_id": "global/1"}


def state(user: User) -> tuple[list[int], int]:
    return [shown.data["seq"] for shown in selectors.notifications_of(user).results], selectors.unread_of(user).unread


def told(heard: list[Event], user: User) -> list[tuple[str, Any, bool]]:
    mine = [event for event in heard if isinstance(event, InboxTold) and event.topic == f"user.{user.pk}"]
    return [(event.data.kind, event.data.data, event.redacts) for event in mine]


def test_v84_what_is_hidden_is_in_no_list_and_no_count(asha: User, ravi: User, tell: Tell, heard: list[Event]) -> None:
    for seq in (1, 2):
        tell(asha, ravi, seq=seq)
    heard.clear()
    assert set_hidden(**FIRST, hidden=True) == 2
    assert state(asha) == state(ravi) == ([2], 1)
    gone = selectors.latest(str(asha.pk)).entries[0][1].data
    assert gone == {"notification": None, "unread": 1}
    for person in (asha, ravi):
        [(kind, change, redacts)] = told(heard, person)
        assert (kind, change["dismissed"], change["unread"], redacts) == ("notifications.read", True, 1, True)
        assert len(change["ids"]) == 1
    heard.clear()
    assert set_hidden(**FIRST, hidden=True) == 0
    assert heard == []


def test_v84_it_comes_back_as_it_was(asha: User, ravi: User, tell: Tell, heard: list[Event]) -> None:
    for seq in (1, 2):
        tell(asha, ravi, seq=seq)
    read_notifications(by=ravi)
    before = [selectors.notifications_of(person) for person in (asha, ravi)]
    set_hidden(**FIRST, hidden=True)
    heard.clear()
    assert set_hidden(**FIRST, hidden=False) == 2
    assert [selectors.notifications_of(person) for person in (asha, ravi)] == before
    assert (state(asha)[1], state(ravi)[1]) == (2, 0)
    shown = before[0].results[1]
    assert told(heard, asha) == [("notified", {"notification": shown, "unread": 2}, False)]


def test_v84_only_those_who_lost_access_lose_sight(asha: User, ravi: User, tell: Tell, heard: list[Event]) -> None:
    tell(asha, ravi)
    heard.clear()
    assert set_hidden(**FIRST, hidden=True, user_ids=[asha.pk]) == 1
    assert (state(asha), state(ravi)) == (([], 0), ([1], 1))
    assert told(heard, ravi) == []
    assert set_hidden(**FIRST, hidden=False, user_ids=[ravi.pk]) == 0
    assert state(asha) == ([], 0)


def test_v84_reading_all_leaves_alone_what_one_does_not_see(asha: User, tell: Tell) -> None:
    tell(asha)
    set_hidden(**FIRST, hidden=True)
    assert read_notifications(by=asha).unread == 0
    set_hidden(**FIRST, hidden=False)
    assert state(asha) == ([1], 1)


def test_v84_what_was_dismissed_stays_away(asha: User, tell: Tell, heard: list[Event]) -> None:
    tell(asha)
    read_notifications(by=asha, dismiss=True)
    heard.clear()
    set_hidden(**FIRST, hidden=True)
    set_hidden(**FIRST, hidden=False)
    assert (state(asha), heard) == (([], 0), [])


def test_v84_hiding_while_others_tell_and_read_counts_exactly(
    asha: User, ravi: User, tell: Tell, heard: list[Event]
) -> None:
    tell(asha, ravi)
    acts: Iterator[Callable[[], object]] = iter(
        [
            lambda: set_hidden(**FIRST, hidden=True),
            lambda: tell(ravi, asha, seq=2),
            lambda: read_notifications(by=ravi),
            lambda: set_hidden(**FIRST, hidden=False),
            lambda: tell(asha, ravi, seq=3),
            lambda: set_hidden(**FIRST, hidden=True),
        ]
    )
    at_once(6, lambda: next(acts)())
    for person in (asha, ravi):
        mine = [event for event in heard if isinstance(event, InboxTold) and event.topic == f"user.{person.pk}"]
        last = max(mine, key=lambda event: event.seq)
        assert last.data.data["unread"] == state(person)[1]


def test_c15_what_is_told_of_it_changes_everywhere(asha: User, ravi: User, tell: Tell, heard: list[Event]) -> None:
    tell(asha, ravi)
    read_notifications(by=ravi, dismiss=True)
    heard.clear()
    assert change_told(**FIRST, data={"line": "new"}) == 2
    [shown] = selectors.notifications_of(asha).results
    assert shown.data == {"line": "new"}
    assert told(heard, asha) == [("notified", {"notification": shown, "unread": 1}, True)]
    assert told(heard, ravi) == []
    assert only(ravi).data == {"line": "new"}
    old = [entry.data["notification"] for _, entry in selectors.latest(str(asha.pk)).entries]
    assert old == [shown, shown]


def test_c15_the_same_facts_again_tell_nobody(asha: User, tell: Tell, heard: list[Event]) -> None:
    tell(asha)
    heard.clear()
    assert change_told(**FIRST, data=only(asha).data) == 0
    assert heard == []
