"""Competitions over REST: one resource below two prefixes, found by what people look for (T1, T2, Routes)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from core.tournaments.models import Competition, RosterPlace
from core.work.clock import database_now
from tests.api.phone import Phone, json_of, refusal_of
from tests.api.teams.test_rights import LOGO
from tests.core.tournaments.drafts import make_draft
from tests.core.tournaments.rows import make_competition, make_entrant, make_host
from tests.people import make_person

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def new(**given: Any) -> dict[str, Any]:
    now = database_now()
    times = {"reg_opens": now + HOUR, "reg_closes": now + 2 * HOUR, "starts_at": now + 3 * HOUR}
    said = {name: at.isoformat() for name, at in times.items()}
    return {"game": "bgmi", "mode": "squad", "title": "Scrim night", "capacity": 25} | said | given


def titles(phone: Phone, query: str, prefix: str = "tournaments") -> list[str]:
    return [row["title"] for row in json_of(phone.get(f"{prefix}/?{query}"))["results"]]


def test_a_scrim_is_made_changed_published_and_found_below_its_own_prefix_alone() -> None:
    """T1"""
    host, nobody = Phone(make_host()), Phone()
    made = json_of(host.post("scrims/", new(checkin_opens=None)))
    own = f"scrims/{made['id']}/"
    assert (made["kind"], made["state"], made["mine"]["role"], made["lineup"]) == ("scrim", "draft", "host", 4)
    assert made["mine"]["moves"] == ["published", "cancelled"]
    assert refusal_of(nobody.get(own)) == (404, "no_competition")
    assert refusal_of(host.get(f"tournaments/{made['id']}/")) == (404, "no_competition")
    assert refusal_of(host.patch(own, {"capacity": 26})) == (400, "scrim_limits")
    assert json_of(host.call("PUT", own, {"title": "Scrim night 2"}))["title"] == "Scrim night 2"
    assert titles(nobody, "", "scrims") == []
    assert json_of(host.post(f"{own}publish/"))["state"] == "published"
    seen = json_of(nobody.get(own))
    assert (seen["host"]["username"], seen["mine"]["acts"], seen["banner"]) == (None, [], None)
    assert titles(nobody, "", "scrims") == ["Scrim night 2"]
    assert titles(nobody, "") == []
    assert json_of(host.call("PUT", f"{own}banner/", LOGO, content_type="multipart/form-data; boundary=b"))["url"]
    assert host.delete(f"{own}banner/").status_code == 204


def test_an_illegal_move_names_the_legal_ones_and_a_repeat_is_one() -> None:
    """T3"""
    host = make_host()
    row, phone = make_draft(host), Phone(host)
    first, second = (json_of(phone.post(f"tournaments/{row.pk}/publish/", **{"Idempotency-Key": "k"})) for _ in "ab")
    assert (first["state"], first) == ("published", second)
    refused = json_of(phone.post(f"tournaments/{row.pk}/pause/"))
    assert (refused["code"], refused["legal"]) == ("illegal_move", ["registration_open", "cancelled"])
    assert refusal_of(phone.post(f"tournaments/{row.pk}/cancel/", {"reason": " "})) == (400, "invalid")


def test_the_list_answers_what_people_look_for() -> None:
    """T2, Routes: under one fixed count of queries"""
    host, other = make_host(), make_host("other")
    now = database_now()
    make_competition(host, title="Solo cup", mode="solo", entry_fee_paise=100)
    make_competition(other, title="Duel day", game="efootball", mode="solo", state="completed")
    played = make_competition(host, title="Squad cup", reg_closes=now + HOUR, starts_at=now + 50 * HOUR)
    make_competition(host, title="Behind a link", visibility="unlisted")
    make_competition(host, title="Draft", state="draft")
    player = make_person("player")
    make_entrant(played, captain=player)
    phone = Phone(player)
    for query, expected in {
        "": ["Solo cup", "Squad cup", "Duel day"],
        "game=efootball": ["Duel day"],
        "mode=solo&fee=free": ["Duel day"],
        "fee=paid": ["Solo cup"],
        "state=completed,archived": ["Duel day"],
        "host=OTHER": ["Duel day"],
        "q=CUP": ["Solo cup", "Squad cup"],
        f"since={(now + 40 * HOUR).isoformat().replace('+', '%2B')}": ["Squad cup"],
        f"until={(now + 40 * HOUR).isoformat().replace('+', '%2B')}": ["Solo cup", "Duel day"],
        "mine=true": ["Squad cup"],
    }.items():
        assert titles(phone, query) == expected, query
    RosterPlace.objects.all().delete()
    assert titles(phone, "mine=true") == ["Squad cup"], "who leads a team, and does not play"
    assert titles(Phone(host), "mine=true") == ["Solo cup", "Behind a link", "Draft", "Squad cup"]
    assert refusal_of(Phone().get("tournaments/?mine=true")) == (401, "not_signed_in")
    assert refusal_of(phone.get("tournaments/?state=open")) == (400, "invalid")
    assert refusal_of(phone.get("tournaments/?after=1")) == (400, "bad_cursor")


def test_pages_hold_everything_once_in_one_order_better_plans_first() -> None:
    """T2: premium, featured, basic, then by start; then what is over, newest first"""
    host, now = make_host(), database_now()
    names = {}
    for plan in ("free", "basic", "featured", "premium"):
        for at in (5, 4):
            row = make_competition(host, plan=plan, starts_at=now + at * HOUR)
            names[row.pk] = f"{plan} {at}"
    for at in (2, 3):
        row = make_competition(host, plan="premium", state="archived", starts_at=now + at * HOUR)
        names[row.pk] = f"over {at}"
    expected = [f"{plan} {at}" for plan in ("premium", "featured", "basic", "free") for at in (4, 5)]
    found, after = [], ""
    while after is not None:
        page = json_of(Phone().get(f"tournaments/?limit=3{after and '&after=' + after}"))
        found += [names[row["id"]] for row in page["results"]]
        after = page["next"]
    assert found == [*expected, "over 3", "over 2"]
    assert Competition.objects.count() == len(found)


def test_the_list_asks_as_often_for_three_as_for_one(django_assert_num_queries: Any) -> None:
    host, nobody = make_host(), Phone()
    for count in (1, 3):
        while Competition.objects.count() < count:
            make_entrant(make_competition(host), captain=host)
        with django_assert_num_queries(2 + (connection.vendor == "postgresql")):  # whose clock is asked as well
            assert json_of(nobody.get("tournaments/"))["results"][0]["entrants_count"] == 1
