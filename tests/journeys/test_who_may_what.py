"""Who may do what on a list, cell by cell, over REST and over sockets: while it is open, and while it is frozen."""

from typing import Any

import pytest

from core.accounts.models import User
from core.bucketlists.models import Item, List, Membership
from core.bucketlists.services import freeze_list, open_invite
from core.work.clock import database_now
from tests.core.bucketlists.lists import let_pass, make_item, make_list, seat
from tests.journeys.faces import FACES, OK, Face
from tests.people import make_person

pytestmark = pytest.mark.django_db

ROLES = ("owner", "editor", "viewer", "guest")
OPEN: dict[str, tuple[int, int, int, int]] = {
    "cast": (OK, OK, OK, OK),
    "change": (OK, OK, OK, OK),
    "take back": (OK, OK, OK, OK),
    "add": (OK, OK, 403, 403),
    "edit own": (OK, OK, 403, 403),
    "edit other": (OK, 403, 403, 403),
    "schedule": (OK, OK, 403, 403),
    "delete own": (OK, OK, 403, 403),
    "move": (OK, 403, 403, 403),
    "react": (OK, OK, OK, OK),
    "comment": (OK, OK, OK, OK),
    "chat": (OK, OK, OK, OK),
    "edit list": (OK, 403, 403, 403),
    "invite": (OK, 403, 403, 403),
    "set role": (OK, 403, 403, 403),
    "join": (OK, OK, OK, OK),
    "leave": (409, OK, OK, 404),
}
"""V4, V6, V11, V12, V14, V23, V24, V62, V65, V95: a public list on which viewers vote."""

FROZEN = OPEN | {
    "cast": (409, 409, 409, 409),
    "change": (409, 409, 409, 409),
    "take back": (409, 409, 409, 409),
    "add": (OK, 409, 403, 403),
    "edit own": (OK, 409, 403, 403),
    "delete own": (OK, 409, 403, 403),
    "schedule": (OK, 403, 403, 403),
}
"""V46."""


class House:
    """A list with somebody in every role, an item by each, and a link for viewers."""

    def __init__(self, **fields: Any) -> None:
        self.people = {role: make_person(role) for role in ROLES}
        self.row = make_list(self.people["owner"], closes_in_s=3600, **fields)
        self.members = {"owner": Membership.objects.get(list=self.row)}
        self.members |= {role: seat(self.row, self.people[role], role) for role in ("editor", "viewer")}
        self.bystander = seat(self.row, make_person("bystander"), "viewer")
        self.voted = make_item(self.row, self.people["owner"])
        self.link, _ = open_invite(by=self.people["owner"], list_id=self.row.pk, role="viewer")

    def ids(self, role: str) -> dict[str, Any]:
        """What the person of that role speaks of; each time items of their own, as if they had been an editor once."""
        member = self.members.get(role, Membership(pk=10**9))
        own, other = (self._item(by) for by in (self.people[role], self.bystander.user))
        ids = {"list": self.row.pk, "voted": self.voted.pk, "own": own.pk, "other": other.pk}
        return ids | {"membership": member.pk, "bystander": self.bystander.pk, "token": self.link.token}

    def _item(self, by: User) -> Item:
        return Item.objects.create(list=self.row, creator=by, title="Surfing", created_at=database_now())

    def table(self, face: Face, actions: tuple[str, ...]) -> dict[str, tuple[int | None, ...]]:
        """What everybody is answered, by action; whoever leaves does so last."""
        return {
            action: tuple(face.do(self.people[role], action, self.ids(role)) for role in ROLES) for action in actions
        }


def spoken(face: Face, table: dict[str, tuple[int, int, int, int]]) -> dict[str, tuple[int, int, int, int]]:
    """The rows that a face has."""
    actions = getattr(face, "ACTIONS", {})
    return {action: row for action, row in table.items() if action in actions}


@pytest.mark.parametrize(
    ("make", "state"),
    [(FACES[0], "open"), (FACES[0], "deadline"), (FACES[1], "open"), (FACES[1], "manual")],
    ids=["rest-open", "rest-deadline", "sockets-open", "sockets-manual"],
)
def test_every_cell_of_the_table_of_rights(make: type[Face], state: str) -> None:
    """V46, and what it says "as when open" of"""
    face, house = make(), House(is_public=True, allow_viewer_voting=True)
    if state == "deadline":
        let_pass(house.row)
    elif state == "manual":
        freeze_list(by=house.people["owner"], list_id=house.row.pk, is_frozen=True)
    expected = spoken(face, OPEN if state == "open" else FROZEN)
    assert house.table(face, tuple(expected)) == expected


VOTING = {
    # (public, viewer voting): owner, editor, viewer, somebody who is no member
    (False, False): (OK, OK, 403, 404),
    (False, True): (OK, OK, OK, 404),
    (True, False): (OK, OK, 403, 403),
    (True, True): (OK, OK, OK, OK),
}
REACTING = {
    (False, False): (OK, OK, OK, 404),
    (False, True): (OK, OK, OK, 404),
    (True, False): (OK, OK, OK, 403),
    (True, True): (OK, OK, OK, OK),
}


@pytest.mark.parametrize("make", FACES, ids=["rest", "sockets"])
@pytest.mark.parametrize("kind", VOTING, ids=lambda kind: f"{'public' if kind[0] else 'private'}-{kind[1]}")
def test_who_votes_and_reacts_on_which_kind_of_list(make: type[Face], kind: tuple[bool, bool]) -> None:
    """V23, V24, V25, V62, V95: and whoever is no member counts as a guest"""
    face, house = make(), House(is_public=kind[0], allow_viewer_voting=kind[1])
    expected = {"cast": VOTING[kind], "react": REACTING[kind], "comment": REACTING[kind]}
    assert house.table(face, tuple(expected)) == expected
    house.voted.refresh_from_db()
    assert house.voted.member_downvotes == VOTING[kind][:3].count(OK)
    assert house.voted.guest_downvotes == VOTING[kind][3:].count(OK)
    assert house.voted.fire == REACTING[kind].count(OK)


@pytest.mark.parametrize("make", FACES, ids=["rest", "sockets"])
def test_nobody_learns_of_a_private_list_by_asking(make: type[Face]) -> None:
    """V4, V6: 404 for every action of whoever is no member, open or frozen"""
    face, house = make(), House(is_public=False, allow_viewer_voting=True)
    actions = [action for action in spoken(face, OPEN) if action != "join"]
    for freeze in (False, True):
        if freeze:
            let_pass(house.row)
        answers = {action: face.do(house.people["guest"], action, house.ids("guest")) for action in actions}
        assert answers == dict.fromkeys(actions, 404)
    assert not List.objects.get(pk=house.row.pk).description
