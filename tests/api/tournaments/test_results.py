"""T4: every route of results and standings by every role; and what a referee sends and reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse

from core.accounts.models import User
from core.tournaments.models import ResultEntry
from tests.api.phone import Phone, json_of
from tests.core.tournaments.results.stages import House, league, lobbies
from tests.people import make_person

pytestmark = pytest.mark.django_db

ROLES = ("host", "co_host", "referee", "caster", "captain", "outsider", "nobody")
STAFF = (201, 201, 201, 403, 403, 403, 401)
ABOVE = (201, 201, 403, 403, 403, 403, 401)
ALL = (200,) * 7
WHY = {"reason": "Because."}
TABLE: dict[str, tuple[str, str, Any, tuple[int, ...]]] = {
    "record": ("POST", "matches/{open}/result/", {"payload": "{duel}"}, STAFF),
    "put": ("PUT", "matches/{played}/result/", {"payload": "{other}"} | WHY, STAFF),
    "walkover": ("POST", "matches/{open}/walkover/", {"winner": "{one}"}, STAFF),
    "forfeit": ("POST", "matches/{open}/double-forfeit/", {}, STAFF),
    "void": ("POST", "matches/{played}/void/", WHY, STAFF),
    "adjust": ("POST", "adjustments/", {"stage_id": "{stage}", "entrant_id": "{one}", "points": "-1/2"} | WHY, ABOVE),
    "lot": ("POST", "lots/", {"stage_id": "{stage}", "order": ["{one}", "{two}"]} | WHY, ABOVE),
    "override": ("POST", "overrides/", {"stage_id": "{stage}", "entrant_id": "{one}", "place": 2} | WHY, ABOVE),
    "take back": ("POST", "entries/{adjusted}/take-back/", WHY, ABOVE),
    "disqualify": ("POST", "disqualifications/", {"entrant_id": "{one}", "results": "last"} | WHY, ABOVE),
    "reinstate": ("POST", "reinstatements/", {"entrant_id": "{out}"} | WHY, ABOVE),
    "winner": ("POST", "select-winner/", None, (409, 409, 403, 403, 403, 403, 401)),
    "complete": ("POST", "complete/", None, (409, 409, 403, 403, 403, 403, 401)),
    "placings": ("GET", "placings/", None, ALL),
    "freeze": ("POST", "freeze/", {}, (200, 200, 403, 403, 403, 403, 401)),
    "unfreeze": ("DELETE", "freeze/", None, (200, 200, 403, 403, 403, 403, 401)),
    "standings": ("GET", "standings/", None, ALL),
    "explain": ("GET", "standings/explain/?a={one}&b={two}", None, ALL),
    "entries": ("GET", "entries/", None, ALL),
}


def people(house: House) -> dict[str, User | None]:
    made = {role: make_person(role) for role in ("co_host", "caster", "outsider")}
    for role in ("co_host", "caster"):
        house.row.staff.create(user=made[role], role=role, added_at=house.row.created_at)
    own = {"host": house.host, "referee": house.referee, "captain": house.entrants[0].captain}
    return {role: (made | own).get(role) for role in ROLES}


def filled(template: Any, ids: dict[str, Any]) -> Any:
    if isinstance(template, dict):
        return {name: filled(value, ids) for name, value in template.items()}
    if isinstance(template, list):
        return [filled(value, ids) for value in template]
    return ids[template.strip("{}")] if isinstance(template, str) and template.startswith("{") else template


@contextmanager
def undone() -> Iterator[None]:
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)


def test_every_route_by_every_role(settings: Any) -> None:
    settings.LIMITS_RELAXED = True
    house = league(3)
    played, _, waiting, *_ = house.matches  # of the first two, who are not out
    host = Phone(house.host)
    house.play(played, house.duel(played, 2, 1))
    own = f"tournaments/{house.row.pk}/"
    adjustment = {"stage_id": house.stage.pk, "entrant_id": house.ids[1], "points": 1, "reason": "Ping."}
    adjusted = json_of(host.post(f"{own}adjustments/", adjustment))["seq"]
    json_of(host.post(f"{own}disqualifications/", {"entrant_id": house.ids[2], "results": "keep"} | WHY))
    ids: dict[str, Any] = dict(zip(("one", "two", "out"), house.ids, strict=True))
    ids |= {"played": played.pk, "open": waiting.pk, "stage": house.stage.pk, "adjusted": adjusted}
    ids |= {"duel": house.duel(waiting, 1, 0), "other": house.duel(played, 0, 3)}
    found, phones = {}, [Phone(user) for user in people(house).values()]
    for act, (method, path, body, _) in TABLE.items():
        answers = []
        for phone in phones:
            with undone():
                answers.append(phone.call(method, own + path.format(**ids), filled(body, ids)).status_code)
        found[act] = tuple(answers)
    assert found == {act: row[3] for act, row in TABLE.items()}


def test_a_referee_sends_a_lobby_and_reads_the_table(settings: Any) -> None:
    """T11, T12: a key records once; a correction says why; warnings hinder nobody."""
    settings.LIMITS_RELAXED = True
    house = lobbies()
    referee, own = Phone(house.referee), f"tournaments/{house.row.pk}/"
    path = f"{own}matches/{house.matches[0].pk}/result/"
    body = {"payload": house.lobby(30, 1, 0, 0)}
    first, again = (json_of(referee.call("PUT", path, body, **{"Idempotency-Key": "k"})) for _ in "ab")
    assert (first, first["warnings"]) == (again, [f"kills_above_opponents:{house.ids[0]}"])
    changed = {"payload": house.lobby(3, 1, 0, 0)}
    assert refused(referee.call("PUT", path, changed, **{"Idempotency-Key": "k"})) == (409, "key_reused")
    assert refused(referee.call("PUT", path, changed)) == (409, "has_result")
    assert json_of(referee.call("PUT", path, changed | WHY))["supersedes"] == first["seq"]
    assert refused(referee.call("PUT", path, changed | WHY | {"supersedes": first["seq"]})) == (409, "superseded")
    wrong = {"rows": [{"entrant": house.ids[0], "placement": 5, "kills": 0}]}
    assert refused(referee.call("PUT", path, {"payload": wrong} | WHY)) == (400, "bad_placement")
    assert refused(referee.call("PUT", path, {"payload": {"rows": "x"}})) == (400, "bad_shape")
    table = json_of(Phone().get(f"{own}standings/?stage={house.stage.pk}"))
    assert [row["figures"]["points"] for row in table["results"]] == [13, 7, 5, 4]
    log = json_of(Phone().get(f"{own}entries/"))["results"]
    assert [(it["author"]["username"], it["superseded_by"]) for it in log] == [(None, None), (None, 2)]
    other = f"tournaments/{lobbies_elsewhere(house)}/matches/{house.matches[1].pk}/result/"
    assert refused(referee.call("PUT", other, body)) == (404, "no_match")
    assert ResultEntry.objects.count() == 2


def refused(response: HttpResponse) -> tuple[int, str]:
    """Status and code; what else it says is not looked at."""
    return response.status_code, json_of(response)["code"]


def lobbies_elsewhere(house: House) -> int:
    """Another competition of the same host."""
    row = house.row
    row.pk, row.slug = None, "another"
    row.save()
    return int(row.pk)
