"""The verbs of hosting: applying, showing documents, deciding (A18)."""

from collections.abc import Sequence
from typing import TypedDict

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from typing_extensions import Unpack

from core.accounts.models import User
from core.accounts.rules import is_https
from core.accounts.selectors import check_may_write
from core.accounts.services import record
from core.accounts.system import Actor
from core.errors import Conflict, Invalid, NotFound
from core.files import services as files
from core.files.models import StoredFile
from core.hosts import rules
from core.hosts.models import (
    ABOUT_MOST,
    DOCUMENTS_MOST,
    LINKS_MOST,
    NAME_MOST,
    REASON_MOST,
    Application,
    Document,
)
from core.hosts.selectors import no_application
from core.notifications.services import notify
from core.text import clean_text
from core.work.clock import database_now
from core.work.rates import Rate, hit
from core.work.transactions import atomically

APPLIED = Rate("hosts.apply", count=5, per_s=86_400)
State = rules.State


class Words(TypedDict, total=False):
    """What an applicant says."""

    display_name: str
    about: str
    links: Sequence[str]


def apply_to_host(*, by: User, display_name: str, about: str, links: Sequence[str] = ()) -> Application:
    """An application of `by` waits for a decision.

    Raises Conflict: application_stands (with its `state`). Invalid: bad_link, invalid. NotAllowed: banned, timed_out.
    RateLimited.
    """
    hit(APPLIED, by.pk)
    return _apply(by, {"display_name": display_name, "about": about, "links": links})


@atomically
def _apply(by: User, words: Words) -> Application:
    check_may_write(by)
    row = Application(user=by, submitted_at=database_now())
    _say(row, words)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise _stands(by) from None
    record(by=by, action="host.applied", on=row, after={"state": row.state})
    return row


def _stands(by: User) -> Conflict:
    stands = Application.objects.exclude(state=State.REJECTED).filter(user=by)
    facts = {"state": stands.values_list("state", flat=True).first()}
    return Conflict("application_stands", "You have applied already.", facts=facts)


@atomically
def edit_application(*, by: User, **words: Unpack[Words]) -> Application:
    """The application says this, and waits for a decision, again if more was asked of it. What is not given stays.

    Raises NotFound: no_application. Conflict: application_decided. Invalid: bad_link, invalid. NotAllowed: banned,
    timed_out. Locks the application.
    """
    row = _open(by)
    _say(row, words)
    if row.state == State.NEEDS_INFO:
        record(by=by, action="host.answered", on=row, before={"state": row.state}, after={"state": State.SUBMITTED})
        row.state, row.submitted_at = State.SUBMITTED, database_now()
    row.save()
    return row


def add_document(*, by: User, raw: bytes) -> None:
    """The application shows the picture that `raw` holds, made anew, to administrators and to its applicant alone.

    The picture is read in no transaction, so that is asked before and after it. Raises NotFound: no_application.
    Conflict: application_decided, too_many_documents. NotAllowed: banned, timed_out, and what `store_picture` raises.
    Locks the application.
    """
    _check_takes_document(by)
    _attach(by, files.store_picture(by=by, raw=raw))


@atomically
def _check_takes_document(by: User) -> Application:
    row = _open(by)
    if row.documents.count() >= DOCUMENTS_MOST:
        raise Conflict("too_many_documents", f"An application has at most {DOCUMENTS_MOST} documents.")
    return row


@atomically
def _attach(by: User, file: StoredFile) -> None:
    Document.objects.create(application=_check_takes_document(by), file=file)


@atomically
def remove_document(*, by: User, document_id: int) -> None:
    """That document is gone. Raises NotFound: no_application, no_document. Conflict: application_decided. NotAllowed:
    banned, timed_out. Locks the application."""
    document = Document.objects.filter(pk=document_id, application=_open(by)).first()
    if document is None:
        raise NotFound("no_document", "Your application has no such document.")
    _drop(document)


@atomically
def decide_application(*, by: Actor, application_id: int, decision: str, reason: str) -> Application:
    """The application stands as `decision` has it, for that reason; its applicant is told, live and by mail, and the
    audit log knows.

    Raises NotAllowed: not_administrator. NotFound: no_application. Conflict: illegal_move (with the `legal` ones).
    Invalid. Locks the application, then the inbox.
    """
    rules.check_may_decide(by)
    reason = clean_text(reason, field="reason", max_chars=REASON_MOST)
    row = _lock(Application.objects.filter(pk=application_id))
    before, row.state = row.state, rules.state_after(row, decision)
    row.reason, row.decided_at, row.decided_by_id = reason, database_now(), by.id
    row.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    record(by=by, action=f"host.{decision}", on=row, before={"state": before}, after={"state": row.state}, why=reason)
    notify(
        by=by,
        kind="host_decided",
        recipients=[row.user_id],
        cause=f"hosts.{decision}:{row.pk}:{row.decided_at.isoformat()}",
        target_kind="hosts.application",
        target_id=str(row.pk),
        data={"action": decision, "reason": reason},
    )
    return row


@atomically
def erase_applications(user: User) -> None:
    """Nothing of what this person applied with is left, for an account that is being erased."""
    for document in Document.objects.filter(application__user=user).order_by("pk"):
        _drop(document)
    Application.objects.filter(user=user).delete()


def _open(by: User) -> Application:
    """The newest application of `by`, held, which they may change."""
    check_may_write(by)
    row = _lock(Application.objects.filter(user=by).order_by("-pk"))
    rules.check_open(row)
    return row


def _lock(rows: QuerySet[Application]) -> Application:
    row = rows.select_for_update(no_key=True).first()
    if row is None:
        raise no_application()
    return row


def _drop(document: Document) -> None:
    document.delete()
    files.drop_file(file_id=document.file_id)


def _say(row: Application, words: Words) -> None:
    if "display_name" in words:
        name = " ".join(words["display_name"].split())
        row.display_name = clean_text(name, field="display_name", max_chars=NAME_MOST)
    if "about" in words:
        row.about = clean_text(words["about"], field="about", max_chars=ABOUT_MOST)
    if "links" in words:
        links = list(words["links"])
        if len(links) > LINKS_MOST or not all(map(is_https, links)):
            wrong = f"Give at most {LINKS_MOST} https addresses."
            raise Invalid("bad_link", wrong, fields={"links": [wrong]})
        row.links = links
