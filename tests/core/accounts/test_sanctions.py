"""C23, A19: sanctions, who may give them, and the audit log."""

from datetime import timedelta

import pytest

from core.accounts.events import RightsChanged
from core.accounts.models import AuditEntry, Sanction
from core.accounts.selectors import is_banned
from core.accounts.services import SYSTEM, ban_user, grant_staff, lift_sanction, time_out_user
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.work.clock import database_now
from tests.core.accounts.hearing import heard
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def test_c23_a_sanction_is_in_the_audit_log_with_its_reason() -> None:
    moderator, user = make_person("mod", staff=True), make_person("asha")
    until = database_now() + HOUR
    with heard() as events:
        time_out_user(by=moderator, user_id=user.pk, reason="caps", until=until)
    entry = AuditEntry.objects.get(action="sanction.timeout")
    assert (entry.by_id, entry.target_id, entry.why) == (moderator.pk, str(user.pk), "caps")
    assert events == [RightsChanged(user_id=user.pk)]


@pytest.mark.parametrize("length", [timedelta(seconds=50), timedelta(days=29), -HOUR])
def test_c23_a_timeout_lasts_a_minute_to_four_weeks(length: timedelta) -> None:
    user = make_person()
    with pytest.raises(Invalid):
        time_out_user(by=SYSTEM, user_id=user.pk, reason="caps", until=database_now() + length)
    assert not Sanction.objects.exists()


def test_c23_lifting_is_immediate_and_happens_once() -> None:
    user = make_person()
    ban = ban_user(by=SYSTEM, user_id=user.pk, reason="spam")
    assert is_banned(user.pk)
    lift_sanction(by=SYSTEM, sanction_id=ban.pk, why="appeal")
    assert not is_banned(user.pk)
    with pytest.raises(Conflict):
        lift_sanction(by=SYSTEM, sanction_id=ban.pk)


def test_c23_a_ban_ends_by_itself() -> None:
    user = make_person()
    ban_user(by=SYSTEM, user_id=user.pk, reason="spam", until=database_now() + HOUR)
    assert is_banned(user.pk)
    Sanction.objects.update(until=database_now() - HOUR)
    assert not is_banned(user.pk)


def test_players_sanction_nobody_and_moderators_no_moderator() -> None:
    player, moderator = make_person("asha"), make_person("mod", staff=True)
    other, admin = make_person("mod2", staff=True), make_person("root", superuser=True)
    for by, user in [(player, other), (player, player), (moderator, other), (moderator, admin)]:
        with pytest.raises(NotAllowed):
            ban_user(by=by, user_id=user.pk, reason="no")
    assert ban_user(by=admin, user_id=other.pk, reason="yes")


def test_nobody_lifts_what_they_could_not_give() -> None:
    player, other = make_person("asha"), make_person("ravi")
    ban = ban_user(by=SYSTEM, user_id=other.pk, reason="spam")
    with pytest.raises(NotAllowed):
        lift_sanction(by=player, sanction_id=ban.pk)


def test_only_administrators_make_staff() -> None:
    user = make_person("asha")
    with pytest.raises(NotAllowed):
        grant_staff(by=make_person("mod", staff=True), user_id=user.pk)
    grant_staff(by=SYSTEM, user_id=user.pk)
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (True, False)


def test_who_is_not_there_cannot_be_banned() -> None:
    with pytest.raises(NotFound):
        ban_user(by=SYSTEM, user_id=12345, reason="spam")
