"""Sealing many lists whose deadlines have come."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.bucketlists.models import List, Round
from core.bucketlists.services import cast_vote, seal_closed, sealing
from core.notifications.models import Notification
from core.work.models import Job
from tests.core.bucketlists.lists import let_pass, make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db


def crowd(size: int) -> list[List]:
    """Lists of one owner with a vote each, whose deadline has come."""
    owner, member = make_person("asha"), make_person("ravi")
    rows = [make_list(owner, f"Night {number}", closes_in_s=3600) for number in range(size)]
    for row in rows:
        seat(row, member)
        cast_vote(by=member, item_id=make_item(row, owner).pk, vote_type="upvote")
        let_pass(row)
        row.refresh_from_db()
        Job.objects.filter(kind="bucketlists.seal", payload__list_id=row.pk).update(
            dedupe_key=f"bucketlists.seal:{row.pk}:{row.decision_deadline and row.decision_deadline.isoformat()}"
        )
    return rows


def test_v50_a_job_seals_the_others_that_are_due_as_well_and_theirs_find_nothing_to_do() -> None:
    first, *others = crowd(4)
    waits = make_list(make_person("mei"), closes_in_s=3600)
    seal_closed(list_id=first.pk)
    sealed = Round.objects.exclude(sealed_at=None).select_related("list")
    assert {it.list_id for it in sealed} == {first.pk, *(row.pk for row in others)}
    for it in sealed:
        assert it.result
        assert (it.list.frozen_at, it.list.frozen_reason) == (it.list.decision_deadline, "deadline")
        assert it.result["last_seq"] == it.result["first_seq"] == 1
        assert [item["score"] for item in it.result["items"]] == [1]
    assert Notification.objects.filter(kind="list_frozen").count() == 2 * 4
    open_jobs = Job.objects.filter(kind="bucketlists.seal", state="waiting").values_list("payload__list_id", flat=True)
    assert set(open_jobs) == {first.pk, waits.pk}  # its own job is ended by who runs it


def test_a_crowd_takes_as_many_queries_as_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """V50, and no more at once than others can wait for."""
    monkeypatch.setattr(sealing, "TOGETHER", 8)
    rows = crowd(8 + 3)
    with CaptureQueriesContext(connection) as taken:
        seal_closed(list_id=rows[-1].pk)
    assert Round.objects.exclude(sealed_at=None).count() == 8
    with CaptureQueriesContext(connection) as again:
        seal_closed(list_id=rows[-2].pk)
    assert Round.objects.filter(sealed_at=None).count() == 0
    assert len(taken) <= len(again) + 1  # the first makes the inboxes
