"""Idempotency: a request repeated with its key is answered from the row that the first one left."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from core.errors import Conflict
from core.work.clock import database_now
from core.work.models import IdempotencyKey

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Answer:
    """What the first request was answered: HTTP status and body."""

    status: int
    body: str


def recall_answer(*, user_id: int, route: str, key: str, body_sha256: str) -> Answer | None:
    """The answer that this request got before; None if it is new, and then the key is this transaction's own.

    Open the transaction first and do the effect and `remember_answer` in it: all three are there after a crash, or
    none. A repeat that runs at the same time waits here for the first one's commit (PostgreSQL: at most 3 s, then
    OperationalError). Raises Conflict `idempotency_mismatch` when the key came with another body. Locks the key's row.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an idempotency key is held by a transaction")
    row, _ = IdempotencyKey.objects.select_for_update().get_or_create(
        user_id=user_id, route=route, key=key, defaults={"body_sha256": body_sha256}
    )
    if row.body_sha256 != body_sha256:
        raise Conflict("idempotency_mismatch", "This Idempotency-Key was used with another request.")
    return Answer(row.status, row.answer) if row.status else None


def remember_answer(*, user_id: int, route: str, key: str, answer: Answer) -> None:
    """A repeat within 24 h gets `answer`. Call it in the transaction of `recall_answer`; leave it out for answers that
    a repeat may improve on (429) and for whatever holds a token."""
    IdempotencyKey.objects.filter(user_id=user_id, route=route, key=key).update(
        status=answer.status, answer=answer.body
    )


def forget_answers() -> None:
    """Keys older than 24 h may be used anew."""
    IdempotencyKey.objects.filter(created_at__lt=database_now() - KEPT).delete()
