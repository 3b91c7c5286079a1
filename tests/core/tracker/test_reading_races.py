"""S5, S6, S9, S12, PR1, PR4: whoever comes at once, and wherever a worker dies, no match is lost or doubled."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db.models import QuerySet

from core import failpoints
from core.accounts.models import User
from core.errors import DomainError
from core.files.models import StoredFile
from core.jobs.actors import run_job
from core.tracker import selectors, services
from core.tracker.models import Match, Picture
from core.work.clock import database_now
from core.work.models import Job
from tests.core.files.pictures import picture
from tests.core.racing import at_once
from tests.core.tracker.reading import ScriptedReader, add, run_all, screen
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asha() -> User:
    return make_person("asha")


def race(*contenders: Callable[[], Any]) -> list[str]:
    """What becomes of each of them, in no order: `done`, or why it was refused."""
    waiting = list(contenders)

    def go() -> str:
        try:
            waiting.pop()()
        except DomainError as refusal:
            return refusal.code
        return "done"

    return sorted(at_once(len(contenders), go))


def the_job() -> int:
    return Job.objects.get(kind="tracker.read").pk


def undone() -> QuerySet[Job]:
    """Jobs that pictures and files still wait for."""
    return Job.objects.filter(kind__regex=r"^(tracker|files)\.").exclude(state=Job.State.DONE)


def test_a_confirmation_and_a_reading_at_once(asha: User, reader: ScriptedReader) -> None:
    """S5: whoever is first, what the person said stands."""
    for salt in "123":
        match = add(asha, screen(salt=salt))
        job_id = Job.objects.get(dedupe_key=f"tracker.read:{match.pk}").pk

        def confirm(match: Match = match) -> None:
            services.confirm_match(by=asha, match_id=match.pk, score_user=7, score_opponent=6)

        assert race(partial(run_job, job_id), confirm) == ["done", "done"]
        shown = selectors.see_match(asha, match.pk)
        assert (shown.state, shown.score_user, shown.score_opponent) == ("confirmed", 7, 6)
    assert [*selectors.find_differences()] == []


def test_a_deletion_and_a_reading_at_once(asha: User, reader: ScriptedReader) -> None:
    """S6: deleted is deleted, whoever is first."""
    for salt in "123":
        match = add(asha, screen(salt=salt))
        job_id = Job.objects.get(dedupe_key=f"tracker.read:{match.pk}").pk

        def delete(match: Match = match) -> None:
            services.delete_match(by=asha, match_id=match.pk)

        assert race(partial(run_job, job_id), delete) == ["done", "done"]
    run_all("tracker.read", "files.make_sizes", "files.erase")
    assert (Match.objects.count(), Picture.objects.count(), StoredFile.objects.count()) == (0, 0, 0)
    assert not undone().exists()


def test_the_same_bytes_at_once_are_one_match(asha: User, reader: ScriptedReader) -> None:
    """S9: a double click."""
    taken = [services.take_pictures(by=asha, raws=[screen()]) for _ in range(4)]
    outcomes = race(*(partial(services.add_match, by=asha, taken=one) for one in taken))
    assert outcomes == ["done", *["duplicate_picture"] * 3]
    assert Match.objects.count() == 1


def test_a_job_delivered_twice_at_once_reads_once(asha: User, reader: ScriptedReader) -> None:
    """S12, PR4"""
    raw = screen()
    match = add(asha, raw)
    job_id = the_job()
    assert race(*[partial(run_job, job_id)] * 4) == ["done"] * 4
    run_job(job_id)
    assert reader.asked == {raw: 1}
    assert (selectors.see_match(asha, match.pk).state, selectors.see_match(asha, match.pk).version) == ("proposed", 2)


class Killed(BaseException):
    """As SIGKILL: nobody catches it, and nothing uncommitted stays."""


@pytest.fixture
def killed_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def act(place: str, action: str) -> None:
        raise Killed(place)

    def plan(place: str) -> None:
        monkeypatch.setattr(failpoints, "_act", act)
        monkeypatch.setattr(failpoints, "_reached", {})
        monkeypatch.setattr(failpoints, "_plans", {place: "kill@1"})

    return plan


def die(call: Callable[[], Any]) -> None:
    with pytest.raises(Killed):
        call()


def take_over() -> None:
    """The dead worker's leases end, and another worker takes what there is to do, until nothing is left."""
    for _ in range(4):
        Job.objects.filter(state=Job.State.RUNNING).update(lease_until=database_now() - timedelta(seconds=1))
        for job_id in Job.objects.filter(state__in=Job.OPEN).values_list("pk", flat=True):
            run_job(job_id)


@pytest.mark.parametrize("place", ["tracker.reading", "tracker.read", "tracker.settled", "files.sizes"])
def test_a_worker_killed_at_any_stage_leaves_the_rest_to_the_next(
    place: str, asha: User, reader: ScriptedReader, killed_at: Callable[[str], None]
) -> None:
    """PR1, PR4"""
    match = add(asha, screen(salt="1"), screen(salt="2"), picture("JPEG", 90, 60))
    killed_at(place)
    die(take_over)
    assert [*selectors.find_differences()] == []
    take_over()
    shown = selectors.see_match(asha, match.pk)
    assert (shown.state, shown.pictures_read, len(shown.pictures)) == ("proposed", 3, 3)
    assert Match.objects.count() == 1
    assert not StoredFile.objects.filter(has_original=True).exists()
    assert not undone().exists()
    assert [*selectors.find_differences()] == []


@pytest.mark.parametrize("place", ["tracker.taken", "tracker.added"])
def test_a_server_killed_while_a_picture_comes_in_adds_it_whole_or_not(
    place: str, asha: User, reader: ScriptedReader, killed_at: Callable[[str], None]
) -> None:
    """PR1: nobody was answered; what is asked again is there once."""
    killed_at(place)
    die(lambda: add(asha))
    assert (Match.objects.count(), undone().count()) == (0, 0)
    add(asha)
    take_over()
    assert Match.objects.get().state == "proposed"


def test_a_confirmation_that_dies_leaves_the_proposal(
    asha: User, reader: ScriptedReader, killed_at: Callable[[str], None]
) -> None:
    match = add(asha)
    take_over()
    before = selectors.see_match(asha, match.pk)
    killed_at("tracker.confirmed")
    die(lambda: services.confirm_match(by=asha, match_id=match.pk))
    assert selectors.see_match(asha, match.pk) == before
    services.confirm_match(by=asha, match_id=match.pk)
