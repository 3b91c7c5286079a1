"""`manage.py serve`: one process of web, with the workers' threads and the clock unless told otherwise."""

import argparse
import gc
import logging
import signal
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from core.management.starting import (
    alone_without_layer,
    refuse_forgetful_redis,
    refuse_relaxed_limits_in_public,
    refuse_unguarded_rows,
)

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Serve HTTP and sockets, and run jobs and the clock in the same process."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.ENV.host)
        parser.add_argument("--port", type=int, default=settings.ENV.port)
        parser.add_argument("--prepare", action="store_true", help="migrate and load the demo first, where needed")
        parser.add_argument("--no-jobs", action="store_true", help="web only; workers and the clock run elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_forgetful_redis()
        refuse_relaxed_limits_in_public(options["host"])
        with alone_without_layer():
            if options["prepare"]:
                call_command("prepare", stdout=self.stdout)
            refuse_unguarded_rows()
            self._run(**options)

    def _run(self, *, host: str, port: int, no_jobs: bool, **_: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: None)  # the server handles it; then the jobs have to end as well
        stop_jobs = None if no_jobs else self._start_jobs()
        try:
            self._serve(host, port)
        finally:
            if stop_jobs is not None:
                stop_jobs()

    def _serve(self, host: str, port: int) -> None:
        from core.asgi import application
        from realtime.hub import hubs
        from realtime.leaving import Departure
        from realtime.servers import serve

        def ready() -> None:
            log.info("serving on http://%s:%s with %s", host, port, settings.ENV.asgi_server)

        gc.freeze()  # what is loaded by now stays: the collector never looks through it again
        departure = Departure(settings.ENV.drain_s, hubs)
        serve(settings.ENV.asgi_server, application, host=host, port=port, departure=departure, ready=ready)

    def _start_jobs(self) -> Callable[[], None]:
        from core.jobs.running import start_embedded

        return start_embedded()
