"""A tournament from its first draft to the board on air, over REST and sockets only: nobody touches a row."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

from realtime.client import LiveClient
from tests.deployments import Deployment
from tests.journeys.nights import Guest, Screen, found_teams, in_hours, made_host, shown_on_air, watched
from tests.services import SHAPE

TEAMS, SEATS, ABSENT = 30, 24, 4
GROUP_MATCHES = 3
NEW = {
    "game": "bgmi",
    "mode": "duo",
    "title": "Monsoon Cup",
    "capacity": SEATS,
    "waitlist_capacity": 10,
    "rules_text": "Be there in time.",
    "prizes": [{"places": "1", "prize": "A trophy"}],
}
STAGES: list[dict[str, Any]] = [
    {"name": "Groups", "groups_count": 2, "seeding": "snake", "plan": {"matches": GROUP_MATCHES}},
    {"name": "Final", "plan": {"matches": 1}},
]
ADVANCE = {"per_group": 4, "seeding": "record", "carry": {"1": 3, "2": 2, "3": 1}}


class Night:
    """A competition, its host, and the captains by the id of their entrant."""

    def __init__(self, host: Guest, competition_id: int) -> None:
        self.host, self.id = host, competition_id
        self.captains: dict[int, Guest] = {}

    @property
    def path(self) -> str:
        return f"tournaments/{self.id}/"

    async def entrants(self, *states: str) -> list[dict[str, Any]]:
        page = await self.host.get(f"{self.path}registrations/", limit=100, state=",".join(states))
        return list(page["results"])

    async def matches(self, stage: dict[str, Any]) -> list[dict[str, Any]]:
        page = await self.host.get(f"{self.path}matches/", stage=stage["id"], limit=100)
        return list(page["results"])

    async def play(self, match: dict[str, Any], order: list[int], kills: dict[int, int]) -> dict[str, Any]:
        """The match is played, the first of `order` claims how it ended and the host confirms it."""
        path = f"{self.path}matches/{match['id']}/"
        winner, room = self.captains[order[0]], {"room_id": "4471", "room_password": "rain"}
        await self.host.ask("PUT", f"{path}room/", {**room, "release_at": in_hours(1)})
        assert (await winner.get(f"{path}room/"))["room_id"] == ""
        await self.host.ask("PUT", f"{path}room/", {**room, "release_at": in_hours(0)})
        assert (await winner.get(f"{path}room/"))["room_password"] == "rain"
        await self.host.post(f"{path}start/")
        await self.host.post(f"{path}finish/")
        claim = await winner.post(f"{path}claims/", {"payload": lobby(order, kills)})
        await winner.post(f"{self.path}claims/{claim['id']}/confirm/", expect=403)
        return dict(await self.host.post(f"{self.path}claims/{claim['id']}/confirm/"))


def lobby(order: list[int], kills: dict[int, int]) -> dict[str, Any]:
    """A result: who came in in that order, with so many kills each."""
    rows = [{"entrant": who, "placement": at, "kills": kills.get(who, 0)} for at, who in enumerate(order, 1)]
    return {"rows": rows}


async def test_a_tournament_night(deploy: Callable[..., Deployment]) -> None:
    """T1 to T25, as its people see them."""
    house = deploy(web=2 if SHAPE == "production" else 1, jobs=True)
    first, last = house.web[0], house.web[-1]
    host = await made_host(house, first.url)
    captains = await found_teams(house, last.url, TEAMS, game="bgmi")
    async with asyncio.timeout(240), AsyncExitStack() as screens:
        night = await published(host)
        page = await watched(screens, LiveClient(last.ws_url), f"tournament.{night.id}")
        await registered(night, captains, page)
        await passed_on(night)
        await checked_in(night, page)
        groups, final = (await host.get(f"{night.path}stages/"))["results"]
        board = await watched(screens, LiveClient(last.ws_url), f"standings.{groups['id']}")
        on_air = await shown_on_air(screens, night.path, host, first.ws_url)
        await group_stage(night, groups, board, on_air)
        await disputed_and_corrected(night, groups, board)
        await finale(night, groups, final, on_air)
        await page.until(lambda state: state["meta"]["state"] == "completed")
    for guest in {host, *(captain for captain, _ in captains)}:
        await guest.close()


async def published(host: Guest) -> Night:
    """A draft with its stages, published, with registration open."""
    times = {"reg_opens": in_hours(1), "reg_closes": in_hours(2), "starts_at": in_hours(5)}
    times |= {"checkin_opens": in_hours(3), "checkin_closes": in_hours(4)}
    row = await host.post("tournaments/", {**NEW, **times})
    night = Night(host, row["id"])
    first, _ = [await host.post(f"{night.path}stages/", stage) for stage in STAGES]
    await host.ask("PATCH", f"{night.path}stages/{first['id']}/", {"advance": ADVANCE})
    await Guest(host.url).ask("GET", night.path, expect=404)  # a draft is nobody else's
    await host.post(f"{night.path}publish/")
    refused = await host.post(f"{night.path}pause/", expect=409)
    assert refused["code"] == "illegal_move"
    await host.post(f"{night.path}open-registration/")
    return night


async def registered(night: Night, captains: list[tuple[Guest, dict[str, Any]]], page: Screen) -> None:
    """All of them at once: the seats are taken once each, and the others wait in the order in which they came."""

    async def register(captain: Guest, entry: dict[str, Any]) -> None:
        entrant = await captain.post(f"{night.path}register/", entry)
        night.captains[entrant["id"]] = captain

    await asyncio.gather(*(register(captain, entry) for captain, entry in captains))
    confirmed, waiting = await night.entrants("confirmed"), await night.entrants("waitlisted")
    assert sorted(it["seat"] for it in confirmed) == list(range(1, SEATS + 1))
    assert [it["waiting"] for it in waiting] == list(range(1, TEAMS - SEATS + 1))
    assert max(it["arrival"] for it in confirmed) < min(it["arrival"] for it in waiting)
    await page.until(lambda state: state["meta"]["entrants_count"] == SEATS)


async def passed_on(night: Night) -> None:
    """Somebody withdraws: the first who waits is offered the seat and declines, the second takes it."""
    gone, (one, other, *_) = (await night.entrants("confirmed"))[0], await night.entrants("waitlisted")
    await night.captains[gone["id"]].post(f"{night.path}withdraw/")
    assert [it["id"] for it in await night.entrants("offered")] == [one["id"]]
    await night.captains[one["id"]].post(f"{night.path}offer/", {"accept": False})
    assert [it["id"] for it in await night.entrants("offered")] == [other["id"]]
    taken = await night.captains[other["id"]].post(f"{night.path}offer/", {"accept": True})
    assert (taken["state"], taken["seat"]) == ("confirmed", gone["seat"])
    assert [it["id"] for it in await night.entrants("waitlisted")][-1] == one["id"]


async def checked_in(night: Night, page: Screen) -> None:
    """Four do not come; those who waited longest get their seats when check-in closes with the start."""
    await night.host.post(f"{night.path}close-registration/")
    await night.host.post(f"{night.path}open-check-in/")
    coming = (await night.entrants("confirmed"))[ABSENT:]
    await night.captains[coming[0]["id"]].hears("entry_confirmed", "check_in_open")
    await asyncio.gather(*(night.captains[it["id"]].post(f"{night.path}check-in/") for it in coming))
    waiting = [it["id"] for it in await night.entrants("waitlisted")]
    await night.host.post(f"{night.path}start/")
    active = await night.entrants("active")
    assert len(await night.entrants("no_show")) == ABSENT
    assert {it["id"] for it in active} == {it["id"] for it in coming} | set(waiting[:ABSENT])
    await page.until(lambda state: state["meta"]["state"] == "live")


async def group_stage(night: Night, groups: dict[str, Any], board: Screen, on_air: Screen) -> None:
    """Six matches, each claimed by who won it; the table moves on every screen and on the stream."""
    for match in await night.matches(groups):
        order = [side["entrant"]["id"] for side in match["sides"]]
        turn = match["round"] - 1
        order = order[turn:] + order[:turn]
        assert board.state["meta"]["matches_settled"] == match["number"] - 1
        await night.play(match, order, {order[0]: 5, order[1]: match["number"]})
        await settled(board, match["number"])
    table = await night.host.get(f"{night.path}standings/", stage=groups["id"])
    assert board.rows() == table["results"]
    await on_air.until(lambda state: state["meta"]["matches_settled"] == 2 * GROUP_MATCHES)
    assert [row["points"] for row in on_air.rows()[:3]] == [row["figures"]["points"] for row in table["results"][:3]]


async def settled(board: Screen, many: int) -> None:
    await board.until(lambda state: state["meta"]["matches_settled"] == many)


async def disputed_and_corrected(night: Night, groups: dict[str, Any], board: Screen) -> None:
    """Somebody protests, the host upholds it and corrects the result: one delta, and the old entry stays readable."""
    match = (await night.matches(groups))[-1]
    path = f"{night.path}matches/{match['id']}/"
    whole = await night.host.get(path)
    ((game, payload),), ((_, seq),) = whole["results"].items(), whole["seqs"].items()
    order = [row["entrant"] for row in sorted(payload["rows"], key=lambda row: row["placement"])]
    loser = night.captains[order[-1]]
    dispute = await loser.post(f"{night.path}disputes/", {"match_id": match["id"], "words": "We came second."})
    await night.host.post(f"{night.path}disputes/{dispute['id']}/review/")
    await night.host.post(f"{night.path}disputes/{dispute['id']}/uphold/", {"reason": "The video shows it."})
    deltas = len(board.deltas)
    right = [order[0], order[-1], *order[1:-1]]
    corrected = lobby(right, {order[0]: 5, order[-1]: 7})
    await night.host.ask(
        "PUT", f"{path}result/", {"payload": corrected, "reason": "Protest upheld.", "supersedes": seq}
    )
    await board.until(lambda _: len(board.deltas) > deltas)
    assert len(board.deltas) == deltas + 1
    moved = next(row for row in board.rows() if row["entrant"]["id"] == order[-1])
    assert moved["rank"] < moved["was"]
    log = (await night.host.get(f"{night.path}entries/", match=match["id"]))["results"]
    assert [(it["seq"], it["superseded_by"]) for it in log] == [(log[0]["seq"], None), (seq, log[0]["seq"])]
    assert (log[0]["reason"], log[1]["payload"], game) == ("Protest upheld.", payload, "")


async def finale(night: Night, groups: dict[str, Any], final: dict[str, Any], on_air: Screen) -> None:
    """The best of both groups play on with a head start; a tie for the first place is decided by lot."""
    await night.host.post(f"{night.path}stages/{groups['id']}/advance/")
    (match,) = await night.matches(final)
    order = [side["entrant"]["id"] for side in match["sides"]]
    assert len(order) == 8
    await night.play(match, order, {order[0]: 3})
    winner = await night.host.post(f"{night.path}select-winner/")
    await night.host.post(f"{night.path}complete/")
    done = await night.host.get(night.path)
    assert done["winner"]["id"] == order[0]
    places = (await night.host.get(f"{night.path}placings/"))["results"]
    assert [it["place"] for it in places][:8] == list(range(1, 9))
    await night.captains[order[0]].hears("room_open", "competition_result", "advanced", "competition_placement")
    await night.host.hears("capacity_reached", "dispute_opened")
    assert winner["id"] == order[0]
    await on_air.until(lambda state: state["meta"]["matches_settled"] == 1)
    assert (await night.captains[order[0]].get("leaderboards/bgmi/"))["me"]["rank"] == 1
