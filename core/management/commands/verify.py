"""`manage.py verify`: recomputes what the rows claim, and names every difference."""

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.management.base import BaseCommand

from core.accounts.selectors import find_differences as accounts
from core.boards.selectors import find_differences as boards
from core.bucketlists.selectors import find_differences as bucketlists
from core.chat.selectors import find_differences as chat
from core.files.selectors import find_differences as files
from core.hosts.selectors import find_differences as hosts
from core.notifications.selectors import find_differences as notifications
from core.teams.selectors import find_differences as teams
from core.tournaments.selectors.checking import find_differences as tournaments
from core.tournaments.selectors.checking_entry import find_differences_of_entry as entrants
from core.tracker.selectors import find_differences as tracker
from core.work.selectors import find_differences as work

CHECKS: Mapping[str, Callable[[], Iterator[str]]] = {
    "work": work,
    "files": files,
    "accounts": accounts,
    "notifications": notifications,
    "boards": boards,
    "hosts": hosts,
    "teams": teams,
    "chat": chat,
    "bucketlists": bucketlists,
    "tournaments": tournaments,
    "tracker": tracker,
    "entrants": entrants,
}


class Command(BaseCommand):
    help = "Recompute logs, sign-ins, jobs and mails from their rows. Names every difference; exits with 1 on any."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for room, find_differences in CHECKS.items():
            for difference in find_differences():
                self.stdout.write(f"{room}: {difference}")
                found += 1
        self.stdout.write(f"{found} differences in {', '.join(CHECKS)}.")
        if found:
            sys.exit(1)
