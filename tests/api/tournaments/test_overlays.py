"""Boards on air over REST: every route by every role of T4, and a key that is in one answer and nowhere else (T24)."""

from typing import Any

import pytest
from django.db import transaction

from core.work.clock import database_now
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.tournaments.rows import make_competition, make_entrant, make_host
from tests.core.tournaments.test_overlays import everything_stored
from tests.people import make_person

pytestmark = pytest.mark.django_db

STAFF = ("host", "co_host", "referee", "caster")
ROLES = (*STAFF, "captain", "stranger", "nobody")
ROUTES: dict[str, tuple[str, str, Any, int]] = {
    "list": ("GET", "overlays/", None, 200),
    "make": ("POST", "overlays/", {"name": "Other scene"}, 201),
    "steer": ("PATCH", "overlays/{id}/", {"theme": "ticker", "stage": None, "hidden": True, "accent": "#00ff00"}, 200),
    "rotate": ("POST", "overlays/{id}/rotate/", None, 200),
    "revoke": ("DELETE", "overlays/{id}/", None, 204),
}


def phones(row: Any) -> dict[str, Phone]:
    people = {role: make_person(role) for role in ROLES[1:-1]} | {"host": row.host}
    for role in STAFF[1:]:
        row.staff.create(user=people[role], role=role, added_at=database_now())
    make_entrant(row, captain=people["captain"])
    return {role: Phone(people.get(role)) for role in ROLES}


def test_every_route_by_every_role() -> None:
    """T4"""
    row = make_competition(make_host())
    by = phones(row)
    base = f"tournaments/{row.pk}/"
    overlay = json_of(by["host"].post(f"{base}overlays/", {"name": "Main scene"}))["id"]
    found: dict[str, list[int]] = {}
    expected: dict[str, list[int]] = {}
    for act, (method, path, body, status) in ROUTES.items():
        expected[act] = [status] * len(STAFF) + [403, 403, 401]
        found[act] = []
        for role in ROLES:
            before = transaction.savepoint()
            found[act].append(by[role].call(method, base + path.format(id=overlay), body).status_code)
            transaction.savepoint_rollback(before)
    assert found == expected


def test_a_key_is_in_one_answer_and_nowhere_else() -> None:
    """Not even under an Idempotency-Key."""
    row = make_competition(make_host())
    phone, path = Phone(row.host), f"tournaments/{row.pk}/overlays/"
    made = json_of(phone.post(path, {"name": "Main scene"}, **{"Idempotency-Key": "k"}))
    rotated = json_of(phone.post(f"{path}{made['id']}/rotate/", **{"Idempotency-Key": "k"}))
    assert rotated["key"] != made["key"]
    assert rotated["overlay_url"].endswith(f"/overlay/#k={rotated['key']}")
    stored = everything_stored()
    listed = phone.get(path).content.decode()
    assert not [key for key in (made["key"], rotated["key"]) if key in stored or key in listed]


def test_a_board_is_below_its_own_competition_alone() -> None:
    host = make_host()
    row, other = make_competition(host), make_competition(host, kind="scrim")
    phone = Phone(host)
    overlay = json_of(phone.post(f"tournaments/{row.pk}/overlays/", {"name": "Main scene"}))["id"]
    assert refusal_of(phone.patch(f"scrims/{other.pk}/overlays/{overlay}/", {})) == (404, "no_overlay")
    assert refusal_of(phone.delete(f"scrims/{row.pk}/overlays/{overlay}/")) == (404, "no_competition")
    own = f"tournaments/{row.pk}/overlays/{overlay}/"
    assert refusal_of(phone.patch(own, {"stage": 10**9})) == (400, "no_stage")
    assert refusal_of(phone.patch(own, {"stream_delay": 5})) == (400, "unknown_field")
    assert json_of(phone.patch(own, {"rows": 25}))["settings"]["rows"] == 25
