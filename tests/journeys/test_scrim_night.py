"""A scrim night over REST and sockets only: times move it on, and a screenshot becomes the board on air."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import cv2

from realtime.client import LiveClient
from tests.deployments import Deployment
from tests.journeys.nights import Guest, in_hours, made_host, shown_on_air, watched
from tests.ocr_pipeline.lobby_sheets import standings, teams
from tests.services import SHAPE

SECOND = 1 / 3600
SEATS = 5
NEW = {"game": "bgmi", "mode": "solo", "title": "Late scrim", "capacity": SEATS, "waitlist_capacity": 5}


async def test_a_scrim_night(deploy: Callable[..., Deployment]) -> None:
    """T1, T3, T5, T6, T10, T13, T14, T23 to T26"""
    house = deploy(web=2 if SHAPE == "production" else 1, jobs=True)
    first, last = house.web[0], house.web[-1]
    drawn = teams(1, SEATS)
    host = await made_host(house, first.url)
    referee = Guest(first.url, await asyncio.to_thread(house.sign_up, "whistle"))
    players = [Guest(last.url, await asyncio.to_thread(house.sign_up, f"player{no}")) for no in range(SEATS + 1)]
    async with asyncio.timeout(240), AsyncExitStack() as screens:
        scrim = await opened(host, referee)
        page = await watched(screens, LiveClient(last.ws_url), scrim.replace("scrims/", "tournament.").strip("/"))
        entrants = await entered(scrim, host, players, drawn)
        await page.until(lambda state: state["meta"]["state"] == "live")  # nobody clicked
        (stage,) = (await host.get(f"{scrim}stages/"))["results"]
        match, second = (await host.get(f"{scrim}matches/"))["results"]
        board = await watched(screens, LiveClient(last.ws_url), f"standings.{stage['id']}")
        on_air = await shown_on_air(screens, scrim, host, first.ws_url)
        desk = await watched(screens, LiveClient(first.ws_url, referee.token), f"{page.topic}.staff")

        path = f"{scrim}matches/{match['id']}/"
        await room_opens(host, players, path)
        await host.post(f"{path}start/")
        claim = await shown(players[0], path, drawn)
        await desk.until(lambda state: any(it.get("state") == "proposed" for it in state.values()))
        await players[0].post(f"{scrim}claims/{claim['id']}/confirm/", expect=403)
        await referee.post(f"{scrim}claims/{claim['id']}/confirm/")
        kills = {entrant["id"]: row["kills"] for entrant, row in zip(entrants, drawn, strict=False)}
        await board.until(lambda state: state["meta"]["matches_settled"] == 1)
        assert {row["entrant"]["id"]: row["figures"]["kills"] for row in board.rows()} == kills
        await on_air.until(lambda state: state["meta"]["matches_settled"] == 1)
        assert [row["name"] for row in on_air.rows()] == [row["entrant"]["name"] for row in board.rows()]

        await frozen(scrim, host, players[0], second, [it["id"] for it in entrants[:SEATS]])
        assert board.state["meta"]["matches_settled"] == 1
        await host.post(f"{scrim}complete/")
        await page.until(lambda state: state["meta"]["state"] == "completed")
        await board.until(lambda state: state["meta"]["matches_settled"] == 2)
        assert await host.get(f"{scrim}export/", what="standings", format="json")
    for guest in (host, referee, *players):
        await guest.close()


async def opened(host: Guest, referee: Guest) -> str:
    """A scrim of two matches whose registration is open; answers its path."""
    times = {"reg_opens": in_hours(-1), "reg_closes": in_hours(1), "starts_at": in_hours(2)}
    row = await host.post("scrims/", {**NEW, **times})
    scrim = f"scrims/{row['id']}/"
    await host.post(f"{scrim}stages/", {"plan": {"matches": 2}})
    await host.post(f"{scrim}stages/", {}, expect=400)  # a scrim has one
    await host.post(f"{scrim}staff/", {"username": referee.who and referee.who.username, "role": "referee"})
    await host.get(f"tournaments/{row['id']}/", expect=404)
    published = await host.post(f"{scrim}publish/")
    assert published["state"] == "registration_open"
    return scrim


async def entered(scrim: str, host: Guest, players: list[Guest], drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All register, one more than there are seats; then it closes and starts within two seconds."""
    entrants = [await player.post(f"{scrim}register/", called(no, drawn)) for no, player in enumerate(players)]
    assert [it["state"] for it in entrants] == ["confirmed"] * SEATS + ["waitlisted"]
    await host.ask("PATCH", scrim, {"reg_closes": in_hours(SECOND), "starts_at": in_hours(2 * SECOND)})
    return entrants


def called(no: int, drawn: list[dict[str, Any]]) -> dict[str, Any]:
    """What a player is called in the game: as the picture will have it, but for who is not in it."""
    name = drawn[no]["player"] if no < len(drawn) else "Nobody Else"
    return {"in_game_id": f"{51_000_000 + no}", "in_game_name": name}


async def room_opens(host: Guest, players: list[Guest], path: str) -> None:
    """Its players see the room a second later, and nobody else ever does."""
    await host.ask("PUT", f"{path}room/", {"room_id": "4471", "release_at": in_hours(SECOND)})
    async with asyncio.timeout(30):
        while (await players[0].get(f"{path}room/"))["room_id"] != "4471":
            await asyncio.sleep(0.1)
    await players[-1].get(f"{path}room/", expect=404)
    await players[0].hears("room_open")


async def shown(player: Guest, path: str, drawn: list[dict[str, Any]]) -> Any:
    """The claim that a screenshot of the final table makes, once it is read."""
    picture = cv2.imencode(".png", standings(drawn))[1].tobytes()
    claim = await player.send(f"{path}claims/", {"screenshot": ("end.png", picture, "image/png")})
    async with asyncio.timeout(60):
        while claim["state"] == "reading":
            await asyncio.sleep(0.1)
            (claim,) = (await player.get(f"{path}claims/"))["results"]
    assert (claim["cells"], claim["unknown"]) == ([], [])
    return claim


async def frozen(scrim: str, host: Guest, player: Guest, match: dict[str, Any], order: list[int]) -> None:
    """The public's board stands still while staff see the last match count."""
    await host.post(f"{scrim}freeze/", {})
    rows = [{"entrant": who, "placement": at, "kills": 1} for at, who in enumerate(reversed(order), 1)]
    await host.post(f"{scrim}matches/{match['id']}/result/", {"payload": {"rows": rows}})
    seen = [(await guest.get(f"{scrim}standings/"))["meta"]["matches_settled"] for guest in (host, player)]
    assert seen == [2, 1]
