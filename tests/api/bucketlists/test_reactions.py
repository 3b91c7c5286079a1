"""V60-V63: what people feel about an item."""

import pytest

from core.bucketlists.models import List
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.bucketlists.lists import let_pass, make_item, make_list, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db

NONE = {"fire": 0, "love": 0, "sketchy": 0, "dead": 0, "hardpass": 0, "nope": 0}


def test_one_reaction_a_person_toggled_replaced_set_and_cleared() -> None:
    """V60, V61"""
    asha, ravi = make_person("asha"), make_person("ravi")
    row = make_list(asha)
    seat(row, ravi, "viewer")
    path = f"items/{make_item(row, asha).pk}/react/"
    phone, other = Phone(asha), Phone(ravi)

    def felt(method: str, kind: str | None) -> tuple[str | None, dict[str, int]]:
        answer = phone.call(method, path, kind and {"reaction": kind})
        assert answer.status_code == 200, answer.content
        body = json_of(answer)
        return body["user_reaction"], {kind: count for kind, count in body["reactions_summary"].items() if count}

    assert json_of(other.post(path, {"reaction": "love"}))["reactions_summary"] == NONE | {"love": 1}
    assert felt("POST", "fire") == ("fire", {"love": 1, "fire": 1})
    assert felt("POST", "nope") == ("nope", {"love": 1, "nope": 1})
    assert felt("POST", "nope") == (None, {"love": 1})
    assert felt("PUT", "love") == felt("PUT", "love") == ("love", {"love": 2})
    assert felt("DELETE", None) == felt("DELETE", None) == (None, {"love": 1})
    for body in ({"reaction": "meh"}, {}, {"reaction": None}, {"reaction": "fire", "more": 1}):
        assert refusal_of(phone.post(path, body))[0] == 400


def test_a_toggle_repeated_with_its_key_toggles_once() -> None:
    """V61"""
    asha = make_person("asha")
    path = f"items/{make_item(make_list(asha), asha).pk}/react/"
    phone, key = Phone(asha), {"Idempotency-Key": "tap-1"}
    answers = [json_of(phone.post(path, {"reaction": "fire"}, **key))["user_reaction"] for _ in range(2)]
    assert answers == ["fire", "fire"]


def test_strangers_react_exactly_when_they_may_vote_and_a_freeze_changes_nothing() -> None:
    """V24, V62, V63"""
    asha, mira = make_person("asha"), make_person("mira")
    row = make_list(asha, closes_in_s=3600)
    item = make_item(row, asha, status="locked_in")
    path, fire = f"items/{item.pk}/react/", {"reaction": "fire"}
    assert refusal_of(Phone(mira).post(path, fire)) == (404, "no_item")
    List.objects.filter(pk=row.pk).update(is_public=True)
    assert refusal_of(Phone(mira).post(path, fire)) == (403, "may_not_react")
    assert refusal_of(Phone().post(path, fire))[0] == 401
    List.objects.filter(pk=row.pk).update(allow_viewer_voting=True)
    let_pass(row)
    assert json_of(Phone(mira).post(path, fire))["user_reaction"] == "fire"
    item.refresh_from_db()
    assert (item.fire, item.member_upvotes, item.guest_upvotes) == (1, 0, 0)
