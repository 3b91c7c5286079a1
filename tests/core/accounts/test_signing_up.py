"""A1, A2, A12: an account, its names and its profile."""

import pytest

from core.accounts.models import AuditEntry, OneTimeToken, Profile, User
from core.accounts.services import SYSTEM, confirm_address, create_account, make_missing_profiles
from core.errors import Gone, Invalid
from core.work.models import Job, Mail
from tests.core.racing import at_once
from tests.people import PASSWORD, mailed_secret, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def sign_up(email: str = "asha@example.org", username: str | None = None, password: str = PASSWORD) -> User:
    return create_account(by=SYSTEM, email=email, password=password, username=username)


def test_a1_an_account_starts_unverified_with_a_profile_and_a_mail_that_asks() -> None:
    user = sign_up()
    assert (user.username, user.email_verified) == ("asha", False)
    assert Profile.objects.get().user == user
    assert Mail.objects.get().to == "asha@example.org"
    assert Job.objects.get().kind == "mail.send"
    assert AuditEntry.objects.get().action == "account.created"


@pytest.mark.parametrize(
    ("local", "username"),
    [("ravi.k", "ravi.k"), ("a+b!c", "abc"), ("Ｍｅｉ", "Mei"), ("-dash", "dash"), ("x" * 40, "x" * 24)],
)
def test_a1_without_a_username_one_is_made_of_the_address(local: str, username: str) -> None:
    assert sign_up(f"{local}@example.org").username == username


@pytest.mark.parametrize("local", ["a", "me", "!!"])
def test_a1_an_address_that_gives_no_name_gets_a_player_name(local: str) -> None:
    assert sign_up(f"{local}@example.org").username.startswith("player")


def test_a1_a_taken_name_is_made_free_with_digits() -> None:
    first, second = sign_up("asha@example.org"), sign_up("asha@example.com")
    assert second.username.startswith(first.username)
    assert second.username_key != first.username_key


def test_a1_the_same_local_part_at_once_gives_as_many_accounts() -> None:
    addresses = iter([f"asha@{number}.example.org" for number in range(8)])
    users = at_once(8, lambda: sign_up(next(addresses)))
    assert len({user.username_key for user in users}) == 8


def test_a2_the_same_address_at_once_gives_one_account() -> None:
    def attempt() -> str:
        try:
            return sign_up("asha@example.org").username
        except Invalid as refusal:
            return refusal.code

    assert sorted(at_once(8, attempt)) == ["asha", *["email_taken"] * 7]
    assert User.objects.count() == Profile.objects.count() == Mail.objects.count() == 1


@pytest.mark.parametrize("email", ["asha@example.org", "ASHA@Example.ORG", "ａｓｈａ@example.org"])
def test_a2_an_address_is_one_whatever_its_case_and_width(email: str) -> None:
    make_person("asha")
    with pytest.raises(Invalid) as refusal:
        sign_up(email, "somebody")
    assert (refusal.value.code, list(refusal.value.fields)) == ("email_taken", ["email"])


@pytest.mark.parametrize("username", ["asha", "ASHA", "Ａsha"])
def test_a2_a_username_is_one_whatever_its_case_and_width(username: str) -> None:
    make_person("asha")
    with pytest.raises(Invalid) as refusal:
        sign_up("other@example.org", username)
    assert (refusal.value.code, list(refusal.value.fields)) == ("username_taken", ["username"])


@pytest.mark.parametrize("username", ["ab", "x" * 31, "a b", "a@b", "user", "Me", "-dash", "null\0byte"])
def test_a2_some_words_are_no_usernames(username: str) -> None:
    with pytest.raises(Invalid) as refusal:
        sign_up(username=username)
    assert refusal.value.code == "bad_username"
    assert not User.objects.exists()


@pytest.mark.parametrize("email", ["", "asha", "a\0b@example.org", f"{'x' * 250}@example.org", "a\nb@example.org"])
def test_a2_some_words_are_no_addresses(email: str) -> None:
    with pytest.raises(Invalid) as refusal:
        sign_up(email)
    assert refusal.value.code == "bad_email"


@pytest.mark.parametrize("password", ["short", "password123", "1029384756", "asha@example.org"])
def test_a2_weak_passwords_are_refused_on_the_field(password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        sign_up(password=password)
    assert (refusal.value.code, list(refusal.value.fields)) == ("weak_password", ["password"])


def test_a1_the_mailed_link_verifies_the_address_once() -> None:
    user = make_person()
    secret = mailed_secret(OneTimeToken.Purpose.VERIFY_EMAIL)
    confirm_address(token=secret)
    user.refresh_from_db()
    assert user.email_verified
    with pytest.raises(Gone):
        confirm_address(token=secret)


def test_a12_accounts_made_in_bulk_get_the_profile_that_they_lack() -> None:
    make_person()
    User.objects.bulk_create([User(username="old", username_key="old", password="!")])
    assert make_missing_profiles(by=SYSTEM) == 1
    assert make_missing_profiles(by=SYSTEM) == 0
    assert Profile.objects.count() == User.objects.count() == 2


def test_a2_the_longest_name_fits_when_it_is_folded() -> None:
    assert sign_up(username="ß" * 30).username_key == "ss" * 30
