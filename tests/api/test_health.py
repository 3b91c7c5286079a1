"""A16: how the house is."""

import json

import pytest
from django.conf import settings
from django.test import Client

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
