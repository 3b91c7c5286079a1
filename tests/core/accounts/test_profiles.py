"""A6, A7, A13: names, profiles, search."""

from typing import Any

import pytest

from core.accounts.events import ProfileChanged
from core.accounts.models import OneTimeToken, Profile, User
from core.accounts.selectors import card, people_like, profile_named
from core.accounts.services import ask_deletion, confirm_address, update_account, update_profile
from core.accounts.shapes import GameIdentity, UserCard
from core.errors import Gone, Invalid, NotFound
from core.work.models import Mail
from tests.core.accounts.hearing import heard
from tests.people import PASSWORD, mailed_secret, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_a13_a_profile_says_what_it_was_given_and_keeps_the_rest() -> None:
    user = make_person()
    update_profile(by=user, bio="Rifler.", links={"github": "https://github.com/asha"}, time_zone="Asia/Kolkata")
    shown = update_profile(by=user, name="  Asha\u200b \n  K ", language="pt-BR")
    profile = shown.profile
    assert (profile.name, profile.bio, profile.time_zone, profile.language) == (
        "Asha K",
        "Rifler.",
        "Asia/Kolkata",
        "pt-BR",
    )
    assert profile.links == {"github": "https://github.com/asha"}


def test_c20_whoever_shows_something_else_is_read_anew() -> None:
    user = make_person()
    with heard() as told:
        shown = update_profile(by=user, is_invisible=True, shows_typing=False)
        update_account(by=user, name="Asha")
    assert (shown.profile.is_invisible, shown.profile.shows_typing) == (True, False)
    assert [type(event) for event in told] == [ProfileChanged, ProfileChanged]
    assert [event.user_id for event in told if isinstance(event, ProfileChanged)] == [user.pk] * 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"avatar_url": "http://example.org/a.png"}, "avatar_url"),
        ({"avatar_url": "javascript:alert(1)"}, "avatar_url"),
        ({"avatar_url": "https://user:secret@example.org/a.png"}, "avatar_url"),
        ({"avatar_url": "https://[bad"}, "avatar_url"),
        ({"links": {"github": "https://github.com.evil.example/asha"}}, "links.github"),
        ({"links": {"github": "http://github.com/asha"}}, "links.github"),
        ({"links": {"linkedin": "https://github.com/asha"}}, "links.linkedin"),
        ({"links": {"myspace": "https://myspace.com/asha"}}, "links.myspace"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"language": "english"}, "language"),
        ({"language": "en_US"}, "language"),
    ],
)
def test_a13_what_is_malformed_is_refused_on_its_field(changes: Any, field: str) -> None:
    user = make_person()
    with pytest.raises(Invalid) as refusal:
        update_profile(by=user, bio="never kept", **changes)
    assert list(refusal.value.fields) == [field]
    assert Profile.objects.get().bio == ""


def test_a13_links_lead_to_a_host_or_its_subdomains() -> None:
    links = {"linkedin": "https://www.linkedin.com/in/asha", "website": "https://asha.example.org"}
    assert update_profile(by=make_person(), links=links).profile.links == links


def test_a13_game_accounts_are_replaced_and_belong_to_one_person() -> None:
    asha, ravi = make_person("asha"), make_person("ravi")
    first = GameIdentity(game="bgmi", in_game_id="5123456789", in_game_name="asha")
    update_profile(by=asha, game_accounts=[GameIdentity(game="valorant", in_game_id="9", in_game_name="")])
    update_profile(by=asha, game_accounts=[first])
    assert profile_named("asha").game_accounts == [first]
    with pytest.raises(Invalid) as refusal:
        update_profile(by=ravi, game_accounts=[first])
    assert refusal.value.code == "game_account_taken"
    assert profile_named("ravi").game_accounts == []


def test_a7_a_new_username_keeps_the_person() -> None:
    user = make_person("asha")
    assert update_account(by=user, username="Ash").username == "Ash"
    assert profile_named("ASH").user.id == user.pk
    assert update_account(by=user, username="ASH").username == "ASH"


def test_a2_a_new_username_must_be_free() -> None:
    make_person("asha")
    with pytest.raises(Invalid) as refusal:
        update_account(by=make_person("ravi"), username="ASHA")
    assert (refusal.value.code, list(refusal.value.fields)) == ("username_taken", ["username"])


def test_a_new_address_needs_the_password_and_its_own_confirmation() -> None:
    user = make_person()
    old_link = mailed_secret(OneTimeToken.Purpose.VERIFY_EMAIL)
    confirm_address(token=old_link)
    user.refresh_from_db()
    with pytest.raises(Invalid) as refusal:
        update_account(by=user, email="new@example.org")
    assert list(refusal.value.fields) == ["password"]
    changed = update_account(by=user, email="new@example.org", password=PASSWORD)
    assert (changed.email, changed.email_verified) == ("new@example.org", False)
    assert Mail.objects.filter(to="asha@example.org", cause__startswith="accounts.email_changed:").count() == 1
    confirm_address(token=mailed_secret(OneTimeToken.Purpose.VERIFY_EMAIL))
    assert User.objects.get().email_verified


def test_links_to_an_old_address_verify_no_new_one() -> None:
    user = make_person()
    old_link = mailed_secret(OneTimeToken.Purpose.VERIFY_EMAIL)
    update_account(by=user, email="new@example.org", password=PASSWORD)
    with pytest.raises(Gone):
        confirm_address(token=old_link)


def test_a6_search_finds_parts_of_usernames_and_shown_names() -> None:
    asha, ravi = make_person("asha"), make_person("ravi")
    update_profile(by=ravi, name="Sharma")
    assert set(people_like("SHA")) == {asha, ravi}
    assert set(people_like("ravi")) == {ravi}
    assert set(people_like("%")) == set(people_like("_")) == set()


def test_a14_who_is_about_to_leave_is_not_found() -> None:
    user = make_person()
    ask_deletion(by=user)
    assert not people_like("asha")
    with pytest.raises(NotFound):
        profile_named("asha")


def test_a_card_shows_the_username_until_there_is_a_name() -> None:
    user = make_person("asha")
    assert card(user) == UserCard(id=user.pk, username="asha", name="asha", avatar="")
    assert card(update_profile(by=user, name="Asha", avatar_url="https://example.org/a.png")) == UserCard(
        id=user.pk, username="asha", name="Asha", avatar="https://example.org/a.png"
    )
