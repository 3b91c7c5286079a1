"""Keeping the index of each board: told after each commit, looked after while it is asked, built anew when it is lost.

In memory when embedded, in Redis for all processes together. What was lost on the way is found in the rows, at most
10 s after somebody asks; while there is no index, or no Redis, the rows answer.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice, zip_longest
from typing import TypeVar

from django.conf import settings
from django.db import connection
from redis import ConnectionPool, RedisError

from core.boards.catalogue import BOARDS
from core.boards.ranks import LocalRanks, LostError, Place, Ranks, Standing
from core.boards.rows import RowRanks, all_places, microseconds, moment, places_changed, rows_of
from core.boards.shared_ranks import SharedRanks
from core.work.clock import database_now

LOOK_EVERY_S = 10.0
OVERLAP = timedelta(seconds=60)  # no transaction takes as long, so what was written before is committed by then
BUILT_AT_ONCE = 20_000  # people; of more, the rows answer until a thread has built the index

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)


@dataclass
class Kept:
    index: Ranks
    looked_at: float | None = None
    building: threading.Lock = field(default_factory=threading.Lock)


def _make() -> dict[str, Kept]:
    if not settings.REDIS_URLS:
        return {board: Kept(LocalRanks()) for board in BOARDS}
    pool = ConnectionPool.from_url(settings.REDIS_URLS[0], **settings.REDIS_BUDGET)
    return {board: Kept(SharedRanks(pool, board)) for board in BOARDS}


_kept = _make()


def ask(board: str, question: Callable[[Standing], Answer]) -> Answer:
    """What the index of that board answers, or the rows where there is none. Ask outside a transaction."""
    kept = _kept[board]
    try:
        _look_after(board, kept)
        return question(kept.index)
    except LostError:
        if rebuild(board, in_background=rows_of(board)[BUILT_AT_ONCE : BUILT_AT_ONCE + 1].exists()):
            return question(kept.index)
    except RedisError as error:
        log.warning("ranks of %s are counted from the rows: %s", board, error)
    return question(RowRanks(board))


def tell(board: str, places: Sequence[Place]) -> None:
    """These rows have changed, and that is committed."""
    try:
        _kept[board].index.set(places)
    except RedisError as error:
        log.warning("ranks of %s hear of a change later: %s", board, error)


def rebuild(board: str, *, in_background: bool = False) -> bool:
    """Make the index of that board from its rows; False if that is being done, now or by somebody else.

    Raises RedisError.
    """
    if not _kept[board].building.acquire(blocking=False):
        return False
    if in_background:
        threading.Thread(target=_build_alone, args=[board], name=f"ranks-{board}", daemon=True).start()
        return False
    return _build(board)


def _build_alone(board: str) -> None:
    try:
        _build(board)
    except Exception:
        log.exception("the ranks of %s could not be built", board)
    finally:
        connection.close()


def _build(board: str) -> bool:
    kept = _kept[board]
    try:
        began = database_now()
        if not kept.index.rebuild(all_places(board), microseconds(began)):
            return False
        catch_up(board)  # what was told meanwhile was told to the one before
        kept.looked_at = time.monotonic()
        return True
    finally:
        kept.building.release()


def _look_after(board: str, kept: Kept) -> None:
    """Every 10 s, look for what the index was not told."""
    if kept.looked_at is not None and time.monotonic() - kept.looked_at < LOOK_EVERY_S:
        return
    kept.looked_at = time.monotonic()
    catch_up(board)


def catch_up(board: str) -> None:
    """The index knows of whatever was committed before this. Raises LostError, RedisError."""
    index, now = _kept[board].index, database_now()
    since = moment(index.heard_until_us()) - OVERLAP
    index.set(places_changed(board, since), microseconds(now))


def forget() -> None:
    """There is no index of any board."""
    for kept in _kept.values():
        kept.index.forget()
        kept.looked_at = None


def first_difference(board: str) -> str | None:
    """Where the index and the rows part, if they do, and looking for what it was not told does not help.

    One that is not there parts from nothing. Reads all of both.
    """
    try:
        if _compare(board) is None:
            return None
        catch_up(board)
        return _compare(board)
    except LostError:
        return None
    except RedisError as error:
        return f"its index cannot be read: {error}"


def _compare(board: str) -> str | None:
    index, rows, last = _kept[board].index, all_places(board), None
    while True:
        some, expected = [it.place for it in index.top(1000, last)], [*islice(rows, 1000)]
        for has, wants in zip_longest(some, expected):
            if has != wants:
                return f"its index has {_said(has)} where the rows have {_said(wants)}"
        if not some:
            return None
        last = some[-1]


def _said(place: Place | None) -> str:
    return "nobody" if place is None else f"row {place.id} with {place.score}"
