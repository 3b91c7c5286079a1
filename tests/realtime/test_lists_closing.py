"""V57: lists whose deadlines come together close together on every screen, whether or not a clock or a worker runs."""

import asyncio
import time
from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from core.bucketlists import selectors
from core.bucketlists.models import List
from core.bucketlists.services import add_item, freeze_list
from core.bucketlists.when import Deadline
from core.work.clock import database_now
from realtime.hub import Hub
from realtime.topics import StateTopic, declare
from tests.core.bucketlists.lists import let_pass, make_list, seat, soon
from tests.people import make_person
from tests.realtime.conftest import Socket
from tests.realtime.presence import until
from tests.realtime.test_blocks import person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


def deltas(socket: Socket, row: List) -> list[Any]:
    """What `meta` of the list became, one after the other."""
    told = [it["set"] for it in socket.received if it["op"] == "delta" and it["topic"] == f"list.{row.pk}"]
    return [it["meta"] for it in told if "meta" in it]


def is_told(socket: Socket, row: List) -> bool:
    return bool(deltas(socket, row))


async def test_what_comes_together_is_seen_by_everybody(hub: Hub) -> None:
    asha = await person(hub, "asha")
    closes_at = await sync_to_async(soon)(1.5)
    make = sync_to_async(make_list)
    rows = [await make(asha.user, f"List {number}", is_public=True) for number in range(3)]
    for row in rows:
        await sync_to_async(freeze_list)(by=asha.user, list_id=row.pk, is_frozen=False, deadline=Deadline(closes_at))
    for number, row in enumerate(rows, 10):
        asha.socket.send(id=number, op="subscribe", topic=f"list.{row.pk}")
        assert (await asha.socket.answer(number))["state"]["meta"]["is_frozen"] is False
    moved = rows.pop()
    await sync_to_async(freeze_list)(
        by=asha.user, list_id=moved.pk, is_frozen=False, deadline=Deadline(await sync_to_async(soon)(999))
    )
    for row in rows:
        await until(partial(is_told, asha.socket, row))
        [meta] = deltas(asha.socket, row)
        assert (meta["is_frozen"], meta["frozen_reason"], meta["frozen_at"]) == (
            True,
            "deadline",
            meta["decision_deadline"],
        )
    assert [meta["is_frozen"] for meta in deltas(asha.socket, moved)] == [False]


async def test_what_changed_just_before_is_not_forgotten(hub: Hub) -> None:
    """The law: what was told is what the database says, also of what waited for the topic's rate."""
    asha = await person(hub, "asha")
    row = await sync_to_async(make_list)(asha.user, closes_in_s=1)
    asha.socket.send(id=1, op="subscribe", topic=f"list.{row.pk}")
    await asha.socket.answer(1)
    titles = list[str]()
    while not deltas(asha.socket, row):
        titles.append(f"Item {len(titles)}")
        await sync_to_async(add_item)(by=asha.user, list_id=row.pk, title=titles[-1])
        await asyncio.sleep(0.03)  # not so many that a whole state comes in parts
    await until(lambda: set(titles) <= shown_titles(asha.socket))
    asha.socket.send(id=2, op="subscribe", topic=f"list.{row.pk}")
    snapshot = await sync_to_async(selectors.snapshot)(str(row.pk))
    assert (await asha.socket.answer(2))["state"] == msgspec.to_builtins(snapshot)


def shown_titles(socket: Socket) -> set[str]:
    told = [it["set"] for it in socket.received if it["op"] == "delta"]
    return {value["title"] for values in told for key, value in values.items() if key.startswith("item.")}


async def test_what_changes_by_itself_together_is_asked_together_and_nothing_is_read_whole(hub: Hub) -> None:
    due = await sync_to_async(soon)(1)
    read, asked = list[str](), list[str]()

    def snapshot(name: str) -> dict[str, Any]:
        read.append(name)
        return {"closed": database_now() >= due, "name": name}

    def changed(names: Sequence[str]) -> dict[str, Any]:
        asked.append(" ".join(sorted(names)))
        time.sleep(0.5)  # the others gather meanwhile, wherever the loop was when their time came
        return {name: {"closed": True} for name in names if name != "later"}

    declare(
        StateTopic(
            prefix="together.",
            may_hear=lambda user, name: True,
            snapshot=snapshot,
            changes_at=lambda name: due if due > database_now() else None,
            changed=changed,
        )
    )
    socket, names = Socket(hub), [*"abcdef", "later"]
    socket.send(id=1, op="hello")
    for number, name in enumerate(names, 2):
        socket.send(id=number, op="subscribe", topic=f"together.{name}")
        await socket.answer(number)
    await until(lambda: sum(it["op"] == "delta" for it in socket.received) == len(names))
    assert [it["set"] for it in socket.received if it["op"] == "delta"] == [{"closed": True}] * len(names)
    assert sorted(" ".join(asked).split()) == names
    assert len(asked) < len(names)
    assert sorted(read) == [*names, "later"], "only what was not answered is read again"


async def test_what_was_read_since_is_not_overwritten_by_what_came(hub: Hub) -> None:
    """The law: somebody joined at the instant of the close, and the reading of that was the quicker one."""
    due = await sync_to_async(soon)(0.5)
    now, asked = {"members": 1}, asyncio.Event()

    def changed(names: Sequence[str]) -> dict[str, Any]:
        found = {name: {**now} for name in names}
        hub.loop.call_soon_threadsafe(asked.set)
        time.sleep(0.5)
        return found

    declare(
        StateTopic(
            prefix="overtaken.",
            may_hear=lambda user, name: True,
            snapshot=lambda name: {**now},
            changes_at=lambda name: due if due > database_now() else None,
            changed=changed,
        )
    )
    socket = Socket(hub)
    socket.send(id=1, op="hello")
    socket.send(id=2, op="subscribe", topic="overtaken.list")
    await socket.answer(2)
    await asked.wait()
    now["members"] = 2
    hub.hear({"topic": "overtaken.list", "urgent": True})
    await until(lambda: socket.received[-1].get("set") == {"members": 2})
    await asyncio.sleep(0.6)
    assert socket.received[-1].get("set") == {"members": 2}


@pytest.mark.parametrize("count", [1, 3])
def test_closing_is_read_in_one_go_and_is_what_the_snapshot_says(count: int) -> None:
    asha, ravi = make_person("asha"), make_person("ravi")
    rows = [make_list(asha, f"List {number}", closes_in_s=99) for number in range(count)]
    for row in rows:
        seat(row, ravi)
    names = [str(row.pk) for row in rows]
    assert selectors.closed(names) == {}
    for row in rows:
        let_pass(row)
    with CaptureQueriesContext(connection) as queries:
        closed = selectors.closed(names)
    assert sum("bucketlists_" in query["sql"] for query in queries) == 3
    assert closed == {name: {"meta": selectors.snapshot(name)["meta"]} for name in names}
