"""Who stands where on a board, as it is shown."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from core.accounts.models import User
from core.accounts.shapes import card
from core.boards import keeping, shapes
from core.boards.catalogue import BOARDS
from core.boards.models import Award, BoardScore
from core.boards.ranks import Place, Ranked
from core.boards.rows import moment
from core.boards.rules import check_board
from core.errors import Invalid

TOP = 100
_CURSOR = re.compile(r"(-?[0-9]{1,16})\.([0-9]{1,16})\.([1-9][0-9]{0,17})")


def all_boards() -> shapes.Boards:
    """Which boards there are, in the order of the catalogue. No query while there are indexes."""
    return shapes.Boards(results=[_board(board) for board in BOARDS])


def see_board(
    board: str, user: User | None, *, limit: int, after: str | None = None, around_me: bool = False
) -> shapes.BoardPage:
    """A page of a board: its top, what follows `after`, or the neighbourhood of `user`, empty if they are not on it.

    Two queries while there is an index. Raises NotFound: no_board. Invalid: bad_cursor.
    """
    check_board(board)
    me = _own(board, user)
    if around_me:
        found = keeping.ask(board, lambda ranks: ranks.around(me[0].id, (limit - 1) // 2)) if me else []
        following = keeping.ask(board, lambda ranks: ranks.top(1, found[-1].place)) if found else []
    else:
        place = _read_cursor(after)
        both = keeping.ask(board, lambda ranks: ranks.top(limit + 1, place))
        found, following = both[:limit], both[limit:]
    lines = _lines([*found, *me])
    return shapes.BoardPage(
        board=_board(board),
        results=[lines[it.id] for it in found if it.id in lines],
        next=_cursor(found[-1]) if following else None,
        me=lines.get(me[0].id) if me else None,
    )


def scores_of(board: str, user_ids: Collection[int]) -> dict[int, int]:
    """What these people have on that board; those who are not on it are left out. One query. Raises NotFound:
    no_board."""
    check_board(board)
    rows = BoardScore.objects.filter(board=board, user__in=user_ids, score__isnull=False)
    return {user: score for user, score in rows.values_list("user", "score") if user and score is not None}


def snapshot(name: str) -> Mapping[str, Any]:
    """What `board.<name>` shows: `meta`, and of the top 100 `line.<id>`. One query. Raises NotFound: no_board."""
    check_board(name)
    found = keeping.ask(name, lambda ranks: ranks.top(TOP))
    return {"meta": _board(name), **{f"line.{id}": line for id, line in _lines(found).items()}}


def may_hear(user: User | None, name: str) -> bool:
    """Anybody may hear of a board."""
    return name in BOARDS


def mine(user: User | None, name: str) -> shapes.BoardLine | None:
    """The line of `user` on that board, however far down; two queries at most."""
    return next(iter(_lines(_own(name, user)).values()), None)


def find_differences() -> Iterator[str]:
    """Scores that are not what was given, people who are where they should not be, and ranks that are not those of the
    rows. Three queries and the reading of all rows."""
    given: dict[tuple[str, int], int] = {}
    for board, gains in Award.objects.values_list("board", "gains").iterator():
        for user_id, points in gains.items():
            key = board, int(user_id)
            given[key] = given.get(key, 0) + points
    erased = set(User.objects.exclude(erased_at=None).values_list("pk", flat=True))
    for board, user_id, score in BoardScore.objects.order_by("pk").values_list("board", "user", "score").iterator():
        expected = None if user_id in erased else given.pop((board, user_id), None)
        if score != expected:
            yield f"board {board}: account {user_id} has {score}, and was given {expected}"
    for board, user_id in sorted(key for key in given if key[1] not in erased):
        yield f"board {board}: account {user_id} was given {given[board, user_id]}, and is not on it"
    for board in BOARDS:
        if difference := keeping.first_difference(board):
            yield f"board {board}: {difference}"


def _own(board: str, user: User | None) -> list[Ranked]:
    """Where `user` stands; empty if they do not. One query while there is an index."""
    row = BoardScore.objects.filter(board=board, user=user, score__isnull=False).first() if user else None
    return keeping.ask(board, lambda ranks: ranks.around(row.pk, 0)) if row else []


def _board(board: str) -> shapes.Board:
    return shapes.Board(id=board, name=BOARDS[board], people=keeping.ask(board, lambda ranks: ranks.count()))


def _lines(found: Sequence[Ranked]) -> dict[int, shapes.BoardLine]:
    """How these are shown, by id; who left meanwhile is not. One query."""
    rows = BoardScore.objects.filter(pk__in={it.id for it in found}, score__isnull=False)
    people = {row.pk: row.user for row in rows.select_related("user__profile")}
    return {
        it.id: shapes.BoardLine(
            id=it.id, rank=it.rank, user=card(people[it.id]), score=it.score, reached_at=moment(it.reached_us)
        )
        for it in found
        if it.id in people
    }


def _cursor(last: Ranked) -> str:
    return f"{last.score}.{last.reached_us}.{last.id}"


def _read_cursor(text: str | None) -> Place | None:
    if text is None:
        return None
    found = _CURSOR.fullmatch(text)
    if found is None:
        wrong = "This is not the `next` of a page."
        raise Invalid("bad_cursor", wrong, fields={"after": [wrong]})
    return Place(id=int(found[3]), score=int(found[1]), reached_us=int(found[2]))
