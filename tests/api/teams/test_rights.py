"""Who may do what in a team, route by role, over REST and over sockets; and that nobody else learns of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from api.errors import STATUS_OF
from core.accounts.models import User
from core.errors import DomainError
from core.teams.models import JoinRequest
from core.teams.services import open_invite
from core.work.clock import database_now
from realtime.protocol import read_body
from realtime.topics import find_command
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.files.pictures import picture
from tests.core.teams.squads import asked, make_team, seat
from tests.people import make_person

pytestmark = pytest.mark.django_db

ROLES = ("captain", "player", "asker", "stranger", "nobody")
LOGO = (
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
    + picture("PNG", 8, 8)
    + b"\r\n--b--\r\n"
)
TABLE: dict[str, tuple[str, str, Any, tuple[int, int, int, int, int]]] = {
    "games": ("GET", "games/", None, (200, 200, 200, 200, 200)),
    "list": ("GET", "teams/?q=rad", None, (200, 200, 200, 200, 401)),
    "show": ("GET", "teams/{team}/", None, (200, 200, 200, 200, 401)),
    "create": ("POST", "teams/", {"game": "pes", "name": "Ten", "tag": "NEW"}, (201, 201, 201, 201, 401)),
    "edit": ("PATCH", "teams/{team}/", {"about": "We rotate early."}, (200, 403, 403, 403, 401)),
    "logo": ("PUT", "teams/{team}/logo/", LOGO, (200, 403, 403, 403, 401)),
    "no logo": ("DELETE", "teams/{team}/logo/", None, (204, 403, 403, 403, 401)),
    "requests": ("GET", "teams/{team}/join-requests/", None, (200, 403, 403, 403, 401)),
    "ask": ("POST", "teams/{team}/join-requests/", {"words": "Support main."}, (409, 409, 201, 201, 401)),
    "decline": ("POST", "teams/{team}/join-requests/{request}/decline/", None, (200, 404, 403, 404, 401)),
    "accept": ("POST", "teams/{team}/join-requests/{request}/accept/", None, (200, 404, 403, 404, 401)),
    "withdraw": ("POST", "teams/{team}/join-requests/{request}/withdraw/", None, (403, 404, 200, 404, 401)),
    "see link": ("GET", "teams/{team}/invite/", None, (200, 403, 403, 403, 401)),
    "open link": ("POST", "teams/{team}/invite/", None, (200, 403, 403, 403, 401)),
    "rotate link": ("PUT", "teams/{team}/invite/", None, (200, 403, 403, 403, 401)),
    "preview": ("GET", "teams/invites/{token}/", None, (200, 200, 200, 200, 200)),
    "follow": ("POST", "teams/invites/{token}/accept/", {"accept": True}, (200, 200, 201, 201, 401)),
    "close link": ("DELETE", "teams/{team}/invite/", None, (204, 403, 403, 403, 401)),
    "remove": ("DELETE", "teams/{team}/members/{bystander}/", None, (204, 403, 403, 403, 401)),
    "leave": ("DELETE", "teams/{team}/members/{own}/", None, (409, 204, 404, 404, 401)),
    "transfer": ("POST", "teams/{team}/transfer/", {"membership_id": "{bystander}"}, (200, 403, 403, 403, 401)),
    "disband": ("DELETE", "teams/{team}/", None, (204, 403, 403, 403, 401)),
}
"""A21, A22"""

COMMANDS: dict[str, tuple[str, dict[str, Any]]] = {
    "edit": ("team.edit", {"team": "{team}", "about": "We rotate early."}),
    "ask": ("team.ask", {"team": "{team}", "words": "Support main."}),
    "decline": ("team.decline", {"team": "{team}", "request": "{request}"}),
    "accept": ("team.accept", {"team": "{team}", "request": "{request}"}),
    "withdraw": ("team.withdraw", {"team": "{team}", "request": "{request}"}),
    "remove": ("team.end", {"team": "{team}", "membership_id": "{bystander}"}),
    "leave": ("team.end", {"team": "{team}", "membership_id": "{own}"}),
    "transfer": ("team.transfer", {"team": "{team}", "membership_id": "{bystander}"}),
    "disband": ("team.disband", {"team": "{team}"}),
}


class House:
    """A team with somebody in every role."""

    def __init__(self) -> None:
        self.people: dict[str, User] = {role: make_person(role) for role in (*ROLES[:-1], "bystander")}
        self.phones = {role: Phone(self.people.get(role)) for role in ROLES}
        self.team = make_team(self.people["captain"])
        self.seats = {name: seat(self.team, self.people[name]).pk for name in ("player", "bystander")}
        self.seats["captain"] = self.team.memberships.get(role="captain").pk
        link, _ = open_invite(by=self.people["captain"], team_id=self.team.pk)
        self.token, self.request = link.token, asked(self.team, self.people["asker"])

    def ids(self, role: str) -> dict[str, Any]:
        """What the person of that role speaks of."""
        own, bystander = self.seats.get(role, 10**9), self.seats["bystander"]
        ids = {"team": self.team.pk, "token": self.token, "request": self.request}
        return ids | {"own": own, "bystander": bystander}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens in it has not happened afterwards."""
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)


def filled(template: Any, ids: dict[str, Any]) -> Any:
    """The same with ids in the place of their names."""
    if isinstance(template, dict):
        return {name: filled(value, ids) for name, value in template.items()}
    if isinstance(template, str) and template.startswith("{"):
        return ids[template.strip("{}")]
    return template


@pytest.fixture
def house(settings: Any) -> House:
    settings.LIMITS_RELAXED = True
    return House()


def status_of(call: Callable[[], Any]) -> int:
    try:
        call()
    except DomainError as refusal:
        return next(status for kind, status in STATUS_OF.items() if isinstance(refusal, kind))
    return 200


def test_every_route_by_every_role(house: House) -> None:
    found = {}
    for act, (method, path, body, _) in TABLE.items():
        answers = []
        for role in ROLES:
            ids = house.ids(role)
            headers = {"content_type": "multipart/form-data; boundary=b"} if body is LOGO else {}
            with undone():
                answer = house.phones[role].call(method, path.format(**ids), filled(body, ids), **headers)
            answers.append(answer.status_code)
        found[act] = tuple(answers)
    assert found == {act: row[3] for act, row in TABLE.items()}


def test_every_command_by_every_role(house: House) -> None:
    """The same rights as over REST; whoever is not signed in has no commands."""
    found, expected = {}, {}
    for act, (name, template) in COMMANDS.items():
        answers = []
        for role in ROLES[:-1]:
            command = find_command(name)
            body = read_body(filled(template, house.ids(role)), command.body)
            with undone():
                answers.append(status_of(partial(command.run, house.people[role], body)))
        found[act] = answers
        expected[act] = [200 if status < 300 else status for status in TABLE[act][3][:-1]]
    assert found == expected


def test_what_is_not_there_or_not_of_that_team_is_answered_alike(house: House) -> None:
    ids = house.ids("captain")
    other = make_team(house.people["stranger"], "TWO")
    captain = house.phones["captain"]
    assert refusal_of(captain.get("teams/999999/")) == (404, "no_team")
    for at in (f"teams/{other.pk}", f"teams/{ids['team']}"):
        request = ids["request"] + (at.endswith(str(ids["team"])))
        assert refusal_of(captain.post(f"{at}/join-requests/{request}/accept/")) == (404, "no_request")
    assert refusal_of(captain.delete(f"teams/{ids['team']}/members/{other.memberships.get().pk}/")) == (
        404,
        "no_member",
    )
    assert refusal_of(captain.get("teams/invites/" + "x" * 43 + "/")) == (404, "no_invite")


def test_a_link_says_nothing_of_its_team_once_it_expired_and_to_strangers_no_names(house: House) -> None:
    """V70, V71"""
    ids = house.ids("stranger")
    path = f"teams/invites/{ids['token']}/"
    stranger, nobody = (json_of(house.phones[role].get(path)) for role in ("stranger", "nobody"))
    assert (stranger["already_member"], nobody["already_member"]) == (False, None)
    assert (stranger["team"]["captain"]["username"], nobody["team"]["captain"]["username"]) == ("captain", None)
    house.team.invite.expires_at = database_now()
    house.team.invite.save()
    assert json_of(house.phones["nobody"].get(path)) | {"expires_at": ""} == {
        "is_valid": False,
        "expires_at": "",
        "team": None,
        "already_member": None,
    }


def test_a_person_shows_their_teams_and_whether_they_host(house: House) -> None:
    """A12"""
    shown = json_of(house.phones["stranger"].get("profiles/player/"))
    assert ([team["tag"] for team in shown["teams"]], shown["is_host"]) == (["RAD"], False)
    own = json_of(house.phones["player"].get("profiles/user/"))
    assert (own["teams"], own["host"]) == (shown["teams"], None)


def test_a_repeated_request_is_one(house: House) -> None:
    """PR: one key, one effect"""
    ids, asker = house.ids("stranger"), house.phones["stranger"]
    path, key = f"teams/{ids['team']}/join-requests/", {"Idempotency-Key": "once"}
    first, second = (json_of(asker.post(path, {"words": "hi"}, **key)) for _ in range(2))
    assert first == second
    assert JoinRequest.objects.filter(user=house.people["stranger"]).count() == 1
