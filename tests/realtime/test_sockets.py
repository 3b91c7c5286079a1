"""Sockets over a real server: the handshake, hello, refusals, limits and close codes of the protocol."""

import asyncio
import json
import secrets
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.deployments import Deployment, SignedUp, Template, deployed

Deploy = Callable[..., Deployment]
BAN = "from core.accounts.services import SYSTEM, ban_user; ban_user(by=SYSTEM, user_id={}, reason='test')"


class Wire:
    """A bare socket that answers pings and hands over one message at a time."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self._messages: list[dict[str, Any]] = []

    async def send(self, **frame: Any) -> None:
        await self.socket.send(json.dumps(frame))

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(15):
            while not self._messages:
                found = json.loads(await self.socket.recv())
                self._messages += found if isinstance(found, list) else [found]
        message = self._messages.pop(0)
        if message["op"] == "ping":
            await self.send(op="pong", n=message["n"])
            return await self.next()
        return message

    async def answer(self, **frame: Any) -> dict[str, Any]:
        await self.send(**frame)
        while (message := await self.next()).get("id") != frame["id"]:
            pass
        return message

    async def close_code(self) -> int:
        """Read to the end; the code that the server closed with, which its `bye` named before."""
        while (message := await self.next())["op"] != "bye":
            pass
        with pytest.raises(ConnectionClosed) as closed:
            await self.next()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == message["code"]
        return closed.value.rcvd.code


def wire(deployment: Deployment, *, path: str = "", at: int = 0, **options: Any) -> connect:
    return connect(deployment.web[at].ws_url + path, compression=None, **options)


@pytest.fixture(scope="module", params=["uvicorn", "daphne"])
def guildhall(
    request: pytest.FixtureRequest, template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    """One server for all tests of this file that do not end it."""
    home = tmp_path_factory.mktemp("sockets") / request.param
    with_test_room = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    with deployed(template, home, server=request.param, env=with_test_room) as deployment:
        yield deployment


def person(deployment: Deployment) -> SignedUp:
    """Somebody new."""
    return deployment.sign_up(f"p{secrets.token_hex(5)}")


async def test_hello_welcomes_a_person_and_a_stranger(guildhall: Deployment) -> None:
    """C2: signing in is the hello; nobody may stay nobody."""
    asha = person(guildhall)
    async with wire(guildhall) as socket:
        welcome = await Wire(socket).answer(id=1, op="hello", token=asha.access)
        assert (welcome["op"], welcome["user"]) == ("welcome", asha.id)
    async with wire(guildhall) as socket:
        welcome = await Wire(socket).answer(id=1, op="hello")
        assert (welcome["op"], welcome["user"]) == ("welcome", None)


async def test_a_native_client_signs_in_with_its_handshake(guildhall: Deployment) -> None:
    asha = person(guildhall)
    async with wire(guildhall, additional_headers={"Authorization": f"Bearer {asha.access}"}) as socket:
        assert (await Wire(socket).next())["user"] == asha.id


async def test_the_chat_address_subscribes_after_hello(guildhall: Deployment) -> None:
    asha = person(guildhall)
    async with wire(guildhall, path="chat/") as socket:
        line = Wire(socket)
        await line.answer(id=1, op="hello", token=asha.access)
        assert (await line.next())["topic"] == "chat.global"


async def test_a_token_in_the_address_is_refused_and_in_no_log(guildhall: Deployment) -> None:
    asha = person(guildhall)
    async with wire(guildhall, path=f"?access_token={asha.access}") as socket:
        assert await Wire(socket).close_code() == 4300
    assert asha.access not in guildhall.web[0].log()
    assert "access_token" not in guildhall.web[0].log()


async def test_a_foreign_origin_is_refused(guildhall: Deployment) -> None:
    own = guildhall.web[0].url
    host, port = own.rsplit(":", 1)
    for foreign in ("http://elsewhere.example", f"{host}:{int(port) + 1}", own.replace("http", "https"), "null"):
        with pytest.raises(InvalidStatus):
            await wire(guildhall, origin=foreign)
    async with wire(guildhall, origin=own) as socket:
        assert (await Wire(socket).answer(id=1, op="hello"))["op"] == "welcome"


async def test_an_unknown_address_is_refused(guildhall: Deployment) -> None:
    with pytest.raises(InvalidStatus):
        await wire(guildhall, path="nowhere/")


async def test_silence_after_connecting_closes_4201(guildhall: Deployment) -> None:
    async with wire(guildhall) as socket:
        assert await Wire(socket).close_code() == 4201


async def test_a_bad_token_closes_4202(guildhall: Deployment) -> None:
    async with wire(guildhall) as socket:
        line = Wire(socket)
        assert (await line.answer(id=1, op="hello", token="rubbish"))["code"] == "token_invalid"
        assert await line.close_code() == 4202


async def test_nothing_is_done_before_hello(guildhall: Deployment) -> None:
    async with wire(guildhall) as socket:
        assert (await Wire(socket).answer(id=1, op="subscribe", topic="chat.global"))["code"] == "hello_first"


async def test_the_second_hello_renews_but_changes_nobody(guildhall: Deployment) -> None:
    """C3"""
    asha, ravi = person(guildhall), person(guildhall)
    async with wire(guildhall) as socket:
        line = Wire(socket)
        await line.answer(id=1, op="hello", token=asha.access)
        assert (await line.answer(id=2, op="hello", token=asha.access))["user"] == asha.id
        assert (await line.answer(id=3, op="hello", token=ravi.access))["code"] == "other_person"


@pytest.mark.parametrize(
    "frame",
    ["no json", "[]", "7", '{"op":"dance"}', '{"op":"call","op":"call"}', '{"op":5}', b"\x00\x01", "[" * 40, "{}"],
)
async def test_a_bad_frame_is_answered_and_the_socket_stays(guildhall: Deployment, frame: str | bytes) -> None:
    """C12"""
    async with wire(guildhall) as socket:
        line = Wire(socket)
        await socket.send(frame)
        assert (await line.next())["op"] == "error"
        assert (await line.answer(id=1, op="hello"))["op"] == "welcome"


async def test_twenty_bad_frames_close_4300(guildhall: Deployment) -> None:
    """C12"""
    async with wire(guildhall) as socket:
        for _ in range(20):
            await socket.send("no json")
        assert await Wire(socket).close_code() == 4300


async def test_an_oversize_frame_closes_4301(guildhall: Deployment) -> None:
    """C11"""
    async with wire(guildhall) as socket:
        await socket.send(json.dumps({"op": "hello", "token": "é" * 17_000}, ensure_ascii=False))
        assert await Wire(socket).close_code() == 4301


async def test_unknown_and_forbidden_topics_answer_alike(guildhall: Deployment) -> None:
    asha, ravi = person(guildhall), person(guildhall)
    async with wire(guildhall) as socket:
        line = Wire(socket)
        await line.answer(id=1, op="hello", token=asha.access)
        topics = [f"user.{ravi.id}", "user.999999", "chat.nowhere", "nothing.here", "chat.", "x" * 200, "chat.a b"]
        answers = [await line.answer(id=2, op="subscribe", topic=topic) for topic in topics]
        assert all(answer == answers[0] for answer in answers)
        assert answers[0]["code"] == "no_topic"


async def test_strangers_hear_no_chat(guildhall: Deployment) -> None:
    """C2"""
    async with wire(guildhall) as socket:
        line = Wire(socket)
        await line.answer(id=1, op="hello")
        assert (await line.answer(id=2, op="subscribe", topic="chat.global"))["code"] == "no_topic"
        with_ = {"room": "global", "text": "hi", "client_id": "0b8f5d5e-3c0e-4d6e-9f65-0a9b1c2d3e4f"}
        assert (await line.answer(**{"id": 3, "op": "call", "do": "chat.post", "with": with_}))[
            "code"
        ] == "not_signed_in"


async def test_the_eleventh_socket_closes_the_oldest(guildhall: Deployment) -> None:
    """C25"""
    asha = person(guildhall)
    lines = []
    for _ in range(11):
        lines.append(Wire(await wire(guildhall)))
        await lines[-1].answer(id=1, op="hello", token=asha.access)
    assert await lines[0].close_code() == 4304
    for line in lines[1:]:
        assert (await line.answer(id=2, op="hello", token=asha.access))["op"] == "welcome"
        await line.socket.close()


async def test_commands_beyond_the_rate_are_refused_and_a_flood_is_closed(deploy: Deploy) -> None:
    """live.md 4: 20 a second, 40 at once"""
    guildhall = deploy(env={"GUILDHALL_LIMITS": "normal"})
    asha = person(guildhall)
    async with wire(guildhall) as socket:
        line = Wire(socket)
        await line.answer(id=0, op="hello", token=asha.access)
        for number in range(1, 51):
            await line.send(id=number, op="call", do="nothing.here")
        answers = {message["id"]: message for message in [await line.next() for _ in range(50)]}
        assert answers[1]["code"] == "no_command"
        assert answers[50]["code"] == "rate_limited"
        assert answers[50]["retry_after"] > 0
        for number in range(100):
            await line.send(id=number, op="call", do="nothing.here")
        assert await line.close_code() == 4113


async def test_a_command_is_as_strict_as_rest(guildhall: Deployment) -> None:
    asha = person(guildhall)
    async with wire(guildhall) as socket:
        line = Wire(socket)
        await line.answer(id=1, op="hello", token=asha.access)

        async def refusal(with_: Any) -> str:
            answer = await line.answer(**{"id": 2, "op": "call", "do": "counter.add", "with": with_})
            return str(answer["code"])

        assert await refusal({"name": "a", "colour": "red"}) == "unknown_field"
        assert await refusal({"name": 5}) == "invalid"
        assert await refusal({}) == "invalid"
        assert await refusal([]) == "invalid"


async def test_a_ban_silences_at_once(guildhall: Deployment) -> None:
    """PR9, C23: nothing is heard after a second, and nobody comes back."""
    asha = person(guildhall)
    async with wire(guildhall) as socket:
        line = Wire(socket)
        await line.answer(id=1, op="hello", token=asha.access)
        await line.answer(id=2, op="subscribe", topic="chat.global")
        banning = asyncio.to_thread(guildhall.manage, "shell", "-c", BAN.format(asha.id))
        async with asyncio.timeout(30):
            code, _ = await asyncio.gather(line.close_code(), banning)
        assert code in (4203, 4303)
    async with wire(guildhall) as socket:
        line = Wire(socket)
        await line.send(id=1, op="hello", token=asha.access)
        assert await line.close_code() in (4203, 4303)


@pytest.mark.parametrize("server", ["uvicorn", "daphne"])
async def test_a_restart_says_bye(deploy: Deploy, server: str) -> None:
    guildhall = deploy(server=server)
    async with wire(guildhall) as socket:
        line = Wire(socket)
        await line.answer(id=1, op="hello")
        stopping = asyncio.to_thread(guildhall.web[0].stop)
        code, status = await asyncio.gather(line.close_code(), stopping)
        assert (code, status) == (4100, 0)


async def test_sockets_that_vanish_cost_the_others_nothing(guildhall: Deployment) -> None:
    """Half of those that listen are gone without a word in the middle of it."""
    listeners = []
    for who in [person(guildhall) for _ in range(4)]:
        for _ in range(10):
            listeners.append(Wire(await wire(guildhall, path="chat/")))
            await listeners[-1].answer(id=1, op="hello", token=who.access)
            assert (await listeners[-1].next())["op"] == "subscribed"
    async with wire(guildhall) as socket:
        speaker = Wire(socket)
        await speaker.answer(id=1, op="hello", token=person(guildhall).access)
        for number in range(40):
            if number % 2:
                listeners.pop().socket.transport.abort()
            with_ = {"room": "global", "text": f"{number}", "client_id": str(uuid4())}
            last = await speaker.answer(**{"id": number, "op": "call", "do": "chat.post", "with": with_})
    for line in listeners:
        heard = [await line.next() for _ in range(40)]
        assert heard[-1]["data"]["message"] == last["data"]
        await line.socket.close()
    for complaint in ("live work failed", "could not send"):
        assert complaint not in guildhall.web[0].log()
