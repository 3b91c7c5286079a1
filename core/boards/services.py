"""The verbs of boards: somebody gains points, or leaves. Ranks follow the rows, after the commit."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from core.accounts.models import User
from core.boards import keeping
from core.boards.events import BoardChanged
from core.boards.models import Award, BoardScore
from core.boards.rows import place_of
from core.boards.rules import check_board
from core.events import emit
from core.work.clock import database_now
from core.work.transactions import atomically

TICK = timedelta(microseconds=1)


@atomically
def add_scores(*, board: str, gains: Mapping[int, int], cause: str) -> bool:
    """These people have so many points more on that board, or fewer; points by the id of a person.

    Each `cause`, such as `competition:7`, gives once on each board: False, and nothing changes, if it has given
    already. What it gave wrongly another cause corrects. Who was erased gains nothing. Raises NotFound: no_board.
    Locks the people, ascending, in the caller's transaction if it has one. Emits BoardChanged.
    """
    check_board(board)
    points = {user_id: gain for user_id, gain in sorted(gains.items()) if gain}
    kept = {str(user_id): gain for user_id, gain in points.items()}
    _, is_new = Award.objects.get_or_create(board=board, cause=cause, defaults={"gains": kept, "at": database_now()})
    if not is_new:
        return False
    people = User.objects.select_for_update(no_key=True).filter(pk__in=points, erased_at=None).order_by("pk")
    here = [*people.values_list("pk", flat=True)]
    known = {row.user_id: row for row in BoardScore.objects.filter(board=board, user__in=here)}
    now = database_now()
    rows = [_gained(known.get(user_id) or BoardScore(user_id=user_id), points[user_id], now) for user_id in here]
    _write(board, rows)
    return True


@atomically
def leave_boards(user: User) -> None:
    """The person is on no board. Locks nothing: whoever erases an account holds it. Emits BoardChanged."""
    now = database_now()
    for row in BoardScore.objects.filter(user=user, score__isnull=False):
        _write(row.board, [BoardScore(user=user, score=None, reached_at=_after(row, now))])


def rebuild_ranks(*, board: str) -> bool:
    """The ranks of that board are counted anew from its rows; False if that is being done.

    Raises NotFound: no_board. RedisError. Writes no row.
    """
    check_board(board)
    return keeping.rebuild(board)


def _gained(row: BoardScore, points: int, now: datetime) -> BoardScore:
    """A new row, so that it is inserted or takes the place of the one that is there."""
    return BoardScore(user_id=row.user_id, score=(row.score or 0) + points, reached_at=_after(row, now))


def _after(row: BoardScore, now: datetime) -> datetime:
    """When the row changes: `now`, and later than it changed before, whatever the clock did meanwhile."""
    return max(now, row.reached_at + TICK) if row.reached_at else now


def _write(board: str, rows: list[BoardScore]) -> None:
    """Insert or change these, and tell the index, then the listeners, once that is committed."""
    for row in rows:
        row.board = board
    if not rows:
        return
    unique, change = ["board", "user"], ["score", "reached_at"]
    BoardScore.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=change)
    places = [place_of(row) for row in rows]
    transaction.on_commit(partial(keeping.tell, board, places), robust=True)
    emit(BoardChanged(board=board))
