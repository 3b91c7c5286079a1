"""A6, A7, A12 to A14, C21 over REST."""

import pytest
from pytest_django import DjangoAssertNumQueries

from core.accounts.services import block_user, guards_deletion, open_session, update_profile
from core.accounts.services.deletion import _guards
from core.errors import Conflict
from tests.api.phone import Phone, json_of, refusal_of
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_a6_nobody_may_search() -> None:
    assert refusal_of(Phone().get("users/?q=asha")) == (401, "not_signed_in")


def test_a6_search_shows_cards_and_no_address() -> None:
    user = make_person("asha")
    found = json_of(Phone(user).get("users/?q=as"))
    assert found == {"results": [{"id": user.pk, "username": "asha", "name": "asha", "avatar": ""}], "next": None}


def test_a6_pages_neither_skip_nor_repeat() -> None:
    names = [f"player{number}" for number in range(5)]
    people = [make_person(name) for name in names]
    phone = Phone(people[0])
    seen, after = [], ""
    while after is not None:
        page = json_of(phone.get(f"users/?q=player&limit=2{after and f'&after={after}'}"))
        seen += [card["username"] for card in page["results"]]
        after = page["next"]
    assert seen == names


@pytest.mark.parametrize("people", [1, 3])
def test_lists_take_a_fixed_number_of_queries(people: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user = make_person("asha")
    phone = Phone(user)
    for number in range(people):
        block_user(by=user, user_id=make_person(f"other{number}").pk)
        open_session(user=user, device="phone")
    for path in ("users/?q=other", "users/me/blocks/", "users/me/sessions/"):
        with django_assert_num_queries(2):  # who asks, and what
            assert len(json_of(phone.get(path))["results"]) >= people


def test_a7_the_own_account_is_shown_and_changed_alike_by_patch_and_put() -> None:
    phone = Phone(make_person("asha"))
    for method, name in (("PATCH", "Asha"), ("PUT", "Asha K")):
        changed = phone.call(method, "users/me/", {"name": name})
        assert json_of(changed) == json_of(phone.get("users/me/"))
        assert (json_of(changed)["name"], json_of(changed)["email"]) == (name, "asha@example.org")


def test_a12_the_own_profile_is_shown_whole_and_changed() -> None:
    phone = Phone(make_person("asha"))
    body = {
        "bio": "Rifler.",
        "avatar": "https://example.org/a.png",
        "links": {"github": "https://github.com/asha"},
        "time_zone": "Asia/Kolkata",
        "language": "en-IN",
        "shows_streak": True,
        "is_invisible": True,
        "shows_typing": False,
        "game_accounts": [{"game": "bgmi", "in_game_id": "5123456789", "in_game_name": ""}],
    }
    changed = json_of(phone.patch("profiles/user/", body))
    assert changed.pop("user")["avatar"] == body.pop("avatar")
    assert changed == body | {"teams": [], "host": None}
    assert json_of(phone.get("profiles/user/"))["bio"] == "Rifler."


def test_a12_the_public_profile_shows_the_public_part(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ravi = make_person("ravi")
    update_profile(by=ravi, bio="Support main.", time_zone="Asia/Kolkata")
    phone = Phone(make_person("asha"))
    with django_assert_num_queries(5):
        shown = json_of(phone.get("profiles/RAVI/"))
    assert shown.keys() == {"user", "bio", "links", "game_accounts", "teams", "is_host"}
    assert refusal_of(phone.get("profiles/nobody/")) == (404, "no_person")
    assert refusal_of(Phone().get("profiles/ravi/")) == (401, "not_signed_in")


def test_a5_sign_ins_are_listed_and_ended_one_by_one() -> None:
    user = make_person("asha")
    phone, other = Phone(user), Phone(user)
    listed = json_of(phone.get("users/me/sessions/"))["results"]
    assert [one["current"] for one in sorted(listed, key=lambda one: not one["current"])] == [True, False]
    [there] = [one["id"] for one in listed if not one["current"]]
    assert phone.delete(f"users/me/sessions/{there}/").status_code == 204
    assert refusal_of(other.get("users/me/")) == (401, "signed_out")
    assert refusal_of(phone.delete(f"users/me/sessions/{there}/")) == (404, "no_session")


def test_c21_blocks_are_made_listed_and_ended() -> None:
    asha, ravi = make_person("asha"), make_person("ravi")
    phone = Phone(asha)
    assert phone.post("users/me/blocks/", {"user": ravi.pk}).status_code == 201
    assert [card["id"] for card in json_of(phone.get("users/me/blocks/"))["results"]] == [ravi.pk]
    assert json_of(Phone(ravi).get("users/me/blocks/"))["results"] == []
    assert phone.delete(f"users/me/blocks/{ravi.pk}/").status_code == 204
    assert refusal_of(phone.delete(f"users/me/blocks/{ravi.pk}/")) == (404, "not_blocked")


def test_a14_leaving_signs_out_and_can_be_refused() -> None:
    phone = Phone(make_person("asha"))
    guards_deletion("lists", lambda user: Conflict("owns_lists", "Hand over your lists first."))
    assert refusal_of(phone.delete("users/me/")) == (409, "owns_lists")
    _guards.pop("lists")
    assert phone.delete("users/me/").status_code == 202
    assert refusal_of(phone.get("users/me/")) == (401, "signed_out")
