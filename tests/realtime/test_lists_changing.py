"""Lists over sockets: proposing, editing, deciding, freezing, with the answers of REST; and what strangers hear."""

from functools import partial
from typing import Any

import msgspec
import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from core.bucketlists.selectors import see_item
from core.bucketlists.services import delete_item, restore_item
from realtime.hub import Hub
from tests.realtime.presence import until
from tests.realtime.test_lists_access import House, is_revoked, shown, within_a_second
from tests.realtime.test_owned_rooms import subscribe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


async def test_commands_do_what_rest_does_and_reach_everybody(hub: Hub) -> None:
    """V11, V12, V14, V46, V51, V93"""
    house = await House.opened(hub)
    row = house.row.pk
    added = (await house.call(house.ravi, 20, "item.add", list=row, title="Rafting", start_time=None))["data"]
    assert added == msgspec.to_builtins(await sync_to_async(see_item)(added["id"], house.ravi.user))
    item = added["id"]
    await until(lambda: shown(house.mira.socket, f"item.{item}", "title") == ["Rafting"])
    refused: list[tuple[Any, str, dict[str, Any], str]] = [
        (house.mira, "item.add", {"list": row, "title": "Golf"}, "may_not_add"),
        (house.mira, "item.edit", {"item": item, "title": "Golf"}, "may_not_change"),
        (house.ravi, "item.status", {"item": item, "status": "locked_in"}, "owner_only"),
        (house.asha, "item.status", {"item": item, "status": "complete"}, "invalid_transition"),
        (house.ravi, "item.edit", {"item": item, "start_time": "10:00:00"}, "invalid_schedule"),
        (house.ravi, "item.edit", {"item": item, "start_time": "10:00:00+02:00"}, "invalid"),
        (house.ravi, "list.freeze", {"list": row, "is_frozen": True}, "owner_only"),
        (house.asha, "list.freeze", {"list": row, "is_frozen": True, "decision_deadline": "soon"}, "invalid"),
    ]
    for number, (who, do, body, code) in enumerate(refused, 30):
        assert (await house.call(who, number, do, **body))["code"] == code
    edited = await house.call(house.ravi, 50, "item.edit", item=item, description="Cold.", start_date="2026-06-01")
    assert (edited["data"]["description"], edited["data"]["start_date"]) == ("Cold.", "2026-06-01")
    decided = await house.call(house.asha, 51, "item.status", item=item, status="locked_in")
    assert decided["data"]["status"] == "locked_in"
    frozen = await house.call(house.asha, 52, "list.freeze", list=row, is_frozen=True)
    assert (frozen["data"]["is_frozen"], frozen["data"]["frozen_reason"]) == (True, "manual")
    await until(lambda: shown(house.nobody, "meta", "is_frozen")[-1:] == [True])
    late = await house.call(house.ravi, 53, "item.add", list=row, title="Too late")
    assert (late["code"], late["frozen_reason"]) == ("list_frozen", "manual")
    opened = await house.call(
        house.asha, 54, "list.freeze", list=row, is_frozen=False, decision_deadline="2999-06-01T00:00:00Z"
    )
    assert (opened["data"]["round"], opened["data"]["decision_deadline"]) == (2, "2999-06-01T00:00:00Z")


async def test_who_is_not_signed_in_hears_no_more_of_people_than_their_names(hub: Hub) -> None:
    """V8"""
    house = await House.opened(hub)
    started = [await house.nobody.answer(2), await house.asha.socket.answer(2)]
    names = [{"id": None, "username": None}, {"id": house.asha.user.pk, "username": "asha"}]
    for start, known in zip(started, names, strict=True):
        assert start["state"]["meta"]["owner"] == known | {"name": "asha", "avatar": ""}
    assert started[0]["state"].keys() == started[1]["state"].keys()
    await house.call(house.ravi, 20, "item.add", list=house.row.pk, title="Rafting")
    await until(lambda: any(it["op"] == "delta" for it in house.nobody.received))
    assert all('"username":"' not in frame for frame in house.nobody.frames)
    assert any('"username":"ravi"' in frame for frame in house.mira.socket.frames)


async def test_what_was_said_about_an_item_goes_and_comes_with_it(hub: Hub) -> None:
    """V18, V94"""
    house = await House.opened(hub)
    comments = house.topics[1]
    item = int(comments.partition(".")[2])
    await sync_to_async(delete_item)(by=house.asha.user, item_id=item)
    for socket in (house.nobody, house.mira.socket, house.asha.socket):
        await within_a_second(partial(is_revoked, socket, [comments]))
    assert (await subscribe(house.ravi, 20, comments))["code"] == "no_topic"
    await sync_to_async(restore_item)(by=house.asha.user, item_id=item)
    assert (await subscribe(house.ravi, 21, comments))["op"] == "subscribed"
