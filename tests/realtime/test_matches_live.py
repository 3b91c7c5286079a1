"""T10, T23: a match is the same on every screen; where it is played is heard by its rosters, from its release on."""

from typing import Any
from uuid import uuid4

import msgspec
import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from core.accounts.models import User
from core.tournaments.models import Competition, Entrant, Match, RoomView
from core.tournaments.selectors import match_live
from core.tournaments.services import appoint, dismiss, propose_claim, withdraw
from core.tournaments.services.matches import start_match
from core.tournaments.services.rooms import set_room
from core.work.clock import database_now
from realtime.hub import Hub
from tests.core.tournaments.rows import make_competition, make_entrant, make_host, make_match, make_stage
from tests.core.tournaments.structure.fields import correct, play, sides_of
from tests.realtime.presence import until
from tests.realtime.test_blocks import person
from tests.realtime.test_lists_access import is_revoked, within_a_second
from tests.realtime.test_owned_rooms import post, subscribe
from tests.realtime.test_teams_live import call, known

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


@sync_to_async
def bracket(*players: User) -> Match:
    """The first match of a bracket of four, between the first two."""
    row = make_competition(make_host(), state="live")
    entrants = [make_entrant(row, captain=player, state="active") for player in players]
    group = make_stage(row, entrants, format="single_elimination").groups.get()
    first = make_match(group, entrants[:2], feeders=[None, None])
    make_match(group, entrants[2:], feeders=[None, None])
    make_match(group, [], feeders=[1, 2], round=2)
    return first


@sync_to_async
def fresh(name: str) -> Any:
    return msgspec.json.decode(msgspec.json.encode(match_live.snapshot(name)))


async def test_a_match_and_its_room_are_followed_by_whom_they_concern(hub: Hub) -> None:
    asha, _, mei, _ = people = [await person(hub, name) for name in ("asha", "ravi", "mei", "zoe")]
    match = await bracket(*(one.user for one in people))
    host = (await sync_to_async(Competition.objects.select_related("host").get)(pk=match.competition_id)).host
    place: dict[str, Any] = {"by": host, "competition_id": match.competition_id, "match_id": match.pk}
    topic, roster = f"match.{match.pk}", f"match.{match.pk}.roster"
    assert (await subscribe(mei, 1, topic))["mine"]["side"] is None
    assert (await subscribe(mei, 2, roster))["code"] == "no_topic"
    begun = await subscribe(asha, 1, roster)
    assert (begun["state"], begun["mine"]["is_captain"]) == ({}, True)

    now = await sync_to_async(database_now)()
    await sync_to_async(set_room)(**place, room_id="4711", room_password="secret", release_at=now)
    await until(lambda: "room" in known(asha, roster))
    opened = known(asha, roster)["room"]
    again = await sync_to_async(set_room)(**place, room_id="4712", room_password="secret", release_at=now)
    await until(lambda: known(asha, roster)["room"] not in (opened, None))
    assert (again.room_id, {*known(asha, roster)["room"]}) == ("4712", {"since"})
    await sync_to_async(start_match)(**place)
    await until(lambda: known(mei, topic)["meta"]["state"] == "live")
    assert known(mei, topic) == await fresh(str(match.pk))
    assert not any(secret in frame for one in people for frame in one.socket.frames for secret in ("4711", "secret"))
    assert await sync_to_async(RoomView.objects.count)() == 0  # T10: whoever looks it up, by REST, is written down
    for number, one, answer in ((8, asha, "done"), (8, mei, "error")):
        assert (await post(one, number, f"match-{match.pk}"))["op"] == answer


async def test_who_is_replaced_in_a_bracket_hears_of_the_match_no_more(hub: Hub) -> None:
    asha, ravi, *_ = people = [await person(hub, name) for name in ("asha", "ravi", "mei", "zoe")]
    first = await bracket(*(one.user for one in people))
    final = await sync_to_async(Match.objects.get)(stage=first.stage_id, number=3)
    topics = [f"match.{final.pk}.roster", f"chat.match-{final.pk}"]
    await sync_to_async(play)(first, 2, 0)
    for number, topic in enumerate(topics, 1):
        assert (await subscribe(asha, number, topic))["op"] == "subscribed"
        assert (await subscribe(ravi, number, topic))["code"] == "no_topic"
    await sync_to_async(correct)(first, 0, 2)
    await within_a_second(lambda: is_revoked(asha.socket, topics))
    assert (await subscribe(ravi, 8, topics[0]))["op"] == "subscribed"


async def test_whoever_is_out_or_dismissed_hears_of_the_room_no_more_and_all_see_who_is_out(hub: Hub) -> None:
    """PR9"""
    asha, ravi, ref, *rest = people = [await person(hub, name) for name in ("asha", "ravi", "ref", "mei", "zoe")]
    match = await bracket(*(one.user for one in (asha, ravi, *rest)))
    row = await sync_to_async(Competition.objects.select_related("host").get)(pk=match.competition_id)
    place: dict[str, Any] = {"by": row.host, "competition_id": row.pk}
    await sync_to_async(appoint)(**place, username="ref", role="referee")
    topics, own = [f"match.{match.pk}.roster", f"chat.match-{match.pk}"], f"match.{match.pk}"
    for one in people[:3]:
        for number, topic in enumerate([*topics, own], 1):
            assert (await subscribe(one, number, topic))["op"] == "subscribed"
    await sync_to_async(dismiss)(**place, user_id=ref.user.pk)
    await within_a_second(lambda: is_revoked(ref.socket, topics))
    entrant = await sync_to_async(Entrant.objects.get)(captain=asha.user)
    await sync_to_async(withdraw)(**place, entrant_id=entrant.pk, reason="Cheated.")
    await within_a_second(lambda: is_revoked(asha.socket, topics))
    await within_a_second(lambda: known(ravi, own)["meta"]["sides"][0]["entrant"]["state"] == "withdrawn")
    assert known(ravi, own) == await fresh(str(match.pk))


async def test_claims_that_a_result_closes_and_who_leaves_are_told_to_every_screen(hub: Hub) -> None:
    """The law: state and messages are a fresh snapshot"""
    asha, ravi, *_ = people = [await person(hub, name) for name in ("asha", "ravi", "mei", "zoe")]
    match = await bracket(*(one.user for one in people))
    topics = [str(match.pk), f"{match.pk}.roster"]
    for number, name in enumerate(topics, 1):
        assert (await subscribe(ravi, number, f"match.{name}"))["op"] == "subscribed"
    sides = await sync_to_async(sides_of)(match)
    payload = {"sides": sides, "games": [{"score": [2, 1]}]}
    at: dict[str, Any] = {"competition_id": match.competition_id, "match_id": match.pk}
    await sync_to_async(propose_claim)(by=asha.user, **at, payload=payload)
    await until(lambda: len(known(ravi, f"match.{match.pk}.roster")) == 1)
    await sync_to_async(play)(match, 2, 0)
    await until(lambda: known(ravi, f"match.{match.pk}.roster") == {})
    own = await sync_to_async(Entrant.objects.get)(competition=match.competition_id, captain=asha.user)
    host = (await sync_to_async(Competition.objects.select_related("host").get)(pk=match.competition_id)).host
    await sync_to_async(withdraw)(by=host, competition_id=match.competition_id, entrant_id=own.pk, reason="Left.")
    await until(lambda: known(ravi, f"match.{match.pk}")["meta"]["sides"][0]["entrant"]["state"] == "withdrawn")
    await until(lambda: known(ravi, f"match.{match.pk}")["meta"]["sides"][0]["entrant"]["seat"] is None)
    for name in topics:
        assert known(ravi, f"match.{name}") == await fresh(name)


async def test_a_match_is_run_and_settled_over_the_socket_alone(hub: Hub) -> None:
    asha, ravi, mei, _ = people = [await person(hub, name) for name in ("asha", "ravi", "mei", "zoe")]
    match = await bracket(*(one.user for one in people))
    row = await sync_to_async(Competition.objects.select_related("host").get)(pk=match.competition_id)
    referee = await person(hub, "uma")
    await sync_to_async(appoint)(by=row.host, competition_id=row.pk, username="uma", role="referee")
    at = {"competition": row.pk, "match": match.pk}
    assert (await call(mei, 1, "match.start", **at))["code"] == "not_staff"
    assert (await call(referee, 1, "match.start", **at))["data"]["state"] == "live"
    assert (await call(referee, 2, "match.finish", **at))["data"]["state"] == "awaiting_results"
    payload = {"sides": await sync_to_async(sides_of)(match), "games": [{"score": [2, 1]}]}
    claim = await sync_to_async(propose_claim)(by=asha.user, competition_id=row.pk, match_id=match.pk, payload=payload)
    on = {"competition": row.pk, "claim": claim.pk}
    assert (await call(mei, 2, "claim.agree", **on))["code"] == "no_claim"
    assert (await call(asha, 2, "claim.agree", **on))["code"] == "own_claim"
    assert (await call(ravi, 2, "claim.contest", **on, reason="1:1."))["data"]["state"] == "contested"
    assert (await call(ravi, 3, "claim.reject", **on, reason="1:1."))["code"] == "not_staff"
    assert (await call(referee, 3, "claim.confirm", **on, version=99))["code"] == "changed"
    assert (await call(referee, 4, "claim.confirm", **on))["data"]["state"] == "confirmed"
    put = {**at, "client_id": str(uuid4()), "payload": payload | {"games": [{"score": [3, 1]}]}}
    assert (await call(referee, 5, "result.put", **put))["code"] == "has_result"
    told = [await call(referee, number, "result.put", **put, reason="Misread.") for number in (6, 7)]
    assert told[0]["data"] == told[1]["data"]
    assert told[0]["data"]["supersedes"] == 1
    assert (await call(ravi, 8, "result.put", **put, reason="No."))["code"] == "not_staff"
