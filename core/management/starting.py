"""What a process of the production shape asks of its surroundings before it starts."""

import logging

import redis
from django.conf import settings
from django.core.management.base import CommandError

log = logging.getLogger(__name__)


def refuse_forgetful_redis() -> None:
    """Stops the start where the Redis of the jobs keeps no append-only file, as a restart would delay every job in it.

    A Redis that does not answer now does not stop the start: processes outlive its absence anyway.
    """
    if not settings.REDIS_URLS or settings.ENV.redis_without_aof:
        return
    client = redis.Redis.from_url(settings.REDIS_URLS[0], **settings.REDIS_BUDGET)
    try:
        kept = client.info("persistence")["aof_enabled"]
    except redis.RedisError:
        log.warning("Redis does not answer; whether it keeps an append-only file is not known")
        return
    finally:
        client.close()
    if not kept:
        raise CommandError("REDIS_URL: it keeps no append-only file; set appendonly yes there, or REDIS_WITHOUT_AOF")
