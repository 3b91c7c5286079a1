"""V89: a mail comes five minutes later, and only if it is still news; its link ends mails of its kind alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.db.models import QuerySet

from core.accounts.models import User
from core.errors import Invalid, NotFound
from core.jobs.kinds import KINDS as JOBS
from core.notifications import selectors
from core.notifications.kinds import path_of
from core.notifications.models import Notification, Preference
from core.notifications.services import admit, mail_unread, read_notifications, set_hidden, set_preference, unsubscribe
from core.notifications.services.mailing import mail_later
from core.notifications.services.preferences import unsubscribe_token
from core.work.clock import database_now
from core.work.models import Job, Mail
from core.work.selectors import find_differences
from core.work.services import mark_sent, send_mail
from tests.core.notifications.conftest import Tell, only
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reached(asha: User) -> User:
    """Asha, whose address is confirmed."""
    User.objects.filter(pk=asha.pk).update(email="asha@example.org", email_verified=True)
    asha.refresh_from_db()
    return asha


def closing(tell: Tell, *people: User, seq: int = 1, **other: Any) -> int:
    """A list closes, which is mailed unless somebody chose otherwise."""
    data = {"list": "Weekend", "list_id": 7}
    target = {"target_kind": "bucketlists.list", "target_id": "7", "place": "list-7"}
    return tell(*people, kind="list_frozen", cause=f"frozen:{seq}", data=data, **target, **other)


def mail_jobs() -> QuerySet[Job]:
    return Job.objects.filter(kind="notifications.mail").order_by("pk")


def run_mail_jobs() -> int:
    """The jobs that mail what is unread, whatever the time."""
    return sum(mail_unread(**job.payload) for job in mail_jobs())


def mails() -> QuerySet[Mail]:
    return Mail.objects.filter(cause__startswith="notifications.mail:")


def test_v89_what_is_unread_after_five_minutes_is_mailed_once(reached: User, ravi: User, tell: Tell) -> None:
    closing(tell, reached, ravi)
    job = mail_jobs().get()
    assert (job.kind, job.run_at - only(reached).created_at) == ("notifications.mail", timedelta(minutes=5))
    assert job.kind in JOBS
    assert [run_mail_jobs(), run_mail_jobs()] == [1, 1], "ravi's address is not confirmed"
    mail = mails().get()
    assert (mail.to, mail.subject) == ("asha@example.org", "“Weekend” is closed: the result is sealed.")
    assert "/lists/7\n" in mail.text
    assert unsubscribe_token(reached.pk, "list_frozen") in mail.text


def test_v89_a_mail_says_how_to_get_no_more_of_them(reached: User, tell: Tell) -> None:
    """RFC 8058: two headers, and the token stands where no log keeps it."""
    closing(tell, reached)
    run_mail_jobs()
    mail = mails().get()
    send_mail(mail_id=mail.pk)
    [sent] = outbox.outbox
    assert isinstance(sent, EmailMessage)
    assert sent.extra_headers["List-Unsubscribe"] == f"<{mail.unsubscribe_url}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/api/notifications/unsubscribe/?token=" in mail.unsubscribe_url
    mark_sent(mail_id=mail.pk)
    mail.refresh_from_db()
    assert mail.unsubscribe_url == ""
    mails().update(unsubscribe_url="https://example.org/?token=x")
    assert any("keeps its words" in line for line in find_differences())


@pytest.mark.parametrize("meanwhile", ["read", "dismissed", "hidden", "shut", "unwanted", "erased"])
def test_v89_what_is_no_news_any_more_is_not_mailed(reached: User, tell: Tell, meanwhile: str) -> None:
    closing(tell, reached)
    if meanwhile in ("read", "dismissed"):
        read_notifications(by=reached, dismiss=meanwhile == "dismissed")
    elif meanwhile == "hidden":
        set_hidden(target_kind="bucketlists.list", target_id="7", hidden=True)
    elif meanwhile == "shut":
        admit(people=[], places=["list-7"])
    elif meanwhile == "unwanted":
        set_preference(by=reached, kind="list_frozen", mail=False)
    else:
        User.objects.filter(pk=reached.pk).update(email=None)
    assert run_mail_jobs() == 0
    assert not mails().exists()


def test_v89_who_wants_mail_only_is_mailed_and_finds_nothing_in_the_list(reached: User, tell: Tell) -> None:
    set_preference(by=reached, kind="list_frozen", in_app=False)
    assert closing(tell, reached) == 1
    assert closing(tell, reached) == 0
    assert selectors.notifications_of(reached).results == []
    assert selectors.unread_of(reached).unread == 0
    admit(people=[], places=["list-7"])
    admit(people=None, places=["list-7"])
    assert selectors.latest(str(reached.pk)).entries == []
    assert run_mail_jobs() == 1


def test_v89_who_wants_neither_is_told_nothing(reached: User, ravi: User, tell: Tell) -> None:
    set_preference(by=reached, kind="list_frozen", in_app=False, mail=False)
    assert closing(tell, reached, ravi) == 1
    assert [row.recipient_id for row in Notification.objects.all()] == [ravi.pk]


def test_v89_who_asks_for_it_is_mailed_what_others_are_not(reached: User, ravi: User, tell: Tell) -> None:
    tell(reached, ravi)
    assert not mail_jobs().exists(), "mentions are mailed to those alone who ask for it"
    shown = set_preference(by=reached, kind="mention", mail=True)
    assert (shown.in_app, shown.mail) == (True, True)
    tell(reached, ravi, seq=2)
    assert run_mail_jobs() == 1


def test_v89_some_things_are_told_to_everybody(reached: User, tell: Tell) -> None:
    with pytest.raises(Invalid, match="preference_fixed"):
        set_preference(by=reached, kind="moderation", mail=False)
    tell(reached, kind="moderation", data={"action": "banned"})
    assert run_mail_jobs() == 1
    assert mails().get().unsubscribe_url == ""
    with pytest.raises(NotFound, match="no_kind"):
        set_preference(by=reached, kind="weather", mail=True)


def test_v89_the_link_of_a_mail_ends_mails_of_its_kind_alone(asha: User, ravi: User) -> None:
    token = unsubscribe_token(asha.pk, "list_frozen")
    shown = unsubscribe(token=token)
    assert (shown.kind, shown.in_app, shown.mail) == ("list_frozen", True, False)
    assert unsubscribe(token=token) == shown
    wanted = {row.kind for row in selectors.preferences_of(asha).results if row.mail}
    assert wanted == {row.kind for row in selectors.preferences_of(ravi).results if row.mail} - {"list_frozen"}


@pytest.mark.parametrize("token", ["", "x", "1.list_frozen", "1.list_frozen:forged", "1.weather:x"])
def test_v89_a_link_that_nobody_was_sent_does_nothing(token: str) -> None:
    make_person("asha")
    with pytest.raises(NotFound, match="no_link"):
        unsubscribe(token=token)


@pytest.mark.parametrize(
    ("kind", "data", "path"),
    [
        ("mention", {"room": "global"}, "/chat"),
        ("mention", {"action": "chat", "list_id": 7}, "/lists/7/chat"),
        ("mention", {"action": "comment", "list_id": 7, "item_id": 3}, "/lists/7/items/3"),
        ("item_added", {"list_id": 7, "item_id": 3}, "/lists/7/items/3"),
        ("freeze_reminder", {"action": "one", "list_id": 7}, "/lists/7"),
        ("member_removed", {"list_id": 7}, "/lists"),
        ("moderation", {}, "/"),
    ],
)
def test_a_mail_leads_to_the_page_that_shows_what_it_is_about(kind: str, data: dict[str, Any], path: str) -> None:
    assert path_of(kind, data) == path


def test_many_are_mailed_by_several_jobs() -> None:
    mail_later([Notification(pk=number, kind="mention") for number in range(1, 402)], database_now())
    assert [len(job.payload["ids"]) for job in mail_jobs()] == [200, 200, 1]


@pytest.mark.django_db(transaction=True)
def test_two_jobs_and_two_choices_at_once_are_one(reached: User, tell: Tell) -> None:
    closing(tell, reached)
    at_once(4, run_mail_jobs)
    assert mails().count() == 1
    at_once(4, lambda: set_preference(by=reached, kind="list_frozen", mail=False))
    assert Preference.objects.get().mail is False
