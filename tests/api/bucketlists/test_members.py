"""V64-V66: roles, leaving, removing and handing over."""

import pytest

from core.bucketlists.models import AuditEntry, Membership
from core.bucketlists.services import cast_vote
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.bucketlists.lists import let_pass, make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db


class House:
    """Asha's list, with Ravi as an editor, Mei as a viewer, and Mira a stranger."""

    def __init__(self) -> None:
        self.people = {name: make_person(name) for name in ("asha", "ravi", "mei", "mira")}
        self.row = make_list(self.people["asha"], closes_in_s=3600)
        self.item = make_item(self.row, self.people["asha"])
        self.members = {
            "asha": Membership.objects.get(list=self.row, role="owner"),
            "ravi": seat(self.row, self.people["ravi"], "editor"),
            "mei": seat(self.row, self.people["mei"], "viewer"),
        }
        self.phones = {name: Phone(user) for name, user in self.people.items()}

    def member(self, name: str) -> str:
        return f"bucketlists/{self.row.pk}/members/{self.members[name].pk}/"

    def score(self) -> int:
        self.item.refresh_from_db()
        return self.item.member_upvotes - self.item.member_downvotes

    def roles(self) -> dict[str, str]:
        active = Membership.objects.filter(list=self.row, state="active")
        return dict(active.values_list("user__username", "role"))


@pytest.fixture
def house() -> House:
    return House()


def test_the_owner_changes_roles_and_votes_follow(house: House) -> None:
    """V28, V64"""
    cast_vote(by=house.people["ravi"], item_id=house.item.pk, vote_type="upvote")
    owner = house.phones["asha"]
    assert json_of(owner.patch(house.member("ravi"), {"role": "viewer"}))["role"] == "viewer"
    assert house.score() == 0
    assert json_of(owner.call("PUT", house.member("ravi"), {"role": "editor"}))["role"] == "editor"
    assert house.score() == 1
    changes = AuditEntry.objects.filter(list=house.row, action="member.role_changed")
    assert [(it.before["role"], it.after["role"]) for it in changes.order_by("pk")] == [
        ("editor", "viewer"),
        ("viewer", "editor"),
    ]
    assert owner.patch(house.member("ravi"), {"role": "editor"}).status_code == 200
    assert changes.count() == 2, "the same role again is no change"


def test_the_owners_own_membership_is_fixed(house: House) -> None:
    """V64, V65"""
    owner = house.phones["asha"]
    assert refusal_of(owner.patch(house.member("asha"), {"role": "viewer"})) == (400, "owner_role_fixed")
    assert refusal_of(owner.delete(house.member("asha"))) == (409, "owner_cannot_leave")
    assert refusal_of(owner.patch(house.member("ravi"), {"role": "owner"})) == (400, "invalid")


@pytest.mark.parametrize(("name", "refusal"), [("ravi", (403, "owner_only")), ("mira", (404, "no_list"))])
def test_nobody_else_manages_members(house: House, name: str, refusal: tuple[int, str]) -> None:
    """V4, V66"""
    phone, base = house.phones[name], f"bucketlists/{house.row.pk}/"
    assert refusal_of(phone.patch(house.member("mei"), {"role": "editor"})) == refusal
    assert refusal_of(phone.delete(house.member("mei"))) == refusal
    assert refusal_of(phone.post(base + "transfer/", {"membership_id": house.members["mei"].pk})) == refusal
    assert refusal_of(phone.delete(base + f"removed/{house.people['mei'].pk}/")) == refusal
    assert house.roles() == {"asha": "owner", "ravi": "editor", "mei": "viewer"}


def test_who_leaves_takes_their_votes_along_and_coming_back_brings_none(house: House) -> None:
    """V29, V66"""
    cast_vote(by=house.people["ravi"], item_id=house.item.pk, vote_type="upvote")
    assert house.phones["ravi"].delete(house.member("ravi")).status_code == 204
    assert (house.score(), house.roles()) == (0, {"asha": "owner", "mei": "viewer"})
    assert refusal_of(house.phones["ravi"].delete(house.member("ravi"))) == (404, "no_list")
    token = json_of(house.phones["asha"].post(f"bucketlists/{house.row.pk}/invites/editor/"))["token"]
    house.phones["ravi"].post(f"invites/{token}/accept/", {"accept": True})
    assert (house.score(), house.roles()["ravi"]) == (0, "editor")


def test_who_leaves_after_the_close_stays_in_the_result(house: House) -> None:
    """V29, V46"""
    cast_vote(by=house.people["ravi"], item_id=house.item.pk, vote_type="upvote")
    let_pass(house.row)
    assert house.phones["ravi"].delete(house.member("ravi")).status_code == 204
    assert house.score() == 1


def test_a_list_is_handed_over_whole(house: House) -> None:
    """V2, V65"""
    cast_vote(by=house.people["asha"], item_id=house.item.pk, vote_type="upvote")
    transfer = f"bucketlists/{house.row.pk}/transfer/"
    answer = house.phones["asha"].post(transfer, {"membership_id": house.members["mei"].pk})
    assert (answer.status_code, json_of(answer)["role"]) == (200, "owner")
    assert house.roles() == {"asha": "editor", "ravi": "editor", "mei": "owner"}
    assert house.score() == 1
    gone = {"membership_id": house.members["ravi"].pk}
    assert refusal_of(house.phones["asha"].post(transfer, gone)) == (403, "owner_only")
    house.phones["ravi"].delete(house.member("ravi"))
    assert refusal_of(house.phones["mei"].post(transfer, gone)) == (404, "no_member")
    assert house.phones["asha"].delete(house.member("asha")).status_code == 204, "an editor may leave"


def test_members_are_shown_to_whoever_sees_the_list(house: House) -> None:
    """V6, V8, V74"""
    path = f"bucketlists/{house.row.pk}/members/"
    house.phones["asha"].delete(house.member("mei"))
    shown = json_of(house.phones["asha"].get(path))
    assert [it["role"] for it in shown["results"]] == ["owner", "editor"]
    assert [it["user"]["username"] for it in shown["removed"]] == ["mei"]
    assert json_of(house.phones["ravi"].get(path))["removed"] is None
    assert refusal_of(Phone().get(path)) == (404, "no_list")
    type(house.row).objects.filter(pk=house.row.pk).update(is_public=True)
    assert json_of(Phone().get(path))["results"][0]["user"] == {
        "id": None,
        "username": None,
        "name": "asha",
        "avatar": shown["results"][0]["user"]["avatar"],
    }
