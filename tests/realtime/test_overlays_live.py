"""T24: whoever has a board's key hears that board and nothing else, on every process, until shortly after its end."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from core.tournaments import shapes
from core.tournaments.models import Competition, Overlay
from core.tournaments.services import overlays
from core.tournaments.services.staff import appoint, dismiss
from core.work.clock import database_now
from realtime.hub import Hub
from tests.core.tournaments.rows import make_competition, make_host
from tests.realtime.conftest import Socket
from tests.realtime.layers import LossyLayer
from tests.realtime.presence import until
from tests.realtime.test_blocks import Person, person
from tests.realtime.test_lists_access import is_revoked, within_a_second
from tests.realtime.test_owned_rooms import subscribe
from tests.realtime.test_teams_live import call, known

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


@sync_to_async
def put_on_air() -> tuple[Competition, shapes.NewOverlay]:
    row = make_competition(make_host())
    return row, overlays.make_overlay(by=row.host, competition_id=row.pk, name="Main scene")


async def greeted(hub: Hub, **hello: Any) -> Socket:
    socket = Socket(hub)
    socket.send(id="hello", op="hello", **hello)
    await socket.answer("hello")
    return socket


async def on_air(hub: Hub, overlay: shapes.NewOverlay) -> Socket:
    """A browser source that shows the board."""
    socket = await greeted(hub, overlay=overlay.key)
    socket.send(id=1, op="subscribe", topic=f"overlay.{overlay.id}")
    assert (await socket.answer(1))["op"] == "subscribed"
    return socket


async def within_two_seconds(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(2):
        await until(reached)


async def test_a_key_hears_its_board_and_reaches_nothing_else(hub: Hub) -> None:
    row, overlay = await put_on_air()
    _, other = await put_on_air_again(row)
    socket = await on_air(hub, overlay)
    welcome = await socket.answer("hello")
    assert (welcome["op"], welcome["user"], welcome["overlay"]) == ("welcome", None, overlay.id)
    topics = (
        *(f"overlay.{other.id}", f"overlay.0{overlay.id}", "chat.global", f"user.{row.host_id}"),
        *(f"tournament.{row.pk}", f"tournament.{row.pk}.staff", f"presence.overlay.{overlay.id}"),
    )
    for number, topic in enumerate(topics, 2):
        socket.send(id=number, op="subscribe", topic=topic)
        assert (await socket.answer(number))["code"] == "no_topic"
    for number, do in enumerate(("overlay.steer", "chat.post", "team.ask"), 20):
        socket.send(**{"id": number, "op": "call", "do": do, "with": {"overlay": overlay.id}})
        assert (await socket.answer(number))["code"] == "not_signed_in"
    assert [topic.name for topic in socket.connection.cursors] == [f"overlay.{overlay.id}"]


@sync_to_async
def put_on_air_again(row: Competition) -> tuple[Competition, shapes.NewOverlay]:
    return row, overlays.make_overlay(by=row.host, competition_id=row.pk, name="Other scene")


async def test_a_socket_is_one_persons_or_one_keys(hub: Hub) -> None:
    _, overlay = await put_on_air()
    asha = await person(hub, "asha")
    await asha.socket.answer("hello")
    stranger = await greeted(hub)
    keyed = await greeted(hub, overlay=overlay.key)
    for socket, hello in ((asha.socket, {"overlay": overlay.key}), (stranger, {"overlay": overlay.key}), (keyed, {})):
        socket.send(id=2, op="hello", **hello)
        assert (await socket.answer(2))["code"] == "other_person"
    keyed.send(id=3, op="hello", overlay=overlay.key)
    assert (await keyed.answer(3))["op"] == "welcome"
    both = await greeted(hub, overlay=overlay.key, token="x")
    assert (await both.answer("hello"))["code"] == "other_person"


async def test_a_wrong_key_closes_for_good_and_is_written_nowhere(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    row, overlay = await put_on_air()
    with caplog.at_level(logging.DEBUG):
        await on_air(hub, overlay)
        await sync_to_async(overlays.revoke_overlay)(by=row.host, overlay_id=overlay.id)
        for key in (overlay.key, overlay.key[:-1], ""):
            socket = await greeted(hub, overlay=key)
            assert (await socket.answer("hello"))["code"] == "no_overlay"
            await until(lambda: socket.closed_with == 4303)  # noqa: B023  awaited at once
    assert overlay.key[:-1] not in caplog.text


async def test_a_revoked_or_rotated_key_is_cut_off_on_every_process(layer: LossyLayer, hub: Hub, other: Hub) -> None:
    row, overlay = await put_on_air()
    sockets = [await on_air(one, overlay) for one in (hub, other)]
    second = await sync_to_async(overlays.rotate_overlay)(by=row.host, overlay_id=overlay.id)
    await within_two_seconds(lambda: all(is_cut_off(it, overlay.id) for it in sockets))
    sockets = [await on_air(one, second) for one in (hub, other)]
    await sync_to_async(overlays.revoke_overlay)(by=row.host, overlay_id=overlay.id)
    await within_two_seconds(lambda: all(is_cut_off(it, overlay.id) for it in sockets))


async def test_a_key_is_cut_off_even_if_no_bell_told_of_it(layer: LossyLayer, hub: Hub, settings: Settings) -> None:
    """The layer is down: the hub looks by itself."""
    _, overlay = await put_on_air()
    socket = await on_air(hub, overlay)
    settings.CHANNEL_LAYERS = {}
    await silently_revoke(overlay)
    await within_two_seconds(lambda: is_cut_off(socket, overlay.id))


@sync_to_async
def silently_revoke(overlay: shapes.NewOverlay) -> None:
    Overlay.objects.filter(pk=overlay.id).update(revoked_at=database_now())


def is_cut_off(socket: Socket, overlay_id: int) -> bool:
    ended = {"op": "unsubscribed", "topic": f"overlay.{overlay_id}", "code": "revoked"}
    return socket.closed_with == 4303 and ended in socket.received


async def test_the_host_steers_what_is_on_air(hub: Hub) -> None:
    asha, ravi = await person(hub, "asha"), await person(hub, "ravi")
    row = await sync_to_async(make_competition)(asha.user)
    overlay = await sync_to_async(overlays.make_overlay)(by=asha.user, competition_id=row.pk, name="Main scene")
    topic = f"overlay.{overlay.id}"
    viewer = Person.__new__(Person)
    viewer.socket = await on_air(hub, overlay)
    assert (await subscribe(asha, 1, topic))["op"] == "subscribed"
    assert (await subscribe(ravi, 1, topic))["code"] == "no_topic"
    assert (await call(ravi, 2, "overlay.steer", overlay=overlay.id, hidden=True))["code"] == "not_staff"
    done = await call(asha, 2, "overlay.steer", overlay=overlay.id, theme="ticker", words="Back at nine", rows=5)
    assert done["data"]["settings"]["theme"] == "ticker"
    await until(lambda: known(viewer, topic)["meta"]["settings"] == done["data"]["settings"])
    assert (await call(asha, 3, "overlay.steer", overlay=overlay.id, rows=0))["code"] == "invalid"
    assert known(asha, topic) == known(viewer, topic)
    await sync_to_async(appoint)(by=asha.user, competition_id=row.pk, username="ravi", role="caster")
    assert (await subscribe(ravi, 3, topic))["op"] == "subscribed"
    await sync_to_async(dismiss)(by=asha.user, competition_id=row.pk, user_id=ravi.user.pk)
    await within_a_second(lambda: is_revoked(ravi.socket, [topic]))
    assert viewer.socket.closed_with is None
