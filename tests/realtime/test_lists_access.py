"""V94: whoever loses access to a list hears nothing more of it within a second, signed in or not; the others go on."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from core.bucketlists.models import List, Membership
from core.bucketlists.services import delete_list, update_list
from realtime.hub import Hub
from realtime.topics import find_topic
from tests.core.bucketlists.lists import make_item, make_list, seat
from tests.people import make_person
from tests.realtime.conftest import Socket
from tests.realtime.presence import until
from tests.realtime.test_blocks import Person, person
from tests.realtime.test_owned_rooms import subscribe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


class House:
    """Asha's public list with Ravi on it; Mira looks on as a guest, and somebody who is not signed in."""

    asha: Person
    ravi: Person
    mira: Person
    nobody: Socket
    row: List
    topics: list[str]

    @classmethod
    async def opened(cls, hub: Hub) -> "House":
        house = cls()
        house.asha, house.ravi, house.mira = [await person(hub, name) for name in ("asha", "ravi", "mira")]
        await house.fill()
        house.nobody = Socket(hub)
        house.nobody.send(id=1, op="hello")
        for number, topic in enumerate(house.topics[:2], 2):
            house.nobody.send(id=number, op="subscribe", topic=topic)
            assert (await house.nobody.answer(number))["op"] == "subscribed"
        for one in (house.asha, house.ravi, house.mira):
            for number, topic in enumerate(house.topics, 2):
                assert (await subscribe(one, number, topic))["op"] == "subscribed"
        return house

    @sync_to_async
    def fill(self) -> None:
        self.row = make_list(self.asha.user, is_public=True, allow_viewer_voting=True)
        self.member = seat(self.row, self.ravi.user)
        item = make_item(self.row, self.asha.user)
        self.topics = [f"list.{self.row.pk}", f"comments.{item.pk}", f"chat.list-{self.row.pk}"]

    async def call(self, one: Person, number: int, do: str, **with_: Any) -> Any:
        one.socket.send(**{"id": number, "op": "call", "do": do, "with": with_})
        return await one.socket.answer(number)


def revoked(socket: Socket) -> set[str]:
    return {message["topic"] for message in socket.received if message["op"] == "unsubscribed"}


def is_revoked(socket: Socket, topics: list[str]) -> bool:
    return revoked(socket) == set(topics)


async def within_a_second(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(1):
        await until(reached)


async def test_a_list_that_goes_private_is_silent_for_guests_and_whoever_is_not_signed_in(hub: Hub) -> None:
    house = await House.opened(hub)
    await sync_to_async(update_list)(by=house.asha.user, list_id=house.row.pk, is_public=False)
    await within_a_second(lambda: revoked(house.nobody) == set(house.topics[:2]))
    await within_a_second(lambda: revoked(house.mira.socket) == set(house.topics))
    before = len(house.nobody.received), len(house.mira.socket.received)
    await sync_to_async(update_list)(by=house.asha.user, list_id=house.row.pk, title="Ours")
    await until(lambda: titles(house.ravi.socket, house.row)[-1:] == ["Ours"])
    assert (len(house.nobody.received), len(house.mira.socket.received)) == before
    assert revoked(house.ravi.socket) == revoked(house.asha.socket) == set()
    for number, topic in enumerate([*house.topics, f"list.0{house.row.pk}"], 10):
        assert (await subscribe(house.mira, number, topic))["code"] == "no_topic"


async def test_a_list_that_goes_private_is_silent_in_every_process(hub: Hub, other: Hub) -> None:
    asha = await person(hub, "asha")
    row = await sync_to_async(make_list)(asha.user, is_public=True)
    nobody = Socket(other)
    nobody.send(id=1, op="hello")
    nobody.send(id=2, op="subscribe", topic=f"list.{row.pk}")
    assert (await nobody.answer(2))["op"] == "subscribed"
    await sync_to_async(update_list)(by=asha.user, list_id=row.pk, is_public=False)
    await within_a_second(lambda: revoked(nobody) == {f"list.{row.pk}"})


async def test_a_list_that_is_deleted_is_silent_for_everybody(hub: Hub) -> None:
    house = await House.opened(hub)
    await sync_to_async(delete_list)(by=house.asha.user, list_id=house.row.pk)
    for one in (house.asha, house.ravi, house.mira):
        await within_a_second(partial(is_revoked, one.socket, house.topics))
    await within_a_second(lambda: revoked(house.nobody) == set(house.topics[:2]))


async def test_who_is_removed_from_a_private_list_hears_no_more_of_it(hub: Hub) -> None:
    """V66, V94"""
    house = await House.opened(hub)
    await sync_to_async(update_list)(by=house.asha.user, list_id=house.row.pk, is_public=False)
    ended = await house.call(house.asha, 20, "member.end", list=house.row.pk, membership_id=house.member.pk)
    assert ended["op"] == "done"
    await within_a_second(lambda: revoked(house.ravi.socket) == set(house.topics))
    await until(lambda: unset(house.asha.socket) == [f"member.{house.member.pk}"])


async def test_roles_and_reactions_reach_open_screens(hub: Hub) -> None:
    """V60, V64, V65, V93"""
    house = await House.opened(hub)
    row, member, item = house.row.pk, house.member.pk, int(house.topics[1].partition(".")[2])
    role = await house.call(house.asha, 20, "member.role", list=row, membership_id=member, role="viewer")
    assert role["data"]["role"] == "viewer"
    await until(lambda: shown(house.ravi.socket, f"member.{member}", "role") == ["viewer"])
    refused = await house.call(house.ravi, 20, "member.role", list=row, membership_id=member, role="editor")
    assert refused["code"] == "owner_only"
    reacted = await house.call(house.mira, 20, "item.react", item=item, reaction="fire")
    assert (reacted["data"]["user_reaction"], reacted["data"]["reactions_summary"]["fire"]) == ("fire", 1)
    await until(lambda: [it["fire"] for it in shown(house.nobody, f"item.{item}", "reactions_summary")] == [1])
    handed = await house.call(house.asha, 21, "list.transfer", list=row, membership_id=member)
    assert handed["data"]["role"] == "owner"
    await until(lambda: shown(house.nobody, f"member.{member}", "role") == ["viewer", "owner"])
    owners = Membership.objects.filter(list=row, role="owner").values_list("user__username", flat=True)
    assert [name async for name in owners] == ["ravi"]


@pytest.mark.parametrize("is_public", [True, False])
def test_however_many_listen_they_are_asked_about_in_as_few_queries_as_one(is_public: bool) -> None:
    asha, people = make_person("asha"), [make_person(f"guest{number}") for number in range(3)]
    row = make_list(asha, is_public=is_public)
    item = make_item(row, asha)
    for name in (f"list.{row.pk}", f"comments.{item.pk}"):
        family, key = find_topic(name)
        assert family.who_may_hear
        listeners = [asha, *people, None]
        for some in (listeners[:1], listeners):
            with CaptureQueriesContext(connection) as asked:
                answers = family.who_may_hear(some, key)
            assert len(asked) <= 2
            assert list(answers) == [family.may_hear(user, key) for user in some]
            assert list(answers) == [is_public or user == asha for user in some]


def deltas(socket: Socket) -> list[Any]:
    return [message for message in socket.received if message["op"] == "delta"]


def shown(socket: Socket, key: str, name: str) -> list[Any]:
    """What a field of a key of the state became, one after the other."""
    return [delta["set"][key][name] for delta in deltas(socket) if key in delta["set"]]


def titles(socket: Socket, row: List) -> list[str]:
    return shown(socket, "meta", "title")


def unset(socket: Socket) -> list[str]:
    return [key for delta in deltas(socket) for key in delta["unset"]]
