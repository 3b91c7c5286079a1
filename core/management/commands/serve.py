"""`manage.py serve`: one process of web, with the workers' threads and the clock unless told otherwise."""

import argparse
import logging
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Serve HTTP and sockets, and run jobs and the clock in the same process."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.ENV.host)
        parser.add_argument("--port", type=int, default=settings.ENV.port)
        parser.add_argument("--no-jobs", action="store_true", help="web only; workers and the clock run elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        from core.asgi import application
        from core.jobs.running import start_embedded
        from realtime.hub import hubs
        from realtime.servers import serve

        if settings.LIMITS_RELAXED:
            log.warning("GUILDHALL_LIMITS=relaxed: EVERY RATE LIMIT IS OFF. For benches and checks only.")
        stop_jobs = (lambda: None) if options["no_jobs"] else start_embedded()

        async def farewell() -> None:
            for hub in hubs():
                await hub.farewell()

        def ready() -> None:
            log.info("serving on http://%s:%s with %s", options["host"], options["port"], settings.ENV.asgi_server)

        signal.signal(signal.SIGTERM, lambda *_: None)  # between the server's own handling and the end of the jobs
        try:
            serve(
                settings.ENV.asgi_server,
                application,
                host=options["host"],
                port=options["port"],
                farewell=farewell,
                ready=ready,
            )
        finally:
            stop_jobs()
