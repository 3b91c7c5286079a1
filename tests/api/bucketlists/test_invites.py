"""V67-V77: one link for each role, previewed, followed, rotated; and what it never does."""

from datetime import timedelta

import pytest
from django.apps import apps

from core.bucketlists.models import Invite, List, Membership
from core.work.clock import database_now
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.bucketlists.lists import make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db


class House:
    """Asha's list, with Ravi looking on as a viewer and Mira a stranger."""

    def __init__(self) -> None:
        self.asha, self.ravi, self.mira = make_person("asha"), make_person("ravi"), make_person("mira")
        self.row = make_list(self.asha, description="Where to?")
        self.viewer = seat(self.row, self.ravi, "viewer")
        self.owner, self.member, self.stranger = Phone(self.asha), Phone(self.ravi), Phone(self.mira)

    def link(self, role: str = "editor") -> str:
        return f"bucketlists/{self.row.pk}/invites/{role}/"

    def token(self, role: str = "editor") -> str:
        token: str = json_of(self.owner.post(self.link(role)))["token"]
        return token

    def follow(self, phone: Phone, token: str, accept: object = True) -> tuple[int, str]:
        answer = phone.post(f"invites/{token}/accept/", {"accept": accept})
        body = json_of(answer)
        return answer.status_code, body.get("outcome") or body["code"]


@pytest.fixture
def house() -> House:
    return House()


def expire(row: List) -> None:
    Invite.objects.filter(list=row).update(expires_at=database_now() - timedelta(seconds=1))


def test_a_link_is_made_shown_again_and_rotated(house: House) -> None:
    """V67, V68, V68a, V69"""
    assert refusal_of(house.owner.get(house.link())) == (404, "no_invite")
    first = house.owner.post(house.link())
    assert first.status_code == 201
    assert json_of(first)["invite_url"].endswith("/join#token=" + json_of(first)["token"])
    again = house.owner.post(house.link())
    assert (again.status_code, json_of(again)) == (200, json_of(first))
    assert json_of(house.owner.get(house.link())) == json_of(first)
    rotated = house.owner.call("PUT", house.link())
    assert (rotated.status_code, json_of(rotated)["token"] == json_of(first)["token"]) == (200, False)
    assert refusal_of(Phone().get(f"invites/{json_of(first)['token']}/")) == (404, "no_invite")
    assert house.follow(house.stranger, json_of(first)["token"]) == (404, "no_invite")
    assert not Invite.objects.filter(token_sha256=json_of(rotated)["token"]).exists()


def test_an_expired_link_is_replaced_by_a_new_one(house: House) -> None:
    """V68, V70"""
    old = house.token()
    expire(house.row)
    preview = json_of(Phone().get(f"invites/{old}/"))
    assert (preview["is_valid"], preview["title"], preview["description"], preview["owner"]) == (False,) + (None,) * 3
    assert house.follow(house.stranger, old) == (410, "invite_expired")
    assert house.owner.post(house.link()).status_code == 201
    assert house.follow(house.stranger, old) == (404, "no_invite")


def test_links_are_the_owners_alone_and_know_two_roles(house: House) -> None:
    """V4, V67"""
    seat(house.row, make_person("mei"), "editor")
    for method in ("GET", "POST", "PUT", "DELETE"):
        assert refusal_of(house.member.call(method, house.link())) == (403, "owner_only")
        assert refusal_of(house.stranger.call(method, house.link())) == (404, "no_list")
        assert refusal_of(Phone().call(method, house.link()))[0] == 401
        assert refusal_of(house.owner.call(method, house.link("owner"))) == (400, "unknown_role")


def test_a_preview_tells_strangers_less(house: House) -> None:
    """V71"""
    path = f"invites/{house.token()}/"
    anonymous, signed_in = json_of(Phone().get(path)), json_of(house.stranger.get(path))
    assert (anonymous["title"], anonymous["owner_email"], anonymous["already_member"]) == ("Weekend", None, None)
    assert (anonymous["owner"]["id"], anonymous["owner"]["username"], anonymous["owner"]["name"]) == (
        None,
        None,
        "asha",
    )
    assert (signed_in["owner_email"], signed_in["already_member"]) == ("asha@example.org", False)
    assert json_of(house.member.get(path))["already_member"] is True


def test_a_link_makes_members_and_upgrades_but_never_lowers(house: House) -> None:
    """V72, V73, V75"""
    editor, viewer = house.token("editor"), house.token("viewer")
    assert house.follow(house.stranger, viewer, accept=False) == (200, "declined")
    assert not Membership.objects.filter(user=house.mira).exists()
    assert house.follow(house.stranger, viewer) == (201, "joined")
    assert house.follow(house.stranger, viewer) == (200, "already_member")
    assert house.follow(house.stranger, editor) == (200, "role_changed")
    assert house.follow(house.stranger, viewer) == (200, "already_member")
    assert house.follow(house.owner, viewer) == (200, "already_member")
    roles = dict(Membership.objects.filter(list=house.row).values_list("user__username", "role"))
    assert roles == {"asha": "owner", "ravi": "viewer", "mira": "editor"}


@pytest.mark.parametrize("body", [None, {}, {"accept": "yes"}, {"accept": 1}, {"accept": None}])
def test_an_answer_is_true_or_false(house: House, body: object) -> None:
    """V72"""
    answer = house.stranger.post(f"invites/{house.token()}/accept/", body)
    assert refusal_of(answer) == (400, "invalid")


def test_whoever_was_removed_stays_out_until_that_is_lifted(house: House) -> None:
    """V74"""
    token = house.token("viewer")
    member = f"bucketlists/{house.row.pk}/members/{house.viewer.pk}/"
    assert house.owner.delete(member).status_code == 204
    assert house.follow(house.member, token) == (403, "removed_by_owner")
    lift = f"bucketlists/{house.row.pk}/removed/{house.ravi.pk}/"
    assert refusal_of(house.member.delete(lift)) == (404, "no_list")
    assert house.owner.delete(lift).status_code == 204
    assert house.follow(house.member, token) == (201, "joined")
    assert house.member.delete(member).status_code == 204, "leaving by oneself"
    assert house.follow(house.member, token) == (201, "joined")


def test_a_link_of_a_deleted_list_leads_nowhere(house: House) -> None:
    """V76"""
    token = house.token()
    List.objects.filter(pk=house.row.pk).update(deleted_at=database_now())
    assert refusal_of(Phone().get(f"invites/{token}/")) == (404, "no_invite")
    assert house.follow(house.stranger, token) == (404, "no_invite")


def test_a_frozen_list_can_be_joined_but_not_voted_on(house: House) -> None:
    """V46, V76"""
    token = house.token()
    List.objects.filter(pk=house.row.pk).update(decision_deadline=database_now())
    assert house.follow(house.stranger, token) == (201, "joined")


def test_guessing_rotating_and_accepting_have_limits(house: House) -> None:
    """V77"""
    statuses = [house.owner.call("PUT", house.link()).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    previews = [Phone().get(f"invites/{'x' * 43}/").status_code for _ in range(31)]
    assert previews == [404] * 30 + [429]
    accepts = [house.follow(house.stranger, "x" * 43)[0] for _ in range(21)]
    assert accepts == [404] * 20 + [429]


def test_no_table_holds_a_token(house: House) -> None:
    """V67, V78: not even under an Idempotency-Key"""
    token, key = house.token("viewer"), {"Idempotency-Key": "tap-1"}
    house.owner.call("POST", house.link("viewer"), None, **key)
    path = f"invites/{token}/accept/"
    answers = [house.stranger.post(path, {"accept": True}, **key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    other = house.stranger.post(f"invites/{house.token('editor')}/accept/", {"accept": True}, **key)
    assert json_of(other)["outcome"] == "role_changed", "another link is another route"
    models = [model for model in apps.get_models() if model._meta.managed]
    rows = [row for model in models for row in model._base_manager.values_list()]
    assert len(rows) > 10
    assert not [row for row in rows if token in repr(row)]
