"""`manage.py cleanup_notifications`: for those who keep time with cron; the clock does the same by itself."""

from typing import Any

from django.core.management.base import BaseCommand

from core.notifications.services import forget_old_entries, forget_old_notifications


class Command(BaseCommand):
    help = "Forget notifications that were dismissed 7, read 30 or made 90 days ago. None younger than 90 goes unread."

    def handle(self, *args: Any, **options: Any) -> None:
        forget_old_entries()
        self.stdout.write(f"{forget_old_notifications()} notifications forgotten.")
