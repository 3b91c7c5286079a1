"""The words of the mails that accounts send. A secret stands in the part of a link that no server's log sees."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    text: str


def verify_email(username: str, secret: str) -> Words:
    return Words(
        "Confirm your e-mail address",
        f"Hello {username},\n\nconfirm that this address is yours within a day:\n\n"
        f"{settings.PUBLIC_URL}/verify-email#token={secret}\n\nIf you did not sign up, do nothing.\n",
    )


def reset_password(username: str, secret: str) -> Words:
    return Words(
        "Set a new password",
        f"Hello {username},\n\nset a new password within an hour; the link works once:\n\n"
        f"{settings.PUBLIC_URL}/reset-password#token={secret}\n\n"
        "If you did not ask for this, do nothing: your password stays as it is.\n",
    )


def password_changed(username: str) -> Words:
    return Words(
        "Your password was changed",
        f"Hello {username},\n\nyour password was changed just now and other devices were signed out.\n"
        f"If that was not you, set a new one at once: {settings.PUBLIC_URL}/\n",
    )


def account_locked(username: str, minutes: int) -> Words:
    return Words(
        "Your account is locked for a while",
        f"Hello {username},\n\nsomebody gave a wrong password for your account ten times, so nobody can sign in to it\n"
        f"for {minutes} minutes. Devices that are signed in stay so. If that was not you, choose a longer password.\n",
    )


def email_changed(username: str) -> Words:
    return Words(
        "Your e-mail address was changed",
        f"Hello {username},\n\nyour account now has another e-mail address; this one gets no more mail from us.\n"
        "If that was not you, tell the people who run this house.\n",
    )


def deletion_asked(username: str, days: int) -> Words:
    return Words(
        "Your account will be deleted",
        f"Hello {username},\n\nas you asked, your account will be deleted in {days} days. Signing in before then\n"
        "keeps it.\n",
    )
