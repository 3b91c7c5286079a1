"""A24: mail is a row of its cause's transaction, sent once, and forgotten."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMultiAlternatives

from core.work.clock import database_now
from core.work.models import Job, Mail
from core.work.services import forget_mails, mark_sent, post_mail, send_mail
from tests.core.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def posted(cause: str = "welcome:7") -> Mail:
    return post_mail(to="asha@example.org", subject="Welcome", text="Hello.", html="<p>Hello.</p>", cause=cause)


def test_one_cause_is_one_mail_and_one_job() -> None:
    mails = at_once(4, posted)
    assert len({mail.pk for mail in mails}) == 1
    job = Job.objects.get()
    assert (job.kind, job.payload) == ("mail.send", {"mail_id": mails[0].pk})


def test_send_mail_hands_over_both_texts_under_one_message_id() -> None:
    mail = posted()
    send_mail(mail_id=mail.pk)
    send_mail(mail_id=mail.pk)
    first, second = outbox.outbox
    assert (first.to, first.subject, first.body) == (["asha@example.org"], "Welcome", "Hello.")
    assert isinstance(first, EmailMultiAlternatives)
    assert first.alternatives == [("<p>Hello.</p>", "text/html")]
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_a_mail_that_was_sent_is_not_sent_again_and_its_words_are_gone() -> None:
    mail = posted()
    mark_sent(mail_id=mail.pk)
    send_mail(mail_id=mail.pk)
    assert outbox.outbox == []
    mail.refresh_from_db()
    assert mail.sent_at is not None
    assert (mail.text, mail.html) == ("", "")


def test_sent_mails_are_forgotten_after_90_days() -> None:
    old, unsent = posted("old"), posted("unsent")
    Mail.objects.filter(pk=old.pk).update(sent_at=database_now() - timedelta(days=90, seconds=1))
    forget_mails()
    assert Mail.objects.get() == unsent
