"""Buckets of tokens, pure arithmetic in two places: in this process's memory, or in Redis for all processes together.

Kept of a bucket is one number, the time at which it will be full again. One that is full is kept nowhere.
"""

import time
from threading import Lock

from redis import ConnectionPool, Redis

FORGET_AT = 10_000  # buckets in memory before those that are full again are dropped
ROUNDING_S = 1e-6

_TAKE = """
local clock = redis.call('TIME')
local now, burst, per_s = clock[1] + clock[2] / 1000000, tonumber(ARGV[1]), tonumber(ARGV[2])
local full_at = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + 1 / per_s
local wait = full_at - now - burst / per_s
if wait > tonumber(ARGV[3]) then return tostring(wait) end
redis.call('SET', KEYS[1], string.format('%.6f', full_at), 'PX', math.ceil((full_at - now) * 1000))
return '0'
"""


class LocalBuckets:
    """In memory, for the threads of one process."""

    def __init__(self) -> None:
        self._full_at: dict[str, float] = {}
        self._taking = Lock()

    def take(self, key: str, *, burst: int, per_s: float) -> float:
        """Take a token from the bucket of that key, which holds `burst` and gets `per_s` a second: 0, or if it is
        empty the seconds until it is not."""
        with self._taking:
            now = time.monotonic()
            full_at = max(self._full_at.get(key, 0), now) + 1 / per_s
            wait_s = full_at - now - burst / per_s
            if wait_s > ROUNDING_S:
                return wait_s
            self._full_at[key] = full_at
            if len(self._full_at) > FORGET_AT:
                self._full_at = {key: at for key, at in self._full_at.items() if at > now}
            return 0

    def forget(self) -> None:
        """Every bucket is full."""
        self._full_at.clear()


class SharedBuckets:
    """In Redis, by its clock; what Redis forgets is full."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._take = Redis(connection_pool=pool).register_script(_TAKE)

    def take(self, key: str, *, burst: int, per_s: float) -> float:
        """As LocalBuckets do. Raises RedisError."""
        return float(self._take([f"LIMITS:bucket:{key}"], [burst, per_s, ROUNDING_S]))
