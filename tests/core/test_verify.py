"""PR13: `manage.py verify` names every difference between what rows claim and what they add up to."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from core.accounts.models import User
from core.chat.models import Message, ReadMarker, Room
from core.chat.services import delete_message, mark_read, post_message
from core.notifications.models import Inbox, InboxEntry
from core.notifications.services import forget_old_entries, tell_inbox
from core.work.clock import database_now
from core.work.models import Job, Mail
from core.work.services import claim, enqueue, mark_sent, post_mail
from tests.people import make_person

pytestmark = pytest.mark.django_db


def verify() -> list[str]:
    """The lines it printed, without the last one, which counts them."""
    out = StringIO()
    status: object = None
    try:
        call_command("verify", stdout=out)
    except SystemExit as ended:
        status = ended.code
    *differences, summary = out.getvalue().splitlines()
    assert status == (1 if differences else None)
    assert summary.startswith(f"{len(differences)} differences")
    return differences


@pytest.fixture
def asha() -> User:
    person = make_person("asha")
    for number in range(3):
        post_message(by=person, room="global", text=f"line {number}", client_id=uuid.uuid4())
    delete_message(by=person, room="global", seq=2)
    mark_read(by=person, room="global", seq=4)
    tell_inbox(user_id=person.pk, kind="test", data={})
    return person


def test_a_house_in_order_has_no_differences(asha: User) -> None:
    assert verify() == []


def test_forgotten_inbox_entries_are_no_difference(asha: User) -> None:
    tell_inbox(user_id=asha.pk, kind="test", data={})
    InboxEntry.objects.filter(seq=1).update(created_at=database_now() - timedelta(days=90, seconds=1))
    assert forget_old_entries() == 1
    assert verify() == []
    InboxEntry.objects.all().delete()
    assert verify() == []


def test_a_lost_message_is_named(asha: User) -> None:
    Message.objects.filter(seq=3).delete()
    assert verify() == ["chat: room global: entry 4 follows 2"]


def test_a_wrong_head_is_named_and_so_is_a_marker_beyond_it(asha: User) -> None:
    Room.objects.update(head=3)
    assert verify() == [
        "chat: room global: the newest entry is 4, and its head is 3",
        f"chat: room global: {asha.pk} read up to 4, and its head is 3",
    ]


def test_a_seq_that_two_entries_share_is_named(asha: User) -> None:
    ReadMarker.objects.all().delete()
    Message.objects.filter(seq=3).update(seq=4)
    assert verify() == ["chat: room global: entry 4 follows 2", "chat: room global: entry 4 follows 4"]


def test_a_wrong_inbox_head_is_named(asha: User) -> None:
    head = Inbox.objects.get(pk=asha.pk).head
    Inbox.objects.update(head=head + 1)
    entries = f"{head} entries from 1 to {head}"
    assert verify() == [f"notifications: inbox of {asha.pk}: {entries}, and its head is {head + 1}"]


def test_jobs_that_nobody_works_on_are_named() -> None:
    long_ago = database_now() - timedelta(minutes=6)
    waiting, held = (enqueue(kind="test.add", payload={}, dedupe_key=key) for key in ("waiting", "held"))
    assert claim(job_id=held.pk)
    Job.objects.filter(pk=waiting.pk).update(run_at=long_ago)
    Job.objects.filter(pk=held.pk).update(lease_until=long_ago)
    since = f"{long_ago:%Y-%m-%d %H:%M:%S}"
    assert verify() == [
        f"work: job {waiting.pk} (test.add) is due since {since} and was not taken",
        f"work: job {held.pk} (test.add) is held by a worker whose lease ended {since}",
    ]


def test_a_mail_without_a_job_that_will_send_it_is_named() -> None:
    sent, forgotten, waiting = (
        post_mail(to="asha@example.org", subject="Hi", text="Hi.", cause=cause) for cause in ("sent", "lost", "waits")
    )
    mark_sent(mail_id=sent.pk)
    Job.objects.filter(payload={"mail_id": forgotten.pk}).update(state=Job.State.DONE)
    assert verify() == [f"work: mail {forgotten.pk} (lost) was not sent and has no job that will"]
    assert Mail.objects.filter(pk=waiting.pk, sent_at=None).exists()
