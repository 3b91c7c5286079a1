"""A23: a team is the same on every screen, and who asks to join is on the captain's alone, whoever that is by then."""

from typing import Any

import msgspec
import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from core.notifications.selectors import unread_of
from core.teams import selectors
from core.teams.models import JoinRequest, Membership
from realtime.client import Subscription
from realtime.hub import Hub
from tests.core.teams.squads import asked, let_expire, make_team, seat
from tests.realtime.presence import until
from tests.realtime.test_blocks import Person, person
from tests.realtime.test_lists_access import is_revoked, within_a_second
from tests.realtime.test_owned_rooms import subscribe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


async def call(one: Person, number: int, do: str, **with_: Any) -> Any:
    one.socket.send(**{"id": number, "op": "call", "do": do, "with": with_})
    return await one.socket.answer(number)


def known(one: Person, topic: str) -> dict[str, Any]:
    """What a client that heard everything so far knows of a state."""
    subscription = Subscription(topic)
    for message in one.socket.received:
        if message.get("topic") == topic and message["op"] == "subscribed":
            subscription.begin(message)
        elif message.get("topic") == topic and message["op"] == "delta":
            subscription.hear(message)
    return subscription.state


@sync_to_async
def fresh(name: str) -> Any:
    return msgspec.to_builtins(selectors.snapshot(name))


async def test_a_team_and_its_requests_are_followed_by_whom_they_concern(hub: Hub) -> None:
    asha, ravi, mei = [await person(hub, name) for name in ("asha", "ravi", "mei")]
    team = await sync_to_async(make_team)(asha.user)
    player = await sync_to_async(seat)(team, ravi.user)
    topic, requests = f"team.{team.pk}", f"team.{team.pk}.requests"
    assert (await subscribe(asha, 1, topic))["mine"]["role"] == "captain"
    assert (await subscribe(asha, 2, requests))["state"] == {}
    assert (await subscribe(mei, 1, topic))["mine"]["may_ask"] is True
    names = (requests, "team.0", f"team.0{team.pk}", "team.999", f"{requests}.x")
    for number, name in enumerate(names, 2):
        assert (await subscribe(mei, number, name))["code"] == "no_topic"
    assert (await subscribe(ravi, 2, requests))["code"] == "no_topic"

    request = (await call(mei, 8, "team.ask", team=team.pk, words="Support main."))["data"]["id"]
    await until(lambda: f"request.{request}" in known(asha, requests))
    assert (await call(ravi, 8, "team.accept", team=team.pk, request=request))["code"] == "no_request"
    assert (await call(asha, 8, "team.accept", team=team.pk, request=request))["op"] == "done"
    await until(lambda: known(mei, topic)["meta"]["members_count"] == 3 and not known(asha, requests))
    assert known(mei, topic) == await fresh(str(team.pk))
    assert (await sync_to_async(unread_of)(mei.user)).unread == 1

    handed = await call(asha, 9, "team.transfer", team=team.pk, membership_id=player.pk)
    assert handed["data"]["role"] == "captain"
    await within_a_second(lambda: is_revoked(asha.socket, [requests]))
    assert (await subscribe(ravi, 9, requests))["op"] == "subscribed"
    assert (await call(ravi, 10, "team.disband", team=team.pk))["op"] == "done"
    await within_a_second(lambda: is_revoked(asha.socket, [requests, topic]) and is_revoked(mei.socket, [topic]))
    await within_a_second(lambda: is_revoked(ravi.socket, [requests]))


async def test_a_request_leaves_the_captains_screen_when_it_expires(hub: Hub) -> None:
    """A22: whether or not any clock runs; the state says when it changes by itself"""
    asha, mei = await person(hub, "asha"), await person(hub, "mei")
    team = await sync_to_async(make_team)(asha.user)
    request = await sync_to_async(asked)(team, mei.user)
    at = await sync_to_async(selectors.changes_at)(f"{team.pk}.requests")
    assert at == (await sync_to_async(JoinRequest.objects.get)(pk=request)).expires_at
    assert await sync_to_async(selectors.changes_at)(str(team.pk)) is None
    await sync_to_async(let_expire)(request)
    assert await fresh(f"{team.pk}.requests") == {}
    assert await sync_to_async(Membership.objects.count)() == 1
