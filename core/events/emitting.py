"""Emitting: inside the transaction that makes it true, told only if that commits."""

from functools import partial

from django.db import transaction

from core.events.kinds import Event
from core.events.listening import tell


def emit(*events: Event) -> None:
    """Tell every listener about `events`, together, once the current transaction commits; silent if it rolls back.

    Raises TransactionManagementError outside a transaction: news without a commit behind it is a bug.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"{type(events[0]).__name__} was emitted outside a transaction")
    transaction.on_commit(partial(tell, *events), robust=True)
