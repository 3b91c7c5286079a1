"""Telling the workers of a job: a hint, which the clock gives again if it gets lost."""

import logging

from redis import RedisError

from core.jobs.actors import run_job

log = logging.getLogger(__name__)


def hint(job_id: int) -> bool:
    """Workers were told of this job; False when the broker is down, known within its budget of a second."""
    try:
        run_job.send(job_id)
    except RedisError as error:
        log.warning("job %s waits for the clock, the broker cannot be reached: %s", job_id, error)
        return False
    return True
