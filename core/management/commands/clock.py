"""`manage.py clock`: keeps time for the production shape; a second one does no harm."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.jobs.running import run_until_signalled, start_clock
from core.management.starting import refuse_forgetful_redis


class Command(BaseCommand):
    help = "Keep time: tell the workers of what is due. Needs REDIS_URL; without it `serve` keeps time itself."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.REDIS_URLS:
            raise CommandError("REDIS_URL is not set: `serve` keeps time in its own process")
        refuse_forgetful_redis()
        run_until_signalled(start_clock)
