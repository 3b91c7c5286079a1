"""T4-T7 over REST and sockets: who may do what about entrants, and a captain's way from register to check-in."""

from functools import partial
from typing import Any

import pytest

from core.accounts.models import User
from core.tournaments.models import Entrant, Staff
from core.work.clock import database_now
from realtime.protocol import read_body
from realtime.topics import find_command
from tests.api.phone import Phone, json_of, refusal_of
from tests.api.teams.test_rights import filled, status_of, undone
from tests.core.tournaments.entry.people import let_offers_lapse, make_player, make_squad, seats, with_check_in
from tests.core.tournaments.rows import make_competition, make_host

pytestmark = pytest.mark.django_db

ROLES = ("host", "co_host", "referee", "captain", "player", "stranger", "nobody")
REASON = {"reason": "Two accounts."}
TABLE: dict[str, tuple[str, str, Any, tuple[int, ...]]] = {
    "entrants": ("GET", "{row}/entrants/", None, (200,) * 7),
    "registrations": ("GET", "{row}/registrations/", None, (200, 200, 200, 403, 403, 403, 401)),
    "remove": ("POST", "{row}/registrations/{entrant}/withdraw/", REASON, (200, 200, 403, 403, 403, 403, 401)),
    "their check-in": ("POST", "{row}/registrations/{entrant}/check-in/", None, (200, 200, 403, 403, 403, 403, 401)),
    "undo theirs": ("DELETE", "{row}/registrations/{entrant}/check-in/", None, (200, 200, 403, 403, 403, 403, 401)),
    "register": ("POST", "{row}/register/", {}, (409, 409, 409, 409, 409, 409, 401)),
    "roster": ("GET", "{row}/roster/", None, (404, 404, 404, 200, 200, 404, 401)),
    "change roster": ("PUT", "{row}/roster/", {"roster": []}, (404, 404, 404, 409, 403, 404, 401)),
    "check in": ("POST", "{row}/check-in/", None, (404, 404, 404, 200, 403, 404, 401)),
    "undo": ("DELETE", "{row}/check-in/", None, (404, 404, 404, 200, 403, 404, 401)),
    "offer": ("POST", "{row}/offer/", {"accept": True}, (404, 404, 404, 409, 403, 404, 401)),
    "withdraw": ("POST", "{row}/withdraw/", None, (404, 404, 404, 200, 403, 404, 401)),
}
"""T4, while check-in is open."""
COMMANDS: dict[str, tuple[str, dict[str, Any]]] = {
    "register": ("entry.person", {"competition": "{row}"}),
    "change roster": ("entry.roster", {"competition": "{row}", "roster": []}),
    "check in": ("entry.check_in", {"competition": "{row}"}),
    "undo": ("entry.undo_check_in", {"competition": "{row}"}),
    "offer": ("entry.answer", {"competition": "{row}", "accept": True}),
    "withdraw": ("entry.withdraw", {"competition": "{row}"}),
}


@pytest.fixture(autouse=True)
def relaxed(settings: Any) -> None:
    settings.LIMITS_RELAXED = True


@pytest.fixture
def people() -> dict[str, User]:
    """A competition in which a team takes part, with somebody in every role."""
    row = make_competition(make_host())
    team, squad = make_squad("wolf", size=4)
    players = [{"user_id": user.pk} for user in squad]
    register = Phone(squad[0]).post(f"tournaments/{row.pk}/register/", {"team_id": team.pk, "roster": players})
    assert register.status_code == 201
    staff = {role: make_player(role) for role in ("co_host", "referee", "stranger")}
    for role in ("co_host", "referee"):
        Staff.objects.create(competition=row, user=staff[role], role=role, added_at=database_now())
    with_check_in(row, "check_in")
    return {"host": row.host, "captain": squad[0], "player": squad[1], **staff}


def test_every_route_and_command_by_every_role(people: dict[str, User]) -> None:
    entrant = Entrant.objects.get()
    ids = {"row": entrant.competition_id, "entrant": entrant.pk}
    phones = {role: Phone(people.get(role)) for role in ROLES}
    found: dict[str, tuple[int, ...]] = {}
    for act, (method, path, body, _) in TABLE.items():
        answers = []
        for role in ROLES:
            with undone():
                answers.append(phones[role].call(method, "tournaments/" + path.format(**ids), body).status_code)
        found[act] = tuple(answers)
    assert found == {act: row[3] for act, row in TABLE.items()}
    for act, (name, template) in COMMANDS.items():
        command = find_command(name)
        body = read_body(filled(template, ids), command.body)
        statuses = []
        for role in ROLES[:-1]:
            with undone():
                statuses.append(status_of(partial(command.run, people[role], body)))
        assert (act, *statuses) == (act, *(200 if it == 201 else it for it in TABLE[act][3][:-1]))


def test_a_captains_way_over_rest(people: dict[str, User]) -> None:
    """A repeat is one, what is not a registration is refused, and an offer passes on."""
    row = make_competition(people["host"], mode="solo", capacity=2)
    asha, mei, ravi, tom = (Phone(make_player(name)) for name in ("asha", "mei", "ravi", "tom"))
    at = f"tournaments/{row.pk}/"
    first, again = (asha.post(f"{at}register/", {"in_game_id": "123456"}, **{"Idempotency-Key": "k"}) for _ in "ab")
    assert (first.status_code, json_of(first)) == (201, json_of(again))
    assert json_of(first)["roster"][0]["in_game_id"] == "123456"
    refused = json_of(asha.post(f"{at}register/"))
    assert (refused["code"], refused["usernames"]) == ("already_registered", ["asha"])
    assert refusal_of(mei.post(f"{at}register/", {"in_game_id": "x"})) == (400, "bad_in_game_id")
    assert refusal_of(mei.post(f"{at}register/", {"team_id": 1})) == (400, "invalid")
    assert refusal_of(mei.post(f"scrims/{row.pk}/register/")) == (404, "no_competition")
    for phone in (mei, ravi, tom):
        assert phone.post(f"{at}register/").status_code == 201
    assert [it["waiting"] for it in json_of(Phone().get(f"{at}entrants/"))["results"]] == [None, None, 1, 2]
    assert json_of(Phone().get(f"{at}entrants/?limit=1"))["results"][0]["captain"]["username"] is None
    assert json_of(asha.post(f"{at}withdraw/"))["state"] == "withdrawn"
    assert json_of(ravi.get(f"{at}roster/"))["state"] == "offered"
    let_offers_lapse(row)
    assert json_of(tom.post(f"{at}offer/", {"accept": True}))["seat"] == 1
    assert seats(row) == ["tom", "mei"]
    with_check_in(row, "check_in")
    assert json_of(tom.post(f"{at}check-in/"))["state"] == "checked_in"
    host = Phone(people["host"])
    listed = json_of(host.get(f"{at}registrations/?state=checked_in,withdrawn"))["results"]
    assert [it["name"] for it in listed] == ["asha", "tom"]
    assert refusal_of(host.get(f"{at}registrations/?state=lost")) == (400, "invalid")
