"""PR4, PR5: effect and end are one commit; whoever fails, dies or wakes late does no harm."""

import pytest
from django.core import mail as outbox

from core.jobs.actors import run_job
from core.jobs.kinds import perform
from core.work.models import Job, Mail
from core.work.services import LeaseLostError, post_mail, send_mail
from tests.core.racing import at_once
from tests.core.work.rows import as_if_due, as_if_worker_died, claimed, waiting_job
from tests.room.models import Counter


def state_of(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state


def value() -> int:
    return Counter.objects.get().value


def test_a_job_takes_effect_with_its_payload_and_is_done() -> None:
    job = waiting_job(amount=5)
    run_job(job.pk)
    assert (value(), state_of(job)) == (5, Job.State.DONE)


def test_the_same_message_eight_times_at_once_is_one_effect() -> None:
    job = waiting_job()
    at_once(8, lambda: run_job(job.pk))
    assert (value(), state_of(job)) == (1, Job.State.DONE)


def test_a_message_of_a_row_that_is_gone_does_nothing() -> None:
    run_job(404)
    assert value() == 0


def test_a_failed_job_has_no_effect_and_waits() -> None:
    job = waiting_job(kind="test.break")
    run_job(job.pk)
    run_job(job.pk)
    assert (value(), state_of(job)) == (0, Job.State.WAITING)
    job.refresh_from_db()
    assert job.attempts == 1
    assert "ValueError: broken" in job.last_error


def test_pr5_a_poison_job_ends_dead_with_its_error_and_holds_up_nobody() -> None:
    poison, other = waiting_job("poison", kind="test.break"), waiting_job("other")
    for _ in range(8):
        as_if_due(poison)
        run_job(poison.pk)
    run_job(other.pk)
    assert (state_of(poison), state_of(other), value()) == (Job.State.DEAD, Job.State.DONE, 1)


def test_a_kind_that_nobody_knows_fails_like_any_error() -> None:
    job = waiting_job(kind="test.unknown")
    run_job(job.pk)
    assert "KeyError: 'test.unknown'" in Job.objects.get(pk=job.pk).last_error


def test_pr4_a_frozen_worker_that_wakes_late_commits_nothing() -> None:
    job = waiting_job()
    frozen = claimed(job)
    as_if_worker_died(job)
    run_job(job.pk)
    with pytest.raises(LeaseLostError):
        perform(frozen)
    assert (value(), state_of(job)) == (1, Job.State.DONE)


def test_pr4_a_worker_that_wakes_while_the_next_one_works_commits_nothing() -> None:
    job = waiting_job()
    frozen = claimed(job)
    as_if_worker_died(job)
    owner = claimed(job)
    with pytest.raises(LeaseLostError):
        perform(frozen)
    assert value() == 0
    perform(owner)
    assert (value(), state_of(job)) == (1, Job.State.DONE)


def test_a24_a_mail_job_sends_once_and_forgets_the_words() -> None:
    mail = post_mail(to="asha@example.org", subject="Welcome", text="Hello.", cause="welcome:7")
    job = Job.objects.get(kind="mail.send")
    at_once(4, lambda: run_job(job.pk))
    assert [message.to for message in outbox.outbox] == [["asha@example.org"]]
    mail.refresh_from_db()
    assert (mail.text, state_of(job)) == ("", Job.State.DONE)


def test_a24_a_worker_that_died_between_sending_and_noting_it_sends_under_the_same_id() -> None:
    post_mail(to="asha@example.org", subject="Welcome", text="Hello.", cause="welcome:7")
    job = Job.objects.get(kind="mail.send")
    lease = claimed(job)
    send_mail(**lease.payload)
    as_if_worker_died(job)
    run_job(job.pk)
    run_job(job.pk)
    assert len({message.extra_headers["Message-ID"] for message in outbox.outbox}) == 1
    assert Mail.objects.get().sent_at is not None
