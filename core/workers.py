"""What a worker process runs: the actors of every shell, until it is told to end."""

import logging

from core.jobs.actors import run_job
from core.jobs.running import run_until_signalled, start_worker

ACTORS = (run_job,)

log = logging.getLogger(__name__)


def run() -> None:
    """Run what the broker brings for these actors until SIGTERM or Ctrl-C."""
    log.info("a worker runs %s", ", ".join(actor.actor_name for actor in ACTORS))
    run_until_signalled(start_worker)
