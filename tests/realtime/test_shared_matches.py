"""S7 live: a shared match is the same on both screens within a second, and on nobody else's."""

from typing import Any

import msgspec
import pytest
from asgiref.sync import sync_to_async
from pytest_django import Settings

from core.tracker.models import Match
from core.tracker.selectors.sharing import see_share
from core.tracker.services import offer_match
from realtime.hub import Hub
from tests.core.tracker.played import played, version
from tests.realtime.presence import until
from tests.realtime.test_blocks import Person, person
from tests.realtime.test_lists_access import is_revoked, shown, within_a_second
from tests.realtime.test_owned_rooms import subscribe

AGREED = ["correct", "leave"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def relaxed(settings: Settings) -> None:
    settings.LIMITS_RELAXED = True


async def call(one: Person, number: int, do: str, **with_: Any) -> Any:
    one.socket.send(**{"id": number, "op": "call", "do": do, "with": with_})
    return await one.socket.answer(number)


@sync_to_async
def offered(asha: Person) -> int:
    return offer_match(by=asha.user, match_id=played(asha.user).pk, username="ravi")


async def seen(share: int) -> int:
    return await sync_to_async(version)(share)


async def test_both_screens_follow_and_a_stranger_hears_nothing(hub: Hub) -> None:
    asha, ravi, mira = [await person(hub, name) for name in ("asha", "ravi", "mira")]
    share = await offered(asha)
    topic = f"share.{share}"
    for one, side, may in ((asha, "owner", ["withdraw"]), (ravi, "opponent", ["agree", "correct", "decline"])):
        here = await subscribe(one, 1, topic)
        assert (here["mine"]["side"], here["mine"]["may"], here["state"]["meta"]["may"][side]) == (side, may, may)
    for number, name in enumerate((topic, "share.0", f"share.0{share}", "share.999", "share.x"), 1):
        assert (await subscribe(mira, number, name))["code"] == "no_topic"
    cells = {"stats.shots.opponent": 7}
    refused = await call(mira, 9, "share.correct", share=share, version=await seen(share), cells=cells)
    assert refused["code"] == "no_share"
    corrected = await call(ravi, 2, "share.correct", share=share, version=await seen(share), cells=cells)
    assert corrected["data"] == msgspec.to_builtins(await sync_to_async(see_share)(ravi.user, share))
    await until(lambda: shown(asha.socket, "meta", "state")[-1:] == ["corrected"])
    assert shown(asha.socket, "row.stats.shots", "corrections")[-1][0]["value"] == 7
    assert shown(asha.socket, "meta", "may")[-1]["owner"] == ["answer", "withdraw"]
    accept = [*cells]
    answered = await call(asha, 2, "share.answer", share=share, version=await seen(share), accept=accept)
    assert answered["data"]["share"]["state"] == "agreed"
    await until(lambda: shown(ravi.socket, "meta", "may")[-1:] == [{"owner": AGREED, "opponent": AGREED}])
    await until(lambda: shown(ravi.socket, "row.stats.shots", "opponent")[-1:] == [7])
    late = await call(ravi, 3, "share.agree", share=share, version=1)
    assert late["data"]["share"]["state"] == "agreed"
    assert (await call(ravi, 4, "share.correct", share=share, version=1, cells=cells))["code"] == "share_changed"


async def test_who_leaves_takes_the_record_from_both_screens_and_a_match_from_one(hub: Hub) -> None:
    asha, ravi = await person(hub, "asha"), await person(hub, "ravi")
    share = await offered(asha)
    assert (await call(ravi, 1, "share.agree", share=share, version=await seen(share)))["op"] == "done"
    for one in (asha, ravi):
        assert (await subscribe(one, 2, f"share.{share}"))["op"] == "subscribed"
    assert (await call(ravi, 3, "share.leave", share=share))["op"] == "done"
    for one in (asha, ravi):
        await within_a_second(lambda one=one: is_revoked(one.socket, [f"share.{share}"]))  # type: ignore[misc]
    assert await sync_to_async(lambda: [*Match.objects.values_list("owner__username", "state")])() == [
        ("asha", "confirmed")
    ]
