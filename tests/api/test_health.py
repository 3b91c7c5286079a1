"""A16: how the house is."""

import json
import threading

import pytest
from django.conf import settings
from django.test import Client

from core import leaving
from core.work.services import beat

pytestmark = pytest.mark.django_db(transaction=True)


def test_a16_health_shows_the_database_the_bell_and_who_was_last_seen() -> None:
    beat(name="clock")
    response = Client().get("/health/")
    seen = json.loads(response.content)
    assert response.status_code == 200
    assert (seen["status"], seen["database"]) == ("ok", "up")
    assert seen["bell"] == ("up" if settings.REDIS_URLS else "in process")
    assert seen["last_seen"].keys() == {"clock"}


def test_a_dead_bell_is_told_and_does_not_stop_the_house(settings: object) -> None:
    settings.REDIS_URLS = ["redis://127.0.0.1:1/0"]  # type: ignore[attr-defined]
    response = Client().get("/health/")
    assert (response.status_code, json.loads(response.content)["bell"]) == (200, "down")


def test_readiness_ends_when_the_process_is_told_to_leave(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process still serves then, and is alive."""
    monkeypatch.setattr(leaving, "_leaving", threading.Event())
    assert client.get("/health/ready/").status_code == 200

    leaving.leave()

    assert client.get("/health/ready/").status_code == 503
    assert client.get("/health/").status_code == 200
