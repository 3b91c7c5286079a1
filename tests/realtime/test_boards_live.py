"""T23: a board's top 100 is the same on every screen, whoever looks."""

import msgspec
import pytest
from asgiref.sync import sync_to_async

from core.boards import selectors
from core.boards.services import add_scores, leave_boards
from realtime.hub import Hub
from tests.people import make_person
from tests.realtime.presence import until
from tests.realtime.test_blocks import person
from tests.realtime.test_owned_rooms import subscribe
from tests.realtime.test_teams_live import known

pytestmark = pytest.mark.django_db(transaction=True)
TOPIC = "board.bgmi"


async def test_everybody_sees_who_passes_whom(hub: Hub) -> None:
    asha, ravi = [await person(hub, name) for name in ("asha", "ravi")]
    add = sync_to_async(add_scores)
    await add(board="bgmi", gains={asha.user.pk: 20}, cause="competition:1")
    begun = await subscribe(asha, 1, TOPIC)
    assert (begun["mine"]["rank"], begun["mine"]["score"]) == (1, 20)
    assert (await subscribe(ravi, 1, TOPIC))["mine"] is None
    assert (await subscribe(ravi, 2, "board.chess"))["code"] == "no_topic"

    crowd = [await sync_to_async(make_person)(f"player{number}") for number in range(101)]
    gains = {one.pk: number - 200 for number, one in enumerate(crowd)} | {ravi.user.pk: 30}
    await add(board="bgmi", gains=gains, cause="competition:2")
    await until(lambda: known(asha, TOPIC)["meta"]["people"] == 103)
    lines = [line for key, line in known(asha, TOPIC).items() if key.startswith("line.")]
    assert len(lines) == 100
    assert {line["user"]["name"]: line["rank"] for line in lines}["ravi"] == 1
    fresh = msgspec.to_builtins(await sync_to_async(selectors.snapshot)("bgmi"))
    assert known(asha, TOPIC) == known(ravi, TOPIC) == fresh

    await sync_to_async(leave_boards)(ravi.user)
    await until(lambda: known(asha, TOPIC)["meta"]["people"] == 102)
    lines = [line for key, line in known(asha, TOPIC).items() if key.startswith("line.")]
    assert {line["user"]["name"]: line["rank"] for line in lines}["asha"] == 1
