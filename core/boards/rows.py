"""The rows of a board: their order as the database tells it, which is right and slow, and what an index is made of."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from core.boards.models import BoardScore
from core.boards.ranks import Place, Ranked, ranked

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CHUNK = 5_000


def microseconds(moment: datetime) -> int:
    """Since 1970."""
    return (moment - EPOCH) // MICROSECOND


def moment(at_us: int) -> datetime:
    return EPOCH + timedelta(microseconds=at_us)


def rows_of(board: str) -> QuerySet[BoardScore]:
    """Who is on the board, in its order."""
    return BoardScore.objects.filter(board=board, score__isnull=False).order_by("-score", "reached_at", "pk")


def place_of(row: BoardScore) -> Place:
    return Place(row.pk, row.score, microseconds(row.reached_at))


def all_places(board: str) -> Iterator[Place]:
    """Of everybody on it, in its order, a chunk at a time."""
    return _places(rows_of(board))


def places_changed(board: str, since: datetime) -> Iterator[Place]:
    """Of everybody whose score changed since then, and of those who left."""
    return _places(BoardScore.objects.filter(board=board, reached_at__gte=since))


def _places(rows: QuerySet[BoardScore]) -> Iterator[Place]:
    found = rows.values_list("pk", "score", "reached_at").iterator(chunk_size=CHUNK)
    return (Place(id, score, microseconds(reached_at)) for id, score, reached_at in found)


class RowRanks:
    """What an index answers, counted from the rows: where there is none, and to measure it against."""

    def __init__(self, board: str) -> None:
        self._rows = rows_of(board)

    def rank_of(self, id: int) -> int | None:
        row = self._rows.filter(pk=id).first()
        return None if row is None else 1 + self._better(row)

    def top(self, count: int, after: Place | None = None) -> list[Ranked]:
        if after is None:
            return self._ranked([*self._rows[:count]])
        at = {"score": after.score, "reached_at": moment(after.reached_us)}
        later = Q(score=at["score"], reached_at__gt=at["reached_at"]) | Q(**at, pk__gt=after.id)
        # the second condition follows from the first, and lets the database begin there
        return self._ranked([*self._rows.filter(Q(score__lt=after.score) | later, score__lte=after.score)[:count]])

    def around(self, id: int, each_side: int) -> list[Ranked]:
        row = self._rows.filter(pk=id).first()
        if row is None:
            return []
        nearest = self._rows.reverse().filter(self._earlier(row), score__gte=row.score)[:each_side]
        later = [it.id for it in self.top(each_side, place_of(row))]
        behind = self._rows.filter(pk__in=later)
        return self._ranked([*reversed(nearest), row, *behind])

    def count(self) -> int:
        return self._rows.count()

    def _better(self, row: BoardScore) -> int:
        return self._rows.filter(score__gt=row.score).count()

    def _earlier(self, row: BoardScore) -> Q:
        tied = Q(score=row.score)
        same = tied & Q(reached_at=row.reached_at, pk__lt=row.pk)
        return Q(score__gt=row.score) | tied & Q(reached_at__lt=row.reached_at) | same

    def _ranked(self, rows: list[BoardScore]) -> list[Ranked]:
        if not rows:
            return []
        start = self._rows.filter(self._earlier(rows[0]), score__gte=rows[0].score).count()
        places = [(row.pk, row.score or 0, microseconds(row.reached_at)) for row in rows]
        return ranked(places, start, self._better(rows[0]))
