"""One hub per process: keeps the topics that somebody here listens to, hears the bells, and delivers."""

import asyncio
import logging
import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from core.errors import DomainError
from core.failpoints import is_off
from realtime.batching import Batches
from realtime.bells import Bell, Rope, group_of
from realtime.connection import ELSEWHERE, Connection
from realtime.counting import counts
from realtime.ears import Ears
from realtime.flushing import note_flush
from realtime.keys import Keys
from realtime.live import LiveLog, LiveState, LiveTopic, live_topic
from realtime.live.coming import Coming
from realtime.muting import Muting
from realtime.people import People
from realtime.presence import Presence
from realtime.protocol import Close
from realtime.threads import Threads
from realtime.topics import find_topic

log = logging.getLogger(__name__)

TICK_S = 0.5  # beats, timeouts and ends of tokens are looked at this often
LOOK_S = 20.0  # every topic with listeners is compared with the database at least this often
LEAVE_AFTER_S = 30.0  # a topic without listeners is kept so long
SENDS_PER_TURN = 512  # deliveries before the loop may do something else

_hubs: dict[asyncio.AbstractEventLoop, "Hub"] = {}


def hubs() -> list["Hub"]:
    """The hubs of this process (one, unless tests run several loops)."""
    return list(_hubs.values())


def hub_of_loop() -> "Hub":
    """The hub of the running loop, started on first use."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(loop)
        _hubs[loop].start()
    return _hubs[loop]


class Hub:
    """Everything runs on one event loop; what touches the database runs in threads and comes back to it."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.id = secrets.token_hex(4)
        self.rope = Rope(loop, self.id)
        self.people = People(self)
        self.muting = Muting(self)
        self.keys = Keys(self)
        self.presence = Presence(self)
        self.ears = Ears(self)
        self.batches = Batches(self)
        self.coming = Coming(self)
        self.connections: set[Connection] = set()
        self.leaving = False
        self.topics: dict[str, LiveTopic] = {}
        self._threads = Threads(loop)
        self.read, self.command = self._threads.read, self._threads.command
        self._dirty: set[LiveTopic] = set()
        self._flushing: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._epochs = 0
        self._looking: asyncio.Task[None] | None = None
        self._looked_at = self._reread_at = loop.time()

    def start(self) -> None:
        self.spawn(self._tick())
        if settings.CHANNEL_LAYERS:
            self.spawn(self.ears.listen())

    def spawn(self, work: Any) -> asyncio.Task[Any]:
        """Run `work` beside everything else; a failure is logged, never silent."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, DomainError):  # a refusal is told to whoever waits for it
            log.error("live work failed", exc_info=error)

    def new_epoch(self) -> str:
        """A name for one life of a topic whose seq is counted here."""
        self._epochs += 1
        return f"p{self.id}.{self._epochs}"

    @property
    def dirty(self) -> int:
        """How many topics have news that wait for a flush."""
        return len(self._dirty)

    # -- delivery ----------------------------------------------------------------------------------

    def publish(self, topic: LiveTopic) -> None:
        """`topic` has something new: it goes out with the next flush, together with whatever else comes until then."""
        self._dirty.add(topic)
        if self._flushing is None:
            self._flushing = self.spawn(self._flush())

    async def _flush(self) -> None:
        try:
            while self._dirty:
                topics, self._dirty = self._dirty, set()
                news = [topic.take_news() for topic in topics]
                only = topics.pop() if len(topics) == 1 else None
                behind = list(only.listeners if only else set().union(*(topic.listeners for topic in topics)))
                for start in range(0, len(behind), SENDS_PER_TURN):
                    for connection in behind[start : start + SENDS_PER_TURN]:
                        self._deliver(connection, only)
                    await asyncio.sleep(0)
                note_flush(news)
        finally:
            self._flushing = None

    def _deliver(self, connection: Connection, only: LiveTopic | None) -> None:
        try:
            if only is None:
                connection.pump()
            else:
                connection.pump_topic(only)
        except Exception:  # whatever is wrong with one connection, the others get theirs
            log.exception("could not send to a connection")
            connection.end(Close.RESTART)

    def refill(self, connection: Connection, topic: LiveTopic, cursor: int) -> None:
        """Bring a connection that fell out of the ring back to it, page by page from the database."""
        self.spawn(self._refill(connection, topic, cursor))

    async def _refill(self, connection: Connection, topic: LiveTopic, cursor: int) -> None:
        if not isinstance(topic, LiveLog):
            return
        try:
            counts.refills += 1
            texts, reached = await topic.backlog(cursor)
        except Exception:
            log.exception("could not read the backlog of %s", topic.name)
            connection.end(Close.RESTART)  # it resumes from its cursor when the database is back
            return
        if connection.cursors.get(topic) == ELSEWHERE:
            connection.cursors[topic] = reached
            connection.say_all(topic.for_reader(texts, connection.muted))

    # -- topics ------------------------------------------------------------------------------------

    async def topic(self, name: str) -> LiveTopic:
        """The topic of that name, live: joined to its layer group first, then read, so that no bell falls between."""
        topic = self.topics.get(name)
        if topic is None:
            topic = self.topics[name] = live_topic(self, *find_topic(name))
            topic.ready = self.spawn(self._open(topic))
        topic.idle_since = self.loop.time()
        await asyncio.shield(topic.ready)
        return topic

    async def _open(self, topic: LiveTopic) -> None:
        await self.ears.join(group_of(topic.name))
        try:
            await topic.open()
        except BaseException:
            await self._forget(topic)
            raise

    async def _forget(self, topic: LiveTopic) -> None:
        if self.topics.get(topic.name) is topic:
            del self.topics[topic.name]
            topic.close()
            await self.ears.leave(group_of(topic.name))

    async def _leave_idle(self, now: float) -> None:
        for topic in list(self.topics.values()):
            if topic.listeners:
                topic.idle_since = now
            elif now - topic.idle_since > LEAVE_AFTER_S:
                await self._forget(topic)

    # -- bells -------------------------------------------------------------------------------------

    def hear_all(self, bells: Iterable[Bell]) -> None:
        """Take several bells; what they bring goes out together."""
        for bell in bells:
            self.hear(bell)

    def hear(self, bell: Bell) -> None:
        """Take one bell; what it says may be late, doubled or out of order."""
        if "topic" in bell:
            topic = self.topics.get(bell["topic"])
            if topic is not None:
                topic.hear(bell)
        elif "ended" in bell:
            self.people.end_sessions(bell["ended"], bell["sessions"], bell["keep"])
        elif "blocks" in bell:
            self.muting.hear(bell["blocks"], bell["blocked"])
        elif "access" in bell:
            self.people.ask_again(bell["access"], bell["prefix"])
        elif "sockets" in bell:
            self.people.count(bell)
        elif "roll" in bell:
            self.presence.answer(bell)

    # -- time --------------------------------------------------------------------------------------

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            try:
                await self._look_around(self.loop.time())
            except Exception:  # whatever is wrong with one thing, the next tick comes
                log.exception("a tick failed")

    async def _look_around(self, now: float) -> None:
        self.ears.beat()
        self.people.look(now)
        self.presence.look(now)
        await self._leave_idle(now)
        counts.deaf_s += TICK_S if settings.CHANNEL_LAYERS and self.ears.deaf else 0
        self._look_when_due(now)

    def look_soon(self) -> None:
        """Bells were lost: compare everything with the database at the next tick."""
        self._looked_at = self._reread_at = 0.0

    def _look_when_due(self, now: float) -> None:
        """Now and then; at every tick while nothing outside this process can be heard (no layer, or it is down)."""
        if is_off("live.looking"):
            return
        if now - self._reread_at > LOOK_S:
            self._reread_at = now
            self.spawn(self.people.check_access())
            for topic in self.topics.values():
                if isinstance(topic, LiveState):
                    topic.hear({})
        if (self.ears.deaf or now - self._looked_at > LOOK_S) and (self._looking is None or self._looking.done()):
            self._looked_at = now
            self._looking = self.spawn(self._look())

    async def _look(self) -> None:
        """Compare with the database: one query for all blocks, for all logs of a family, and for all sign-ins."""
        await self.muting.look()
        logs: dict[str, list[LiveLog]] = {}
        for topic in self.topics.values():
            if isinstance(topic, LiveLog):
                logs.setdefault(topic.prefix, []).append(topic)
        for family in logs.values():
            heads = await self.read(family[0].family.heads, [topic.key for topic in family])
            for topic in family:
                topic.know(heads.get(topic.key, 0))
        await self.people.check_sessions()
        await self.keys.check()

    # -- the end -----------------------------------------------------------------------------------

    async def farewell(self) -> None:
        """Say `bye` to everybody and wait until it is said."""
        self.leaving = True
        ends = []
        for connection in list(self.connections):
            connection.end(Close.RESTART)
            if connection.ending is not None:
                ends.append(connection.ending)
        if ends:
            await asyncio.wait(ends, timeout=3)
        for task in list(self._tasks):
            task.cancel()
        _hubs.pop(self.loop, None)
        self._threads.end()
