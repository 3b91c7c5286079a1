"""A job that takes long keeps its lease while it runs, but not for ever."""

import threading
import time

from core.jobs.leases import renewed
from core.work.models import Job
from core.work.services import claim
from tests.core.work.rows import as_if_worker_died, claimed, waiting_job

GIVE_UP_AFTER_S = 30


def test_a_long_job_keeps_its_lease_and_the_thread_ends_with_it() -> None:
    job, threads = waiting_job(), threading.active_count()
    lease = claimed(job)
    first_end = Job.objects.values_list("lease_until", flat=True).get(pk=job.pk)
    give_up_at = time.monotonic() + GIVE_UP_AFTER_S
    with renewed(lease, at_most_s=60):
        while Job.objects.values_list("lease_until", flat=True).get(pk=job.pk) == first_end:
            assert time.monotonic() < give_up_at, "the lease was not renewed"
            time.sleep(0.05)
    assert threading.active_count() == threads


def test_a_job_that_hangs_past_its_time_loses_its_lease() -> None:
    job = waiting_job()
    with renewed(claimed(job), at_most_s=0):
        as_if_worker_died(job)
        assert claim(job_id=job.pk) is not None
