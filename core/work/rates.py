"""How often is too often: atomic moving windows, in memory when embedded, in Redis for all processes together."""

import logging
import time
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis import ConnectionPool, RedisError

from core.errors import RateLimited, Unavailable

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rate:
    """At most `count` in any `per_s` seconds. `fail` says what passes when Redis is down: all (open), none (closed)."""

    name: str
    count: int
    per_s: int
    fail: Literal["open", "closed"] = "open"


def _make_limiter() -> MovingWindowRateLimiter:
    if not settings.REDIS_URLS:
        return MovingWindowRateLimiter(MemoryStorage())
    url: str = settings.REDIS_URLS[0]
    return MovingWindowRateLimiter(RedisStorage(url, ConnectionPool.from_url(url, **settings.REDIS_BUDGET)))


limiter = _make_limiter()  # the process's only one: made here, not at first use, where threads would race for it


def hit(rate: Rate, *key_parts: object) -> None:
    """Count one use of `rate` by whoever `key_parts` name (a user's id, an address, a room).

    Call it before the transaction: Redis may take up to a second. Raises RateLimited with `retry_after_s`;
    Unavailable `limits_unavailable` while Redis is down and the rate fails closed.
    """
    if settings.LIMITS_RELAXED:
        return
    window = RateLimitItemPerSecond(rate.count, rate.per_s)
    key = (rate.name, repr(key_parts))
    try:
        if limiter.hit(window, *key):
            return
        free_at = limiter.get_window_stats(window, *key).reset_time
    except RedisError as error:
        log.warning("rate %s fails %s: %s", rate.name, rate.fail, error)
        if rate.fail == "closed":
            raise Unavailable("limits_unavailable", retry_after_s=5) from None
        return
    raise RateLimited(retry_after_s=max(free_at - time.time(), 0.1))
