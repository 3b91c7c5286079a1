"""A18, A19: applying to host, deciding with a reason, and who is told; in the admin by the same service."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from core.accounts.models import AuditEntry, User
from core.accounts.services.deletion import GRACE, erase_account
from core.accounts.system import SYSTEM
from core.errors import DomainError
from core.files.models import StoredFile
from core.hosts import selectors, services
from core.hosts.models import Application
from core.jobs.kinds import KINDS
from core.notifications.models import Notification
from core.work.clock import database_now
from core.work.models import Job, Mail
from tests.core.files.pictures import picture
from tests.core.racing import at_once
from tests.people import make_person

pytestmark = pytest.mark.django_db
DECISIONS = ("approve", "reject", "needs_info", "suspend", "reinstate")
LEGAL = {
    "submitted": ["approve", "reject", "needs_info"],
    "needs_info": [],
    "approved": ["suspend"],
    "rejected": [],
    "suspended": ["reinstate"],
}
WAYS = {
    "submitted": (),
    "needs_info": ("needs_info",),
    "approved": ("approve",),
    "rejected": ("reject",),
    "suspended": ("approve", "suspend"),
}
"""How an application comes into each state."""


@pytest.fixture
def asha() -> User:
    return make_person("asha")


@pytest.fixture
def root() -> User:
    return make_person("root", staff=True, superuser=True)


def applied(by: User, **words: Any) -> Application:
    return services.apply_to_host(by=by, **{"display_name": "Asha Cups", "about": "Weekly cups since 2023."} | words)


def decide(row: Application, *decisions: str, by: Any = SYSTEM) -> Application:
    for decision in decisions:
        services.decide_application(by=by, application_id=row.pk, decision=decision, reason=f"because {decision}")
    row.refresh_from_db()
    return row


def refused(call: Callable[[], Any]) -> tuple[str, Any]:
    with pytest.raises(DomainError) as refusal:
        call()
    return refusal.value.code, refusal.value.facts.get("legal")


@pytest.mark.parametrize("state", WAYS)
def test_a18_every_state_knows_its_legal_moves(asha: User, state: str) -> None:
    """Those that are not there: 409 with those that are."""
    row = decide(applied(asha), *WAYS[state])
    assert row.state == state
    assert selectors.is_host(asha.pk) == (state == "approved")
    for decision in set(DECISIONS) - set(LEGAL[state]):
        assert refused(partial(decide, row, decision)) == ("illegal_move", LEGAL[state])
    assert decide(row).state == state
    if state != "rejected":
        assert refused(partial(applied, asha))[0] == "application_stands"
    else:
        assert applied(asha).pk != row.pk
    if state in ("submitted", "needs_info"):
        assert services.edit_application(by=asha, about="And a league.").state == "submitted"
    elif state != "rejected":
        assert refused(partial(services.edit_application, by=asha, about="x"))[0] == "application_decided"


def test_a18_the_applicant_is_told_live_and_by_mail_and_the_log_knows(asha: User, root: User) -> None:
    User.objects.filter(pk=asha.pk).update(email_verified=True)
    row = decide(applied(asha, links=["https://cups.example.org"]), "needs_info", by=root)
    told = Notification.objects.get(recipient=asha)
    assert (told.kind, told.data) == ("host_decided", {"action": "needs_info", "reason": "because needs_info"})
    job = Job.objects.get(kind="notifications.mail")
    assert job.run_at <= database_now()  # not once it was not read for a while
    KINDS[job.kind].apply(**job.payload)
    mail = Mail.objects.get(to=asha.email, subject__startswith="More is asked")
    assert "Reason: because needs_info" in mail.text
    assert "/me/hosting" in mail.text
    assert mail.unsubscribe_url == ""
    services.edit_application(by=asha, links=[])
    decide(row, "approve", by=root)
    lines = AuditEntry.objects.filter(target_kind="application").order_by("pk")
    assert [(line.by_id, line.action, line.before.get("state"), line.after["state"], line.why) for line in lines] == [
        (asha.pk, "host.applied", None, "submitted", ""),
        (root.pk, "host.needs_info", "submitted", "needs_info", "because needs_info"),
        (asha.pk, "host.answered", "needs_info", "submitted", ""),
        (root.pk, "host.approve", "submitted", "approved", "because approve"),
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"display_name": " "}, "invalid"),
        ({"about": ""}, "invalid"),
        ({"links": ["http://cups.example.org"]}, "bad_link"),
        ({"links": ["https://a.example.org"] * 6}, "bad_link"),
    ],
)
def test_what_is_malformed_is_refused(asha: User, words: Any, code: str) -> None:
    assert refused(partial(applied, asha, **words))[0] == code
    assert not Application.objects.exists()


def test_only_administrators_decide_and_not_without_a_reason(asha: User, root: User) -> None:
    """A19: moderators do not."""
    row = applied(asha)
    for by in (asha, make_person("mod", staff=True)):
        assert refused(partial(decide, row, "approve", by=by))[0] == "not_administrator"
        assert refused(partial(selectors.see_application, by, row.pk))[0] == "not_administrator"
    blank = partial(services.decide_application, by=root, application_id=row.pk, decision="approve", reason=" \u200b")
    assert refused(blank)[0] == "invalid"
    assert decide(row).state == "submitted"


def test_documents_are_pictures_for_two_kinds_of_eyes(asha: User, root: User, settings: Settings) -> None:
    settings.LIMITS_RELAXED = True
    assert refused(partial(services.add_document, by=asha, raw=b""))[0] == "no_application"
    row = applied(asha)
    for _ in range(5):
        services.add_document(by=asha, raw=picture("JPEG", 40, 30))
    assert refused(partial(services.add_document, by=asha, raw=b""))[0] == "too_many_documents"
    shown = selectors.see_application(root, row.pk).documents
    assert all(it.picture and "signature=" in it.picture.url for it in shown)
    services.remove_document(by=asha, document_id=shown[0].id)
    assert refused(partial(services.remove_document, by=asha, document_id=shown[0].id))[0] == "no_document"
    assert StoredFile.objects.filter(dropped_at=None).count() == 4
    assert list(selectors.find_differences()) == []
    decide(row, "approve")
    assert refused(partial(services.remove_document, by=asha, document_id=shown[1].id))[0] == "application_decided"
    User.objects.filter(pk=asha.pk).update(delete_due_at=database_now() - GRACE)
    assert erase_account(by=SYSTEM, user_id=asha.pk)
    assert not Application.objects.exists()
    assert not StoredFile.objects.filter(dropped_at=None).exists()


def test_verify_finds_what_no_service_would_leave(asha: User) -> None:
    row = applied(asha)
    services.add_document(by=asha, raw=picture("JPEG", 40, 30))
    Application.objects.update(state="approved")
    StoredFile.objects.update(owner_id=row.pk + 10**6)
    assert len(list(selectors.find_differences())) == 2


def test_an_administrator_decides_in_the_admin_by_the_same_service(asha: User, root: User) -> None:
    """A18, A19"""
    row = applied(asha)
    client, one = Client(), f"/admin/hosts/application/{row.pk}/change/"
    client.force_login(make_person("mod", staff=True))
    assert (client.get(one).status_code, client.get("/admin/hosts/application/").status_code) == (403, 403)
    client.force_login(root)
    documents = {"documents-TOTAL_FORMS": "0", "documents-INITIAL_FORMS": "0"}
    assert b"needs info" in client.get(one).content
    assert client.post(one, documents | {"decision": "approve", "why": ""}).status_code == 200
    assert client.post(one, documents | {"decision": "suspend", "why": "too early"}).status_code == 200
    assert decide(row).state == "submitted"
    assert client.post(one, documents | {"decision": "approve", "why": "Well known."}).status_code == 302
    assert (decide(row).state, row.reason, row.decided_by_id) == ("approved", "Well known.", root.pk)
    assert Notification.objects.filter(recipient=asha, kind="host_decided").count() == 1
    assert AuditEntry.objects.get(action="host.approve").by_id == root.pk
    assert client.post(f"/admin/hosts/application/{row.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_one_application_stands_and_one_decision_of_two_is_made(asha: User, settings: Settings) -> None:
    settings.LIMITS_RELAXED = True
    asks, decisions = iter(range(4)), iter(("approve", "reject", "needs_info"))

    def go(call: Callable[[], Any]) -> str:
        try:
            call()
        except DomainError as refusal:
            return refusal.code
        return "done"

    assert sorted(at_once(4, lambda: go(partial(applied, asha, about=f"{next(asks)} cups")))) == [
        *["application_stands"] * 3,
        "done",
    ]
    row = Application.objects.get()
    outcome = at_once(3, lambda: go(partial(decide, row, next(decisions))))
    assert sorted(outcome) == ["done", "illegal_move", "illegal_move"]
    assert Notification.objects.filter(recipient=asha).count() == 1
