"""`manage.py send_freeze_reminders`: for those who keep time with cron; the clock does the same by itself."""

from typing import Any

from django.core.management.base import BaseCommand

from core.bucketlists.services import plan_missing, send_due_reminders


class Command(BaseCommand):
    help = "Remind members of lists that close within 24 hours or within 1. Run often: nobody is reminded twice."

    def handle(self, *args: Any, **options: Any) -> None:
        plan_missing()
        self.stdout.write(f"{send_due_reminders()} reminders sent.")
