"""What people are told of ranks while an index is away, and while one is being made."""

import threading
from collections.abc import Callable, Iterable

import pytest
from pytest_django import DjangoAssertNumQueries
from redis import ConnectionPool

from core.accounts.models import User
from core.boards import keeping
from core.boards.ranks import LocalRanks, Place
from core.boards.selectors import find_differences, see_board, snapshot
from core.boards.services import add_scores
from core.boards.shared_ranks import SharedRanks
from core.management.local_services import free_port
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)
BOARD = "bgmi"


@pytest.fixture
def asha() -> User:
    people = [make_person(name) for name in ("asha", "ravi", "mei")]
    for number, person in enumerate(people, 1):
        add_scores(board=BOARD, gains={person.pk: 10 * number}, cause=f"competition:{number}")
    return people[0]


def scores() -> list[int]:
    return [line.score for line in see_board(BOARD, None, limit=9).results]


def test_pr3_while_redis_is_down_points_are_kept_and_the_rows_answer(
    asha: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = SharedRanks(ConnectionPool.from_url(f"redis://127.0.0.1:{free_port()}/0", socket_timeout=0.5), BOARD)
    with monkeypatch.context() as down:
        down.setattr(keeping._kept[BOARD], "index", away)
        assert scores() == [30, 20, 10]
        add_scores(board=BOARD, gains={asha.pk: 90}, cause="competition:9")
        assert scores() == [100, 30, 20]
        assert "its index cannot be read" in next(find_differences())
    monkeypatch.setattr(keeping, "LOOK_EVERY_S", 0)
    assert scores() == [100, 30, 20]


class Slow(LocalRanks):
    """Building it takes until `go` is set."""

    def __init__(self, go: threading.Event) -> None:
        super().__init__()
        self.go = go

    def rebuild(self, places: Iterable[Place], heard_until_us: int) -> bool:
        assert self.go.wait(10)
        return super().rebuild(places, heard_until_us)


def test_many_people_are_indexed_beside_and_the_rows_answer_meanwhile(
    asha: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(threading.Event())
    monkeypatch.setattr(keeping, "BUILT_AT_ONCE", 2)
    monkeypatch.setattr(keeping._kept[BOARD], "index", slow)
    monkeypatch.setattr(keeping._kept[BOARD], "looked_at", None)
    assert scores() == [30, 20, 10]
    add_scores(board=BOARD, gains={asha.pk: 90}, cause="competition:9")
    assert scores() == [100, 30, 20]
    builder = next(thread for thread in threading.enumerate() if thread.name == f"ranks-{BOARD}")
    slow.go.set()
    builder.join(10)
    assert slow.count() == 3
    assert scores() == [100, 30, 20]


@pytest.mark.parametrize(
    ("queries", "ask"),
    [
        (2, lambda user: see_board(BOARD, user, limit=2)),
        (2, lambda user: see_board(BOARD, user, limit=1, around_me=True)),
        (1, lambda user: see_board(BOARD, None, limit=2)),
        (1, lambda _: snapshot(BOARD)),
    ],
)
def test_what_is_asked_of_an_index_costs_the_database_the_names(
    asha: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    queries: int,
    ask: Callable[[User], object],
) -> None:
    scores()
    with django_assert_num_queries(queries):
        ask(asha)
