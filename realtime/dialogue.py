"""What one client asks for, one operation after the other: hello, subscribe, unsubscribe, call, pong."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError

from core.errors import Conflict, DomainError, Invalid, NotFound, NotSignedIn, RateLimited, Unavailable
from core.failpoints import is_off
from core.tracing import new_request_id, tracing
from realtime.connection import Connection
from realtime.counting import counts
from realtime.greeting import greet
from realtime.live.topic import LiveTopic, Start
from realtime.protocol import PART_BYTES, Close, Request, answer, encode, error_answer, read_body, read_frame
from realtime.topics import BatchCommand, Topic, find_command, find_topic

if TYPE_CHECKING:
    from realtime.hub import Hub

log = structlog.get_logger(__name__).bind()

STRIKES = 20  # bad frames in a minute before the socket is closed
WAITING = 512  # operations that a client may have waiting
QUIET_COST = 0.25  # of a command, for operations that are not calls


class Dialogue:
    """Reads frames of one connection and answers in their order; a slow command holds up nobody else."""

    # fmt: off
    __slots__ = (
        "_connection", "_env", "_first_topics", "_hub", "_relaxed", "_strikes", "_tokens", "_tokens_at", "_waiting",
    )
    # fmt: on

    def __init__(self, hub: "Hub", connection: Connection, first_topics: tuple[str, ...]) -> None:
        self._hub = hub
        self._connection = connection
        self._first_topics = first_topics
        self._waiting: list[Request] = []  # an empty deque takes 0.7 kB, and both are empty nearly always
        self._strikes: list[float] = []
        self._env = settings.ENV  # at hand, because asking Django's settings costs more than reading a frame's length
        self._relaxed = settings.LIMITS_RELAXED or is_off("live.flood")
        self._tokens = float(self._env.ws_commands_burst)
        self._tokens_at = hub.loop.time()

    # -- in ----------------------------------------------------------------------------------------

    def take(self, frame: str | None) -> None:
        """Take one frame (None: not text); answers come when they are ready."""
        self._connection.heard_at = self._hub.loop.time()
        if frame is not None and len(frame.encode()) > self._env.ws_frame_bytes:
            self._connection.end(Close.TOO_BIG)
            return
        try:
            if frame is None:
                raise Invalid("bad_frame", "Frames are text.")
            requests = read_frame(frame)
        except Invalid as error:
            self._strike(None, error)
            return
        for request in requests:
            self.take_request(request)

    def take_request(self, request: Request) -> None:
        """Take one operation: a pong counts at once, everything else waits for its turn."""
        if request.op == "pong":
            if not self._connection.pong(request.n):
                self._affords(request)  # nothing asked for it, so it costs as much as what nothing has to ask for
        elif request.op not in ("hello", "subscribe", "unsubscribe", "call"):
            self._strike(request.id, Invalid("unknown_op", f"There is no operation {request.op[:40]!r}."))
        elif self._affords(request):
            self._waiting.append(request)
            if self._connection.working is None:
                self._connection.working = self._hub.spawn(self._work())

    def _strike(self, request_id: int | str | None, error: DomainError) -> None:
        now = self._hub.loop.time()
        self._strikes = [*self._strikes[1 - STRIKES :], now]
        self._connection.say(error_answer(request_id, error))
        if len(self._strikes) == STRIKES and now - self._strikes[0] < 60 and not is_off("live.flood"):
            self._connection.end(Close.PROTOCOL)

    def _affords(self, request: Request) -> bool:
        """A bucket of commands: refused when empty, closed when the client does not slow down even then."""
        if self._relaxed:
            return True
        now = self._hub.loop.time()
        rate, burst = self._env.ws_commands_per_s, self._env.ws_commands_burst
        self._tokens = min(burst, self._tokens + (now - self._tokens_at) * rate)
        self._tokens_at = now
        self._tokens -= 1 if request.op == "call" else QUIET_COST
        if self._tokens < -burst or len(self._waiting) > WAITING:
            self._connection.end(Close.TOO_FAST)
        elif self._tokens < 0:
            wait_s = round(1 - self._tokens / rate, 1)
            self._connection.say(error_answer(request.id, RateLimited(retry_after_s=wait_s)))
        return self._tokens >= 0 and self._connection.open

    async def _work(self) -> None:
        try:
            while self._waiting and self._connection.open and not self._connection.finishing:
                await self._connection.drained()
                await self._answer(self._waiting.pop(0))
        finally:
            self._connection.working = None

    async def _answer(self, request: Request) -> None:
        """Answer it, whatever comes of it. What it leads to carries its id: lines, commit, bell and delivery."""
        begun_at = self._hub.loop.time()
        with tracing(new_request_id(), "socket"):
            refusal = await self._refusal(request)
            if refusal is not None:
                self._connection.say(error_answer(request.id, refusal))
            if request.op == "call":
                self._note(request, refusal, self._hub.loop.time() - begun_at)

    def _note(self, request: Request, refusal: DomainError | None, took_s: float) -> None:
        outcome = refusal.code if refusal else "done"
        name = "unknown" if outcome == "no_command" else request.do
        counts.command(name, outcome, took_s)
        user_id = self._connection.user and self._connection.user.id
        log.debug("command", command=name, outcome=outcome, user=user_id, ms=round(took_s * 1_000, 2))

    async def _refusal(self, request: Request) -> DomainError | None:
        """Do what is asked; why not, if it cannot be done."""
        try:
            if request.op == "hello":
                await self._hello(request)
            elif not self._connection.greeted:
                raise Conflict("hello_first", "Say hello first.")
            elif request.op == "subscribe":
                await self._subscribe(request)
            elif request.op == "unsubscribe":
                self._unsubscribe(request)
            else:
                await self._call(request)
        except DomainError as error:
            return error
        except (OperationalError, InterfaceError):
            return Unavailable(retry_after_s=1)
        except Exception:
            log.exception("operation failed", op=request.op, what=request.do or request.topic)
            return Unavailable("internal", "Something went wrong here. It has been noted.")
        return None

    # -- hello ---------------------------------------------------------------------------------------

    async def _hello(self, request: Request) -> None:
        first = not self._connection.greeted
        await greet(self._hub, self._connection, request)
        for topic in self._first_topics if first and self._connection.greeted else ():
            await self._answer(Request(op="subscribe", topic=topic))

    # -- topics ------------------------------------------------------------------------------------

    async def _subscribe(self, request: Request) -> None:
        family, key = find_topic(request.topic)
        connection = self._connection
        known = any(topic.name == request.topic for topic in connection.cursors)
        if not known and len(connection.cursors) >= self._env.ws_topics:
            raise Conflict("too_many_topics", f"At most {self._env.ws_topics} topics a socket.")
        while True:  # until nothing about this person's access changed while it was asked
            version = self._hub.people.access_of(connection)
            mine = await self._mine(request.topic, family, key)
            topic = await self._hub.topic(request.topic)
            start = await topic.start(request.since)
            if version == self._hub.people.access_of(connection):
                break
        if connection.open:
            connection.cursors[topic] = start.seq
            topic.listeners.add(connection)
            items = topic.for_reader(start.items, connection.muted)
            connection.say_all(_parts(request, topic, replace(start, items=items), mine))
            counts.starts[_word_for(request, start)] += 1

    async def _mine(self, name: str, family: Topic, key: str) -> Any:
        """What of the topic belongs to this viewer; NotFound when it is unknown or forbidden, alike."""
        if self._connection.key is None:
            return await self._hub.command(_ask, family, self._connection.user, key)
        if self._connection.key.topic != name:
            raise _no_topic()
        return None

    def _unsubscribe(self, request: Request) -> None:
        for topic in self._connection.cursors:
            if topic.name == request.topic:
                self._hub.people.unsubscribe(self._connection, topic, None, id=request.id)
                return
        raise NotFound("no_topic", "You do not listen to that.")

    # -- commands ----------------------------------------------------------------------------------

    async def _call(self, request: Request) -> None:
        command = find_command(request.do)
        if self._connection.user is None:
            raise NotSignedIn()
        body = read_body(request.with_, command.body)
        user = self._connection.user
        if isinstance(command, BatchCommand):
            result = await self._hub.batches.run(command, user, body)
        else:
            result = await self._hub.command(command.run, user, body)
        self._connection.say(answer(request, "done", data=result))


def _no_topic() -> NotFound:
    return NotFound("no_topic", "There is no such topic, or none that you may hear.")


def _ask(family: Topic, user: Any, key: str) -> Any:
    if not family.may_hear(user, key):
        raise _no_topic()
    return family.mine(user, key) if family.mine else None


def _word_for(request: Request, start: Start) -> str:
    """What a subscription began with, as metrics name it."""
    if request.since is None:
        return "new"
    return "recovered" if start.recovered else "latest" if start.name == "entries" else "whole"


def _parts(request: Request, topic: LiveTopic, start: Start, mine: Any) -> list[str]:
    """The `subscribed` answer, cut where it grows past 64 KiB."""
    parts: list[list[str]] = [[]]
    size = 0
    for item in start.items:
        if size > PART_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(item)
        size += len(item)
    left, right = "[]" if start.name == "entries" else "{}"
    texts = []
    for number, items in enumerate(parts, 1):
        head: dict[str, Any] = {"id": request.id, "op": "subscribed", "topic": topic.name, "kind": topic.kind}
        head |= {"epoch": topic.epoch, "seq": start.seq, "recovered": start.recovered}
        if len(parts) > 1:
            head |= {"part": number, "parts": len(parts)}
        if number == len(parts):
            head |= {**start.more, "mine": mine}
        body = f',"{start.name}":{left}{",".join(items)}{right}' if start.name else ""
        texts.append(f"{encode(head)[:-1]}{body}}}")
    return texts
