"""Sealing: a round that is closed gets its result, once, the same whoever writes it and however late (V50)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from core.accounts.services import SYSTEM, Actor
from core.bucketlists import rules, selectors
from core.bucketlists.events import ListFrozen
from core.bucketlists.models import List, Round
from core.bucketlists.services import telling
from core.bucketlists.services.deadlines import seal_key
from core.errors import NotFound
from core.events import emit
from core.work.clock import database_now
from core.work.services import settle
from core.work.transactions import atomically

TOGETHER = 100  # rounds in one commit, which takes a third of a second: so long the inboxes are held


@atomically
def seal_list(*, list_id: int) -> None:
    """If the deadline of the list has come, its round is sealed and its members know. For sweeps and readers.

    Doing it again, at once or in another process changes nothing. Locks the list, then inboxes. Emits ListFrozen.
    """
    row = _held(list_id)
    if row is not None:
        seal_round(row, database_now())


@atomically
def seal_closed(*, list_id: int) -> None:
    """As `seal_list`, and other lists whose deadline has come go along: those that nobody holds, up to TOGETHER.

    For jobs: a crowd of lists that share a deadline is sealed in a few commits. What those others' jobs were for is
    done then. Locks lists, waiting for none but the first, then inboxes. Emits ListFrozen for each.
    """
    row = _held(list_id)
    now = database_now()
    due = List.objects.filter(frozen_at=None, deleted_at=None, decision_deadline__lte=now).exclude(pk=list_id)
    free = due.select_for_update(no_key=True, skip_locked=True).order_by("decision_deadline", "pk")
    others = free[: TOGETHER - 1]
    sealed = seal_rounds([*filter(None, [row]), *others], now)
    settle(dedupe_keys=[seal_key(it) for it in sealed if it.pk != list_id])


def seal_due(*, list_id: int) -> None:
    """As `seal_list`, for those who only read: nothing is held where there is nothing to seal. One query then."""
    due = Round.objects.filter(list=list_id, sealed_at=None, list__decision_deadline__lte=database_now())
    if due.exists():
        seal_list(list_id=list_id)


def seal_round(row: List, now: datetime, *, by: Actor = SYSTEM) -> bool:
    """`seal_rounds` of one list; answers whether it was sealed here."""
    return bool(seal_rounds([row], now, by=by))


def seal_rounds(rows: Iterable[List], now: datetime, *, by: Actor = SYSTEM) -> list[List]:
    """Within the transaction that holds these lists: seal the running rounds of those that are closed by `now` and not
    sealed yet; answers which. No query where none is closed, and as many for a crowd as for one.

    What is sealed is what stands: nothing that counts was written after the close.
    """
    closed = {row.pk: row for row in rows if rules.is_frozen(row, now)}
    unsealed = Round.objects.filter(list__in=closed, sealed_at=None) if closed else []
    running = {it.list_id: it for it in unsealed if it.number == closed[it.list_id].round}
    sealed = [row for row in closed.values() if row.pk in running]
    if sealed:
        _seal(sealed, running, now)
        telling.lists_frozen(sealed, by=by)
        emit(*(ListFrozen(list_id=row.pk) for row in sealed))
    return sealed


def _seal(rows: Sequence[List], running: Mapping[int, Round], now: datetime) -> None:
    for row in rows:
        row.frozen_at, reason = rules.frozen_since(row, now)
        row.frozen_reason = reason or ""
    results = selectors.closed_rounds(rows)
    for row in rows:
        running[row.pk].sealed_at, running[row.pk].result = now, msgspec.to_builtins(results[row.pk])
    List.objects.bulk_update(rows, ["frozen_at", "frozen_reason"])
    Round.objects.bulk_update(running.values(), ["sealed_at", "result"])


def _held(list_id: int) -> List | None:
    return List.objects.select_for_update(no_key=True).filter(pk=list_id, deleted_at=None).first()


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
