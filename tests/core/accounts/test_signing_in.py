"""A3, A15: one refusal, ten failures, and who is let in."""

from datetime import timedelta
from typing import ClassVar

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import override_settings

from core.accounts.models import User
from core.accounts.services import SYSTEM, ask_deletion, ban_user, check_credentials, lift_sanction, sign_in
from core.accounts.services.signing_in import FAILURES
from core.errors import DomainError, NotSignedIn, RateLimited
from core.work.clock import database_now
from core.work.models import Mail
from tests.core.racing import at_once
from tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def outcome(login: str, password: str, address: str) -> str:
    try:
        return check_credentials(login=login, password=password, address=address).username
    except DomainError as refusal:
        return refusal.code


def fail(login: str, times: int) -> list[str]:
    """Wrong passwords, each from an address of its own, so that only the account counts."""
    return [outcome(login, "wrong", f"10.0.0.{number}") for number in range(times)]


@pytest.mark.parametrize("login", ["asha", "ASHA", "asha@example.org", " Asha@Example.org ", "ａｓｈａ"])
def test_a3_name_and_address_sign_in_whatever_their_case(login: str) -> None:
    make_person("asha")
    assert sign_in(login=login, password=PASSWORD, device="phone", address="10.0.0.1").session_id


def test_a3_a_stranger_and_a_wrong_password_are_answered_alike() -> None:
    make_person("asha")
    refusals = []
    for login in ("asha", "nobody", "nobody@example.org"):
        with pytest.raises(NotSignedIn) as refusal:
            sign_in(login=login, password="wrong", device="", address="10.0.0.1")
        refusals.append((refusal.value.code, refusal.value.detail))
    assert len(set(refusals)) == 1


def test_a15_ten_failures_lock_the_account_and_a_mail_tells() -> None:
    user = make_person("asha")
    assert fail("asha", 11) == [*["bad_credentials"] * 10, "account_locked"]
    assert outcome("asha", PASSWORD, "10.1.0.1") == "account_locked"
    assert Mail.objects.filter(cause__startswith=f"accounts.locked:{user.pk}:").count() == 1


def test_a15_a_name_that_nobody_has_locks_alike() -> None:
    assert fail("nobody", 11) == [*["bad_credentials"] * 10, "account_locked"]


class CountingHasher(MD5PasswordHasher):
    algorithm = "counting"
    hashed: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.hashed.append(password)
        return super().encode(password, salt)


@override_settings(PASSWORD_HASHERS=[f"{__name__}.CountingHasher"])
def test_a3_a_stranger_costs_a_hash_as_somebody_does() -> None:
    make_person("asha")
    work = []
    for login in ("asha", "nobody"):
        CountingHasher.hashed.clear()
        outcome(login, "wrong", "10.0.0.1")
        work.append(len(CountingHasher.hashed))
    assert work == [1, 1]


def test_a15_the_lock_ends_by_itself() -> None:
    make_person("asha")
    fail("asha", FAILURES)
    User.objects.update(locked_until=database_now() - timedelta(seconds=1))
    assert outcome("asha", PASSWORD, "10.1.0.1") == "asha"


def test_a15_success_clears_the_count() -> None:
    make_person("asha")
    fail("asha", FAILURES - 1)
    assert outcome("asha", PASSWORD, "10.1.0.1") == "asha"
    assert User.objects.get().failed_sign_ins == 0


def test_a15_guesses_at_once_count_one_by_one() -> None:
    make_person("asha")
    addresses = iter([f"10.0.0.{number}" for number in range(16)])
    outcomes = at_once(16, lambda: outcome("asha", "wrong", next(addresses)))
    assert sorted(outcomes) == [*["account_locked"] * 6, *["bad_credentials"] * 10]


def test_a15_five_attempts_a_minute_by_account_and_address() -> None:
    make_person("asha")
    make_person("ravi")
    assert [outcome("asha", PASSWORD, "10.0.0.1") for _ in range(6)] == [*["asha"] * 5, "rate_limited"]
    assert outcome("asha@example.org", PASSWORD, "10.0.0.1") == "rate_limited"
    assert outcome("asha", PASSWORD, "10.0.0.2") == "asha"
    assert outcome("ravi", PASSWORD, "10.0.0.1") == "ravi"


def test_a_locked_account_says_when_to_come_back() -> None:
    make_person("asha")
    fail("asha", FAILURES)
    with pytest.raises(RateLimited) as refusal:
        check_credentials(login="asha", password=PASSWORD, address="10.1.0.1")
    assert 890 < (refusal.value.retry_after_s or 0) <= 900


def test_c23_a_ban_keeps_out_until_it_is_lifted_or_over() -> None:
    user = make_person("asha")
    ban = ban_user(by=SYSTEM, user_id=user.pk, reason="spam")
    assert outcome("asha", PASSWORD, "10.0.0.1") == "banned"
    lift_sanction(by=SYSTEM, sanction_id=ban.pk)
    assert outcome("asha", PASSWORD, "10.0.0.1") == "asha"


def test_a14_signing_in_within_the_grace_calls_the_deletion_off() -> None:
    user = make_person("asha")
    ask_deletion(by=user)
    assert outcome("asha", PASSWORD, "10.0.0.1") == "asha"
    user.refresh_from_db()
    assert user.delete_due_at is None
