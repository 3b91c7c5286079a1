"""Hello: who a socket belongs to, by an access token, by the key of a board on air, or to nobody."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from msgspec import Struct

from core.accounts.selectors import Identity, blocked_by, identify_all
from core.errors import Conflict, NotAllowed, NotSignedIn
from realtime.connection import Connection
from realtime.protocol import Close, Request, answer, error_answer
from realtime.strangers import STRANGER
from realtime.topics import Asked, BatchCommand

if TYPE_CHECKING:
    from realtime.hub import Hub

_CLOSES = {"signed_out": Close.SIGNED_OUT, "banned": Close.FORBIDDEN}


class Hello(Struct, frozen=True):
    token: str


def _recognise(_: str, asked: Sequence[Asked]) -> list[tuple[Identity, frozenset[int]] | NotSignedIn]:
    found = identify_all([it.body.token for it in asked])
    blocked = blocked_by([it.user.pk for it in found if isinstance(it, Identity)])
    return [(it, blocked.get(it.user.pk, frozenset())) if isinstance(it, Identity) else it for it in found]


HELLO = BatchCommand("hello", Hello, _recognise, key=lambda body: "")
"""Everybody comes back at once after a restart: one question for all of them."""


async def greet(hub: "Hub", connection: Connection, request: Request) -> None:
    """Answer a hello: `welcome`, or a refusal and the end. Raises Conflict: other_person."""
    try:
        if request.overlay is None:
            await _greet_person(hub, connection, request)
        else:
            await _greet_key(hub, connection, request, request.overlay)
    except NotSignedIn as error:
        _turn_away(connection, request, error, _CLOSES.get(error.code, Close.BAD_TOKEN))
    except NotAllowed as error:
        _turn_away(connection, request, error, Close.FORBIDDEN)


async def _greet_person(hub: "Hub", connection: Connection, request: Request) -> None:
    identity: Identity | None = None
    muted = STRANGER
    if request.token is not None:
        identity, muted = await _identify(hub, request.token)
    user = connection.user
    if connection.key or (user is not None and (identity is None or identity.user.id != user.id)):
        raise _other_person()
    hub.people.greet(connection, identity)
    connection.muted = muted
    connection.say(_welcome(request, connection, identity))


async def _greet_key(hub: "Hub", connection: Connection, request: Request, text: str) -> None:
    """The socket reads the board on air that the key opens, and does nothing else."""
    if request.token is not None or (connection.greeted and connection.key is None):
        raise _other_person()
    key = await hub.keys.open(text)
    if connection.key not in (None, key):
        raise _other_person()
    connection.key, connection.greeted = key, True
    connection.say(_welcome(request, connection, None))


async def _identify(hub: "Hub", token: str) -> tuple[Identity, frozenset[int]]:
    """Who the token is, and whom they block; asked again if a bell told of either meanwhile, for it found no
    connection here."""
    people, muting = hub.people, hub.muting
    while True:
        heard = (people.endings, muting.bells)
        found: tuple[Identity, frozenset[int]] = await hub.batches.run(HELLO, None, Hello(token))
        if heard == (people.endings, muting.bells):
            return found


def _welcome(request: Request, connection: Connection, identity: Identity | None) -> str:
    env = settings.ENV
    limits = {
        "frame_bytes": env.ws_frame_bytes,
        "topics": env.ws_topics,
        "commands_per_s": env.ws_commands_per_s,
        "commands_burst": env.ws_commands_burst,
    }
    return answer(
        request,
        "welcome",
        user=identity and identity.user.id,
        overlay=connection.key and connection.key.overlay_id,
        session=identity and identity.session_id,
        token_expires_at=identity and identity.expires_at,
        server_time=datetime.now(UTC),
        limits=limits,
    )


def _turn_away(connection: Connection, request: Request, why: NotSignedIn | NotAllowed, code: Close) -> None:
    connection.say(error_answer(request.id, why))
    connection.end(code)


def _other_person() -> Conflict:
    return Conflict("other_person", "This socket belongs to somebody else. Open another one.")
