"""C19: how far a person has read, and what that leaves."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.accounts.models import User
from core.accounts.services import block_user
from core.chat import rules, selectors, services, shapes
from core.chat.models import ReadMarker
from core.errors import NotFound
from core.events import Event
from core.notifications.events import InboxTold
from core.notifications.models import InboxEntry
from core.notifications.shapes import InboxEntry as ShownEntry
from tests.core.chat.conftest import Say
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def read(by: User, seq: int) -> shapes.ReadMarker:
    return services.mark_read(by=by, room="global", seq=seq)


def state(user: User, room: str = "global") -> shapes.RoomState:
    return selectors.room_state(user, room, rules.rights(user, room))


def test_c19_the_marker_moves_on_and_the_other_devices_hear_it(
    asha: User, ravi: User, say: Say, heard: list[Event]
) -> None:
    for _ in range(3):
        say(asha)
    heard.clear()
    assert read(ravi, 2) == shapes.ReadMarker(room="global", seq=2, unread=1)
    entry = InboxEntry.objects.get()
    data = {"room": "global", "seq": 2, "unread": 1}
    shown = ShownEntry(kind="chat.read", at=entry.created_at, data=data)
    assert heard == [InboxTold(topic=f"user.{ravi.pk}", seq=1, data=shown)]


def test_c19_it_never_moves_back_nor_past_the_newest_entry(asha: User, ravi: User, say: Say) -> None:
    say(asha)
    say(asha)
    assert [read(ravi, seq).seq for seq in (1, 99, 1, 2, 0)] == [1, 2, 2, 2, 2]
    assert InboxEntry.objects.count() == 2


def test_c19_nothing_is_told_when_nothing_moved(asha: User, say: Say, heard: list[Event]) -> None:
    assert read(asha, 5) == shapes.ReadMarker(room="global", seq=0, unread=0)
    say(asha)
    read(asha, 1)
    heard.clear()
    read(asha, 1)
    assert heard == []


def test_c19_sixteen_devices_at_once_end_at_the_highest(asha: User, ravi: User, say: Say) -> None:
    for _ in range(16):
        say(asha)
    seqs = iter(range(1, 17))
    at_once(16, lambda: read(ravi, next(seqs)))
    assert ReadMarker.objects.get().seq == 16
    told = list(InboxEntry.objects.order_by("seq").values_list("data__seq", flat=True))
    assert told == sorted(set(told))
    assert told[-1] == 16


def test_c19_unread_leaves_out_own_deleted_and_blocked(asha: User, ravi: User, say: Say) -> None:
    mei = make_person("mei")
    block_user(by=ravi, user_id=mei.pk)
    for who in (asha, ravi, mei, asha, asha):
        say(who)
    services.delete_message(by=asha, room="global", seq=4)
    assert state(ravi).unread == 2
    assert read(ravi, 1).unread == 1
    assert state(mei).unread == 3


def test_a_room_as_one_person_stands_in_it(asha: User, ravi: User, mod: User, say: Say, club: str) -> None:
    say(asha)
    read(ravi, 1)
    plain: dict[str, Any] = {"unread": 0, "moderator": False, "slow_mode_s": 0, "wait_s": 0}
    assert state(ravi) == shapes.RoomState(room="global", head=1, read_seq=1, may_post=True, **plain)
    assert state(ravi, club) == shapes.RoomState(room=club, head=0, read_seq=0, may_post=False, **plain)
    assert state(mod).moderator
    with pytest.raises(NotFound, match="no_room"):
        state(mod, club)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_state_costs_four_queries_however_much_is_unread(asha: User, ravi: User, say: Say, rows: int) -> None:
    for _ in range(rows):
        say(asha)
    with CaptureQueriesContext(connection) as queries:
        assert state(ravi).unread == rows
    assert len(queries) == 4


def test_c2_nobody_reads_without_signing_in(club: str) -> None:
    assert not rules.may_read(None, "global")
    assert not rules.may_read(None, club)
