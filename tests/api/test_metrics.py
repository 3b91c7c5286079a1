"""`/metrics`: who may read it, and what it says of the house."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from prometheus_client.parser import text_string_to_metric_families

from core.work.clock import database_now
from core.work.models import Job
from core.work.services import beat, enqueue, post_mail

pytestmark = pytest.mark.django_db

WITH_TOKEN = override_settings(ENV=settings.ENV.model_copy(update={"metrics_token": "a token of the test"}))
BEHIND_A_PROXY = override_settings(ENV=settings.ENV.model_copy(update={"trusted_proxies": 1}))


def scraped(client: Client) -> dict[str, float]:
    """Every sample by name and labels."""
    text = client.get("/metrics").content.decode()
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.parametrize(
    ("headers", "address", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "::1", 200),
        ({}, "203.0.113.7", 404),
        ({"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", 404),
        ({"Forwarded": "for=127.0.0.1"}, "127.0.0.1", 404),
        ({"Authorization": "Bearer "}, "203.0.113.7", 404),
    ],
)
def test_only_this_machine_reads_it_and_not_through_a_proxy(
    client: Client, headers: dict[str, str], address: str, status: int
) -> None:
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=address).status_code == status


@BEHIND_A_PROXY
def test_behind_a_trusted_proxy_no_address_is_this_machine(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 404


@WITH_TOKEN
@pytest.mark.parametrize(("token", "status"), [("a token of the test", 200), ("another", 404), ("", 404)])
def test_elsewhere_a_token_is_needed(client: Client, token: str, status: int) -> None:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}"}, REMOTE_ADDR="203.0.113.7")

    assert answer.status_code == status


def test_nobody_writes_to_it(client: Client) -> None:
    assert client.post("/metrics").status_code == 405


def test_jobs_and_mails_are_counted_from_their_rows(client: Client) -> None:
    jobs = [enqueue(kind="test.add", payload={}, dedupe_key=str(number)) for number in range(4)]
    Job.objects.filter(pk=jobs[0].pk).update(run_at=database_now() - timedelta(minutes=2))
    Job.objects.filter(pk=jobs[1].pk).update(state=Job.State.DEAD)
    Job.objects.filter(pk=jobs[2].pk).update(state=Job.State.DONE)
    post_mail(to="asha@example.org", subject="Hi", text="Hi.", cause="waits")
    beat(name="clock")

    seen = scraped(client)

    assert seen["guildhall_database_up"] == 1
    assert [seen[f"guildhall_jobs {state}"] for state in ("waiting", "running", "dead")] == [3, 0, 1]
    assert 120 <= seen["guildhall_jobs_overdue_seconds"] < 180
    assert seen["guildhall_mails_waiting"] == 1
    assert 0 <= seen["guildhall_last_seen_seconds clock"] < 60


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no pool")
def test_the_pool_is_told(client: Client) -> None:
    seen = scraped(client)

    assert seen["guildhall_database_connections used"] >= 1
    assert seen["guildhall_database_connections_most"] == settings.ENV.database_pool
