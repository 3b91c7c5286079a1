"""`manage.py work`: a worker process of the production shape."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import workers
from core.management.starting import refuse_forgetful_redis


class Command(BaseCommand):
    help = "Run jobs in JOB_THREADS threads. Needs REDIS_URL; without it `serve` runs jobs itself."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.REDIS_URLS:
            raise CommandError("REDIS_URL is not set: `serve` runs jobs in its own process")
        refuse_forgetful_redis()
        workers.run()
