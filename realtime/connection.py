"""One socket on the way out: its cursors, its credit, and at most one send under way."""

import asyncio
import random
import secrets
import time
import types
from collections.abc import Callable, Coroutine, Generator
from typing import TYPE_CHECKING, Any

from core.failpoints import is_off
from realtime.counting import counts
from realtime.live.topic import LiveTopic, Pack
from realtime.protocol import RETRY_MS, Close, op
from realtime.servers import abort, wire_of

if TYPE_CHECKING:
    from realtime.hub import Hub
    from realtime.keys import Key

Send = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]

CREDIT_BYTES = 128 * 1024  # sent without a pong, at most (the last frame may pass it)
OUTBOX_CHARS = 256 * 1024  # answers waiting to be sent before this socket's next command waits too
BYE_S = 2.0  # how long a client that does not read may hold up its own goodbye
IDLE_S = (15.0, 25.0)  # without a word from the client before it is pinged
LINGER_S = 5.0  # from the close until what is not read or not answered is dropped
ELSEWHERE = 1 << 62  # cursor of a topic whose backlog is being read from the database


class Connection:
    """Everything the hub keeps of one socket; all methods run on the hub's loop."""

    # fmt: off
    __slots__ = (
        "_drained", "_more", "_ping", "_send", "_wire", "access_version", "blocked", "cursors", "ending",
        "expires_at", "finishing", "greeted", "heard_at", "hub", "idle_s", "key", "muted", "open", "opened_at",
        "outbox", "pinged_at", "sending", "sent", "session_id", "since", "user", "working",
    )
    # fmt: on

    def __init__(self, hub: "Hub", send: Send) -> None:
        self.hub = hub
        self._send = send
        self._wire = wire_of(send)
        self.open = True
        self.user: Any = None
        self.key: Key | None = None  # of a board on air, with which it came instead of a person
        self.session_id = ""
        self.greeted = False  # said hello, with a token or as nobody
        self.muted: frozenset[int] = frozenset()  # people whom this one blocks: their words are left out
        self.access_version = 0  # counts how often what this person may hear was said to have changed
        self.expires_at: float | None = None  # loop time at which the access token ends
        self.since = time.time()  # comparable between processes
        self.opened_at = self.heard_at = hub.loop.time()
        self.idle_s = random.uniform(*IDLE_S)  # each its own: who came together is not pinged together
        self.pinged_at: float | None = None  # loop time of the ping that is not answered yet
        self._ping = 0
        self._more = False  # one frame did not hold everything due
        self.sent = 0  # bytes since the last pong was asked for
        self.blocked = False  # credit is used up
        self.cursors: dict[LiveTopic, int] = {}
        self.outbox: list[str] = []
        self.sending: asyncio.Task[None] | None = None
        self.ending: asyncio.Task[None] | None = None
        self.working: asyncio.Task[None] | None = None  # on what the client asked for
        self.finishing = False  # what is under way is answered, nothing else is begun
        self._drained: asyncio.Event | None = None

    # -- out ---------------------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Send one answer, in order with everything else."""
        self.say_all([text])

    def say_all(self, texts: list[str]) -> None:
        """Send several messages, in order with everything else."""
        self.outbox += texts
        self.pump()

    async def drained(self) -> None:
        """Wait while too much is waiting for this client to read."""
        while self.open and sum(map(len, self.outbox)) > OUTBOX_CHARS:
            self._drained = asyncio.Event()
            await self._drained.wait()

    def pump(self) -> None:
        """Send what is due until there is nothing, the credit is used up, or a send blocks."""
        self._more = True
        while self._more and self.open and self.sending is None and not self.blocked:
            pack = self._next()
            if pack is None:
                return
            self.sent += pack.size
            if self.sent >= CREDIT_BYTES and not is_off("live.credit"):
                self.blocked = True
                pack = Pack([pack.text, self._new_ping()], 0)
            if self._wire is None or not self._wire(pack.frame):
                self._transmit({"type": "websocket.send", "text": pack.whole})

    def pump_topic(self, topic: LiveTopic) -> None:
        """The same when only `topic` has news, which is nearly always: without looking at anything else."""
        cursor = self.cursors.get(topic, ELSEWHERE)
        if cursor >= topic.top or self.blocked or self.sending is not None:
            return  # whoever does not read costs one integer: what follows its cursor is packed when it reads on
        pack = topic.catch_up(cursor)
        if (
            pack is not None
            and not self.muted
            and not self.outbox
            and self.open
            and self._wire is not None
            and self.sent + pack.size < CREDIT_BYTES
            and self._wire(pack.frame)
        ):
            self.sent += pack.size
            self.cursors[topic] = pack.to
            if pack.to == topic.top:
                return
        self.pump()

    def _next(self) -> Pack | None:
        """One frame of everything due: answers first, then what each topic has beyond its cursor."""
        found: Pack | None = None
        texts: list[str] | None = None
        self._more = False
        if self.outbox:
            texts, self.outbox = self.outbox, []
            if self._drained is not None:
                self._drained.set()
        cursors = self.cursors
        for topic, cursor in cursors.items():
            if cursor < topic.top:
                pack = topic.catch_up_for(self.muted, cursor) if self.muted else topic.catch_up(cursor)
                if pack is None:
                    cursors[topic] = ELSEWHERE
                    self.hub.refill(self, topic, cursor)
                    continue
                cursors[topic] = pack.to
                if pack.to < topic.top:
                    self._more = True
                if texts is not None:
                    texts.append(pack.text)
                elif found is None:
                    found = pack
                else:
                    texts = [found.text, pack.text]
        return found if texts is None else Pack(texts, 0)

    def _transmit(self, message: dict[str, Any]) -> None:
        """Step the server's send once; only one that blocks goes on as a task of its own."""
        sending = self._send(message)
        try:
            waiting = sending.send(None)
        except StopIteration:
            return
        except Exception:  # the server's own word for a closed socket; its disconnect message ends the reader
            self.lost()
            return
        self.sending = self.hub.loop.create_task(self._go_on(sending, waiting))

    async def _go_on(self, sending: Coroutine[Any, Any, None], waiting: Any) -> None:
        try:
            await _resumed(sending, waiting)
        except (OSError, RuntimeError):  # closed meanwhile, in the words of one server or the other
            self.lost()
        finally:
            self.sending = None
        self.pump()

    # -- liveness and credit -----------------------------------------------------------------------

    def ping(self) -> None:
        """Ask for a sign of life (does not use credit)."""
        self.say(self._new_ping())

    def _new_ping(self) -> str:
        self._ping = secrets.randbits(31)  # nobody can say that it was read who has not read it
        self.pinged_at = self.hub.loop.time()
        return op("ping", n=self._ping)

    def pong(self, n: int) -> bool:
        """The client has read up to ping `n`; False if that is not what was waited for."""
        if n != self._ping or self.pinged_at is None:
            return False
        self.pinged_at = None
        self.settle()
        self.blocked = False
        self.pump()
        return True

    def settle(self) -> None:
        """What was sent has been read, or never will be: the credit begins anew."""
        counts.bytes_out += self.sent
        self.sent = 0

    # -- the end -----------------------------------------------------------------------------------

    def end(self, code: Close) -> None:
        """Say `bye` and close; nothing else is sent any more."""
        if self.open:
            counts.closes[str(int(code))] += 1
            self.lost()
            self.ending = self.hub.loop.create_task(self._end(code))

    def lost(self) -> None:
        """Nothing more goes out, and nobody waits for it."""
        self.open = False
        if self._drained is not None:
            self._drained.set()

    async def _end(self, code: Close) -> None:
        bye = op("bye", code=int(code), retry_ms=RETRY_MS.get(code))
        try:
            async with asyncio.timeout(BYE_S):
                if self.sending is not None:
                    await asyncio.wait([self.sending])
                await self._send({"type": "websocket.send", "text": f"[{','.join([*self.outbox, bye])}]"})
                await self._send({"type": "websocket.close", "code": int(code)})
            self.hub.loop.call_later(LINGER_S, abort, self._send)  # a server waits for its buffer to empty, or forever
        except (TimeoutError, OSError, RuntimeError):  # does not read, or is gone already
            abort(self._send)


@types.coroutine
def _resumed(coroutine: Coroutine[Any, Any, None], waiting: Any) -> Generator[Any, Any, None]:
    """Go on with a coroutine that was stepped once by hand and yielded `waiting`."""
    try:
        while True:
            try:
                value = yield waiting
            except BaseException as error:
                waiting = coroutine.throw(error)
            else:
                waiting = coroutine.send(value)
    except StopIteration:
        return
