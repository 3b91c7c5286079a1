"""`manage.py create_admin`: an account that may do everything, the Django admin included."""

import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.accounts.services import SYSTEM, create_account, grant_staff
from core.errors import DomainError


class Command(BaseCommand):
    help = "Make an administrator. The password is asked for, or read from standard input when that is no terminal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("email")

    def handle(self, *args: Any, username: str, email: str, **options: Any) -> None:
        password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            user = create_account(by=SYSTEM, email=email, password=password, username=username, vouched=True)
        except DomainError as refusal:
            reasons = [reason for told in refusal.fields.values() for reason in told]
            raise CommandError(" ".join(reasons) or refusal.detail) from None
        grant_staff(by=SYSTEM, user_id=user.pk, superuser=True)
        self.stdout.write(f"{user.username} may do everything now.")
