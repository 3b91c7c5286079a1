"""How the house is: database, bell, and when workers and clock last said that they run."""

import msgspec
import redis
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from core.leaving import is_leaving
from core.work.selectors import heartbeats


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


def ready(request: HttpRequest) -> HttpResponse:
    """200 while people should be sent here; 503 from the moment this process was told to end, while it still serves."""
    status = "leaving" if is_leaving() else "ready"
    response = HttpResponse(msgspec.json.encode({"status": status}), content_type="application/json")
    response.status_code = 503 if is_leaving() else 200
    response.headers["Cache-Control"] = "no-store"
    return response


def _bell() -> str:
    """`in process`, or whether every Redis that carries bells answers."""
    if not settings.REDIS_URLS:
        return "in process"
    try:
        for url in settings.REDIS_URLS:
            with redis.Redis.from_url(url, **settings.REDIS_BUDGET) as client:
                client.ping()
    except redis.RedisError:
        return "down"
    return "up"
