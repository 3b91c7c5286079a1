"""T23: who registers, waits and is offered a seat is on every screen, and one's own entrant is whole."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from core.tournaments.models import Competition
from realtime.hub import Hub
from tests.core.tournaments.rows import make_competition, make_entrant, make_host
from tests.people import make_person
from tests.realtime.presence import until
from tests.realtime.test_blocks import Person, person
from tests.realtime.test_owned_rooms import subscribe
from tests.realtime.test_teams_live import call, known
from tests.realtime.test_tournaments_live import fresh

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


@sync_to_async
def nearly_full() -> Competition:
    row = make_competition(make_host("hosting"), mode="solo", capacity=2)
    make_entrant(row, captain=make_person("first"))
    return row


def entrants(one: Person, topic: str) -> dict[str, str]:
    seen: dict[str, Any] = known(one, topic)
    return {it["name"]: it["state"] for key, it in seen.items() if key.startswith("entrant.")}


async def test_who_comes_and_goes_is_seen_by_all(hub: Hub) -> None:
    row = await nearly_full()
    asha, ravi, mei = [await person(hub, name) for name in ("asha", "ravi", "mei")]
    topic = f"tournament.{row.pk}"
    for one in (ravi, mei):
        assert (await subscribe(one, 1, topic))["mine"]["entrant"] is None
    entered = await call(asha, 2, "entry.person", competition=row.pk, in_game_id="111111")
    assert (entered["data"]["seat"], entered["data"]["roster"][0]["in_game_id"]) == (2, "111111")
    assert (await call(ravi, 2, "entry.person", competition=row.pk, in_game_id="222222"))["data"]["waiting"] == 1
    await until(lambda: entrants(mei, topic) == {"first": "confirmed", "asha": "confirmed", "ravi": "waitlisted"})
    assert (await call(asha, 3, "entry.withdraw", competition=row.pk))["data"]["state"] == "withdrawn"
    await until(lambda: entrants(mei, topic) == {"first": "confirmed", "ravi": "offered"})
    own = (await subscribe(ravi, 4, topic))["mine"]["entrant"]
    assert (own["state"], own["seat"], own["offer_expires_at"] is None) == ("offered", 2, False)
    assert (await call(ravi, 5, "entry.answer", competition=row.pk, accept=True))["data"]["state"] == "confirmed"
    await until(lambda: entrants(mei, topic)["ravi"] == "confirmed")
    assert (await call(mei, 5, "entry.check_in", competition=row.pk))["code"] == "not_registered"
    assert known(mei, topic) == await fresh(row)
