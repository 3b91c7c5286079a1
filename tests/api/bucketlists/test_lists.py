"""Lists over REST, from the first words to the sealed result."""

from datetime import timedelta
from typing import Any

import pytest

from core.bucketlists.selectors import find_list
from core.notifications.models import Notification
from core.work.clock import database_now
from tests.api.phone import Phone, json_of
from tests.core.bucketlists.lists import let_pass, make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, json_of(answer)["code"]


def test_a_list_from_the_first_words_to_the_result() -> None:
    """V1, V3, V5, V20, V21, V51, V92"""
    asha = Phone(make_person("asha"))
    made = asha.post("bucketlists/", {"title": " Summer  trips ", "decision_deadline": "2999-06-01"})
    assert made.status_code == 201
    shown = json_of(made)
    assert shown["title"] == "Summer trips"
    assert (shown["owner"]["username"], shown["role"], shown["round"]) == ("asha", "owner", 1)
    path = f"bucketlists/{shown['id']}/"
    assert [line["id"] for line in json_of(asha.get("bucketlists/"))["results"]] == [shown["id"]]

    item = json_of(asha.post(path + "items/", {"title": "Kayaking", "category": "outdoors"}))
    assert (item["status"], item["score"], item["user_vote"]) == ("proposed", 0, None)
    assert item["reactions_summary"] == dict.fromkeys(["fire", "love", "sketchy", "dead", "hardpass", "nope"], 0)
    vote = f"items/{item['id']}/vote/"
    assert [asha.post(vote, {"vote_type": it}).status_code for it in ("upvote", "downvote")] == [201, 200]
    assert asha.call("PUT", vote, {"vote_type": "upvote"}).status_code == 200
    assert json_of(asha.get(path + "items/"))["results"][0]["user_vote"] == "upvote"
    assert refused(asha.post(vote, {"vote_type": "sideways"})) == (400, "invalid")

    assert refused(asha.get(path + "result/")) == (404, "no_result")
    frozen = json_of(asha.call("PUT", path + "freeze/", {"is_frozen": True}))
    assert (frozen["is_frozen"], frozen["frozen_reason"]) == (True, "manual")
    late = asha.delete(vote)
    assert refused(late) == (409, "list_frozen")
    assert json_of(late)["frozen_at"] == frozen["frozen_at"]
    result, ballots = json_of(asha.get(path + "result/")), json_of(asha.get(path + "ballots/?limit=2"))
    assert (result["last_seq"], result["items"][0]["score"], result["late_attempts"]) == (3, 1, 1)
    assert ([it["choice"] for it in ballots["results"]], ballots["next"]) == (["up", "down"], 2)
    own = json_of(asha.get(path + "my-ref/"))["voter_ref"]
    assert [it["voter_ref"] for it in json_of(asha.get(path + "ballots/?after=2"))["results"]] == [own]


def test_who_looks_first_after_the_close_seals_it_where_no_clock_runs() -> None:
    """V57: a stranger's look will do; members are told once, and what is shown is the same before and after."""
    asha = make_person("asha")
    row = make_list(asha, closes_in_s=3600, is_public=True)
    let_pass(row)
    first, second = (json_of(Phone(None).get(f"bucketlists/{row.pk}/")) for _ in range(2))
    assert row.rounds.get().result
    assert Notification.objects.filter(recipient=asha, kind="list_frozen").count() == 1
    assert (first["is_frozen"], first["frozen_at"]) == (second["is_frozen"], second["frozen_at"])


def test_the_deadline_is_told_in_utc_and_in_the_zone_of_the_list() -> None:
    """V41, V42, V43"""
    asha = Phone(make_person("asha"))
    body = {"title": "Trips", "time_zone": "Asia/Kolkata", "decision_deadline": "2999-06-01"}
    shown = json_of(asha.post("bucketlists/", body))
    assert shown["decision_deadline"] == "2999-06-01T18:30:00Z"
    assert shown["decision_deadline_local"] == "2999-06-02T00:00:00+05:30"
    assert shown["deadline_is_date"]
    assert shown["closes_in_seconds"] > 0
    moved = json_of(asha.patch(f"bucketlists/{shown['id']}/", {"time_zone": "Africa/Cairo"}))
    assert (moved["decision_deadline"], moved["deadline_is_date"]) == ("2999-06-01T18:30:00Z", False)


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"title": " "}, "invalid", "title"),
        ({"title": "x" * 201}, "invalid", "title"),
        ({"title": "x", "description": "y" * 5_001}, "invalid", "description"),
        ({"title": "x", "time_zone": "Mars/Olympus"}, "invalid", "time_zone"),
        ({"title": "x", "decision_deadline": "2999-06-01T18:00:00"}, "offset_required", "decision_deadline"),
        ({"title": "x", "decision_deadline": "soon"}, "invalid", "decision_deadline"),
        ({"title": "x", "decision_deadline": 7}, "invalid", "decision_deadline"),
        ({"title": "x", "decision_deadline": "2026-01-01T00:00:00Z"}, "deadline_in_past", "decision_deadline"),
        (
            {"title": "x", "decision_deadline": "2999-06-01", "decision_deadline_input": None},
            "invalid",
            "decision_deadline_input",
        ),
        ({"title": "x", "end_date": "2026-06-01"}, "invalid_schedule", "end_date"),
        ({"title": "x", "start_time": "10:00"}, "invalid_schedule", "start_time"),
        ({"title": "x", "start_date": "2026-06-02", "end_date": "2026-06-01"}, "invalid_schedule", "end_date"),
        (
            {"title": "x", "start_date": "2026-06-02", "start_time": "10:00", "end_time": "10:00"},
            "invalid_schedule",
            "end_time",
        ),
        ({"title": "x", "start_date": "2026-02-30"}, "invalid", "start_date"),
        ({"title": "x", "owner": 7}, "unknown_field", "owner"),
    ],
)
def test_what_is_no_list_is_refused(body: dict[str, Any], code: str, field: str) -> None:
    """V3, V9, V10, V40, V44"""
    answer = Phone(make_person()).post("bucketlists/", body)
    assert refused(answer) == (400, code)
    assert field in json_of(answer)["fields"]


def test_who_is_not_signed_in_reads_public_lists_alone() -> None:
    """V6, V7, V8"""
    asha, nobody = make_person("asha"), Phone()
    private, public = make_list(asha), make_list(asha, "Open house", is_public=True)
    item = make_item(public, asha)
    hidden = make_item(private, asha)
    shown = json_of(nobody.get(f"bucketlists/{public.pk}/"))
    assert shown["owner"] == {"id": None, "username": None, "name": "asha", "avatar": ""}
    assert shown["memberships"][0]["user"] == shown["items"][0]["creator"] == shown["owner"]
    assert json_of(nobody.get(f"items/{item.pk}/"))["user_vote"] is None
    assert [it["title"] for it in json_of(nobody.get("bucketlists/public/?q=HOUSE"))["results"]] == ["Open house"]
    assert json_of(nobody.get("bucketlists/public/?q=garden"))["results"] == []
    for path in ("", "items/", "result/", "ballots/"):
        assert refused(nobody.get(f"bucketlists/{private.pk}/{path}")) == (404, "no_list")
    assert refused(nobody.get(f"items/{hidden.pk}/")) == (404, "no_item")
    for path in ("bucketlists/", f"bucketlists/{public.pk}/my-ref/", f"bucketlists/{public.pk}/audit/"):
        assert nobody.get(path).status_code == 401
    assert nobody.post(f"items/{item.pk}/vote/", {"vote_type": "upvote"}).status_code == 401
    assert nobody.patch(f"bucketlists/{public.pk}/", {"title": "Mine"}).status_code == 401


def test_pages_follow_one_another() -> None:
    """V5"""
    asha = make_person("asha")
    made = [make_list(asha, f"List {number}", is_public=True).pk for number in range(3)]
    phone = Phone(asha)
    for path in ("bucketlists/", "bucketlists/public/"):
        first = json_of(phone.get(path + "?limit=2"))
        rest = json_of(phone.get(f"{path}?limit=2&after={first['next']}"))
        assert [it["id"] for it in first["results"] + rest["results"]] == made[::-1]
        assert rest["next"] is None


def test_a_deadline_that_has_come_is_moved_by_reopening_alone() -> None:
    """V45, V51, V52"""
    asha = Phone(make_person("asha"))
    shown = json_of(asha.post("bucketlists/", {"title": "Trips", "decision_deadline": "2999-06-01"}))
    path = f"bucketlists/{shown['id']}/"
    soon = (database_now() + timedelta(hours=1)).isoformat()
    assert json_of(asha.patch(path, {"decision_deadline": soon}))["decision_deadline"] == soon.replace("+00:00", "Z")
    let_pass(find_list(shown["id"]))
    assert json_of(asha.get(path))["is_frozen"]
    assert refused(asha.patch(path, {"decision_deadline": soon})) == (409, "list_frozen")
    assert asha.patch(path, {"title": "Still mine"}).status_code == 200
    assert refused(asha.call("PUT", path + "freeze/", {"is_frozen": False})) == (409, "deadline_passed")
    assert refused(asha.call("PUT", path + "freeze/", {"is_frozen": "no"})) == (400, "invalid")
    assert refused(asha.call("PUT", path + "freeze/", {})) == (400, "invalid")
    opened = json_of(asha.call("PUT", path + "freeze/", {"is_frozen": False, "decision_deadline": None}))
    assert (opened["is_frozen"], opened["round"], opened["decision_deadline"]) == (False, 2, None)


def test_what_was_deleted_comes_back() -> None:
    """V18"""
    asha, ravi = make_person("asha"), make_person("ravi")
    row = make_list(asha)
    seat(row, ravi)
    item = make_item(row, ravi)
    owner, editor = Phone(asha), Phone(ravi)
    assert editor.post(f"items/{item.pk}/vote/", {"vote_type": "upvote"}).status_code == 201
    assert editor.delete(f"items/{item.pk}/").status_code == 204
    assert refused(owner.get(f"items/{item.pk}/")) == (404, "no_item")
    assert refused(editor.post(f"items/{item.pk}/restore/")) == (403, "owner_only")
    assert refused(editor.get(f"bucketlists/{row.pk}/deleted/")) == (403, "owner_only")
    [gone] = json_of(owner.get(f"bucketlists/{row.pk}/deleted/"))["results"]
    assert (gone["id"], gone["title"]) == (item.pk, "Kayaking")
    assert json_of(owner.post(f"items/{item.pk}/restore/"))["score"] == 1
    assert refused(editor.delete(f"bucketlists/{row.pk}/")) == (403, "owner_only")
    assert owner.delete(f"bucketlists/{row.pk}/").status_code == 204
    assert refused(owner.get(f"bucketlists/{row.pk}/")) == (404, "no_list")
    assert refused(editor.post(f"bucketlists/{row.pk}/restore/")) == (404, "no_list")
    assert [[it["id"] for it in json_of(who.get("bucketlists/deleted/"))["results"]] for who in (owner, editor)] == [
        [row.pk],
        [],
    ]
    assert json_of(owner.post(f"bucketlists/{row.pk}/restore/"))["items"][0]["id"] == item.pk


def test_a_repeated_key_makes_one_list_and_one_item() -> None:
    asha = Phone(make_person("asha"))
    made = [json_of(asha.post("bucketlists/", {"title": "Trips"}, **{"Idempotency-Key": "k"})) for _ in range(2)]
    assert made[0]["id"] == made[1]["id"]
    path = f"bucketlists/{made[0]['id']}/items/"
    for _ in range(2):
        assert asha.post(path, {"title": "Rafting"}, **{"Idempotency-Key": "k"}).status_code == 201
    other = asha.post(path, {"title": "Golf"}, **{"Idempotency-Key": "k"})
    assert refused(other) == (409, "idempotency_mismatch")
    assert [it["title"] for it in json_of(asha.get(path))["results"]] == ["Rafting"]


def test_addresses_do_only_what_they_are_for() -> None:
    asha = make_person("asha")
    row = make_list(asha, is_public=True)
    item, phone = make_item(row, asha), Phone(asha)
    for path in (f"items/{item.pk}/restore/", "bucketlists/public/", f"bucketlists/{row.pk}/items/"):
        assert phone.delete(path).status_code == 405
    assert json_of(phone.get(f"items/{item.pk}/"))["id"] == item.pk


def test_the_audit_is_for_members_and_names_no_address_and_no_vote() -> None:
    """V100"""
    asha, ravi, stranger = make_person("asha"), make_person("ravi"), make_person("mira")
    row = make_list(asha, is_public=True, allow_viewer_voting=True)
    seat(row, ravi, "viewer")
    item = make_item(row, asha)
    Phone(ravi).post(f"items/{item.pk}/vote/", {"vote_type": "upvote"})
    assert Phone(asha).patch(f"items/{item.pk}/", {"status": "locked_in"}).status_code == 200
    path = f"bucketlists/{row.pk}/audit/"
    assert refused(Phone(stranger).get(path)) == (403, "members_only")
    assert len(json_of(Phone(ravi).get(f"{path}?item={item.pk}"))["results"]) == 2
    first = json_of(Phone(ravi).get(path + "?limit=2"))
    rest = json_of(Phone(ravi).get(f"{path}?limit=2&before={first['next']}"))
    changes = first["results"] + rest["results"]
    assert [it["action"] for it in changes] == ["item.status_changed", "item.added", "list.created"]
    assert (changes[0]["before"], changes[0]["after"], changes[0]["origin"]) == (
        {"status": "proposed"},
        {"status": "locked_in"},
        "rest",
    )
    assert "@" not in str(changes)
