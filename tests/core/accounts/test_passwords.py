"""A5, PR9: changing a password, and setting one that was forgotten."""

from datetime import timedelta

import pytest
from django.db.models import F

from core.accounts.models import OneTimeToken, User
from core.accounts.selectors import identify, live_sessions
from core.accounts.services import (
    ask_password_reset,
    change_password,
    check_credentials,
    open_session,
    refresh_session,
    reset_password,
    sweep_links,
)
from core.accounts.services.hashing import HASHES_AT_ONCE, hash_new_password
from core.errors import Conflict, DomainError, Gone, Invalid, NotSignedIn, RateLimited
from core.events import SessionsEnded
from core.work.models import Mail
from tests.core.accounts.hearing import heard
from tests.core.racing import at_once
from tests.people import PASSWORD, mailed_secret, make_person

pytestmark = pytest.mark.django_db(transaction=True)
RESET = OneTimeToken.Purpose.RESET_PASSWORD
NEW = "a battery of staples"


def test_a5_a_change_ends_every_other_sign_in_and_this_one_goes_on() -> None:
    user = make_person()
    here, there = open_session(user=user, device="laptop"), open_session(user=user, device="phone")
    with heard() as events:
        change_password(by=user, session_id=here.session_id, old_password=PASSWORD, new_password=NEW)
    assert SessionsEnded(user_id=user.pk, keep=here.session_id) in events
    assert set(live_sessions([here.session_id, there.session_id])) == {here.session_id}
    assert identify(here.access).user == user
    assert refresh_session(refresh_token=here.refresh).session_id == here.session_id
    with pytest.raises(NotSignedIn):
        refresh_session(refresh_token=there.refresh)
    assert check_credentials(login="asha", password=NEW, address="10.0.0.1") == user
    assert Mail.objects.filter(cause__startswith="accounts.password.changed:").count() == 1


def test_a5_a_change_needs_the_old_password() -> None:
    user = make_person()
    with pytest.raises(Invalid) as refusal:
        change_password(by=user, session_id="", old_password="wrong", new_password=NEW)
    assert (refusal.value.code, list(refusal.value.fields)) == ("wrong_password", ["old_password"])


def test_a5_a_change_that_another_overtook_is_refused() -> None:
    user = make_person()
    stale = User.objects.get(pk=user.pk)
    change_password(by=user, session_id="", old_password=PASSWORD, new_password=NEW)
    with pytest.raises(Conflict):
        change_password(by=stale, session_id="", old_password=PASSWORD, new_password="another good one")


def test_the_old_password_cannot_be_guessed_without_end() -> None:
    user = make_person()
    for _ in range(5):
        with pytest.raises(Invalid):
            change_password(by=user, session_id="", old_password="wrong", new_password=NEW)
    with pytest.raises(RateLimited):
        change_password(by=user, session_id="", old_password=PASSWORD, new_password=NEW)


def test_a5_a_reset_ends_every_sign_in_and_lifts_the_lock() -> None:
    user = make_person()
    session = open_session(user=user, device="phone")
    User.objects.update(locked_until=F("created_at") + timedelta(hours=1))
    ask_password_reset(email="ASHA@example.org")
    with heard() as events:
        reset_password(token=mailed_secret(RESET), password=NEW)
    assert SessionsEnded(user_id=user.pk) in events
    assert not live_sessions([session.session_id])
    user.refresh_from_db()
    assert (user.token_version, user.locked_until, user.email_verified) == (2, None, True)
    assert check_credentials(login="asha", password=NEW, address="10.0.0.1") == user


def test_a5_a_link_is_good_for_one_of_many_at_once() -> None:
    make_person()
    ask_password_reset(email="asha@example.org")
    secret = mailed_secret(RESET)
    passwords = iter([f"{NEW} {number}" for number in range(8)])

    def attempt() -> str:
        try:
            reset_password(token=secret, password=next(passwords))
        except DomainError as refusal:
            return refusal.code
        return "done"

    assert sorted(at_once(8, attempt)) == ["done", *["link_expired"] * 7]


def test_a5_a_link_is_good_for_an_hour() -> None:
    make_person()
    ask_password_reset(email="asha@example.org")
    OneTimeToken.objects.update(expires_at=F("expires_at") - timedelta(minutes=61))
    with pytest.raises(Gone):
        reset_password(token=mailed_secret(RESET), password=NEW)


def test_a5_a_weak_password_leaves_the_link_good() -> None:
    make_person()
    ask_password_reset(email="asha@example.org")
    with pytest.raises(Invalid):
        reset_password(token=mailed_secret(RESET), password="short")
    reset_password(token=mailed_secret(RESET), password=NEW)


def test_a5_a_change_makes_links_that_are_out_worthless() -> None:
    user = make_person()
    ask_password_reset(email="asha@example.org")
    change_password(by=user, session_id="", old_password=PASSWORD, new_password=NEW)
    with pytest.raises(Gone):
        reset_password(token=mailed_secret(RESET), password="another good one")


def test_a_link_that_verifies_an_address_sets_no_password() -> None:
    make_person()
    with pytest.raises(Gone):
        reset_password(token=mailed_secret(OneTimeToken.Purpose.VERIFY_EMAIL), password=NEW)


def test_a5_only_hashes_of_links_are_kept() -> None:
    make_person()
    ask_password_reset(email="asha@example.org")
    assert mailed_secret(RESET) not in str(list(OneTimeToken.objects.values_list()))


@pytest.mark.parametrize("email", ["asha@example.org", "nobody@example.org"])
def test_a15_three_resets_an_hour_whether_or_not_the_address_is_known(email: str) -> None:
    make_person()
    for _ in range(3):
        ask_password_reset(email=email)
    with pytest.raises(RateLimited):
        ask_password_reset(email=email.upper())


def test_more_hashes_than_turns_all_get_theirs() -> None:
    user = make_person()
    hashes = at_once(3 * HASHES_AT_ONCE, lambda: hash_new_password(NEW, user))
    assert len(set(hashes)) == 3 * HASHES_AT_ONCE


def test_links_are_swept_a_day_after_they_ran_out() -> None:
    make_person()
    assert sweep_links() == 0
    OneTimeToken.objects.update(expires_at=F("expires_at") - timedelta(days=3))
    assert sweep_links() == 1
