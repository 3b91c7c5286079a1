"""One peer measured: connected, weighed idle, then one message at a time, at a steady pace, and as fast as it goes."""

import time
from dataclasses import dataclass
from typing import Any

from bench.children import Child, cpu_us, own_bytes, start_module
from bench.peers import Running

_SETTLE_S = 2.0
_QUIET_S = 5.0  # nothing delivered for so long: the rest is lost
_WARM_SOCKETS = 20
_PACE_PER_S = 2.0  # what the slowest peer still keeps up with at a thousand sockets
_PACED = 10
_BURST_PER_S = 1000.0  # more than anyone delivers to a thousand sockets one by one
_POSTS_PER_S = 10.0
_POSTS = 50
_NAP_S = 0.01  # the load reads so often: near enough, and it leaves the server alone meanwhile


@dataclass(frozen=True, kw_only=True)
class Measured:
    """CPU is the server process's alone, per delivered message; `redis_us` is what its Redis spent beside it."""

    peer: str
    sockets: int
    cpu_us: float  # one message at a time, the next when everyone has the last
    redis_us: float
    p50_ms: float  # from publishing to reading, at a steady pace
    p99_ms: float
    burst_per_s: float  # deliveries
    burst_cpu_us: float
    lost: int
    socket_kib: float
    connects_per_s: float
    load_busy: float  # share of a core that the load took in the burst; near 1 it would be what is measured


@dataclass(kw_only=True)
class _Spent:
    """Sums over one phase."""

    deliveries: int = 0
    lost: int = 0
    took_s: float = 0
    cpu_us: float = 0
    redis_us: float = 0
    load_s: float = 0


def measure(name: str, running: Running, sockets: int) -> Measured:
    """Everything about one running peer, with a fresh load."""
    with start_module("bench.load") as load:
        bench = _Bench(running, load, sockets)
        connected_s, socket_kib = bench.connect()
        idle_us_per_s = bench.idle()
        bench.publish(_Spent(), messages=3, per_s=_PACE_PER_S)  # the first use of everything is not measured
        single, calm, burst = _Spent(), _Spent(), _Spent()
        for _ in range(12 if running.slow else 200):
            bench.publish(single, messages=1, per_s=1)
        paced = bench.publish(calm, messages=_PACED, per_s=_PACE_PER_S, latency=True)
        # a slow one works for seconds on 20, which is far from the 100 at which its layer begins to drop
        bench.publish(burst, messages=20 if running.slow else 500, per_s=_BURST_PER_S)
    return Measured(
        peer=name,
        sockets=sockets,
        cpu_us=(single.cpu_us - idle_us_per_s * single.took_s) / single.deliveries,
        redis_us=single.redis_us / single.deliveries,
        p50_ms=paced["p50_ms"],
        p99_ms=paced["p99_ms"],
        burst_per_s=burst.deliveries / burst.took_s,
        burst_cpu_us=(burst.cpu_us - idle_us_per_s * burst.took_s) / burst.deliveries,
        lost=single.lost + calm.lost + burst.lost,
        socket_kib=socket_kib,
        connects_per_s=sockets / connected_s,
        load_busy=burst.load_s / burst.took_s,
    )


@dataclass(frozen=True, kw_only=True)
class Posts:
    """Real posts: a command over a socket, a transaction, a commit, and everybody hears it."""

    sockets: int
    per_s: float
    p50_ms: float  # from the poster's call to the listeners' reading
    p99_ms: float
    cpu_ms: float  # of the server, a post, delivery to all sockets included
    lost: int


def measure_posts(running: Running, sockets: int) -> Posts:
    """What a post costs from end to end, with a fresh load."""
    with start_module("bench.load") as load:
        bench = _Bench(running, load, sockets)
        bench.connect()
        idle_us_per_s = bench.idle()
        spent = _Spent()
        paced = bench.publish(spent, messages=_POSTS, per_s=_POSTS_PER_S, latency=True)
    return Posts(
        sockets=sockets,
        per_s=_POSTS_PER_S,
        p50_ms=paced["p50_ms"],
        p99_ms=paced["p99_ms"],
        cpu_ms=(spent.cpu_us - idle_us_per_s * spent.took_s) / _POSTS / 1_000,
        lost=spent.lost,
    )


class _Bench:
    """A running peer with its load."""

    def __init__(self, running: Running, load: Child, sockets: int) -> None:
        self._running = running
        self._load = load
        self._sockets = sockets

    def connect(self) -> tuple[float, float]:
        """Seconds until all sockets were ready, and KiB of the server's memory per socket once it settled."""
        self._connect(_WARM_SOCKETS)
        self._load.ask({"do": "close"})
        time.sleep(_SETTLE_S)
        before = own_bytes(self._running.server.pid)
        took_s = self._connect(self._sockets)
        time.sleep(_SETTLE_S)
        return took_s, (own_bytes(self._running.server.pid) - before) / self._sockets / 1024

    def _connect(self, count: int) -> float:
        peer = self._running
        order = {"do": "connect", "count": count, "port": peer.port, "path": peer.path}
        answer = self._load.ask({**order, "greetings": peer.greetings, "ready": peer.ready})
        took_s: float = answer["took_s"]
        return took_s

    def idle(self) -> float:
        """CPU microseconds per second that the server takes while nothing happens."""
        before = cpu_us(self._running.server.pid)
        time.sleep(_SETTLE_S)
        return (cpu_us(self._running.server.pid) - before) / _SETTLE_S

    def publish(self, spent: _Spent, *, messages: int, per_s: float, latency: bool = False) -> dict[str, Any]:
        """Publish, wait until everyone has it or nothing more comes; add to `spent`."""
        order = {
            "do": "count",
            "messages": messages,
            "latency": latency,
            "nap_s": 0 if latency else _NAP_S,
            "timeout_s": _QUIET_S,
        }
        self._load.ask(order)  # it counts from here on
        server_us, redis_us = self._cpu_us()
        published = self._running.publisher.ask({"messages": messages, "per_s": per_s})
        counted = self._load.hear()
        server_now_us, redis_now_us = self._cpu_us()
        spent.cpu_us += server_now_us - server_us
        spent.redis_us += redis_now_us - redis_us
        spent.deliveries += counted["deliveries"]
        spent.lost += messages * self._sockets - counted["deliveries"]
        spent.took_s += (counted["last_ns"] - published["began_ns"]) / 1e9
        spent.load_s += counted["cpu_s"]
        return counted

    def _cpu_us(self) -> tuple[float, float]:
        redis = self._running.redis_pid
        return cpu_us(self._running.server.pid), cpu_us(redis) if redis else 0
