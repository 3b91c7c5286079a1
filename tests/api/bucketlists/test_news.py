"""V80-V84, V89: what one reads of a list in the notifications while others act on it."""

from datetime import timedelta

import pytest

from core.work.clock import database_now
from core.work.models import Job
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.bucketlists.lists import make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db


class House:
    """Asha's list with an item of ravi's, on which both are, and mira a stranger."""

    def __init__(self) -> None:
        people = {name: make_person(name) for name in ("asha", "ravi", "mira")}
        self.row = make_list(people["asha"])
        self.member = seat(self.row, people["ravi"])
        self.item = make_item(self.row, people["ravi"])
        self.asha, self.ravi, self.mira = (Phone(user) for user in people.values())
        self.path, self.item_path = f"bucketlists/{self.row.pk}/", f"items/{self.item.pk}/"
        for phone in (self.asha, self.ravi, self.mira):
            phone.post("notifications/read/", {"all": True, "dismiss": True})


@pytest.fixture
def house() -> House:
    return House()


def news(phone: Phone) -> list[str]:
    """The kinds of what the list shows, oldest first, none of it read and all of it counted."""
    shown = json_of(phone.get("notifications/"))["results"]
    assert json_of(phone.get("notifications/unread-count/")) == {"unread": len(shown)}
    return [it["kind"] for it in reversed(shown)]


def test_v80_what_the_owner_does_is_news_to_a_member(house: House) -> None:
    asha, path, item_path = house.asha, house.path, house.item_path
    house.ravi.post(f"{item_path}vote/", {"vote_type": "upvote"})
    acts = [
        ("POST", f"{path}items/", {"title": "Opera"}, "item_added"),
        ("PATCH", item_path, {"title": "Kayaking at night"}, "item_changed"),
        ("PATCH", item_path, {"status": "locked_in"}, "item_locked_in"),
        ("PATCH", item_path, {"status": "complete"}, "item_completed"),
        ("PATCH", path, {"decision_deadline": "2999-06-01T12:00:00Z"}, "deadline_changed"),
        ("PUT", f"{path}freeze/", {"is_frozen": True}, "list_frozen"),
        ("PUT", f"{path}freeze/", {"is_frozen": False, "decision_deadline": "2999-06-02T12:00:00Z"}, "list_reopened"),
        ("PATCH", f"{path}members/{house.member.pk}/", {"role": "viewer"}, "role_changed"),
    ]
    for method, where, body, _ in acts:
        for _ in range(2 if method == "PATCH" or where.endswith("freeze/") else 1):  # again is no news
            assert asha.call(method, where, body).status_code in (200, 201)
    assert news(house.ravi) == [kind for *_, kind in acts]
    assert news(asha) == []


def test_v73_whoever_joins_is_news_to_the_members(house: House) -> None:
    token = json_of(house.asha.post(f"{house.path}invites/viewer/"))["token"]
    assert house.mira.post(f"invites/{token}/accept/", {"accept": True}).status_code == 201
    assert (news(house.asha), news(house.ravi), news(house.mira)) == (["member_joined"], ["member_joined"], [])
    token = json_of(house.asha.post(f"{house.path}invites/editor/"))["token"]
    assert house.mira.post(f"invites/{token}/accept/", {"accept": True}).status_code == 200
    assert (news(house.asha), news(house.ravi)) == (["member_joined", "role_changed"], ["member_joined"])


def test_v84_who_is_removed_keeps_nothing_but_that_and_who_comes_back_has_all(house: House) -> None:
    house.asha.post(f"{house.path}items/", {"title": "Opera"})
    assert house.asha.delete(f"{house.path}members/{house.member.pk}/").status_code == 204
    assert news(house.ravi) == ["member_removed"]
    assert refusal_of(house.ravi.get(house.path)) == (404, "no_list")
    house.asha.delete(f"{house.path}removed/{house.member.user_id}/")
    token = json_of(house.asha.post(f"{house.path}invites/viewer/"))["token"]
    house.ravi.post(f"invites/{token}/accept/", {"accept": True})
    assert news(house.ravi) == ["item_added", "member_removed"]


def test_v84_what_is_deleted_or_made_private_leaves_no_ghosts(house: House) -> None:
    asha, path = house.asha, house.path
    asha.patch(path, {"is_public": True, "allow_viewer_voting": True})
    house.mira.post(f"{house.item_path}vote/", {"vote_type": "upvote"})
    asha.patch(house.item_path, {"title": "Kayaking at night"})
    assert (news(house.mira), news(house.ravi)) == (["item_changed"], [])
    asha.patch(path, {"is_public": False})
    assert news(house.mira) == []
    asha.patch(path, {"is_public": True})
    assert news(house.mira) == ["item_changed"]
    for restore in (f"{house.item_path}restore/", f"{path}restore/"):
        asha.delete(restore.removesuffix("restore/"))
        assert news(house.mira) == []
        assert asha.post(restore).status_code in (200, 204)
        assert news(house.mira) == ["item_changed"]


def test_v89_a_muted_list_says_nothing(house: House) -> None:
    mute = f"{house.path}mute/"
    answer = house.ravi.call("PUT", mute, {"muted": True})
    assert (answer.status_code, json_of(answer)) == (200, {"muted": True})
    house.asha.post(f"{house.path}items/", {"title": "Opera"})
    assert news(house.ravi) == []
    house.ravi.call("PUT", mute, {"muted": False})
    house.asha.post(f"{house.path}items/", {"title": "Museum"})
    assert news(house.ravi) == ["item_added"]
    assert refusal_of(house.ravi.call("PUT", mute, {"muted": "yes"})) == (400, "invalid")
    assert refusal_of(house.mira.call("PUT", mute, {"muted": True})) == (404, "no_list")
    assert refusal_of(Phone().call("PUT", mute, {"muted": True})) == (401, "not_signed_in")


def test_v87_a_deadline_of_two_days_asks_for_both_reminders(house: House) -> None:
    """From the request to the rows that make it certain."""
    at = database_now() + timedelta(days=2)
    house.asha.patch(house.path, {"decision_deadline": at.isoformat()})
    jobs = Job.objects.filter(payload__list_id=house.row.pk).order_by("run_at")
    assert [(job.kind, at - job.run_at) for job in jobs] == [
        ("bucketlists.remind", timedelta(hours=24)),
        ("bucketlists.remind", timedelta(hours=1)),
        ("bucketlists.seal", timedelta()),
    ]
