"""PR13: `manage.py verify` names every difference between what rows claim and what they add up to."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from core.accounts.models import Profile, TokenFamily, User
from core.accounts.services import SYSTEM, ask_deletion, ban_user
from core.chat.models import Message, ReadMarker, Room
from core.chat.services import delete_message, mark_read, post_message
from core.notifications.models import Inbox, InboxEntry, Notification
from core.notifications.services import forget_old_entries, tell_inbox
from core.work.clock import database_now
from core.work.models import IdempotencyKey, Job, Mail
from core.work.services import claim, enqueue, finish, mark_sent, post_mail
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


def test_a_mention_in_a_deleted_message_is_named(asha: User) -> None:
    """V84"""
    ravi = make_person("ravi")
    post_message(by=asha, room="global", text="@ravi", client_id=uuid.uuid4())
    delete_message(by=asha, room="global", seq=5)
    assert verify() == []
    Notification.objects.filter(recipient=ravi).update(hidden=False)
    assert verify() == ["chat: room global: message 5 was deleted, and somebody is shown that it names them"]


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
    Job.objects.filter(payload={"mail_id": forgotten.pk}).update(state=Job.State.DONE, finished_at=database_now())
    assert verify() == [f"work: mail {forgotten.pk} (lost) was not sent and has no job that will"]
    assert Mail.objects.filter(pk=waiting.pk, sent_at=None).exists()


def test_a_job_whose_row_contradicts_itself_is_named() -> None:
    ended, open_, leased, free = (enqueue(kind="test.add", payload={}, dedupe_key=key) for key in "abcd")
    now = database_now()
    Job.objects.filter(pk=ended.pk).update(state=Job.State.DONE)
    Job.objects.filter(pk=open_.pk).update(finished_at=now)
    Job.objects.filter(pk=leased.pk).update(lease_until=now)
    Job.objects.filter(pk=free.pk).update(state=Job.State.RUNNING)
    assert verify() == [
        f"work: job {ended.pk} (test.add) is done, has no lease and no end",
        f"work: job {open_.pk} (test.add) is waiting, has no lease and an end",
        f"work: job {leased.pk} (test.add) is waiting, has a lease and no end",
        f"work: job {free.pk} (test.add) is running, has no lease and no end",
    ]


def test_jobs_that_are_done_or_dead_or_held_are_no_difference() -> None:
    for key in ("done", "held"):
        job = enqueue(kind="test.add", payload={}, dedupe_key=key)
        lease = claim(job_id=job.pk)
        assert lease
        if key == "done":
            finish(lease=lease)
    Job.objects.filter(dedupe_key="done").update(state=Job.State.DEAD)
    assert verify() == []


def test_a_sent_mail_that_keeps_its_words_is_named() -> None:
    mail = post_mail(to="asha@example.org", subject="Hi", text="Hi.", cause="sent")
    mark_sent(mail_id=mail.pk)
    Mail.objects.update(text="a link that signs in")
    assert verify() == [f"work: mail {mail.pk} (sent) was sent and keeps its words"]


def test_a_key_without_an_answer_is_named_and_so_is_one_kept_too_long() -> None:
    open_ = IdempotencyKey.objects.create(user_id=7, route="/api/x/", key="a", body_sha256="-")
    old = IdempotencyKey.objects.create(user_id=7, route="/api/y/", key="a", body_sha256="-", status=201)
    long_ago = database_now() - timedelta(hours=27)
    IdempotencyKey.objects.filter(pk=old.pk).update(created_at=long_ago)
    assert verify() == [
        f"work: request {open_.pk} of 7 to /api/x/ holds its key and has no answer",
        f"work: request {old.pk} of 7 to /api/y/ is kept since {long_ago:%Y-%m-%d %H:%M:%S}",
    ]


def test_an_account_that_contradicts_its_keys_or_lacks_its_profile_is_named() -> None:
    wrong, bare = make_person("wrong"), make_person("bare")
    User.objects.filter(pk=wrong.pk).update(username_key="other")
    User.objects.filter(pk=bare.pk).update(created_at=database_now() - timedelta(hours=3))
    Profile.objects.filter(user=bare).delete()
    assert verify() == [
        f"accounts: account {wrong.pk}: its keys are not those of its name and address",
        f"accounts: account {bare.pk}: it has no profile",
    ]


def test_a_sign_in_that_outlived_a_ban_is_named_and_so_is_one_that_ended_without_reason() -> None:
    banned, odd = make_person("banned"), make_person("odd")
    ban_user(by=SYSTEM, user_id=banned.pk, reason="spam")
    now = database_now()
    alive, ended = (
        TokenFamily.objects.create(
            id=f"family-{user.pk}",
            user=user,
            token_sha256="-",
            created_at=now,
            last_seen_at=now,
            rotated_at=now,
            expires_at=now + timedelta(days=1),
        )
        for user in (banned, odd)
    )
    TokenFamily.objects.filter(pk=ended.pk).update(revoked_at=now)
    assert verify() == [
        f"accounts: account {banned.pk}: it is banned or erased, and its sign-in {alive.pk} has not ended",
        f"accounts: account {odd.pk}: sign-in {ended.pk} has a reason to have ended, or an end, and not both",
    ]


def test_a_deletion_that_no_job_will_do_is_named() -> None:
    waiting, lost = make_person("waiting"), make_person("lost")
    for person in (waiting, lost):
        ask_deletion(by=person)
    Job.objects.filter(payload={"user_id": lost.pk}).delete()
    assert verify() == [f"accounts: account {lost.pk}: it is to be erased, and no job will do it"]


def test_deleted_words_that_are_still_there_and_a_reply_to_another_room_are_named(asha: User) -> None:
    Message.objects.filter(seq=2).update(text="what was deleted")
    other = Room.objects.create(name="test-other")
    reply = post_message(by=asha, room="global", text="yes", client_id=uuid.uuid4(), reply_to=1)
    Message.objects.filter(seq=1).update(room=other)
    Room.objects.filter(pk=other.pk).update(head=1)
    assert [line for line in verify() if "message" in line] == [
        "chat: room global: message 2 was deleted and keeps its words",
        f"chat: room global: message {reply.seq} answers one of another room",
    ]
