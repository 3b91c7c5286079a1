"""V87: reminders a day and an hour before the close, once for each deadline, and never late ones."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from core.accounts.models import User
from core.bucketlists.models import List
from core.bucketlists.services import cast_vote, create_list, freeze_list, plan_missing, remind_members
from core.bucketlists.when import Deadline
from core.jobs.kinds import KINDS
from core.notifications import selectors
from core.notifications.models import Notification
from core.work.clock import database_now
from core.work.models import Job
from tests.core.bucketlists.lists import let_pass, make_item, make_list, seat, soon
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db

HOUR = 3600.0


@pytest.fixture
def asha() -> User:
    return make_person("asha")


def jobs(kind: str = "bucketlists.remind") -> list[Job]:
    assert kind in KINDS
    return list(Job.objects.filter(kind=kind).order_by("run_at"))


def closes_in(row: List, seconds: float) -> str:
    """So much time went by since the deadline was set that it is now `seconds` away; answers it as jobs name it."""
    at = soon(seconds)
    List.objects.filter(pk=row.pk).update(decision_deadline=at, deadline_set_at=at - timedelta(days=30))
    return at.isoformat()


def reminders(user: User) -> list[str]:
    return [it.text for it in selectors.notifications_of(user).results if it.kind == "freeze_reminder"]


def test_v87_two_reminders_are_planned_and_only_in_the_future(asha: User) -> None:
    for hours, planned in ((30, [24, 1]), (24, [1]), (2, [1]), (1, [])):
        Job.objects.all().delete()
        row = make_list(asha, closes_in_s=hours * HOUR)
        assert row.decision_deadline
        assert [job.payload["hours"] for job in jobs()] == planned
        assert [row.decision_deadline - job.run_at for job in jobs()] == [timedelta(hours=n) for n in planned]


def test_v87_a_reminder_names_the_items_without_a_vote_of_the_reader(asha: User) -> None:
    row = make_list(asha)
    ravi, mira = make_person("ravi"), make_person("mira")
    seat(row, ravi)
    seat(row, mira, "viewer")
    items = [make_item(row, asha, title) for title in ("Kayaking", "Opera")]
    make_item(row, asha, "Museum").delete()
    cast_vote(by=ravi, item_id=items[0].pk, vote_type="downvote")
    deadline = closes_in(row, 24 * HOUR - 60)
    closes = f"{datetime.fromisoformat(deadline):%-d %B at %H:%M} UTC"
    assert remind_members(list_id=row.pk, deadline=deadline, hours=24) == 3
    assert reminders(asha) == [f"“Weekend” closes on {closes}; 2 items wait for your vote."]
    assert reminders(ravi) == [f"“Weekend” closes on {closes}; one item waits for your vote."]
    assert reminders(mira) == [f"“Weekend” closes on {closes}."]
    for item in items:
        cast_vote(by=asha, item_id=item.pk, vote_type="upvote")
    deadline = closes_in(row, HOUR - 60)
    remind_members(list_id=row.pk, deadline=deadline, hours=1)
    assert reminders(asha)[0].endswith("You have voted on everything.")


def test_v87_nobody_is_reminded_twice_of_one_deadline_and_again_of_another(asha: User) -> None:
    row = make_list(asha)
    deadline = closes_in(row, HOUR - 60)
    assert [remind_members(list_id=row.pk, deadline=deadline, hours=1) for _ in range(2)] == [1, 0]
    moved = closes_in(row, HOUR - 90)
    assert remind_members(list_id=row.pk, deadline=deadline, hours=1) == 0, "that deadline is none any more"
    assert remind_members(list_id=row.pk, deadline=moved, hours=1) == 1


@pytest.mark.parametrize(("hours", "left_s"), [(24, 24 * HOUR + 60), (24, 12 * HOUR - 60), (1, HOUR / 2 - 5), (1, -1)])
def test_v87_too_early_or_too_late_is_not_at_all(asha: User, hours: int, left_s: float) -> None:
    row = make_list(asha)
    assert remind_members(list_id=row.pk, deadline=closes_in(row, left_s), hours=hours) == 0
    assert not Notification.objects.exists()


def test_v87_a_list_that_is_frozen_or_gone_reminds_nobody(asha: User) -> None:
    row = make_list(asha)
    deadline = closes_in(row, HOUR - 60)
    freeze_list(by=asha, list_id=row.pk, is_frozen=True)
    assert remind_members(list_id=row.pk, deadline=deadline, hours=1) == 0
    freeze_list(by=asha, list_id=row.pk, is_frozen=False)
    List.objects.update(deleted_at=database_now())
    assert remind_members(list_id=row.pk, deadline=deadline, hours=1) == 0


def test_v87_cron_sends_what_the_jobs_would_and_nothing_twice(asha: User) -> None:
    day, hour, late = (make_list(asha, title) for title in ("Day", "Hour", "Late"))
    closes_in(day, 24 * HOUR - 60)
    closes_in(hour, HOUR - 60)
    closes_in(late, HOUR / 4)
    fresh = create_list(by=asha, title="Fresh", deadline=Deadline(soon(HOUR - 60)))
    for sent in ("2 reminders sent.\n", "0 reminders sent.\n"):
        said = StringIO()
        call_command("send_freeze_reminders", stdout=said)
        assert said.getvalue() == sent
    assert {text.split("”")[0] for text in reminders(asha)} == {"“Day", "“Hour"}
    assert not Notification.objects.filter(target_id=str(fresh.pk)).exists(), "its moment was before it was set"


def test_the_sweep_writes_the_jobs_that_are_missing(asha: User) -> None:
    """A restored backup, or a job that somebody deleted: an hour later all is as it should be."""
    row = make_list(asha, closes_in_s=2 * HOUR)
    make_list(asha, "Later", closes_in_s=26 * HOUR)
    before = [(job.kind, job.dedupe_key, job.run_at) for job in Job.objects.filter(payload__list_id=row.pk)]
    Job.objects.filter(kind__startswith="bucketlists.").delete()
    assert [plan_missing(), plan_missing()] == [2, 0]
    assert [(job.kind, job.dedupe_key, job.run_at) for job in jobs() + jobs("bucketlists.seal")] == before[::-1]


def test_the_sweep_tries_again_to_seal_what_is_late(asha: User) -> None:
    """Even if the job that should have done it is done or dead."""
    row = make_list(asha, closes_in_s=HOUR)
    let_pass(row)
    assert plan_missing() == 1, "sealed within five minutes, it is not late"
    at = database_now() - timedelta(minutes=6)
    List.objects.update(decision_deadline=at, deadline_set_at=at - timedelta(days=1))
    assert [plan_missing(), plan_missing()] == [1, 0]
    assert sum(":late:" in job.dedupe_key for job in jobs("bucketlists.seal")) == 1


def test_v86_cron_forgets_what_the_sweep_would(asha: User) -> None:
    row = make_list(asha)
    closes_in(row, HOUR - 60)
    call_command("send_freeze_reminders", stdout=StringIO())
    Notification.objects.update(created_at=database_now() - timedelta(days=91))
    said = StringIO()
    call_command("cleanup_notifications", stdout=said)
    assert said.getvalue() == "1 notifications forgotten.\n"
    assert not Notification.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_v87_jobs_and_cron_at_once_remind_once(asha: User) -> None:
    row = make_list(asha)
    seat(row, make_person("ravi"))
    deadline = closes_in(row, HOUR - 60)
    told = at_once(6, lambda: remind_members(list_id=row.pk, deadline=deadline, hours=1))
    assert sorted(told) == [0, 0, 0, 0, 0, 2]
    assert Notification.objects.filter(kind="freeze_reminder").count() == 2
