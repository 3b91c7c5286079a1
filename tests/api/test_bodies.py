"""PR10, PR14: a body that is too long is cut off as it arrives, whether it says how long it is or not."""

import json
from collections.abc import Mapping
from typing import Any

from api.bodies import MOST, BoundedBodies, most_at

PART = b"x" * 64 * 1024


async def answer(parts: int, path: str = "/api/bucketlists/", **headers: str) -> tuple[list[Mapping[str, Any]], int]:
    """What is sent to whoever sends so many parts without end, and how many of them were read."""
    sent: list[Mapping[str, Any]] = []
    read = 0

    async def receive() -> Mapping[str, Any]:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": PART, "more_body": read < parts}

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Reads everything, as Django does before any view."""
        while (message := await receive())["type"] == "http.request":
            if not message["more_body"]:
                await send({"type": "http.response.start", "status": 200, "headers": []})
                return

    named = [(name.encode(), value.encode()) for name, value in headers.items()]
    await BoundedBodies(application)({"type": "http", "path": path, "headers": named}, receive, send)
    return sent, read


async def test_a_body_within_the_limit_is_read() -> None:
    [start], read = await answer(MOST // len(PART))
    assert (start["status"], read) == (200, MOST // len(PART))


async def test_a_body_without_end_is_cut_off() -> None:
    [start, body], read = await answer(1_000_000)
    assert (start["status"], read) == (413, MOST // len(PART) + 1)
    assert (b"connection", b"close") in start["headers"]
    refusal = json.loads(body["body"])
    assert refusal["code"] == "too_large"
    assert (b"x-request-id", refusal["request_id"].encode()) in start["headers"]


async def test_a_body_that_says_that_it_is_too_long_is_not_read() -> None:
    [start, _], read = await answer(1_000_000, **{"content-length": str(MOST + 1)})
    assert (start["status"], read) == (413, 0)


async def test_four_pictures_of_a_match_come_in_one_body() -> None:
    """S1"""
    most = most_at("/api/matches/")
    assert most > 4 * 8 * 1024 * 1024
    assert most_at("/api/scrims/7/matches/12/claims/") > 10 * 8 * 1024 * 1024
    [start], read = await answer(most // len(PART), "/api/matches/")
    assert (start["status"], read) == (200, most // len(PART))
    [start, _], read = await answer(1_000_000, "/api/matches/")
    assert (start["status"], read) == (413, most // len(PART) + 1)
