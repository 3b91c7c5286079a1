"""Workers and the clock as threads of one process: what is written gets done, and ending leaves nothing half done."""

import threading
import time

import dramatiq

from core.jobs.actors import run_job
from core.jobs.running import start_embedded
from core.work.clock import database_now
from core.work.models import Job
from core.work.selectors import heartbeats
from core.work.services import enqueue
from tests.core.work.rows import SECOND, as_if_due, as_if_worker_died, claimed, waiting_job
from tests.room.models import Counter

GIVE_UP_AFTER_S = 30


def wait_until_done(*jobs: Job) -> None:
    give_up_at = time.monotonic() + GIVE_UP_AFTER_S
    ids = [job.pk for job in jobs]
    while Job.objects.filter(pk__in=ids).exclude(state=Job.State.DONE).exists():
        assert time.monotonic() < give_up_at, list(Job.objects.filter(pk__in=ids).values("kind", "state", "last_error"))
        time.sleep(0.02)


def test_jobs_written_while_it_runs_are_done(counter: Counter) -> None:
    stop = start_embedded()
    try:
        wait_until_done(*(waiting_job(f"job {number}") for number in range(20)))
    finally:
        stop()
    counter.refresh_from_db()
    assert counter.value == 20


def test_what_was_left_when_a_process_died_is_done_after_the_next_start(counter: Counter) -> None:
    waiting, running = waiting_job("waiting"), waiting_job("running")
    as_if_due(waiting)
    claimed(running)
    as_if_worker_died(running)
    dramatiq.get_broker().flush(run_job.queue_name)  # a broker in process dies with it
    stop = start_embedded()
    try:
        wait_until_done(waiting, running)
    finally:
        stop()
    counter.refresh_from_db()
    assert counter.value == 2


def test_a_job_is_done_at_its_time_and_not_before() -> None:
    stop = start_embedded()
    try:
        job = enqueue(kind="test.add", payload={}, dedupe_key="soon", run_at=database_now() + SECOND)
        wait_until_done(job)
    finally:
        stop()
    job.refresh_from_db()
    assert job.finished_at is not None
    assert job.finished_at >= job.run_at


def test_worker_and_clock_say_that_they_run_and_end_their_threads() -> None:
    before = set(threading.enumerate())
    start = database_now()
    stop = start_embedded()
    try:
        wait_until_done(waiting_job())
    finally:
        stop()
    assert all(at >= start for at in heartbeats().values())
    assert set(heartbeats()) == {"clock", "worker"}
    assert {thread for thread in threading.enumerate() if thread.is_alive()} <= before
