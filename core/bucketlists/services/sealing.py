"""Sealing: a round that is closed gets its result, once, the same whoever writes it and however late (V50)."""

from datetime import datetime

import msgspec

from core.accounts.services import SYSTEM, Actor
from core.bucketlists import rules, selectors
from core.bucketlists.events import ListFrozen
from core.bucketlists.models import List, Round
from core.bucketlists.services import telling
from core.errors import NotFound
from core.events import emit
from core.work.clock import database_now
from core.work.transactions import atomically


@atomically
def seal_list(*, list_id: int) -> None:
    """If the deadline of the list has come, its round is sealed and its members know. For jobs, sweeps and readers.

    Doing it again, at once or in another process changes nothing. Locks the list, then inboxes. Emits ListFrozen.
    """
    row = List.objects.select_for_update(no_key=True).filter(pk=list_id, deleted_at=None).first()
    if row is not None:
        seal_round(row, database_now())


def seal_due(*, list_id: int) -> None:
    """As `seal_list`, for those who only read: nothing is held where there is nothing to seal. One query then."""
    due = Round.objects.filter(list=list_id, sealed_at=None, list__decision_deadline__lte=database_now())
    if due.exists():
        seal_list(list_id=list_id)


def seal_round(row: List, now: datetime, *, by: Actor = SYSTEM) -> bool:
    """Within the transaction that holds the list: seal the running round if it is closed by `now` and not sealed yet.

    What is sealed is what stands: nothing that counts was written after the close. Answers whether it was sealed here.
    """
    closes_at, reason = rules.frozen_since(row, now)
    if closes_at is None or reason is None:
        return False
    running = Round.objects.filter(list=row, number=row.round, sealed_at=None).first()
    if running is None:
        return False
    row.frozen_at, row.frozen_reason = closes_at, reason
    row.save(update_fields=["frozen_at", "frozen_reason"])
    running.sealed_at = now
    running.result = msgspec.to_builtins(selectors.closed_round(row, closes_at=closes_at, reason=reason))
    running.save(update_fields=["sealed_at", "result"])
    telling.list_frozen(row, by=by)
    emit(ListFrozen(list_id=row.pk))
    return True


def sealed_round(*, list_id: int, number: int | None = None) -> Round:
    """The sealed round of that number, by default the newest; one that closed is sealed first.

    Raises NotFound: no_result.
    """
    seal_due(list_id=list_id)
    sealed = Round.objects.filter(list=list_id, sealed_at__isnull=False).select_related("list")
    found = (sealed if number is None else sealed.filter(number=number)).order_by("-number").first()
    if found is None:
        raise NotFound("no_result", "No round of this list is sealed yet.")
    return found
