"""C14: how long people wait between two messages, and who says so."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.accounts.models import AuditEntry, User
from core.accounts.shapes import card
from core.chat import rules, selectors, services, shapes
from core.chat.events import SlowModeSet
from core.chat.models import Message, Revision, Room
from core.errors import Invalid, NotAllowed, NotFound
from core.events import Event
from core.work.clock import database_now
from tests.core.chat.conftest import Say

pytestmark = pytest.mark.django_db(transaction=True)


def slow(by: User, seconds: int, room: str = "global") -> None:
    services.set_slow_mode(by=by, room=room, seconds=seconds)


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


def test_c14_a_moderator_sets_it_and_everybody_hears_the_entry(
    asha: User, mod: User, say: Say, heard: list[Event]
) -> None:
    say(asha)
    heard.clear()
    slow(mod, 30)
    shown = shapes.SlowMode(type="slow_mode", slow_mode_s=30, by=card(mod))
    assert heard == [SlowModeSet(topic="chat.global", seq=2, data=shown)]
    assert selectors.after("global", 1, 500).entries == [(2, shown)]
    assert (Room.objects.get().head, Room.objects.get().slow_mode_s) == (2, 30)


def test_c14_who_set_it_is_in_the_audit_log_with_before_and_after(mod: User) -> None:
    slow(mod, 30)
    slow(mod, 0)
    entries = AuditEntry.objects.filter(action="chat.slow_mode").order_by("pk")
    values = [(it.by_id, it.target_kind, it.before["slow_mode_s"], it.after["slow_mode_s"]) for it in entries]
    assert values == [(mod.pk, "room", 0, 30), (mod.pk, "room", 30, 0)]


def test_c14_the_same_value_changes_nothing(mod: User, heard: list[Event]) -> None:
    slow(mod, 30)
    heard.clear()
    slow(mod, 30)
    assert heard == []
    assert (Revision.objects.count(), AuditEntry.objects.filter(action="chat.slow_mode").count()) == (1, 1)


@pytest.mark.parametrize("seconds", [-1, 21_601])
def test_c14_it_is_six_hours_at_most(mod: User, seconds: int) -> None:
    with pytest.raises(Invalid) as refused:
        slow(mod, seconds)
    assert list(refused.value.fields) == ["seconds"]
    slow(mod, 21_600)


def test_c14_only_moderators_set_it_in_rooms_that_they_may_read(asha: User, mod: User, club: str) -> None:
    with pytest.raises(NotAllowed, match="not_moderator"):
        slow(asha, 30)
    with pytest.raises(NotFound, match="no_room"):
        slow(mod, 30, club)
    assert not Revision.objects.exists()


def test_c14_the_room_says_how_long_this_person_has_to_wait(asha: User, ravi: User, mod: User, say: Say) -> None:
    for who in (asha, mod):
        say(who)
    slow(mod, 30)
    posted_ago(9, asha)
    states = [selectors.room_state(user, "global", rules.rights(user, "global")) for user in (asha, ravi, mod)]
    assert [state.slow_mode_s for state in states] == [30, 30, 30]
    assert 0 < states[0].wait_s <= 21
    assert [state.wait_s for state in states[1:]] == [0, 0]


def test_c14_edits_are_exempt(asha: User, mod: User, say: Say) -> None:
    say(asha)
    slow(mod, 30)
    for text in ("one", "two"):
        assert services.edit_message(by=asha, room="global", seq=1, text=text).text == text


def test_c14_it_is_set_in_the_admin(mod: User, say: Say, client: Client) -> None:
    say(mod)
    client.force_login(mod)
    chosen = {"action": "set_slow_mode", "_selected_action": Room.objects.get().pk}
    for seconds, kept in (("", 0), ("21601", 0), ("60", 60)):
        client.post(reverse("admin:chat_room_changelist"), {**chosen, "seconds": seconds})
        assert Room.objects.get().slow_mode_s == kept


def test_c14_the_checker_notices_a_slow_mode_that_the_log_does_not_say(mod: User, say: Say) -> None:
    say(mod)
    slow(mod, 30)
    slow(mod, 60)
    assert list(selectors.find_differences()) == []
    Room.objects.update(slow_mode_s=30)
    assert list(selectors.find_differences()) == ["room global: slow mode is 30 s, which its log does not say"]
