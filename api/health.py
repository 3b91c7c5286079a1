"""How the house is: database, bell, and when workers and clock last said that they run."""

import msgspec
import redis
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.work.selectors import heartbeats

PING_S = 0.5


def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, else 503; the rest is told, and does not make this process unfit to serve."""
    try:
        beats, database = heartbeats(), "up"
    except DatabaseError:
        beats, database = {}, "down"
    status = "ok" if database == "up" else "down"
    seen = {"status": status, "database": database, "bell": _bell(), "last_seen": beats}
    response = HttpResponse(msgspec.json.encode(seen), content_type="application/json")
    response.status_code = 200 if database == "up" else 503
    response.headers["Cache-Control"] = "no-store"
    return response


def _bell() -> str:
    """`in process`, or whether every Redis that carries bells answers."""
    if not settings.REDIS_URLS:
        return "in process"
    try:
        for url in settings.REDIS_URLS:
            with redis.Redis.from_url(
                url, socket_timeout=PING_S, socket_connect_timeout=PING_S, retry=Retry(NoBackoff(), 0)
            ) as client:
                client.ping()
    except redis.RedisError:
        return "down"
    return "up"
