"""PR5: the dead-letter view shows a dead job with its error and replays it; mails show no words."""

import pytest
from django.test import Client

from core.work.models import Job
from core.work.services import post_mail
from tests.core.work.rows import waiting_job
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make_person("mira", superuser=True))
    return client


def test_a_dead_job_is_shown_with_its_error_and_replayed(administrator: Client) -> None:
    dead, waiting = waiting_job("dead"), waiting_job("waiting")
    Job.objects.filter(pk=dead.pk).update(state=Job.State.DEAD, attempts=8, last_error="...\nValueError: no luck\n")
    page = administrator.get("/admin/work/job/?state__exact=dead").content.decode()
    assert "ValueError: no luck" in page
    assert page.count('name="_selected_action"') == 1

    action = {"action": "replay_dead", "_selected_action": [dead.pk, waiting.pk]}
    answer = administrator.post("/admin/work/job/", action, follow=True).content.decode()
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == (Job.State.WAITING, 0)
    assert "Only a dead job can be replayed." in answer


def test_mails_are_shown_without_their_words(administrator: Client) -> None:
    mail = post_mail(to="asha@example.org", subject="Reset", text="https://example.org/reset?token=t", cause="reset:1")
    page = administrator.get(f"/admin/work/mail/{mail.pk}/change/").content.decode()
    assert "asha@example.org" in page
    assert "token=t" not in page
