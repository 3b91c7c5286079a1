"""Questions about hosts: who is one, where an application stands, which wait for a decision."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, QuerySet

from core.accounts.models import User
from core.accounts.shapes import card
from core.errors import NotFound
from core.files.selectors import picture
from core.hosts import rules, shapes
from core.hosts.models import DOCUMENTS_MOST, Application, Document
from core.hosts.rules import State


def is_host(user_id: int) -> bool:
    """Whether this person may make tournaments and scrims (A18). One query."""
    return Application.objects.filter(user=user_id, state=State.APPROVED).exists()


def state_of(user_id: int) -> str | None:
    """Where the newest application of this person stands, if there is one. One query."""
    newest = Application.objects.filter(user=user_id).order_by("-pk")
    return newest.values_list("state", flat=True).first()


def application_of(user: User) -> shapes.HostApplication:
    """The newest application of `user`. Two queries. Raises NotFound: no_application."""
    newest = _shown().filter(user=user).order_by("-pk").first()
    if newest is None:
        raise no_application()
    return shapes.HostApplication(**_fields(newest))


def see_application(by: User, application_id: int) -> shapes.HostApplicationView:
    """One, for administrators. Two queries. Raises NotAllowed: not_administrator. NotFound: no_application."""
    rules.check_may_decide(by)
    found = _shown().filter(pk=application_id).first()
    if found is None:
        raise no_application()
    return view_of(found)


def list_applications(
    by: User, *, limit: int, after: int | None = None, state: str | None = None
) -> shapes.HostApplications:
    """A page of them, for administrators. Two queries. Raises NotAllowed: not_administrator."""
    rules.check_may_decide(by)
    rows = _shown().order_by("-pk")
    if state is not None:
        rows = rows.filter(state=state)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: limit + 1])
    more = len(found) > limit
    results = [view_of(row) for row in found[:limit]]
    return shapes.HostApplications(results=results, next=results[-1].id if more else None)


def view_of(row: Application) -> shapes.HostApplicationView:
    by = row.decided_by
    return shapes.HostApplicationView(
        **_fields(row), user=card(row.user), decided_by=card(by) if by else None, legal=rules.legal(row.state)
    )


def find_differences() -> Iterator[str]:
    """Decisions without a time, and documents that are too many or somebody else's. Three queries."""
    for row in Application.objects.exclude(state=State.SUBMITTED).filter(decided_at=None):
        yield f"application {row.pk} is {row.state}, and nobody knows since when"
    for row in Application.objects.alias(count=Count("documents")).filter(count__gt=DOCUMENTS_MOST):
        yield f"application {row.pk} has more documents than it may"
    for document in Document.objects.exclude(file__owner_id=F("application__user")):
        yield f"document {document.pk} belongs to another person than its application"


def no_application() -> NotFound:
    return NotFound("no_application", "There is no application to host.")


def _shown() -> QuerySet[Application]:
    people = ("user__profile", "decided_by__profile")
    return Application.objects.select_related(*people).prefetch_related("documents__file")


def _fields(row: Application) -> dict[str, Any]:
    documents = sorted(row.documents.all(), key=lambda document: document.pk)
    return {
        "id": row.pk,
        "display_name": row.display_name,
        "about": row.about,
        "links": row.links,
        "documents": [shapes.HostDocument(id=it.pk, picture=picture(it.file)) for it in documents],
        "state": row.state,
        "reason": row.reason,
        "submitted_at": row.submitted_at,
        "decided_at": row.decided_at,
    }
