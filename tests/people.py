"""People for tests: real accounts, made by the service that makes them."""

from core.accounts.models import OneTimeToken, User
from core.accounts.services import SYSTEM, create_account
from core.work.models import Mail

PASSWORD = "correct horse battery"


def make_person(username: str = "asha", *, staff: bool = False, superuser: bool = False) -> User:
    """An account called `username` with the address `<username>@example.org` and PASSWORD."""
    user = create_account(by=SYSTEM, email=f"{username}@example.org", password=PASSWORD, username=username)
    if staff or superuser:
        User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=superuser)
        user.refresh_from_db()
    return user


def mailed_secret(purpose: OneTimeToken.Purpose) -> str:
    """The secret of the newest mailed link of that purpose."""
    mail = Mail.objects.filter(cause__startswith=f"accounts.{purpose}:").order_by("pk").last()
    assert mail is not None
    return mail.text.partition("#token=")[2].partition("\n")[0]
