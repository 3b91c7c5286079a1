"""The clock tells workers of what is due, writes the hourly sweeps once, and says that it runs."""

from datetime import timedelta

from dramatiq.broker import Broker

from core.jobs.actors import run_job
from core.jobs.clock import POLL_S, Clock
from core.jobs.kinds import KINDS, SWEEPS
from core.work.clock import database_now
from core.work.models import Job
from core.work.selectors import heartbeats
from core.work.services import claim, enqueue
from tests.core.jobs.messages import told
from tests.core.racing import at_once
from tests.core.work.rows import as_if_due, as_if_worker_died, claimed, waiting_job


def tick(clock: Clock, broker: Broker) -> list[int]:
    clock.tick()
    return told(broker)


def test_a_new_job_is_told_at_its_commit(broker: Broker) -> None:
    job = waiting_job()
    assert told(broker) == [job.pk]


def test_f7_a_job_whose_message_was_lost_is_told_again_by_the_clock(broker: Broker) -> None:
    clock = Clock()
    tick(clock, broker)
    job = waiting_job()
    broker.flush(run_job.queue_name)
    assert tick(clock, broker) == []
    as_if_due(job)
    assert tick(clock, broker) == [job.pk]
    assert tick(clock, broker) == []


def test_pr4_a_dead_workers_job_is_told_again(broker: Broker) -> None:
    clock = Clock()
    tick(clock, broker)
    job = waiting_job()
    claimed(job)
    tick(clock, broker)
    as_if_worker_died(job)
    assert tick(clock, broker) == [job.pk]


def test_pr7_two_clocks_at_once_lead_to_one_claim(broker: Broker) -> None:
    clocks = [Clock(), Clock()]
    job = waiting_job()
    as_if_due(job)
    broker.flush(run_job.queue_name)
    at_once(2, lambda: clocks.pop().tick())
    leases = [claim(job_id=job_id) for job_id in told(broker) if job_id == job.pk]
    assert sum(lease is not None for lease in leases) == 1


def test_the_clock_sleeps_until_the_next_row_or_a_second(broker: Broker) -> None:
    clock = Clock()
    clock.tick()
    assert clock.tick() == POLL_S
    enqueue(kind="test.add", payload={}, dedupe_key="soon", run_at=database_now() + timedelta(milliseconds=600))
    assert 0 <= clock.tick() <= 0.6


def test_every_hour_each_sweep_is_one_job_for_any_number_of_clocks() -> None:
    for clock in (Clock(), Clock()):
        clock.tick()
        clock.tick()
    assert sorted(Job.objects.values_list("kind", flat=True)) == sorted(SWEEPS)


def test_every_sweep_runs() -> None:
    Clock().tick()
    for job in Job.objects.all():
        run_job(job.pk)
    assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DONE}


def test_the_clock_says_that_it_runs() -> None:
    before = database_now()
    Clock().tick()
    assert before <= heartbeats()["clock"] <= database_now()


def test_every_sweep_is_a_kind() -> None:
    assert set(SWEEPS) <= set(KINDS)
