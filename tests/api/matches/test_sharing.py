"""S7 over REST: one match, two people; and nobody else."""

from typing import Any

import pytest

from core.accounts.models import User
from core.accounts.services import SYSTEM, ask_deletion, erase_account
from core.tracker.models import Match, Share
from core.work.clock import database_now
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.tracker.played import MIRRORED, pictured, played
from tests.people import make_person

pytestmark = pytest.mark.django_db


class House:
    """Asha's match with Ravi, and Mira, whom it does not concern."""

    def __init__(self) -> None:
        self.asha, self.ravi = make_person("asha"), make_person("ravi")
        self.match = played(self.asha)
        self.owner, self.opponent, self.stranger = Phone(self.asha), Phone(self.ravi), Phone(make_person("mira"))

    def offer(self) -> Any:
        return answered(self.owner.post(f"matches/{self.match.pk}/share/", {"username": "ravi"}), 201)

    def agree(self) -> Any:
        share = self.offer()["share"]
        return answered(self.opponent.post(f"shares/{share['id']}/agree/", {"version": share["version"]}))


@pytest.fixture
def house() -> House:
    return House()


def answered(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content
    return json_of(answer)


def test_two_people_agree_after_a_correction(house: House) -> None:
    pictured(house.match)
    offered = house.offer()
    share, at = offered["share"], f"shares/{offered['share']['id']}/"
    assert (offered["mine"]["side"], offered["mine"]["may"], share["state"]) == ("owner", ["withdraw"], "offered")
    seen = answered(house.opponent.get(at))
    assert (seen["share"], seen["rows"]) == (
        share | {"owner_pictures": seen["share"]["owner_pictures"]},
        offered["rows"],
    )
    assert seen["mine"] == {"side": "opponent", "match": None, "may": ["agree", "correct", "decline"]}
    assert "signature=" in seen["share"]["owner_pictures"][0]["url"]
    body = {"version": share["version"], "cells": {"stats.shots.opponent": 7}}
    corrected = answered(house.opponent.post(f"{at}corrections/", body))
    assert corrected["share"]["state"] == "corrected"
    assert refusal_of_facts(house.opponent.post(f"{at}agree/", {"version": share["version"]})) == (409, "share_changed")
    owner_sees = answered(house.owner.get(at))
    assert owner_sees["mine"]["may"] == ["answer", "withdraw"]
    shots = next(row for row in owner_sees["rows"] if row["key"] == "stats.shots")
    said = {"cell": "stats.shots.opponent", "value": 7, "by": "opponent", "declined": False}
    assert shots == {"key": "stats.shots", "owner": 9, "opponent": 6, "corrections": [said]}
    version = owner_sees["share"]["version"]
    settled = answered(house.owner.post(f"{at}answers/", {"version": version, "accept": ["stats.shots.opponent"]}))
    assert (settled["share"]["state"], settled["mine"]["may"]) == ("agreed", ["correct", "leave"])
    mine = answered(house.opponent.get(at))["mine"]["match"]
    copy = answered(house.opponent.get(f"matches/{mine}/"))
    assert (copy["score_user"], copy["stats"]["shots"]) == (1, {"user": 7, "opponent": 9})
    assert [it["id"] for it in answered(house.opponent.get("matches/"))["results"]] == [mine]
    assert answered(house.opponent.get("stats/summary/"))["losses"] == 1
    assert house.opponent.post(f"{at}leave/").status_code == 204
    assert answered(house.opponent.get("stats/summary/"))["total"] == 0
    assert answered(house.owner.get("stats/summary/"))["total"] == 1


def refusal_of_facts(answer: Any) -> tuple[int, str]:
    return answer.status_code, json_of(answer)["code"]


def test_to_anybody_else_it_is_not_there(house: House) -> None:
    """S6: every route, for whoever is not one of the two."""
    share = house.agree()["share"]
    at, version = f"shares/{share['id']}/", {"version": share["version"]}
    calls: list[tuple[str, str, Any]] = [
        ("GET", at, None),
        ("GET", f"{at}candidates/", None),
        ("DELETE", at, None),
        ("POST", f"{at}agree/", version),
        ("POST", f"{at}decline/", None),
        ("POST", f"{at}corrections/", version | {"cells": {"score.owner": 3}}),
        ("POST", f"{at}answers/", version | {"accept": ["score.owner"]}),
        ("PUT", f"{at}match/", version | {"match": str(house.match.pk)}),
        ("POST", f"{at}leave/", None),
        ("POST", f"matches/{house.match.pk}/share/", {"username": "ravi"}),
        ("PUT", f"matches/{house.match.pk}/link/", None),
    ]
    for method, path, body in calls:
        status, code = refusal_of(house.stranger.call(method, path, body))
        assert (status, code in ("no_share", "no_match")) == (404, True), path
        assert refusal_of(Phone().call(method, path, body))[0] == 401
    assert answered(house.stranger.get("shares/"))["results"] == []
    assert [it["id"] for it in answered(house.opponent.get("shares/"))["results"]] == [share["id"]]


def test_a_link_shows_the_score_before_it_is_followed_and_nothing_after(house: House) -> None:
    link = answered(house.owner.call("PUT", f"matches/{house.match.pk}/link/"), 201)
    assert answered(house.owner.call("PUT", f"matches/{house.match.pk}/link/")) == link
    assert link["url"].endswith(f"/matches/join#token={link['token']}")
    at = f"matches/links/{link['token']}/"
    preview = answered(Phone().get(at))
    assert (preview["owner_score"], preview["opponent_score"], preview["owner"]["name"]) == (2, 1, "asha")
    assert preview["owner"]["username"] is None
    taken = answered(house.opponent.post(f"{at}take/"))
    assert (taken["mine"]["side"], taken["share"]["opponent"]["username"]) == ("opponent", "ravi")
    gone = answered(house.stranger.get(at))
    assert (gone["is_valid"], gone["owner"], gone["owner_score"], gone["game"]) == (False, None, None, None)
    assert refusal_of(house.stranger.post(f"{at}take/")) == (410, "invite_used")


def test_the_opponent_brings_the_same_match_and_is_told_where_it_differs(house: House) -> None:
    own = played(house.ravi, (1, 2), stats=MIRRORED | {"shots": {"user": 8, "opponent": 9}})
    share = house.offer()["share"]
    at = f"shares/{share['id']}/"
    [candidate] = answered(house.opponent.get(f"{at}candidates/"))["results"]
    difference = {"cell": "stats.shots.opponent", "owner_has": 6, "opponent_has": 8}
    assert (candidate["match"], candidate["verdict"], candidate["differences"]) == (
        str(own.pk),
        "differs",
        [difference],
    )
    brought = answered(house.opponent.call("PUT", f"{at}match/", {"version": share["version"], "match": str(own.pk)}))
    assert (brought["share"]["state"], brought["mine"]["match"]) == ("corrected", str(own.pk))
    other = played(house.ravi, (0, 9), stats={})
    body = {"version": brought["share"]["version"], "match": str(other.pk)}
    refused = json_of(house.opponent.call("PUT", f"{at}match/", body))
    assert (refused["code"], refused["shared"]) == ("other_match", 2)


def test_who_deletes_their_account_takes_their_own_and_leaves_the_other_nameless(house: House) -> None:
    """A14"""
    share = house.agree()["share"]
    Match.objects.filter(pk=house.match.pk).update(
        opponent_name="RaviPro", side="home", extracted_data={"names": ["AshaPro", "RaviPro"], "status": "ok"}
    )
    erase(house.ravi)
    house.match.refresh_from_db()
    assert (house.match.state, house.match.opponent_name, Match.objects.count()) == ("confirmed", "", 1)
    assert (house.match.extracted_data or {})["names"] == ["AshaPro", ""]
    told = answered(house.owner.get("stats/summary/"))
    assert (told["total"], [it["name"] for it in told["by_opponent"]]) == (1, ["deleted user"])
    assert "ravi" not in str(answered(house.owner.get(f"matches/{house.match.pk}/"))).lower()
    assert refusal_of(house.owner.get(f"shares/{share['id']}/")) == (404, "no_share")


@pytest.mark.parametrize("who", ["asha", "ravi"])
def test_an_offer_to_or_from_an_erased_account_is_over(house: House, who: str) -> None:
    share = house.offer()["share"]
    erase(getattr(house, who))
    other = house.opponent if who == "asha" else house.owner
    assert refusal_of(other.get(f"shares/{share['id']}/")) == (404, "no_share")
    assert Match.objects.count() == (0 if who == "asha" else 1)
    assert not Share.objects.filter(state__in=Share.LIVE).exists()


def erase(user: User) -> None:
    ask_deletion(by=user)
    User.objects.filter(pk=user.pk).update(delete_due_at=database_now())
    assert erase_account(by=SYSTEM, user_id=user.pk)
