"""The verbs of work. Machinery calls them, inside or on behalf of another service, so they take no `by`."""

from core.work.services.answers import Answer, forget_answers, recall_answer, remember_answer
from core.work.services.jobs import (
    HINT_S,
    LEASE_S,
    MAX_ATTEMPTS,
    Lease,
    LeaseLostError,
    claim,
    enqueue,
    fail,
    finish,
    forget_done_jobs,
    mark_hinted,
    renew,
    replay,
    settle,
)
from core.work.services.mail import forget_mails, mark_sent, post_mail, send_mail
from core.work.services.pulse import beat

__all__ = [
    "HINT_S",
    "LEASE_S",
    "MAX_ATTEMPTS",
    "Answer",
    "Lease",
    "LeaseLostError",
    "beat",
    "claim",
    "enqueue",
    "fail",
    "finish",
    "forget_answers",
    "forget_done_jobs",
    "forget_mails",
    "mark_hinted",
    "mark_sent",
    "post_mail",
    "recall_answer",
    "remember_answer",
    "renew",
    "replay",
    "send_mail",
    "settle",
]
