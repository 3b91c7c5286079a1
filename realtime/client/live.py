"""The socket that comes back by itself."""

import asyncio
import itertools
import json
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from realtime.client.refusals import LiveError, LiveStoppedError
from realtime.client.subscription import Subscription

Token = str | None | Callable[[], Awaitable[str | None]]
"""An access token, None for nobody, or what fetches a fresh one."""

FIRST_RETRY_MS = (100, 1_000)
MAX_RETRY_MS = 15_000
HELLO_ID = 0
NO_HELLO = 4201  # ours came too late: the token is as good as before
RENEW_EARLY_S = 60.0
SILENCE_S = 60.0  # the server pings an idle connection within 25 s, so one that is silent for so long is dead


@dataclass
class _Call:
    frame: dict[str, Any]
    done: asyncio.Future[Any]
    repeats: bool


class LiveClient:
    """One socket that comes back by itself: a context manager, or `start()` and `stop()`. `overlay` is a key."""

    def __init__(
        self,
        url: str,
        token: Token = None,
        *,
        overlay: str | None = None,
        first_retry_ms: tuple[int, int] = FIRST_RETRY_MS,
        silence_s: float = SILENCE_S,
    ) -> None:
        self.url = url
        self.subscriptions: dict[str, Subscription] = {}
        self.welcome: dict[str, Any] = {}
        self.online = asyncio.Event()
        self.close_codes: list[int] = []
        self._token, self._overlay = token, overlay
        self._first_retry_ms = first_retry_ms
        self._silence_s = silence_s
        self._ids = itertools.count(1)
        self._calls: dict[int, _Call] = {}
        self._socket: ClientConnection | None = None
        self._running: asyncio.Task[None] | None = None
        self._renewing: asyncio.TimerHandle | None = None
        self._asking: set[asyncio.Task[None]] = set()  # once more, what could not be answered
        self._retry_ms: tuple[int, int] | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Connect and sign in; returns once welcomed. Raises LiveStoppedError when the server will not have us."""
        self._running = asyncio.create_task(self._run())
        online = asyncio.create_task(self.online.wait())
        await asyncio.wait([self._running, online], return_when=asyncio.FIRST_COMPLETED)
        online.cancel()
        if self._running.done():
            self._running.result()

    async def stop(self) -> None:
        """Leave; everything that waits ends."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    def cut(self) -> None:
        """Drop the connection as a bad network does; the client comes back by itself."""
        if self._socket is not None:
            self._socket.transport.abort()

    @property
    def pending(self) -> list[dict[str, Any]]:
        """Calls that are not answered yet."""
        return [call.frame for call in self._calls.values()]

    async def subscribe(self, topic: str) -> Subscription:
        """Listen to a topic until `unsubscribe` or the end. Raises LiveError when it may not be heard."""
        subscription = self.subscriptions.setdefault(topic, Subscription(topic))
        try:
            await self._request({"op": "subscribe", "topic": topic}, repeats=False, resubscribes=True)
        except LiveError:
            self.subscriptions.pop(topic, None)
            raise
        return subscription

    async def unsubscribe(self, topic: str) -> None:
        """Stop listening."""
        subscription = self.subscriptions.pop(topic)
        await self._request({"op": "unsubscribe", "topic": topic}, repeats=False)
        subscription.end()

    async def call(self, do: str, with_: dict[str, Any], *, repeats: bool | None = None) -> Any:
        """Run a command and return what it answers. Raises LiveError.

        One with a `client_id` is sent again after a cut until it is answered, for its effect happens once; any other
        raises ConnectionError when its answer was lost, unless `repeats` says that repeating is harmless.
        """
        again = "client_id" in with_ if repeats is None else repeats
        return await self._request({"op": "call", "do": do, "with": with_}, repeats=again)

    async def _request(self, frame: dict[str, Any], *, repeats: bool, resubscribes: bool = False) -> Any:
        number = next(self._ids)
        call = _Call({"id": number, **frame}, asyncio.get_running_loop().create_future(), repeats or resubscribes)
        self._calls[number] = call
        if self.online.is_set() or not call.repeats:
            await self._send(call.frame)
        try:
            return await call.done
        finally:
            self._calls.pop(number, None)

    async def _send(self, frame: dict[str, Any]) -> None:
        if self._socket is None:
            raise ConnectionError("not connected")
        with suppress(ConnectionClosed):  # what repeats is sent again after the reconnect; what does not fails there
            await self._socket.send(json.dumps(frame))

    # -- the connection ------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        attempt = 0
        try:
            while True:
                try:
                    async with connect(self.url, compression=None, max_size=None, ping_interval=None) as self._socket:
                        await self._hello()
                        await self._read(self._socket)
                        attempt = 0 if self.online.is_set() else attempt
                except (OSError, WebSocketException):
                    pass
                self._offline()
                attempt += 1
                await asyncio.sleep(self._wait_s(attempt))
        finally:
            self._end()

    async def _read(self, socket: ClientConnection) -> None:
        try:
            while True:
                async with asyncio.timeout(self._silence_s):
                    frame = await socket.recv()
                await self._take(frame)
        except TimeoutError:  # the network lost it, and told nobody
            socket.transport.abort()
            self._closed(1006)
        except ConnectionClosed as closed:
            self._closed(closed.rcvd.code if closed.rcvd else 1006)

    def _closed(self, code: int) -> None:
        self.close_codes.append(code)
        if 4300 <= code < 4400 or (NO_HELLO < code < 4300 and not callable(self._token)):
            raise LiveStoppedError(code)

    def _wait_s(self, attempt: int) -> float:
        (low, high), self._retry_ms = self._retry_ms or self._first_retry_ms, None
        return random.uniform(low, min(high * 2 ** min(attempt - 1, 6), MAX_RETRY_MS)) / 1000

    async def _hello(self) -> None:
        token = await self._token() if callable(self._token) else self._token
        who = {"overlay": self._overlay} if self._overlay else {"token": token} if token else {}
        await self._send({"id": HELLO_ID, "op": "hello", **who})

    def _offline(self) -> None:
        self.online.clear()
        self._socket = None
        if self._renewing is not None:
            self._renewing.cancel()
        for task in self._asking:
            task.cancel()
        for call in self._calls.values():
            if not call.repeats and not call.done.done():
                call.done.set_exception(ConnectionError("the connection was lost before the answer"))

    def _end(self) -> None:
        self._offline()
        for call in self._calls.values():
            if not call.done.done():
                call.done.set_exception(ConnectionError("the client was stopped"))
        for subscription in self.subscriptions.values():
            subscription.end()

    async def _take(self, frame: str | bytes) -> None:
        found = json.loads(frame)
        for message in found if isinstance(found, list) else [found]:
            await self._take_message(message)

    async def _take_message(self, message: dict[str, Any]) -> None:
        match message["op"]:
            case "ping":
                await self._send({"op": "pong", "n": message["n"]})
            case "welcome":
                await self._welcomed(message)
            case "bye":
                low, high = message.get("retry_ms") or self._first_retry_ms
                self._retry_ms = (low, high)
            case "done":
                self._settle(message, message["data"])
            case "error":
                self._refused(message)
            case "unsubscribed":
                self._unsubscribed(message)
            case _:
                await self._take_news(message)

    async def _take_news(self, message: dict[str, Any]) -> None:
        subscription = self.subscriptions.get(message["topic"])
        if subscription is None:
            return
        if message["op"] == "subscribed":
            subscription.begin(message)
            if not subscription.asking and not subscription.parts:
                self._settle(message, subscription)
        elif subscription.known and not subscription.asking and not subscription.hear(message):
            await self._resubscribe(subscription)

    def _refused(self, message: dict[str, Any]) -> None:
        """A call hears it; what this client asks for by itself it asks again as soon as the server said that it may."""
        self._settle(message, LiveError(message["code"], message["detail"], message))
        number, wait_s = message.get("id"), message.get("retry_after")
        if number == HELLO_ID and wait_s:
            self._ask_later(wait_s, self._hello)
        for subscription in [it for it in self.subscriptions.values() if it.asking and it.asking == number]:
            if wait_s:
                self._ask_later(wait_s, partial(self._resubscribe, subscription))
            else:
                self.subscriptions.pop(subscription.topic)
                subscription.end()

    def _ask_later(self, wait_s: float, ask: Callable[[], Awaitable[None]]) -> None:
        async def again() -> None:
            await asyncio.sleep(wait_s)
            await ask()

        task = asyncio.create_task(again())
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    def _settle(self, message: dict[str, Any], result: Any) -> None:
        call = self._calls.get(message.get("id") or 0)
        if call is None or call.done.done():
            return
        if isinstance(result, LiveError):
            call.done.set_exception(result)
        else:
            call.done.set_result(result)

    def _unsubscribed(self, message: dict[str, Any]) -> None:
        self._settle(message, None)
        subscription = self.subscriptions.pop(message["topic"], None)
        if subscription is not None:
            subscription.end()

    async def _welcomed(self, message: dict[str, Any]) -> None:
        self.welcome = message
        self._renew_later(message)
        if self.online.is_set():
            return
        self.online.set()
        for subscription in self.subscriptions.values():
            if subscription.known:
                await self._resubscribe(subscription)
        for call in sorted(self._calls.values(), key=lambda call: int(call.frame["id"])):
            await self._send(call.frame)

    async def _resubscribe(self, subscription: Subscription) -> None:
        subscription.asking, subscription.parts = next(self._ids), []
        since = {"epoch": subscription.epoch, "seq": subscription.seq}
        await self._send({"id": subscription.asking, "op": "subscribe", "topic": subscription.topic, "since": since})

    def _renew_later(self, message: dict[str, Any]) -> None:
        if not callable(self._token) or not message.get("token_expires_at"):
            return
        left = datetime.fromisoformat(message["token_expires_at"]) - datetime.fromisoformat(message["server_time"])
        wait_s = max(left.total_seconds() - RENEW_EARLY_S, left.total_seconds() / 2)
        self._renewing = asyncio.get_running_loop().call_later(wait_s, lambda: asyncio.ensure_future(self._hello()))
