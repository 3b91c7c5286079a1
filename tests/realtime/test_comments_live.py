"""V95: `comments.<item>` over sockets: everybody who may see the list hears it, signed in or not."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from core.accounts.models import User
from core.accounts.shapes import without_names
from core.bucketlists.models import Item, List
from realtime.hub import Hub
from tests.core.bucketlists.lists import make_item, make_list, seat
from tests.realtime.conftest import Socket
from tests.realtime.presence import until
from tests.realtime.test_blocks import Person, person
from tests.realtime.test_owned_rooms import subscribe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


@sync_to_async
def public_item(owner: User, *members: User) -> Item:
    row = make_list(owner, is_public=True)
    for member in members:
        seat(row, member)
    return make_item(row, owner)


async def call(one: Person, number: int, do: str, **with_: Any) -> Any:
    one.socket.send(**{"id": number, "op": "call", "do": do, "with": with_})
    return await one.socket.answer(number)


async def test_everybody_hears_one_thread_and_the_item_counts_it(hub: Hub) -> None:
    asha, ravi = await person(hub, "asha"), await person(hub, "ravi")
    item = await public_item(asha.user, ravi.user)
    nobody = Socket(hub)
    nobody.send(id=1, op="hello")
    nobody.send(id=2, op="subscribe", topic=f"comments.{item.pk}")
    started = await nobody.answer(2)
    assert (started["op"], started["kind"], started["mine"], started["entries"]) == ("subscribed", "log", None, [])
    assert (await subscribe(asha, 2, f"comments.{item.pk}"))["mine"]["may_post"] is True
    await subscribe(asha, 3, f"list.{item.list_id}")
    posted = await call(ravi, 2, "comment.post", item=item.pk, text="by boat?", client_id=str(uuid4()))
    assert posted["op"] == "done", posted
    await until(lambda: counts(asha.socket, item) == [1])
    edited = await call(ravi, 3, "comment.edit", item=item.pk, seq=1, text="by ship?")
    deleted = await call(ravi, 4, "comment.delete", item=item.pk, seq=1)
    done = {"posted": posted, "edited": edited, "deleted": deleted}
    said = [{"type": kind, "message": answer["data"]} for kind, answer in done.items()]
    for socket, shown in ((nobody, without_names), (asha.socket, list)):
        await until(partial(heard_three, socket, item))
        assert entries(socket, item) == shown(said)
    await until(lambda: counts(asha.socket, item) == [1, 0])


async def test_comments_are_heard_by_nobody_who_may_not_see_the_list(hub: Hub) -> None:
    """V6, V94: also at other names of the same room"""
    asha, ravi = await person(hub, "asha"), await person(hub, "ravi")
    item = await public_item(asha.user)
    topics = [f"comments.{item.pk}", f"comments.0{item.pk}", f"chat.comments-{item.pk}", f"typing.comments-{item.pk}"]
    answers = [await subscribe(ravi, number, topic) for number, topic in enumerate(topics, 2)]
    assert [answer["op"] for answer in answers] == ["subscribed", "error", "error", "error"]
    await sync_to_async(List.objects.update)(is_public=False)
    await hub.people.check_access()
    await until(lambda: any(it["op"] == "unsubscribed" for it in ravi.socket.received))
    assert (await subscribe(ravi, 9, topics[0]))["code"] == "no_topic"
    refused = await call(ravi, 10, "comment.post", item=item.pk, text="hi", client_id=str(uuid4()))
    assert refused["code"] == "no_item"


def entries(socket: Socket, item: Item) -> list[Any]:
    topic = f"comments.{item.pk}"
    return [it["data"] for it in socket.received if it["op"] == "entry" and it["topic"] == topic]


def heard_three(socket: Socket, item: Item) -> bool:
    return len(entries(socket, item)) == 3


def counts(socket: Socket, item: Item) -> list[int]:
    """What the state of the list said of the number of comments on it, after it began."""
    deltas = [it["set"] for it in socket.received if it["op"] == "delta" and it["topic"] == f"list.{item.list_id}"]
    return [delta[f"item.{item.pk}"]["comments_count"] for delta in deltas if f"item.{item.pk}" in delta]
