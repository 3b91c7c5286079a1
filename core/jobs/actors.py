"""The one actor: a message carries the id of a job's row, and only hurries what the row says."""

import logging

import dramatiq
from dramatiq.middleware import Interrupt

from core.jobs.kinds import perform
from core.jobs.leases import renewed
from core.work.services import LeaseLostError, claim, fail

TIME_LIMIT_MS = 60_000

log = logging.getLogger(__name__)


@dramatiq.actor(queue_name="jobs", max_retries=0, time_limit=TIME_LIMIT_MS)
def run_job(job_id: int) -> None:
    """Do the job if it is due and nobody else's; a failure waits in its row for the next attempt."""
    lease = claim(job_id=job_id)
    if lease is None:
        return
    try:
        with renewed(lease, at_most_s=TIME_LIMIT_MS / 1_000):
            perform(lease)
    except LeaseLostError as error:
        log.warning("nothing was done: %s", error)
    except (Exception, Interrupt) as error:  # whatever a job raises is kept in its row and ends its attempt only
        log.exception("job %s (%s) failed at attempt %s", job_id, lease.kind, lease.attempt)
        fail(lease=lease, error=error)
