"""V93: whatever is written to a list, screens that listen show it as a fresh one does, and so do those that return."""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from core.accounts.models import User
from core.accounts.services import open_session
from core.bucketlists import selectors, services
from core.bucketlists.models import List
from core.bucketlists.when import Deadline
from core.chat.services import post_message
from core.work.clock import database_now
from realtime.hub import Hub
from realtime.protocol import encode
from tests.core.bucketlists.lists import make_item, make_list
from tests.people import make_person
from tests.realtime.test_law import Follower

pytestmark = pytest.mark.django_db(transaction=True)

Write = Callable[[], Any]
DEADLINE = {"is_frozen": True, "frozen_reason": "deadline"}


class World:
    """A public list of asha's; ravi comes by a link."""

    def __init__(self) -> None:
        self.asha, self.ravi = make_person("asha"), make_person("ravi")
        self.token = open_session(user=self.asha, device="test").access
        self.row = make_list(self.asha, is_public=True)
        self.item = make_item(self.row, self.asha).pk

    def writes(self) -> list[Write]:
        """Each changes something that everybody sees."""
        own: dict[str, Any] = {"by": self.asha, "list_id": self.row.pk}
        item: dict[str, Any] = {"by": self.asha, "item_id": self.item}
        return [
            partial(services.answer_invite, by=self.ravi, token=self.link(), accept=True),
            partial(services.cast_vote, by=self.ravi, item_id=self.item, vote_type="upvote"),
            lambda: services.change_role(**own, membership_id=self.seat(self.ravi), role="viewer"),
            partial(services.update_list, **own, allow_viewer_voting=True),
            partial(services.react, by=self.ravi, item_id=self.item, kind="fire"),
            partial(post_message, by=self.ravi, room=f"comments-{self.item}", text="Cold.", client_id=uuid4()),
            partial(services.edit_item, **item, title="Rafting"),
            partial(services.edit_item, **item, status="locked_in"),
            partial(services.delete_item, **item),
            partial(services.restore_item, **item),
            partial(services.add_item, **own, title="Opera"),
            lambda: services.transfer_list(**own, membership_id=self.seat(self.ravi)),
            partial(services.freeze_list, by=self.ravi, list_id=self.row.pk, is_frozen=True),
            lambda: services.end_membership(**own, membership_id=self.seat(self.asha)),
            partial(services.freeze_list, by=self.ravi, list_id=self.row.pk, is_frozen=False),
            lambda: services.update_list(by=self.ravi, list_id=self.row.pk, deadline=Deadline(soon())),
        ]

    def link(self) -> str:
        return services.open_invite(by=self.asha, list_id=self.row.pk, role="editor")[0].token

    def seat(self, user: User) -> int:
        return self.row.memberships.get(user=user).pk

    def fresh(self) -> Mapping[str, Any]:
        return {key: json.loads(encode(value)) for key, value in selectors.snapshot(str(self.row.pk)).items()}


def soon() -> Any:
    return database_now() + timedelta(seconds=1)


async def test_every_write_to_a_list_reaches_its_screens(hub: Hub, settings: Settings) -> None:
    settings.LIMITS_RELAXED = True
    world = await asyncio.to_thread(World)
    steady, shaken = (Follower(hub, f"list.{world.row.pk}", world.token) for _ in range(2))
    await steady.come()
    await shaken.come()
    before: Mapping[str, Any] = {}
    for write in await asyncio.to_thread(world.writes):
        shaken.go()
        await asyncio.to_thread(write)
        fresh = await asyncio.to_thread(world.fresh)
        assert fresh != before, f"nobody would see {write}"
        await show(steady, fresh)
        await shaken.come()
        await show(shaken, fresh)
        before = fresh
    due = before["meta"]["decision_deadline"]
    await show(steady, {**before, "meta": before["meta"] | {**DEADLINE, "frozen_at": due}})
    assert not await asyncio.to_thread(List.objects.filter(frozen_at__isnull=False).exists), "nobody sealed it yet"


async def show(follower: Follower, state: Mapping[str, Any]) -> None:
    """It does, sooner than a look at everything would mend it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(10):
            while follower.known.state != state:
                await asyncio.sleep(0.005)
                follower.hear()
    assert follower.known.state == state
