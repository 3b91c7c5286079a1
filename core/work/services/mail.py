"""Outgoing mail: a row in the transaction of its cause, sent by a job after the commit."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from core.work.clock import database_now
from core.work.models import Mail
from core.work.services.jobs import enqueue
from core.work.transactions import atomically

KEPT_SENT = timedelta(days=90)


@atomically
def post_mail(*, to: str, subject: str, text: str, html: str = "", unsubscribe_url: str = "", cause: str) -> Mail:
    """One mail is on its way for `cause`, such as `welcome:7`; a second call with the same cause changes nothing."""
    mail, _ = Mail.objects.get_or_create(
        cause=cause,
        defaults={"to": to, "subject": subject, "text": text, "html": html, "unsubscribe_url": unsubscribe_url},
    )
    enqueue(kind="mail.send", payload={"mail_id": mail.pk}, dedupe_key=f"mail:{mail.pk}")
    return mail


def send_mail(*, mail_id: int) -> None:
    """Hand the mail to the mail server, unless it was sent before. Never inside a transaction: it may take 10 s.

    A worker killed right after may lead to a second copy: both carry the same Message-ID, so that readers show one.
    """
    mail = Mail.objects.filter(pk=mail_id, sent_at=None).first()
    if mail is None:
        return
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].rstrip(">")
    headers = {"Message-ID": f"<mail-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S%f}@{domain}>"}
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(mail.subject, mail.text, sender, [mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    message.send()


def mark_sent(*, mail_id: int) -> None:
    """The mail was sent; its words, which may hold links that sign somebody in, are forgotten."""
    Mail.objects.filter(pk=mail_id, sent_at=None).update(sent_at=database_now(), text="", html="", unsubscribe_url="")


def forget_mails() -> None:
    """Mails sent more than 90 days ago are gone, addresses and all."""
    Mail.objects.filter(sent_at__lt=database_now() - KEPT_SENT).delete()
