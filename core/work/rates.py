"""How often is too often: atomic windows and buckets, in memory when embedded, in Redis for all processes together."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis import ConnectionPool, RedisError

from core.errors import DomainError, RateLimited, Unavailable
from core.work.buckets import LocalBuckets, SharedBuckets

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rate:
    """At most `count` in any `per_s` seconds. `fail` says what passes when Redis is down: all (open), none (closed)."""

    name: str
    count: int
    per_s: int
    fail: Literal["open", "closed"] = "open"


@dataclass(frozen=True)
class Bucket:
    """At most `burst` at once, and `per_s` a second over time. `fail` as for a Rate."""

    name: str
    burst: int
    per_s: float
    fail: Literal["open", "closed"] = "open"


def _make_limiter() -> tuple[MovingWindowRateLimiter, LocalBuckets | SharedBuckets]:
    if not settings.REDIS_URLS:
        return MovingWindowRateLimiter(MemoryStorage()), LocalBuckets()
    url: str = settings.REDIS_URLS[0]
    pool = ConnectionPool.from_url(url, **settings.REDIS_BUDGET)
    return MovingWindowRateLimiter(RedisStorage(url, pool)), SharedBuckets(pool)


limiter, buckets = _make_limiter()  # the process's only ones: made here, not at first use, where threads would race


def hit(rate: Rate | Bucket, *key_parts: object) -> None:
    """Count one use of `rate` by whoever `key_parts` name (a user's id, an address, a room).

    Call it before the transaction: Redis may take up to a second. Raises RateLimited with `retry_after_s`;
    Unavailable `limits_unavailable` while Redis is down and the rate fails closed.
    """
    [refusal] = refusals(rate, [key_parts])
    if refusal:
        raise refusal


def refusals(rate: Rate | Bucket, users: Sequence[tuple[object, ...]]) -> list[DomainError | None]:
    """The same for several uses at once, one after the other: what `hit` would raise for each, None for those that
    pass. However many they are, they wait for Redis once if `rate` is a Bucket."""
    if settings.LIMITS_RELAXED or not users:
        return [None] * len(users)
    try:
        waits_s = _waits_s(rate, [repr(key_parts) for key_parts in users])
    except RedisError as error:
        log.warning("rate %s fails %s: %s", rate.name, rate.fail, error)
        refusal = Unavailable("limits_unavailable", retry_after_s=5) if rate.fail == "closed" else None
        return [refusal] * len(users)
    return [RateLimited(retry_after_s=wait_s) if wait_s else None for wait_s in waits_s]


def _waits_s(rate: Rate | Bucket, keys: Sequence[str]) -> list[float]:
    """Count these uses: 0 for each, or if it is one too many, in how many seconds it is not."""
    if isinstance(rate, Bucket):
        return buckets.take([f"{rate.name}/{key}" for key in keys], burst=rate.burst, per_s=rate.per_s)
    return [_window_wait_s(rate, key) for key in keys]


def _window_wait_s(rate: Rate, key: str) -> float:
    window = RateLimitItemPerSecond(rate.count, rate.per_s)
    if limiter.hit(window, rate.name, key):
        return 0
    return max(limiter.get_window_stats(window, rate.name, key).reset_time - time.time(), 0.1)


def forget_limits() -> None:
    """Nobody has used up anything."""
    limiter.storage.reset()
    if isinstance(buckets, LocalBuckets):
        buckets.forget()
