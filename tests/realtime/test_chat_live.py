"""Chat over sockets: two people on two processes (one, embedded) and a phone that speaks REST, in one conversation."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.asyncio.client import connect

from realtime.client import Entry, LiveClient, LiveError, Subscription
from tests.deployments import Deploy, Deployment, SignedUp, Template, deployed
from tests.services import SHAPE


@pytest.fixture(scope="module")
def guildhall(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    web = 2 if SHAPE == "production" else 1
    with deployed(template, tmp_path_factory.mktemp("chat") / "home", web=web) as deployment:
        yield deployment


def newcomer(guildhall: Deployment) -> SignedUp:
    return guildhall.sign_up(f"p{secrets.token_hex(5)}")


def words(text: str = "hi", **more: Any) -> dict[str, Any]:
    return {"room": "global", "text": text, "client_id": str(uuid4()), **more}


@asynccontextmanager
async def socket_of(guildhall: Deployment, who: SignedUp, *, at: int = 0) -> AsyncIterator[LiveClient]:
    async with asyncio.timeout(60), LiveClient(guildhall.web[at].ws_url, who.access) as live:
        yield live


@asynccontextmanager
async def phone_of(guildhall: Deployment, who: SignedUp) -> AsyncIterator[httpx.AsyncClient]:
    room = f"{guildhall.web[-1].url}/api/chat/rooms/global/"
    bearer = {"Authorization": f"Bearer {who.access}"}
    async with httpx.AsyncClient(base_url=room, headers=bearer, timeout=30) as phone:
        yield phone


async def heard(room: Subscription) -> Any:
    async with asyncio.timeout(15):
        change = await room.next()
    assert isinstance(change, Entry)
    return change.data


async def refusal(live: LiveClient, do: str, with_: dict[str, Any]) -> LiveError:
    with pytest.raises(LiveError) as refused:
        await live.call(do, with_)
    return refused.value


async def test_two_sockets_and_a_phone_hear_one_conversation(guildhall: Deployment) -> None:
    """C7, C9, C15, C15a, C16: everything said anywhere is the same entry everywhere, and what REST answers"""
    asha, ravi, mei = (newcomer(guildhall) for _ in range(3))
    async with (
        socket_of(guildhall, asha) as first,
        socket_of(guildhall, ravi, at=-1) as second,
        phone_of(guildhall, mei) as phone,
    ):
        rooms = [await live.subscribe("chat.global") for live in (first, second)]

        async def tell(kind: str, said: Any) -> Any:
            """Everybody hears it before anything else happens: an entry shows its message as it stands when read."""
            assert [await heard(room) for room in rooms] == [{"type": kind, "message": said}] * 2
            return said

        asked = await tell("posted", await first.call("chat.post", words("map two?\nor three")))
        seq = asked["seq"]
        answer = {"text": "two", "reply_to": seq}
        answered = await tell("posted", (await phone.post("messages/", json=answer)).json())
        assert answered["reply_to"] == {"seq": seq, "author": asked["author"], "line": "map two?"}
        await tell("posted", await second.call("chat.post", words("three", reply_to=seq)))
        await tell("edited", await second.call("chat.edit", {"room": "global", "seq": seq + 2, "text": "two!"}))
        await tell("deleted", (await phone.delete(f"messages/{seq + 1}/")).json())
        await tell("deleted", await first.call("chat.delete", {"room": "global", "seq": seq}))
        assert [room.seq for room in rooms] == [seq + 5] * 2
        history = (await phone.get("messages/", params={"limit": 3})).json()["messages"]
    async with socket_of(guildhall, mei) as late:
        room = await late.subscribe("chat.global")
        assert [entry.data["message"] for entry in room.entries][-3:] == history
        assert [message["text"] for message in history] == ["", "", "two!"]
        assert [message["deleted"] for message in history] == [True, True, False]
        assert history[2]["reply_to"]["line"] == ""


async def test_c6_a_message_between_subscribing_and_reading_history_appears_once(guildhall: Deployment) -> None:
    asha, ravi = newcomer(guildhall), newcomer(guildhall)
    async with (
        socket_of(guildhall, asha) as live,
        socket_of(guildhall, ravi, at=-1) as other,
        phone_of(guildhall, asha) as phone,
    ):
        room = await live.subscribe("chat.global")
        between = await other.call("chat.post", words())
        history = (await phone.get("messages/")).json()
        assert await heard(room) == {"type": "posted", "message": between}
    held = {entry.data["message"]["seq"] for entry in room.entries}
    assert between["seq"] not in held
    assert [message for message in history["messages"] if message["seq"] == between["seq"]] == [between]


async def test_c8_a_repeat_on_another_face_is_the_same_message(guildhall: Deployment) -> None:
    asha = newcomer(guildhall)
    async with socket_of(guildhall, asha, at=-1) as live, phone_of(guildhall, asha) as phone:
        room = await live.subscribe("chat.global")
        said = words()
        message = await live.call("chat.post", said)
        assert await live.call("chat.post", said) == message
        repeat = await phone.post("messages/", json={"text": "hi"}, headers={"Idempotency-Key": said["client_id"]})
        assert repeat.json() == message
        end = await live.call("chat.post", words("end"))
        assert [(await heard(room))["message"] for _ in range(2)] == [message, end]
        assert (await refusal(live, "chat.post", {**said, "text": "ho"})).code == "client_id_reused"


async def test_c19_the_read_marker_reaches_the_other_device(guildhall: Deployment) -> None:
    asha, ravi = newcomer(guildhall), newcomer(guildhall)
    async with (
        socket_of(guildhall, ravi) as desk,
        socket_of(guildhall, ravi, at=-1) as tablet,
        phone_of(guildhall, asha) as other,
        phone_of(guildhall, ravi) as phone,
    ):
        inbox = await tablet.subscribe(f"user.{ravi.id}")
        seqs = [(await other.post("messages/", json={"text": "hi"})).json()["seq"] for _ in range(2)]
        marker = await desk.call("chat.read", {"room": "global", "seq": seqs[0]})
        assert marker == {"room": "global", "seq": seqs[0], "unread": 1}
        told = await heard(inbox)
        assert (told["kind"], told["data"]) == ("chat.read", marker)
        state = (await phone.get("")).json()
        assert (await desk.subscribe("chat.global")).mine == state
        assert (state["read_seq"], state["unread"], state["may_post"]) == (seqs[0], 1, True)


async def test_c16_who_resumes_after_a_deletion_never_sees_the_words(guildhall: Deployment) -> None:
    asha = newcomer(guildhall)
    async with socket_of(guildhall, asha) as live:
        room = await live.subscribe("chat.global")
        since = {"epoch": room.epoch, "seq": room.seq}
        said = await live.call("chat.post", words("a secret"))
        await live.call("chat.post", words("what?", reply_to=said["seq"]))
        await live.call("chat.delete", {"room": "global", "seq": said["seq"]})
        for _ in range(3):
            await heard(room)
    for process in guildhall.web:
        async with asyncio.timeout(30), connect(process.ws_url) as socket:
            hello = {"op": "hello", "token": asha.access}
            await socket.send(json.dumps([hello, {"op": "subscribe", "topic": "chat.global", "since": since}]))
            frames = ""
            while '"subscribed"' not in frames:
                frames += str(await socket.recv())
        assert '"recovered":true' in frames
        assert "what?" in frames
        assert "a secret" not in frames


async def test_refusals_on_the_socket_have_the_words_of_rest(guildhall: Deployment) -> None:
    """C1, C4, C8, C11, C15, C16"""
    asha, ravi = newcomer(guildhall), newcomer(guildhall)
    async with socket_of(guildhall, asha) as live, socket_of(guildhall, ravi, at=-1) as other:
        said = await live.call("chat.post", words())
        assert (await live.call("chat.post", words(author=ravi.id)))["author"]["id"] == asha.id
        place = {"room": "global", "seq": said["seq"]}
        for with_, code in (
            (words("\u200b"), "invalid"),
            (words("x" * 2_001), "invalid"),
            (words(reply_to=said["seq"] + 1_000), "invalid"),
            (words(colour="red"), "unknown_field"),
            ({"room": "global", "text": "no client_id"}, "invalid"),
            (words() | {"room": "list-1"}, "no_room"),
        ):
            assert (await refusal(live, "chat.post", with_)).code == code
        assert (await refusal(other, "chat.edit", {**place, "text": "ho"})).code == "not_author"
        assert (await refusal(other, "chat.delete", place)).code == "not_author"
        assert (await refusal(live, "chat.delete", {**place, "seq": 2**52})).code == "no_message"
        assert (await refusal(live, "chat.read", {**place, "seq": -1})).code == "invalid"


async def test_c13_too_fast_is_refused_over_all_connections(deploy: Deploy) -> None:
    guildhall = deploy(web=2 if SHAPE == "production" else 1, env={"GUILDHALL_LIMITS": "normal"})
    asha = guildhall.sign_up("asha")
    async with (
        socket_of(guildhall, asha) as one,
        socket_of(guildhall, asha, at=-1) as two,
        phone_of(guildhall, asha) as phone,
    ):
        for live in (one, two, one, two):
            await live.call("chat.post", words())
        assert (await phone.post("messages/", json={"text": "hi"})).status_code == 201
        too_fast = await refusal(two, "chat.post", words())
        assert too_fast.code == "rate_limited"
        assert 0 < (too_fast.retry_after or 0) <= 5
        refused = await phone.post("messages/", json={"text": "hi"})
        assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
        assert 1 <= int(refused.headers["Retry-After"]) <= 5
        assert (await phone.get("")).json()["head"] == 5


async def test_c2_nobody_hears_or_says_anything_without_signing_in(guildhall: Deployment) -> None:
    async with asyncio.timeout(30), LiveClient(guildhall.web[0].ws_url) as nobody:
        for topic in ("chat.global", "user.1"):
            with pytest.raises(LiveError, match="no_topic"):
                await nobody.subscribe(topic)
        assert (await refusal(nobody, "chat.post", words())).code == "not_signed_in"


async def test_only_that_very_person_hears_an_inbox(guildhall: Deployment) -> None:
    asha, ravi = newcomer(guildhall), newcomer(guildhall)
    async with socket_of(guildhall, asha) as live:
        for topic in (f"user.{ravi.id}", f"user.0{asha.id}", "user.x", "chat.list-1"):
            with pytest.raises(LiveError, match="no_topic"):
                await live.subscribe(topic)
        assert (await live.subscribe(f"user.{asha.id}")).entries == []
