"""What most would write: a Channels consumer that saves each message in a transaction of its own, then answers.

It keeps the same promise as far as storing goes (a contiguous seq under the room's lock, the same database settings),
and does nothing else: no sign-in, no rules, no rates, no one who hears.
"""

from typing import Any
from uuid import UUID

import django
from django.db import transaction

django.setup()

from channels.db import database_sync_to_async  # noqa: E402 settings come first
from channels.generic.websocket import AsyncJsonWebsocketConsumer  # noqa: E402
from channels.routing import ProtocolTypeRouter  # noqa: E402

from core.accounts.models import User  # noqa: E402
from core.chat.models import Message, Room  # noqa: E402
from core.work.clock import database_now  # noqa: E402


def _save(words: dict[str, Any]) -> int:
    with transaction.atomic():
        room, _ = Room.objects.select_for_update().get_or_create(name=words["room"])
        room.head += 1
        room.save(update_fields=["head"])
        Message.objects.create(
            room=room,
            seq=room.head,
            author=User.objects.earliest("pk"),
            client_id=UUID(words["client_id"]),
            text=words["text"],
            created_at=database_now(),
        )
    return room.head


class Consumer(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content: Any, **_: Any) -> None:
        if content["op"] == "hello":
            await self.send_json({"id": content["id"], "op": "welcome"})
        else:
            seq = await database_sync_to_async(_save)(content["with"])
            await self.send_json({"id": content["id"], "op": "done", "data": {"seq": seq}})

    @classmethod
    async def encode_json(cls, content: Any) -> str:
        return str(await super().encode_json(content)).replace('": ', '":')


application = ProtocolTypeRouter({"websocket": Consumer.as_asgi()})
