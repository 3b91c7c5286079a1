"""C23, A19: sanctions, who may give them, and the audit log."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core.accounts.events import RightsChanged
from core.accounts.models import AuditEntry, Sanction
from core.accounts.selectors import is_banned
from core.accounts.services import SYSTEM, ban_user, block_user, grant_staff, lift_sanction, time_out_user
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.notifications.models import Notification
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
    assert RightsChanged(user_id=user.pk) in events


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


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_c23_no_sanction_without_a_reason(reason: str) -> None:
    user = make_person()
    with pytest.raises(Invalid) as refused:
        ban_user(by=SYSTEM, user_id=user.pk, reason=reason)
    assert list(refused.value.fields) == ["reason"]
    assert not Sanction.objects.exists()


def test_c21_c23_the_person_is_told_what_was_decided_and_why_whomever_they_block() -> None:
    moderator, user = make_person("mod", staff=True), make_person("asha")
    block_user(by=user, user_id=moderator.pk)
    until = database_now() + HOUR
    timeout = time_out_user(by=moderator, user_id=user.pk, reason="Caps.", until=until)
    lift_sanction(by=moderator, sanction_id=timeout.pk, why="Appeal.")
    ban_user(by=moderator, user_id=user.pk, reason="Spam.")
    told = Notification.objects.filter(recipient=user).order_by("pk")
    assert [(it.kind, it.by, it.data["action"], it.data["reason"]) for it in told] == [
        ("moderation", None, "timed_out", "Caps."),
        ("moderation", None, "lifted", "Appeal."),
        ("moderation", None, "banned", "Spam."),
    ]
    assert told[0].data["ends_at"] == until.isoformat()


def admin_form(kind: str, username: str, reason: str, until: str = "") -> dict[str, str]:
    day, _, time = until.partition(" ")
    return {"kind": kind, "username": username, "reason": reason, "until_0": day, "until_1": time}


def test_c23_a_moderator_who_is_no_administrator_times_out_bans_and_lifts_in_the_admin(client: Client) -> None:
    moderator, user = make_person("mod", staff=True), make_person("asha")
    client.force_login(moderator)
    add, all_of_them = reverse("admin:accounts_sanction_add"), reverse("admin:accounts_sanction_changelist")
    assert "asha@example.org" not in client.get(add).content.decode()
    tomorrow = f"{database_now() + 24 * HOUR:%Y-%m-%d %H:%M:%S}"
    client.post(add, admin_form("timeout", "ASHA", "Caps.", tomorrow))
    client.post(add, admin_form("ban", "asha", "Spam."))
    sanctions = list(Sanction.objects.order_by("pk"))
    assert [(it.user, it.kind, it.reason, it.by) for it in sanctions] == [
        (user, "timeout", "Caps.", moderator),
        (user, "ban", "Spam.", moderator),
    ]
    client.post(all_of_them, {"action": "lift", "_selected_action": [it.pk for it in sanctions]})
    assert not is_banned(user.pk)
    assert not Sanction.objects.filter(lifted_at=None).exists()
    assert "Spam." in client.get(all_of_them).content.decode()


def test_c23_the_admin_refuses_what_the_service_refuses(client: Client) -> None:
    client.force_login(make_person("mod", staff=True))
    make_person("mod2", staff=True)
    add = reverse("admin:accounts_sanction_add")
    for form in (
        admin_form("ban", "mod2", "no"),
        admin_form("ban", "nobody", "no"),
        admin_form("timeout", "mod2", "no"),
        admin_form("ban", "mod2", ""),
    ):
        client.post(add, form, follow=True)
    assert not Sanction.objects.exists()
    client.force_login(make_person("asha"))
    assert client.get(add).status_code == 302


def test_a19_moderators_see_the_log_of_moderation_and_administrators_all_of_it(client: Client) -> None:
    moderator, user = make_person("mod", staff=True), make_person("asha")
    ban_user(by=moderator, user_id=user.pk, reason="Spam.")
    for who, all_of_it in ((moderator, False), (make_person("root", superuser=True), True)):
        client.force_login(who)
        page = client.get(reverse("admin:accounts_auditentry_changelist")).content.decode()
        assert "Spam." in page
        assert ("account.created" in page) is all_of_it
