"""What a process asks of its surroundings before it starts."""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import redis
from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from core.environment import is_loopback
from core.work.guards import missing_guards

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


def refuse_relaxed_limits_in_public(host: str) -> None:
    """Rate limits are lifted on loopback or with DEBUG only, and never quietly."""
    if not settings.LIMITS_RELAXED:
        return
    if not settings.DEBUG and not is_loopback(host):
        raise CommandError("GUILDHALL_LIMITS: relaxed only with DEBUG or on a loopback address")
    log.warning("GUILDHALL_LIMITS=relaxed: EVERY RATE LIMIT IS OFF. For benches and checks only.")


def refuse_unguarded_rows() -> None:
    """Stops the start where a trigger is gone that holds what is only ever added; every migration makes them again.

    A database that does not answer now does not stop it.
    """
    try:
        missing = ", ".join(guard.name for guard in missing_guards())
    except DatabaseError:
        log.warning("the database does not answer; whether its triggers are there is not known")
        return
    finally:
        connection.close()
    if missing:
        raise CommandError(f"the database lacks the triggers {missing}: run manage.py migrate")


@contextmanager
def alone_without_layer() -> Iterator[None]:
    """Without a channel layer one process serves: people in a second one would not hear those in the first."""
    if settings.CHANNEL_LAYERS:
        yield
        return
    with (settings.HOME / "serving.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                f"GUILDHALL_HOME: another process serves from {settings.HOME}; two need REDIS_URL"
            ) from None
        yield
