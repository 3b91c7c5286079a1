"""V82, V83, V85, V86: the list, its count, reading, dismissing, forgetting."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.accounts.models import User
from core.accounts.services import SYSTEM, ask_deletion, erase_account
from core.errors import Invalid, NotFound
from core.events import Event
from core.jobs.kinds import SWEEPS
from core.notifications import selectors
from core.notifications.events import InboxTold
from core.notifications.models import Inbox, InboxEntry, Notification
from core.notifications.services import read_notifications
from core.work.clock import database_now
from tests.core.notifications.conftest import Tell, only

pytestmark = pytest.mark.django_db(transaction=True)

SECOND = timedelta(seconds=1)


def listed(user: User) -> list[int]:
    """The seqs that its list shows; the count must agree with it."""
    results = selectors.notifications_of(user).results
    assert selectors.unread_of(user).unread == sum(not shown.read for shown in results)
    return [shown.data["seq"] for shown in results]


def unread(user: User) -> list[int]:
    return [shown.data["seq"] for shown in selectors.notifications_of(user).results if not shown.read]


def row_of(user: User, seq: int) -> Notification:
    return Notification.objects.get(recipient=user, data__seq=seq)


def age(user: User, seq: int, **ages: timedelta) -> None:
    """Make things have happened that long ago: `created_at=`, `read_at=`, `dismissed_at=`."""
    now = database_now()
    Notification.objects.filter(pk=row_of(user, seq).pk).update(**{when: now - ago for when, ago in ages.items()})


def changes(heard: list[Event]) -> list[Any]:
    return [event.data.data for event in heard if isinstance(event, InboxTold)]


def test_v82_the_list_is_what_is_own_and_new_newest_first(asha: User, ravi: User, tell: Tell) -> None:
    for seq in (1, 2, 3):
        tell(asha, seq=seq)
    tell(ravi, seq=4)
    assert (listed(asha), listed(ravi)) == ([3, 2, 1], [4])


def test_v82_it_rolls_over_720_hours_to_the_second(asha: User, tell: Tell) -> None:
    for seq in (1, 2):
        tell(asha, seq=seq)
    age(asha, 1, created_at=timedelta(hours=720) + SECOND)
    age(asha, 2, created_at=timedelta(hours=720) - 5 * SECOND)
    assert listed(asha) == [2]


def test_v82_pages_of_fifty_neither_repeat_nor_lose_what_shares_an_instant(asha: User, tell: Tell) -> None:
    for seq in range(1, 103):
        tell(asha, seq=seq)
    same = database_now()
    Notification.objects.filter(data__seq__gt=20, data__seq__lt=90).update(created_at=same)
    first = selectors.notifications_of(asha)
    Notification.objects.filter(pk=first.results[-1].id).delete()
    tell(asha, seq=200)
    second = selectors.notifications_of(asha, after=first.next)
    third = selectors.notifications_of(asha, after=second.next)
    sizes = [len(page.results) for page in (first, second, third)]
    assert (sizes, third.next) == ([50, 50, 2], None)
    seen = [shown.data["seq"] for page in (first, second, third) for shown in page.results]
    assert sorted(seen) == list(range(1, 103))


@pytest.mark.parametrize("cursor", ["", "x", "_", "2026-01-01_1", "2026-01-01T00:00:00_1", "2026-01-01T00:00:00Z_0"])
def test_a_cursor_that_nobody_gave_is_refused(asha: User, cursor: str) -> None:
    for after in (cursor, f"{cursor}_9", "2026-01-01T00:00:00+00:00_" + "9" * 30):
        with pytest.raises(Invalid, match="bad_cursor"):
            selectors.notifications_of(asha, after=after)


def test_v83_the_count_has_no_cap(asha: User, tell: Tell) -> None:
    now = database_now()
    rows = [
        Notification(recipient=asha, cause=f"{n}", kind="mention", target_kind="t", target_id="1", created_at=now)
        for n in range(150)
    ]
    Notification.objects.bulk_create(rows)
    assert selectors.unread_of(asha).unread == 150


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_and_the_count_cost_one_query_each(asha: User, ravi: User, mei: User, tell: Tell, rows: int) -> None:
    for seq in range(rows):
        tell(asha, seq=seq, by=(ravi, mei, asha)[seq])
    for question in (lambda: selectors.notifications_of(asha), lambda: selectors.unread_of(asha)):
        with CaptureQueriesContext(connection) as queries:
            question()
        assert len([query for query in queries if "notifications_" in query["sql"]]) == 1


def test_v85_one_is_read_and_the_other_devices_hear_it(asha: User, tell: Tell, heard: list[Event]) -> None:
    for seq in (1, 2):
        tell(asha, seq=seq)
    heard.clear()
    pk = row_of(asha, 1).pk
    assert read_notifications(by=asha, ids=[pk]).unread == 1
    assert (listed(asha), unread(asha)) == ([2, 1], [2])
    assert changes(heard) == [{"ids": [pk], "dismissed": False, "unread": 1}]
    entry = InboxEntry.objects.order_by("seq").last()
    assert entry is not None
    assert (entry.kind, entry.seq) == ("notifications.read", 3)


def test_v85_several_are_dismissed_and_so_read(asha: User, tell: Tell, heard: list[Event]) -> None:
    for seq in (1, 2, 3):
        tell(asha, seq=seq)
    pks = [row_of(asha, seq).pk for seq in (3, 1)]
    read_notifications(by=asha, ids=pks[:1])
    read_at = row_of(asha, 3).read_at
    heard.clear()
    assert read_notifications(by=asha, ids=pks, dismiss=True).unread == 1
    assert listed(asha) == [2]
    assert changes(heard) == [{"ids": sorted(pks), "dismissed": True, "unread": 1}]
    assert row_of(asha, 3).read_at == read_at
    assert row_of(asha, 1).read_at == row_of(asha, 1).dismissed_at is not None


def test_v85_all_means_what_was_there_before(asha: User, ravi: User, tell: Tell, heard: list[Event]) -> None:
    for seq in (1, 2):
        tell(asha, ravi, seq=seq)
    age(asha, 2, created_at=-timedelta(hours=1))  # made while the request waited
    heard.clear()
    assert read_notifications(by=asha).unread == 1
    assert unread(asha) == [2]
    assert unread(ravi) == [2, 1]
    [change] = changes(heard)
    before = change.pop("before")
    assert row_of(asha, 1).created_at.isoformat() < before.replace("Z", "+00:00") < database_now().isoformat()
    assert change == {"all": True, "dismissed": False, "unread": 1}
    assert read_notifications(by=asha, dismiss=True).unread == 1
    assert listed(asha) == [2]


def test_v85_all_is_what_the_list_shows(asha: User, tell: Tell) -> None:
    for seq in (1, 2):
        tell(asha, seq=seq)
    age(asha, 1, created_at=timedelta(days=31))
    assert read_notifications(by=asha, dismiss=True).unread == 0
    assert (row_of(asha, 1).read_at, listed(asha)) == (None, [])


@pytest.mark.parametrize("dismiss", [False, True])
@pytest.mark.parametrize("every", [False, True])
def test_v85_doing_it_again_changes_and_tells_nothing(
    asha: User, tell: Tell, heard: list[Event], dismiss: bool, every: bool
) -> None:
    tell(asha)
    ids = None if every else [only(asha).pk]
    read_notifications(by=asha, ids=ids, dismiss=dismiss)
    before = only(asha)
    heard.clear()
    assert read_notifications(by=asha, ids=ids, dismiss=dismiss).unread == 0
    assert read_notifications(by=asha, ids=ids).unread == 0
    assert heard == []
    after = only(asha)
    assert (after.read_at, after.dismissed_at) == (before.read_at, before.dismissed_at)


def test_v85_somebody_elses_is_not_found_and_nothing_happens(asha: User, ravi: User, tell: Tell) -> None:
    tell(asha, ravi)
    for ids in ([only(asha).pk], [only(ravi).pk, only(asha).pk], [10**12]):
        with pytest.raises(NotFound, match="no_notification"):
            read_notifications(by=ravi, ids=ids, dismiss=True)
    assert (unread(asha), unread(ravi)) == ([1], [1])


def test_v86_what_is_old_is_forgotten_and_nothing_else(asha: User, tell: Tell) -> None:
    days = {days: timedelta(days=days) for days in (6, 7, 29, 30, 31, 89, 90)}
    ages: dict[int, dict[str, timedelta]] = {
        1: {"dismissed_at": days[7] + SECOND, "read_at": days[7] + SECOND},
        2: {"dismissed_at": days[7] - 5 * SECOND, "read_at": days[29]},
        3: {"read_at": days[30] + SECOND, "created_at": days[31]},
        4: {"read_at": days[30] - 5 * SECOND, "created_at": days[89]},
        5: {"created_at": days[90] + SECOND},
        6: {"created_at": days[90] - 5 * SECOND},
        7: {},
    }
    for seq, ago in ages.items():
        tell(asha, seq=seq)
        age(asha, seq, **ago)
    shown = listed(asha)
    sweep: Callable[[], object] = SWEEPS["notifications.forget_old_notifications"]
    assert sweep() == 3
    assert sorted(Notification.objects.values_list("data__seq", flat=True)) == [2, 4, 6, 7]
    assert listed(asha) == shown == [7]


def test_an_entry_of_what_is_dismissed_or_forgotten_says_null(asha: User, tell: Tell) -> None:
    for seq in (1, 2, 3):
        tell(asha, seq=seq)
    row_of(asha, 1).delete()
    read_notifications(by=asha, ids=[row_of(asha, 2).pk], dismiss=True)
    read_notifications(by=asha)
    entries = [entry for _, entry in selectors.after(str(asha.pk), 0, 50).entries]
    told = [entry.data["notification"] for entry in entries if entry.kind == "notified"]
    assert [shown and (shown.data["seq"], shown.read) for shown in told] == [None, None, (3, True)]


def test_a14_nothing_of_what_an_erased_person_was_told_is_left(asha: User, ravi: User, tell: Tell) -> None:
    tell(asha, ravi)
    ask_deletion(by=asha)
    User.objects.filter(pk=asha.pk).update(delete_due_at=database_now())
    assert erase_account(by=SYSTEM, user_id=asha.pk)
    assert list(Notification.objects.values_list("recipient", flat=True)) == [ravi.pk]
    assert list(Inbox.objects.values_list("pk", flat=True)) == [ravi.pk]
    assert {entry.inbox_id for entry in InboxEntry.objects.all()} == {ravi.pk}
