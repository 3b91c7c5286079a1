"""T11, T23: boards and competitions are the same on every screen, whatever is corrected and whatever is lost."""

import asyncio
import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from core.accounts.services import open_session
from core.tournaments.models import Match
from core.tournaments.selectors import live, match_live, standings_live
from core.tournaments.services import penalising, recording
from core.tournaments.services.board_freezing import freeze_board, unfreeze_board
from realtime.bells import group_of
from realtime.hub import Hub
from realtime.protocol import encode
from tests.core.tournaments.results.stages import House, league, lobbies
from tests.realtime.layers import LossyLayer
from tests.realtime.presence import until
from tests.realtime.test_law import Follower

pytestmark = pytest.mark.django_db(transaction=True)

SNAPSHOTS: Mapping[str, Callable[[str], Mapping[str, Any]]] = {
    "standings": standings_live.snapshot,
    "tournament": live.snapshot,
    "match": match_live.snapshot,
}


@pytest.fixture(autouse=True)
def small_ring(settings: Settings) -> None:
    """So small that whoever is away for long falls out of it."""
    settings.LIMITS_RELAXED = True
    settings.ENV = settings.ENV.model_copy(update={"ws_ring": 3})


@sync_to_async
def fresh(topic: str) -> dict[str, Any]:
    room, _, name = topic.partition(".")
    return {key: json.loads(encode(value)) for key, value in SNAPSHOTS[room](name).items()}


class Night:
    """A league whose staff do whatever chance says."""

    def __init__(self, seed: int) -> None:
        self.chance, self.house = Random(seed), league(3)
        self.token = open_session(user=self.house.entrants[0].captain, device="test").access
        stage, group = self.house.stage, self.house.stage.groups.get()
        self.topics = [f"standings.{stage.pk}", f"standings.{stage.pk}.{group.pk}", f"tournament.{self.house.row.pk}"]
        self.topics.append(f"match.{self.house.matches[0].pk}")

    def step(self) -> None:
        """Mostly a match is played, or corrected; sometimes it is void, somebody loses points, the boards freeze."""
        house, match = self.house, self.chance.choice(self.house.matches)
        own: dict[str, Any] = {"by": house.host, "competition_id": house.row.pk}
        match self.chance.randrange(8):
            case 0:
                recording.void_match(by=house.referee, match_id=match.pk, reason="The server died.")
            case 1:
                who, points = self.chance.choice(house.ids), Fraction(-self.chance.randrange(1, 4))
                penalising.adjust(**own, stage_id=house.stage.pk, entrant_id=who, points=points, reason="Late.")
            case 2:
                freeze_board(**own)
            case 3:
                unfreeze_board(**own)
            case _:
                self.play(match)

    def play(self, match: Match) -> None:
        payload = self.house.duel(match, self.chance.randrange(4), self.chance.randrange(4))
        recording.put_result(by=self.house.referee, match_id=match.pk, payload=payload, reason="Misread.")


@pytest.mark.parametrize("seed", range(2))
async def test_t23_with_random_drops_every_client_ends_equal_to_a_fresh_snapshot(
    layer: LossyLayer, other: Hub, seed: int
) -> None:
    """Bells reach the other process or not, sockets are cut and come back, and what was missed is missed by nobody."""
    night = await sync_to_async(Night)(seed)
    chance = Random(seed)
    followers = [Follower(other, topic, night.token) for topic in night.topics for _ in range(2)]
    for follower in followers:
        await follower.come()
    for _ in range(12):
        layer.deaf = {group_of(topic) for topic in night.topics if chance.random() < 0.4}
        for follower in chance.sample(followers, 2):
            if follower.socket is None:
                await follower.come()
            else:
                follower.go()
        await sync_to_async(night.step)()
    assert min(sum(layer.lost.values()), sum(layer.sent.values())) > 0, "some were lost, some came"
    for follower in followers:
        if follower.socket is None:
            await follower.come()
    other._reread_at = -1e9
    other._look_when_due(other.loop.time())
    truth = {topic: await fresh(topic) for topic in night.topics}

    def is_told() -> bool:
        for follower in followers:
            follower.hear()
        return all(follower.known.state == truth[follower.topic] for follower in followers)

    await until(is_told)


async def test_t11_a_correction_shows_one_delta_with_old_and_new_ranks(hub: Hub) -> None:
    house = await sync_to_async(lobbies)()
    first, second, *_ = house.ids
    await sync_to_async(house.play)(house.matches[0], house.lobby(3, 1, 0, 0))
    follower = Follower(hub, f"standings.{house.stage.pk}")
    await follower.come()
    await sync_to_async(correct)(house)
    assert follower.socket is not None
    received = follower.socket.received
    await until(lambda: any(it["op"] == "delta" for it in received))
    await asyncio.sleep(0.5)  # longer than a topic that changes again may wait
    (delta,) = [it for it in received if it["op"] == "delta"]
    rows = {key: (row["was"], row["rank"]) for key, row in delta["set"].items() if key != "meta"}
    assert rows == {f"row.{first}": (1, 2), f"row.{second}": (2, 1)}
    assert (delta["set"]["meta"]["seq"], delta["unset"]) == (2, [])


def correct(house: House) -> None:
    recording.correct_result(
        by=house.referee, match_id=house.matches[0].pk, payload=house.lobby(1, 9, 0, 0), reason="Kills misread."
    )
