"""A person's inbox: one contiguous log that all of their devices hear."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.accounts.models import User
from core.notifications import selectors
from core.notifications.events import InboxTold
from core.notifications.models import Inbox, InboxEntry
from core.notifications.services import tell_inbox
from core.notifications.shapes import InboxEntry as ShownEntry
from tests.core.accounts.hearing import heard
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asha() -> User:
    return make_person("asha")


def tell(user: User, number: int = 1) -> int:
    return tell_inbox(user_id=user.pk, kind="test.told", data={"number": number})


def test_an_entry_is_kept_then_told_to_its_person(asha: User) -> None:
    with heard() as events:
        assert [tell(asha, 1), tell(asha, 2)] == [1, 2]
    rows = list(InboxEntry.objects.order_by("seq"))
    shown = [ShownEntry(kind="test.told", at=row.created_at, data={"number": row.seq}) for row in rows]
    topic = f"user.{asha.pk}"
    assert events == [InboxTold(topic=topic, seq=seq, data=entry) for seq, entry in enumerate(shown, 1)]
    page = selectors.latest(str(asha.pk))
    assert (page.head, page.entries, page.has_more) == (2, list(enumerate(shown, 1)), False)


def test_nothing_is_told_when_the_transaction_rolls_back(asha: User) -> None:
    with heard() as events, transaction.atomic():
        tell(asha)
        transaction.set_rollback(True)
    assert (events, Inbox.objects.count()) == ([], 0)


def test_sixteen_at_once_open_it_once_and_get_contiguous_seqs(asha: User) -> None:
    with heard() as events:
        assert sorted(at_once(16, lambda: tell(asha))) == list(range(1, 17))
    assert len(events) == 16
    assert Inbox.objects.get().head == 16


def test_an_inbox_keeps_its_epoch_from_before_its_first_entry(asha: User) -> None:
    before = selectors.latest(str(asha.pk))
    assert (before.head, before.entries) == (0, [])
    tell(asha)
    assert selectors.latest(str(asha.pk)).epoch == before.epoch


def test_what_follows_a_seq_comes_in_pages_and_the_newest_fifty_come_at_once(asha: User) -> None:
    for number in range(1, 53):
        tell(asha, number)
    name = str(asha.pk)
    newest = selectors.latest(name)
    assert ([seq for seq, _ in newest.entries], newest.has_more) == (list(range(3, 53)), True)
    pages = [selectors.after(name, seq, 2) for seq in (0, 50, 52)]
    assert [[seq for seq, _ in page.entries] for page in pages] == [[1, 2], [51, 52], []]
    assert [page.has_more for page in pages] == [True, False, False]


def test_heads_of_many_cost_one_query(asha: User) -> None:
    ravi = make_person("ravi")
    tell(asha)
    names = [str(asha.pk), str(ravi.pk)]
    with CaptureQueriesContext(connection) as queries:
        assert selectors.heads(names) == {names[0]: 1, names[1]: 0}
    assert len(queries) == 1
