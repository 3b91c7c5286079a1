"""A job's life: written once, held by one, fenced by its epoch, dead after eight attempts, replayed."""

from datetime import timedelta

import pytest
from django.db import transaction

from core.errors import Conflict
from core.work.clock import database_now
from core.work.models import Job
from core.work.selectors import due_jobs, next_due_at
from core.work.services import (
    HINT_S,
    MAX_ATTEMPTS,
    LeaseLostError,
    claim,
    enqueue,
    fail,
    finish,
    forget_done_jobs,
    mark_hinted,
    renew,
    replay,
)
from tests.core.racing import at_once
from tests.core.work.rows import SECOND, as_if_due, as_if_worker_died, claimed, waiting_job

pytestmark = pytest.mark.django_db(transaction=True)


def test_enqueue_with_a_known_key_is_the_first_job() -> None:
    first = waiting_job(step=1)
    again = waiting_job(step=2)
    assert again == first
    assert Job.objects.get().payload == {"step": 1}


def test_enqueue_at_once_from_eight_threads_is_one_job() -> None:
    jobs = at_once(8, waiting_job)
    assert len({job.pk for job in jobs}) == 1
    assert Job.objects.count() == 1


def test_a_job_of_a_service_that_fails_was_never_written() -> None:
    with transaction.atomic():
        waiting_job()
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_claim_at_once_from_eight_threads_gives_one_lease() -> None:
    job = waiting_job()
    leases = at_once(8, lambda: claim(job_id=job.pk))
    assert sum(lease is not None for lease in leases) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.epoch) == (Job.State.RUNNING, 1, 1)


def test_a_job_is_not_claimed_before_its_time() -> None:
    job = enqueue(kind="test.add", payload={}, dedupe_key="later", run_at=database_now() + timedelta(hours=1))
    assert claim(job_id=job.pk) is None


def test_a_job_that_is_gone_is_not_claimed() -> None:
    assert claim(job_id=404) is None


def test_pr4_a_dead_workers_job_is_claimed_by_another() -> None:
    job = waiting_job()
    claimed(job)
    assert claim(job_id=job.pk) is None
    as_if_worker_died(job)
    assert claimed(job).epoch == 2


def test_pr4_a_worker_that_wakes_late_can_neither_finish_nor_fail_nor_renew() -> None:
    job = waiting_job()
    late = claimed(job)
    as_if_worker_died(job)
    owner = claimed(job)
    with pytest.raises(LeaseLostError):
        finish(lease=late)
    fail(lease=late, error=ValueError("late"))
    assert not renew(lease=late)
    job.refresh_from_db()
    assert (job.state, job.epoch, job.last_error) == (Job.State.RUNNING, owner.epoch, "")
    finish(lease=owner)
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_finish_twice_is_refused() -> None:
    lease = claimed(waiting_job())
    finish(lease=lease)
    with pytest.raises(LeaseLostError):
        finish(lease=lease)


def test_renew_moves_the_end_of_the_lease() -> None:
    job = waiting_job()
    lease = claimed(job)
    as_if_worker_died(job)
    assert renew(lease=lease)
    assert claim(job_id=job.pk) is None


def test_a_failed_job_waits_longer_each_time() -> None:
    job, waits = waiting_job(), []
    for _ in range(3):
        as_if_due(job)
        fail(lease=claimed(job), error=ValueError("no luck"))
        job.refresh_from_db()
        assert job.state == Job.State.WAITING
        assert job.hint_at == job.run_at
        waits.append(round((job.run_at - database_now()).total_seconds()))
    assert waits == [4, 16, 64]
    assert job.last_error.endswith("ValueError: no luck\n")


def test_pr5_a_job_that_always_fails_is_dead_after_eight_attempts() -> None:
    job = waiting_job()
    for _ in range(MAX_ATTEMPTS):
        as_if_due(job)
        fail(lease=claimed(job), error=ValueError("never\0ever"))
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DEAD, 8)
    assert "neverever" in job.last_error
    assert claim(job_id=job.pk) is None


def test_pr5_a_job_that_always_kills_its_worker_is_dead_after_eight_attempts() -> None:
    job = waiting_job()
    for _ in range(MAX_ATTEMPTS):
        claimed(job)
        as_if_worker_died(job)
    assert claim(job_id=job.pk) is None
    job.refresh_from_db()
    assert (job.state, job.last_error) == (Job.State.DEAD, "The worker died or froze while it ran this.")


def test_pr5_a_dead_job_can_be_replayed_once() -> None:
    job = waiting_job()
    Job.objects.update(state=Job.State.DEAD, attempts=8, epoch=8)
    replay(job_id=job.pk)
    with pytest.raises(Conflict, match="job_not_dead"):
        replay(job_id=job.pk)
    lease = claimed(job)
    assert (lease.attempt, lease.epoch) == (1, 9)


def test_a_job_of_the_near_future_is_told_of_at_its_time() -> None:
    run_at = database_now() + SECOND
    assert enqueue(kind="test.add", payload={}, dedupe_key="soon", run_at=run_at).hint_at == run_at


def test_due_jobs_are_those_that_wait_and_those_whose_worker_died_most_overdue_first() -> None:
    waiting, lost, running, done = (waiting_job(key) for key in ("waiting", "lost", "running", "done"))
    as_if_due(waiting)
    for job in (lost, running, done):
        claimed(job)
    as_if_worker_died(lost)
    Job.objects.filter(pk=done.pk).update(state=Job.State.DONE)
    assert due_jobs(now=database_now(), limit=10) == [waiting.pk, lost.pk]
    assert due_jobs(now=database_now(), limit=1) == [waiting.pk]


def test_next_due_at_is_the_nearest_time_or_none() -> None:
    assert next_due_at() is None
    soon = database_now() + timedelta(minutes=1)
    for minutes in (2, 1, 3):
        run_at = soon + timedelta(minutes=minutes - 1)
        enqueue(kind="test.add", payload={}, dedupe_key=f"in {minutes}", run_at=run_at)
    assert next_due_at() == soon


def test_a_hint_that_nobody_answers_is_given_again_and_less_and_less_often() -> None:
    job = waiting_job()
    as_if_due(job)
    job.refresh_from_db()
    for waited, until_next in ((0, HINT_S), (10, HINT_S + 10), (30, HINT_S + 30)):
        seen_at = job.run_at + waited * SECOND
        mark_hinted(job_ids=[job.pk], seen_at=seen_at)
        job.refresh_from_db()
        assert job.hint_at - seen_at == until_next * SECOND


def test_a_hint_does_not_touch_a_job_that_was_taken_meanwhile() -> None:
    job = waiting_job()
    as_if_due(job)
    seen_at = database_now()
    claimed(job)
    mark_hinted(job_ids=[job.pk], seen_at=seen_at)
    job.refresh_from_db()
    assert job.hint_at == job.lease_until


def test_done_jobs_are_forgotten_after_seven_days_and_dead_ones_kept() -> None:
    old, fresh, dead = (waiting_job(key) for key in ("old", "fresh", "dead"))
    long_ago = database_now() - timedelta(days=7, seconds=1)
    Job.objects.filter(pk=old.pk).update(state=Job.State.DONE, finished_at=long_ago)
    Job.objects.filter(pk=fresh.pk).update(state=Job.State.DONE, finished_at=database_now())
    Job.objects.filter(pk=dead.pk).update(state=Job.State.DEAD, finished_at=long_ago)
    forget_done_jobs()
    assert set(Job.objects.values_list("pk", flat=True)) == {fresh.pk, dead.pk}
