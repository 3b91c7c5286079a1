"""Buckets of tokens, pure arithmetic in two places: in this process's memory, or in Redis for all processes together.

Kept of a bucket is one number, the time at which it will be full again. One that is full is kept nowhere.
"""

import time
from collections.abc import Sequence
from threading import Lock

from redis import ConnectionPool, Redis

FORGET_AT = 10_000  # buckets in memory before those that are full again are dropped
ROUNDING_S = 1e-6

_TAKE = """
local clock = redis.call('TIME')
local now, burst, per_s = clock[1] + clock[2] / 1000000, tonumber(ARGV[1]), tonumber(ARGV[2])
local waits = {}
for number, key in ipairs(KEYS) do
  local full_at = math.max(tonumber(redis.call('GET', key) or '0'), now) + 1 / per_s
  local wait = full_at - now - burst / per_s
  if wait > tonumber(ARGV[3]) then
    waits[number] = tostring(wait)
  else
    redis.call('SET', key, string.format('%.6f', full_at), 'PX', math.ceil((full_at - now) * 1000))
    waits[number] = '0'
  end
end
return waits
"""


class LocalBuckets:
    """In memory, for the threads of one process."""

    def __init__(self) -> None:
        self._full_at: dict[str, float] = {}
        self._taking = Lock()

    def take(self, keys: Sequence[str], *, burst: int, per_s: float) -> list[float]:
        """Take a token from the bucket of each of these keys, which holds `burst` and gets `per_s` a second: 0, or if
        it is empty the seconds until it is not."""
        with self._taking:
            now = time.monotonic()
            waits_s = [self._take(key, now, burst, per_s) for key in keys]
            if len(self._full_at) > FORGET_AT:
                self._full_at = {key: at for key, at in self._full_at.items() if at > now}
            return waits_s

    def _take(self, key: str, now: float, burst: int, per_s: float) -> float:
        full_at = max(self._full_at.get(key, 0), now) + 1 / per_s
        wait_s = full_at - now - burst / per_s
        if wait_s > ROUNDING_S:
            return wait_s
        self._full_at[key] = full_at
        return 0

    def forget(self) -> None:
        """Every bucket is full."""
        self._full_at.clear()


class SharedBuckets:
    """In Redis, by its clock, all in one go; what Redis forgets is full."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._take = Redis(connection_pool=pool).register_script(_TAKE)

    def take(self, keys: Sequence[str], *, burst: int, per_s: float) -> list[float]:
        """As LocalBuckets do. Raises RedisError."""
        waits_s = self._take([f"LIMITS:bucket:{key}" for key in keys], [burst, per_s, ROUNDING_S])
        return [float(wait_s) for wait_s in waits_s]
