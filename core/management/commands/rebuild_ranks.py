"""`manage.py rebuild_ranks`: counts the ranks of the global boards anew from their rows."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from core.boards.catalogue import BOARDS
from core.boards.services import rebuild_ranks


class Command(BaseCommand):
    help = "Counts the ranks of global boards anew from their rows, such as after going back to a backup."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("boards", nargs="*", choices=[*BOARDS, []], help="which; all, if none is named")

    def handle(self, *_: Any, **options: Any) -> None:
        if not settings.REDIS_URLS:
            self.stdout.write("The server counts them whenever it starts: they are in its own memory.")
            return
        for board in options["boards"] or BOARDS:
            done = rebuild_ranks(board=board)
            self.stdout.write(f"{board}: {'done' if done else 'another process is at that'}.")
