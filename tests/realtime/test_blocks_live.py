"""C21 over two processes (one, embedded): blocked in one, unheard on the socket of the other."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from realtime.client import Entry, Subscription
from tests.deployments import Deployment, SignedUp, Template, deployed
from tests.realtime.test_chat_live import heard, newcomer, phone_of, socket_of, words
from tests.services import SHAPE


@pytest.fixture(scope="module")
def guildhall(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    web = 2 if SHAPE == "production" else 1
    with deployed(template, tmp_path_factory.mktemp("blocks") / "home", web=web) as deployment:
        yield deployment


async def set_block(phone: httpx.AsyncClient, who: SignedUp, *, on: bool = True) -> None:
    """In the process of `phone`, whose bells of blocks and messages keep their order."""
    blocks = str(phone.base_url).replace("chat/rooms/global/", "users/me/blocks/")
    answer = await (phone.post(blocks, json={"user": who.id}) if on else phone.delete(f"{blocks}{who.id}/"))
    assert answer.is_success, answer.text


def stub(message: Any) -> Any:
    return {**message, "text": "", "reply_to": None, "hidden": True}


def told(room: Subscription) -> list[Any]:
    return [entry.data["message"] for entry in room.entries if isinstance(entry, Entry)]


async def test_c21_a_block_in_one_process_hides_on_the_socket_of_the_other(guildhall: Deployment) -> None:
    asha, ravi = newcomer(guildhall), newcomer(guildhall)
    async with (
        socket_of(guildhall, asha) as live,
        phone_of(guildhall, asha) as own,
        phone_of(guildhall, ravi) as other,
        socket_of(guildhall, ravi) as theirs,
    ):
        room, his = await live.subscribe("chat.global"), await theirs.subscribe("chat.global")
        await set_block(own, ravi)
        said = (await other.post("messages/", json={"text": "a secret"})).json()
        assert said["hidden"] is False, "the blocked person is not told and can post"
        assert (await heard(room))["message"] == stub(said)
        reply = await theirs.call("chat.post", words("me again", reply_to=said["seq"]))
        assert (await heard(room))["message"] == stub(reply)
        edited = (await other.patch(f"messages/{said['seq']}/", json={"text": "another secret"})).json()
        assert await heard(room) == {"type": "edited", "message": stub(edited)}
        spoken = await live.call("chat.post", words("I am still here"))
        assert [(await heard(his))["message"] for _ in range(4)] == [said, reply, edited, spoken]


async def test_c21_resume_backlog_and_history_are_stubs_until_the_block_ends(guildhall: Deployment) -> None:
    asha, ravi, mei = (newcomer(guildhall) for _ in range(3))
    async with phone_of(guildhall, asha) as own, phone_of(guildhall, ravi) as other, phone_of(guildhall, mei) as third:
        await set_block(own, ravi)
        async with socket_of(guildhall, asha) as live:
            first = (await live.subscribe("chat.global")).seq
        said = (await other.post("messages/", json={"text": "a secret"})).json()
        quoted = (await third.post("messages/", json={"text": "what?", "reply_to": said["seq"]})).json()
        shown = [stub(said), {**quoted, "reply_to": {**quoted["reply_to"], "line": ""}}]
        page = {"before": quoted["seq"] + 1, "limit": 2}
        for at in range(len(guildhall.web)):
            async with socket_of(guildhall, asha, at=at) as live:
                assert told(await live.subscribe("chat.global"))[-2:] == shown
        assert (await own.get("messages/", params=page)).json()["messages"] == shown
        assert (await third.get("messages/", params=page)).json()["messages"] == [said, quoted]
        await set_block(own, ravi, on=False)
        assert (await own.get("messages/", params=page)).json()["messages"] == [said, quoted]
        async with socket_of(guildhall, asha) as live:
            room = await live.subscribe("chat.global")
            assert told(room)[-2:] == [said, quoted]
            assert room.seq == first + 2
            again = (await other.post("messages/", json={"text": "hello"})).json()
            assert (await heard(room))["message"] == again
