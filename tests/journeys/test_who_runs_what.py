"""Who may do what in a competition: every route below it by every role of T4, and none without a row in the table."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver

from core.accounts.models import User
from core.accounts.services import SYSTEM
from core.tournaments.models import Competition, Staff, Stage
from core.tournaments.services import penalising
from core.tournaments.services.overlays import make_overlay
from core.work.clock import database_now
from tests.api.phone import Phone
from tests.api.teams.test_rights import LOGO, filled, undone
from tests.core.tournaments.claims.rows import make_claim, make_dispute
from tests.core.tournaments.rows import HOUR, make_competition, make_entrant, make_host, make_match, make_stage
from tests.core.tournaments.test_moving import TIMES
from tests.journeys.running import ROLES, TABLE, Row
from tests.people import make_person

pytestmark = pytest.mark.django_db


class House:
    """A competition of persons with somebody in every role, a stage, a match and a board on air."""

    def __init__(self) -> None:
        self.people: dict[str, User] = {"host": make_host()}
        self.people |= {
            role: make_person(role) for role in (*ROLES[1:-1], "bystander", "dropped") if role != "administrator"
        }
        self.people["administrator"] = make_person("administrator", superuser=True)
        self.phones = {role: Phone(self.people.get(role)) for role in ROLES}
        now = database_now()
        ahead: dict[str, Any] = {name: now + at * HOUR for at, name in enumerate(TIMES, 1)}
        self.row = make_competition(self.people["host"], mode="solo", capacity=8, **ahead)
        for role in Staff.Role.values:
            Staff.objects.create(competition=self.row, user=self.people[role], role=role, added_at=now)
        players = [self.people[name] for name in ("captain", "bystander", "dropped")]
        playing = [make_entrant(self.row, captain=user, state="checked_in") for user in players]
        stage = make_stage(self.row, playing, format="round_robin")
        group = stage.groups.get()
        match = make_match(group, playing[:2], state="live")
        later = make_match(group, playing[:2])
        last = make_stage(self.row, [])
        Stage.objects.filter(pk=last.pk).update(state="planned")
        disputed = [make_match(group, playing[:2], state="disputed", settled_at=now) for _ in range(2)]
        overlay = make_overlay(by=self.people["host"], competition_id=self.row.pk, name="Main scene")
        self.ids = {
            "captain": self.people["captain"].pk,
            "referee": self.people["referee"].pk,
            "entrant": playing[0].pk,
            "other": playing[1].pk,
            "out": playing[2].pk,
            "stage": stage.pk,
            "last": last.pk,
            "group": group.pk,
            "match": match.pk,
            "next": later.pk,
            "overlay": overlay.id,
            "settled": disputed[0].pk,
            "claim": make_claim(match, [playing[1], playing[0]]).pk,
            "dispute": make_dispute(disputed[0], playing[1]).pk,
            "reviewed": make_dispute(disputed[1], playing[1], state="under_review").pk,
        }
        self._penalise()

    def _penalise(self) -> None:
        """One entrant is out, one lost a point: what can be taken back."""
        at: dict[str, Any] = {"by": SYSTEM, "competition_id": self.row.pk, "reason": "Late."}
        Competition.objects.filter(pk=self.row.pk).update(state="live")
        penalising.disqualify(**at, entrant_id=self.ids["out"], results="keep")
        at |= {"stage_id": self.ids["stage"], "entrant_id": self.ids["other"]}
        self.ids["adjusted"] = penalising.adjust(**at, points=Fraction(-1)).seq

    def answers(self, row: Row, *, state: str, roles: tuple[str, ...] = ROLES) -> list[int]:
        """What each role is answered, as if nobody had asked before."""
        path = f"tournaments/{self.row.pk}/{row.path.format(**self.ids)}"
        headers = {"content_type": "multipart/form-data; boundary=b"} if row.body is LOGO else {}
        Competition.objects.filter(pk=self.row.pk).update(state=state)
        found = []
        for role in roles:
            with undone():
                answer = self.phones[role].call(row.method, path, _said(row.body, self.ids), **headers)
            found.append(answer.status_code)
        return found


def _said(body: Any, ids: dict[str, int]) -> Any:
    if isinstance(body, list):
        return [_said(item, ids) for item in body]
    if isinstance(body, dict):
        return {name: _said(value, ids) for name, value in body.items()}
    return filled(body, ids)


def routes(prefix: str) -> set[tuple[str, str]]:
    """Every method and path below one competition, in which every id is `{}`."""
    found = set()
    for path, pattern in _patterns(get_resolver().url_patterns):
        before, one, below = path.partition("<id:competition_id>/")
        if before == f"api/{prefix}/" and one:
            view: Any = pattern.callback
            found |= {(method.upper(), re.sub(r"<id:\w+>", "{}", below)) for method in view.actions if method != "head"}
    return found


def route_of(row: Row) -> tuple[str, str]:
    return row.method, re.sub(r"{\w+}", "{}", row.path.partition("?")[0])


def rows() -> list[Row]:
    """Those of the table whose routes are there."""
    there = routes("tournaments")
    return [row for row in TABLE if route_of(row) in there]


def _patterns(among: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for it in among:
        path = f"{before}{it.pattern}"
        if isinstance(it, URLPattern):
            yield path, it
        else:
            yield from _patterns(it.url_patterns, path)


@pytest.fixture
def house(settings: Any) -> House:
    settings.LIMITS_RELAXED = True
    return House()


def test_every_route_has_a_row_and_stands_below_both_prefixes() -> None:
    """T1, T4"""
    missing = routes("tournaments") - {route_of(row) for row in TABLE}
    assert missing == set(), "routes without a row in tests/journeys/running.py"
    assert routes("scrims") == routes("tournaments")


def test_every_route_by_every_role(house: House) -> None:
    """T4"""
    found = {f"{row.method} {row.path}": house.answers(row, state=row.state) for row in rows()}
    expected = {f"{row.method} {row.path}": [int(status) for status in row.answers.split()] for row in rows()}
    assert {act: answers for act, answers in found.items() if answers != expected[act]} == {}


def test_nobody_learns_of_a_draft_by_asking(house: House) -> None:
    """T4: outsiders get 404 for what they may not know"""
    found = {
        f"{row.method} {row.path}": house.answers(row, state="draft", roles=("stranger", "nobody")) for row in rows()
    }
    assert [act for act, (stranger, nobody) in found.items() if stranger != 404 or nobody not in (401, 404)] == []
