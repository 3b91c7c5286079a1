"""The description of the live protocol is current, whole and true: what a live session says is what it says."""

import asyncio
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import jsonschema
import msgspec
import pytest
import yaml
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from core.environment import BASE_DIR
from realtime.messages import ServerMessage
from tests.core.tournaments.live_board import LiveBoard, lobby, put_on_air
from tests.deployments import AS_OPERATED, MANAGE, ROOT, Deploy, Deployment, SignedUp
from tests.realtime.taking_part import make_entries, take_part

KEPT = BASE_DIR / "docs" / "live-protocol.asyncapi.yaml"
DOCUMENT: dict[str, Any] = yaml.safe_load(KEPT.read_text())
MESSAGES: dict[str, Any] = DOCUMENT["components"]["messages"]
STAFF_AND_SCORE = """
from core.accounts.models import User
from core.boards.services import add_scores
User.objects.filter(pk={0}).update(is_staff=True)
add_scores(board="bgmi", gains={{{0}: 7}}, cause="competition:1")
"""
OF_TOPIC = ("subscribed", "entry", "delta", "event")


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (inner for name, inner in value.items() if name == "$ref")
        yield from (found for inner in value.values() for found in references(inner))
    elif isinstance(value, list):
        yield from (found for inner in value for found in references(inner))


def referred(reference: str) -> Any:
    found: Any = DOCUMENT
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def test_the_kept_description_is_the_one_that_the_code_gives(tmp_path: Path) -> None:
    """`python manage.py asyncapi` writes it."""
    environment = {**os.environ, **AS_OPERATED, "GUILDHALL_HOME": str(tmp_path)}
    subprocess.run([*MANAGE, "asyncapi", "--file", tmp_path / "now.yaml"], cwd=ROOT, env=environment, check=True)

    assert (tmp_path / "now.yaml").read_text() == KEPT.read_text()


def test_it_is_whole() -> None:
    """AsyncAPI 3.0: every reference leads somewhere, operations speak of messages of their channel."""
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert all(referred(reference) for reference in references(DOCUMENT))
    assert DOCUMENT["channels"]["socket"]["messages"].keys() == MESSAGES.keys()
    spoken_of = {reference.rpartition("/")[2] for reference in references(DOCUMENT["operations"])} - {"socket"}
    assert spoken_of == MESSAGES.keys()
    for message in MESSAGES.values():
        jsonschema.Draft7Validator.check_schema(message["payload"])
    for operation in DOCUMENT["operations"].values():
        assert operation["action"] in ("send", "receive")


class Session:
    """A socket that holds every message of the server to the description, and remembers which there were."""

    def __init__(self, socket: ClientConnection) -> None:
        self.seen: set[str] = set()
        self._socket = socket
        self._asked: dict[int, str] = {}
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.reading = asyncio.create_task(self._read())

    async def ask(self, op: str, **fields: Any) -> dict[str, Any]:
        number = len(self._asked) + 1
        request = {"id": number, "op": op, **fields}
        self._asked[number] = fields.get("do", "")
        name = f"call.{fields['do']}" if op == "call" else op
        _check(name, request)
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send(json.dumps(request))
        async with asyncio.timeout(30):
            return await self._answers[number]

    async def call(self, do: str, **with_: Any) -> dict[str, Any]:
        answer = await self.ask("call", do=do, **{"with": with_})
        assert answer["op"] == "done", answer
        found: dict[str, Any] = answer["data"]
        return found

    async def saw(self, *names: str) -> None:
        async with asyncio.timeout(30):
            while not self.seen.issuperset(names):
                assert not self.reading.done() or self.reading.result(), f"{set(names) - self.seen} did not come"
                await asyncio.sleep(0.02)

    async def _read(self) -> bool:
        try:
            while True:
                frame = json.loads(await self._socket.recv())
                for message in frame if isinstance(frame, list) else [frame]:
                    await self._take(message)
        except ConnectionClosed:
            return True

    async def _take(self, message: dict[str, Any]) -> None:
        op = message["op"]
        name = f"{op}.{message['topic'].partition('.')[0]}" if op in OF_TOPIC else op
        if op == "done":
            name = f"done.{self._asked[message['id']]}"
        _check(name, message)
        known = msgspec.convert(message, ServerMessage)
        assert msgspec.to_builtins(known) == message, "it holds more than is described"
        self.seen.add(name)
        if op == "ping":
            await self._socket.send(json.dumps({"op": "pong", "n": message["n"]}))
        if message.get("id") in self._answers and message.get("part") == message.get("parts"):
            self._answers[message["id"]].set_result(message)


def _check(name: str, message: dict[str, Any]) -> None:
    schema = {**MESSAGES[name]["payload"], "components": DOCUMENT["components"]}
    jsonschema.Draft7Validator(schema).validate(message)


@pytest.fixture
def guildhall(deploy: Deploy) -> Deployment:
    return deploy()


async def test_what_a_live_session_says_is_what_is_described(guildhall: Deployment) -> None:
    asha, ravi = guildhall.sign_up("asha"), guildhall.sign_up("ravi")
    guildhall.manage("shell", "--command", STAFF_AND_SCORE.format(asha.id))
    (process,) = guildhall.web
    async with connect(process.ws_url) as first, connect(process.ws_url) as second:
        here, there = Session(first), Session(second)
        await _begin(here, asha)
        await _begin(there, ravi)
        await _speak(here, there)
        await _decide(here, there, *await asyncio.to_thread(_group, process.url, asha, ravi))
        await _team_up(here, there, *await asyncio.to_thread(_founded, process.url, asha))
        await _share(here, there, *await asyncio.to_thread(_played, process.url, asha, ravi))
        board = await asyncio.to_thread(put_on_air, guildhall.manage, host=asha.id)
        await _steer(here, board.overlay)
        await _follow(here, process.url, asha, board.competition)
        await take_part(here, await asyncio.to_thread(make_entries, guildhall, asha))
        await _watch(here, process.url, asha, board)
        await here.ask("unsubscribe", topic="typing.global")
        await asyncio.to_thread(process.stop)
        await here.saw("bye")
        await asyncio.wait_for(asyncio.gather(here.reading, there.reading), 10)

    asked = {name for name in MESSAGES if name.startswith("call.")} | {"hello", "subscribe", "unsubscribe"}
    unheard = {"pong", "unsubscribed", "delta.board"}  # a board changes when a competition is completed
    assert MESSAGES.keys() - asked - unheard <= here.seen | there.seen


async def _begin(session: Session, person: SignedUp) -> None:
    await session.ask("hello", token=person.access)
    for topic in ("chat.global", "typing.global", "presence.chat.global", "board.bgmi", f"user.{person.id}"):
        await session.ask("subscribe", topic=topic)


async def _speak(here: Session, there: Session) -> None:
    """Every command, every kind of news, and enough of it for a ping."""
    posted = await there.call("chat.post", room="global", text="@asha, look", client_id=str(uuid4()))
    seq = posted["seq"]
    await there.call("chat.post", room="global", text="again", client_id=str(uuid4()), reply_to=seq)
    await there.call("chat.edit", room="global", seq=seq, text="@asha, look here")
    await there.call("chat.typing", room="global", typing=True)
    await here.saw("event.typing", "entry.user", "delta.presence")
    await here.call("chat.read", room="global", seq=seq)
    await here.call("notifications.read", all=True)
    await here.call("chat.slow_mode", room="global", seconds=5)
    await here.call("chat.slow_mode", room="global", seconds=0)
    await here.call("chat.delete", room="global", seq=seq, reason="of the test")
    refused = await here.ask("call", do="chat.edit", **{"with": {"room": "global", "seq": seq, "text": "no"}})
    assert refused["op"] == "error"
    again = {"epoch": (await here.ask("subscribe", topic="chat.global"))["epoch"], "seq": 2}
    assert (await here.ask("subscribe", topic="chat.global", since=again))["recovered"]
    for _ in range(70):
        await there.call("chat.post", room="global", text="x" * 2_000, client_id=str(uuid4()))
    await here.saw("ping", "entry.chat")


def _post(url: str, by: SignedUp, path: str, body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {by.access}"}
    answer = httpx.post(f"{url}/api/{path}", json=body, headers=headers, timeout=30)
    assert answer.is_success, answer.text
    return answer.json()


def _group(url: str, owner: SignedUp, other: SignedUp) -> tuple[int, dict[str, Any], dict[str, Any]]:
    """A list of `owner`, their membership, and that of `other`, who joined by a link."""
    made = _post(url, owner, "bucketlists/", {"title": "Weekend"})
    token = _post(url, owner, f"bucketlists/{made['id']}/invites/editor/")["token"]
    joined = _post(url, other, f"invites/{token}/accept/", {"accept": True})["membership"]
    return made["id"], made["memberships"][0], joined


async def _decide(here: Session, there: Session, list_id: int, owner: dict[str, Any], other: dict[str, Any]) -> None:
    """Every command of lists and of what is said about them; in the end the other one owns it, alone."""
    for session in (here, there):
        await session.ask("subscribe", topic=f"list.{list_id}")
    item = (await there.call("item.add", list=list_id, title="Kayaking"))["id"]
    await here.ask("subscribe", topic=f"comments.{item}")
    await there.call("item.edit", item=item, description="On the lake")
    await there.call("vote.cast", item=item, vote_type="upvote")
    await there.call("item.react", item=item, reaction="fire")
    said = await there.call("comment.post", item=item, text="Who drives?", client_id=str(uuid4()))
    await there.call("comment.edit", item=item, seq=said["seq"], text="Who drives us?")
    await there.call("comment.delete", item=item, seq=said["seq"])
    await here.saw("delta.list", "entry.comments")
    await here.call("item.status", item=item, status="locked_in")
    await here.call("list.freeze", list=list_id, is_frozen=True)
    await here.call("member.role", list=list_id, membership_id=other["id"], role="viewer")
    await here.call("list.transfer", list=list_id, membership_id=other["id"])
    await there.call("member.end", list=list_id, membership_id=owner["id"])
    await there.call("member.readmit", list=list_id, user_id=owner["user"]["id"])


def _founded(url: str, captain: SignedUp) -> tuple[int, int]:
    """A team of `captain`, and their membership."""
    team = _post(url, captain, "teams/", {"game": "bgmi", "name": "Radiants", "tag": "RAD"})
    return team["id"], team["members"][0]["id"]


async def _team_up(here: Session, there: Session, team: int, captain: int) -> None:
    """Every command of teams; in the end the other one leads it, alone, and disbands it."""
    for topic in (f"team.{team}", f"team.{team}.requests"):
        await here.ask("subscribe", topic=topic)
    await here.call("team.edit", team=team, about="Evenings.")
    await there.call("team.withdraw", team=team, request=(await there.call("team.ask", team=team))["id"])
    await here.call("team.decline", team=team, request=(await there.call("team.ask", team=team))["id"])
    member = await here.call("team.accept", team=team, request=(await there.call("team.ask", team=team))["id"])
    await here.saw("delta.team")
    await here.call("team.transfer", team=team, membership_id=member["id"])
    await here.call("team.end", team=team, membership_id=captain)
    await there.call("team.disband", team=team)


def _played(url: str, owner: SignedUp, other: SignedUp) -> tuple[list[dict[str, Any]], str]:
    """Five matches of `owner` that `other` is asked about, and one of the other's own."""
    played = {"score_user": 2, "score_opponent": 1, "stats": {"shots": {"user": 9, "opponent": 6}}}
    shares = []
    for _ in range(5):
        match = _post(url, owner, "matches/", played)["id"]
        shares.append(_post(url, owner, f"matches/{match}/share/", {"username": "ravi"})["share"])
    return shares, _post(url, other, "matches/", {"score_user": 1, "score_opponent": 2, "stats": {}})["id"]


async def _share(here: Session, there: Session, shares: list[dict[str, Any]], own: str) -> None:
    """Every command of shared matches; the first is corrected, agreed to and left."""
    first, second, third, fourth, fifth = ({"share": it["id"], "version": it["version"]} for it in shares)
    await here.ask("subscribe", topic=f"share.{first['share']}")
    cells = {"stats.shots.opponent": 7}
    corrected = await there.call("share.correct", **first, cells=cells)
    version = corrected["share"]["version"]
    await here.call("share.answer", share=first["share"], version=version, accept=[*cells])
    await here.saw("delta.share")
    await there.call("share.leave", share=first["share"])
    await there.call("share.agree", **second)
    await there.call("share.bring", **third, match=own)
    await there.call("share.decline", share=fourth["share"])
    await here.call("share.withdraw", share=fifth["share"])


async def _steer(here: Session, overlay: int) -> None:
    """The command of boards on air."""
    await here.ask("subscribe", topic=f"overlay.{overlay}")
    await here.call("overlay.steer", overlay=overlay, theme="ticker", words="Back at nine")
    await here.saw("delta.overlay")


async def _follow(here: Session, url: str, host: SignedUp, competition: int) -> None:
    """What everybody sees of a competition."""
    await here.ask("subscribe", topic=f"tournament.{competition}")
    await asyncio.to_thread(_post, url, host, f"tournaments/{competition}/announcements/", {"words": "Back at nine."})
    await here.saw("delta.tournament")


async def _watch(here: Session, url: str, host: SignedUp, board: LiveBoard) -> None:
    """A match gets its result, and the host freezes the table."""
    for topic in (f"standings.{board.stage}", f"match.{board.matches[0]}"):
        await here.ask("subscribe", topic=topic)
    path, result = f"tournaments/{board.competition}", {"payload": lobby(board.entrants)}
    await asyncio.to_thread(_post, url, host, f"{path}/matches/{board.matches[0]}/result/", result)
    await asyncio.to_thread(_post, url, host, f"{path}/freeze/", {})
    await here.saw("delta.match")
    await here.saw("delta.standings")
