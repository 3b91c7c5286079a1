"""Who runs a competition with its host, what they announce, and what becomes of it when they go (T4, T22a, A14)."""

import pytest

from core.accounts.services import SYSTEM
from core.chat.rules import check_may_post, may_read, readers
from core.errors import DomainError
from core.notifications.models import Notification
from core.tournaments.models import Announcement, Competition, Group, Staff
from core.tournaments.selectors.announcements import announcements_of
from core.tournaments.selectors.standing import find_competition
from core.tournaments.services import announce, appoint, cancel, dismiss, tell_crowd, withdraw
from core.tournaments.services.announcing import ANNOUNCED
from core.tournaments.services.erasing import leave_hosting, why_not_delete
from core.work.models import Job, Mail
from tests.core.accounts.hearing import heard
from tests.core.tournaments.drafts import make_draft
from tests.core.tournaments.rows import make_competition, make_entrant, make_host, make_stage
from tests.core.tournaments.test_competitions import code_of
from tests.people import make_person

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[str]:
    rows = Notification.objects.filter(kind=kind).order_by("recipient__username")
    return [*rows.values_list("recipient__username", flat=True)]


def run_tellers() -> None:
    for job in Job.objects.filter(kind="tournaments.tell").order_by("pk"):
        tell_crowd(**job.payload)


def test_the_host_appoints_changes_and_dismisses_and_anybody_may_resign() -> None:
    """T4"""
    host, ravi, mei = make_host(), make_person("ravi"), make_person("mei")
    row = make_draft(host)
    for role in ("caster", "referee", "referee"):
        appoint(by=host, competition_id=row.pk, username="RAVI", role=role)
    assert list(row.staff.values_list("user", "role")) == [(ravi.pk, "referee")]
    assert told("competition_staff") == ["ravi", "ravi"]
    assert find_competition(row.pk, ravi).role == "referee"
    appoint(by=host, competition_id=row.pk, username="mei", role="co_host")
    for by, code in ((mei, "not_staff"), (ravi, "not_staff"), (make_person("tom"), "no_competition")):
        assert code_of(appoint, by=by, competition_id=row.pk, username="tom", role="caster") == code
    assert code_of(appoint, by=host, competition_id=row.pk, username="host", role="caster") == "is_host"
    assert code_of(appoint, by=host, competition_id=row.pk, username="nobody", role="caster") == "no_person"
    assert code_of(dismiss, by=mei, competition_id=row.pk, user_id=ravi.pk) == "not_staff"
    assert code_of(dismiss, by=ravi, competition_id=row.pk, user_id=ravi.pk) == "done"
    assert code_of(dismiss, by=host, competition_id=row.pk, user_id=mei.pk) == "done"
    assert code_of(dismiss, by=host, competition_id=row.pk, user_id=mei.pk) == "no_staff"
    assert told("competition_staff") == ["mei", "mei", "ravi", "ravi"]  # who resigns knows
    cancel(by=host, competition_id=row.pk, reason="Rain.")
    assert code_of(appoint, by=host, competition_id=row.pk, username="mei", role="caster") == "competition_over"


def test_an_announcement_reaches_whom_it_is_for_once() -> None:
    """T22a: all or one group; on the page, as a notification, by mail where it was asked for"""
    host, ref = make_host(), make_person("ref")
    row = make_competition(host)
    names = ("first", "second", "waiting", "gone")
    states = ("confirmed", "confirmed", "waitlisted", "withdrawn")
    entrants = [make_entrant(row, captain=make_person(it), state=at) for it, at in zip(names, states, strict=True)]
    entrants[-1].roster.update(counts=False)
    make_stage(row, entrants[:2], groups=2)
    appoint(by=host, competition_id=row.pk, username="ref", role="referee")
    group = Group.objects.get(number=2)
    announce(by=host, competition_id=row.pk, words=" Ten minutes late. ")
    announce(by=host, competition_id=row.pk, words="Room B.", group_id=group.pk, mail=True)
    run_tellers()
    run_tellers()
    assert told("competition_announcement") == ["first", "ref", "second", "waiting"]
    assert told("competition_announcement_mailed") == ["ref", "second"]
    assert Job.objects.filter(kind="notifications.mail").count() == 1
    pages = {
        who.username if who else "": [it.words for it in announcements_of(find_competition(row.pk, who)).results]
        for who in (None, entrants[0].captain, entrants[1].captain, ref)
    }
    late, both = ["Ten minutes late."], ["Room B.", "Ten minutes late."]
    assert pages == {"": late, "first": late, "second": both, "ref": both}
    withdraw(by=host, competition_id=row.pk, entrant_id=entrants[1].pk, reason="Cheated.")
    assert [it.words for it in announcements_of(find_competition(row.pk, entrants[1].captain)).results] == late
    assert code_of(announce, by=ref, competition_id=row.pk, words="Hi.") == "not_staff"
    assert code_of(announce, by=host, competition_id=row.pk, words="Hi.", group_id=10**9) == "no_group"
    assert code_of(announce, by=host, competition_id=make_draft(host).pk, words="Hi.") == "not_published"
    assert (Announcement.objects.count(), Mail.objects.exclude(cause__startswith="accounts").count()) == (2, 0)


def test_outsiders_do_not_use_up_what_hosts_may_announce() -> None:
    """T4, T22a"""
    host, guest = make_host(), make_person("guest")
    row = make_competition(host)
    for _ in range(ANNOUNCED.count + 1):
        assert code_of(announce, by=guest, competition_id=row.pk, words="Hi.") == "not_staff"
    assert code_of(announce, by=host, competition_id=row.pk, words="Hi.") == "done"


def test_who_plays_and_who_runs_it_write_in_its_room_until_it_is_archived() -> None:
    """T22a, C1: and whoever may see it and is signed in reads"""
    host = make_host()
    row = make_competition(host)
    playing = make_entrant(row, captain=make_person("playing")).captain
    gone = make_entrant(row, captain=make_person("gone"), state="no_show")
    gone.roster.update(counts=False)
    ref, guest = make_person("ref"), make_person("guest")
    Staff.objects.create(competition=row, user=ref, role="caster", added_at=row.created_at)
    room = f"tournament-{row.pk}"

    def who_writes() -> set[str]:
        found = set()
        for user in (host, ref, playing, gone.captain, guest):
            try:
                check_may_post(user, room)
            except DomainError:
                continue
            found.add(user.username)
        return found

    assert who_writes() == {"host", "ref", "playing"}
    assert {user.username for user in readers(room)} == {"host", "ref", "playing"}
    assert [may_read(user, room) for user in (guest, None)] == [True, False]
    Competition.objects.filter(pk=row.pk).update(state="archived")
    assert who_writes() == set()
    Competition.objects.filter(pk=row.pk).update(state="draft")
    assert [may_read(user, room) for user in (host, ref, playing)] == [True, True, False]
    assert not may_read(host, "tournament-0")
    assert not may_read(host, "tournament-x")


@pytest.mark.django_db(transaction=True)
def test_no_account_goes_while_it_hosts_and_nothing_it_hosted_hangs() -> None:
    """A14"""
    host = make_host()
    draft, over = make_draft(host), make_competition(host, state="completed")
    assert why_not_delete(host) is None
    for state in ("published", "live", "paused"):
        row = make_competition(host, state=state)
        assert getattr(why_not_delete(host), "code", "") == "hosts_competition"
        Competition.objects.filter(pk=row.pk).update(state="archived")
    row = make_competition(host, state="registration_open")
    elsewhere = make_competition(make_host("other"))
    appoint(by=SYSTEM, competition_id=elsewhere.pk, username="host", role="caster")
    with heard() as events:
        leave_hosting(host)
    leave_hosting(host)
    assert f"tournament.{draft.pk}" in {getattr(event, "prefix", "") for event in events}, "its staff hear that it went"
    assert not Competition.objects.filter(pk=draft.pk).exists()
    states = Competition.objects.filter(pk__in=[over.pk, row.pk]).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["completed", "cancelled"]
    assert Staff.objects.count() == 0
