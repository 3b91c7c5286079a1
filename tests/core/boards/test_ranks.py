"""The index of ranks, whichever holds it, against a sorted list (T20)."""

import random
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from redis import ConnectionPool, Redis

from core.boards import ordered
from core.boards.ranks import LocalRanks, LostError, Place, Ranked, Ranks
from core.boards.shared_ranks import SharedRanks
from tests.services import SHAPE

KINDS = ["local", *(["shared"] if SHAPE == "production" else [])]


@pytest.fixture(params=KINDS)
def ranks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ranks]:
    monkeypatch.setattr(ordered, "BLOCK", 8)  # so that a few hundred are many blocks
    index: Ranks = LocalRanks()
    if request.param == "shared":
        index = SharedRanks(ConnectionPool.from_url(settings.REDIS_URLS[0]), "test")
    index.rebuild([], 0)
    yield index
    index.forget()


def slowly(places: dict[int, Place]) -> list[Ranked]:
    """Everybody who is there, by the definition."""
    there = sorted((-it.score, it.reached_us, it.id) for it in places.values() if it.score is not None)
    return [
        Ranked(1 + sum(other[0] < below_zero for other in there), id, -below_zero, reached_us)
        for below_zero, reached_us, id in there
    ]


def check(ranks: Ranks, places: dict[int, Place], chance: random.Random) -> None:
    expected = slowly(places)
    assert ranks.top(1000) == expected
    assert ranks.count() == len(expected)
    for id in chance.sample(sorted(places), 12):
        at = next((number for number, it in enumerate(expected) if it.id == id), None)
        assert ranks.rank_of(id) == (None if at is None else expected[at].rank)
        near = [] if at is None else expected[max(0, at - 3) : at + 4]
        assert ranks.around(id, 3) == near
        if at is not None:
            assert ranks.top(5, expected[at].place) == expected[at + 1 : at + 6]


def test_an_index_answers_as_a_sorted_list_would_whatever_is_set_moved_tied_or_removed(ranks: Ranks) -> None:
    chance = random.Random(6)
    places: dict[int, Place] = {}
    for step in range(1, 13):
        moved = [
            Place(id, None if chance.random() < 0.1 else chance.choice([0, -5, 7, 2**53 - 1, *range(40)]), step * 10**6)
            for id in chance.sample(range(1, 300), 60)
        ]
        ranks.set(moved)
        places |= {it.id: it for it in moved}
        check(ranks, places, chance)
    ranks.rebuild(list(places.values()), 1)
    check(ranks, places, chance)
    ranks.set([Place(id, None, 10**9) for id in places])
    assert (ranks.count(), ranks.top(5)) == (0, [])


def test_people_with_the_same_score_share_a_rank_whoever_reached_it_first_above(ranks: Ranks) -> None:
    ranks.set([Place(4, 10, 50), Place(3, 20, 99), Place(10, 20, 40), Place(9, 20, 40), Place(1, 30, 99)])
    assert [(it.rank, it.id) for it in ranks.top(10)] == [(1, 1), (2, 9), (2, 10), (2, 3), (5, 4)]
    assert [(it.rank, it.id) for it in ranks.top(2, Place(9, 20, 40))] == [(2, 10), (2, 3)]
    assert ranks.rank_of(3) == 2


def test_a_page_follows_a_place_that_nobody_is_at_any_more(ranks: Ranks) -> None:
    ranks.set([Place(id, 10 * id, id) for id in range(1, 6)])
    last = ranks.top(2)[-1].place
    ranks.set([Place(last.id, 1, 100)])
    assert [it.id for it in ranks.top(9, last)] == [3, 2, 1, 4]
    assert ranks.count() == 5


@pytest.mark.parametrize("late", [Place(7, 5, 10), Place(7, None, 10), Place(7, 9, 20)])
def test_what_comes_late_or_twice_changes_nothing(ranks: Ranks, late: Place) -> None:
    ranks.set([Place(7, 9, 20), Place(8, None, 30)])
    ranks.set([late, Place(8, 4, 10)])
    assert ranks.top(9) == [Ranked(1, 7, 9, 20)]


LOSSES: dict[str, Callable[[Redis, list[str]], object]] = {
    "all": lambda redis, _: redis.flushdb(),
    "the order": lambda redis, keys: redis.delete(keys[1]),
    "who is at which place": lambda redis, keys: redis.delete(keys[2]),
}


@pytest.mark.parametrize("lost", LOSSES)
def test_an_index_that_is_lost_says_so_to_whoever_asks_and_takes_no_news(ranks: Ranks, lost: str) -> None:
    ranks.set([Place(7, 9, 20)])
    if isinstance(ranks, SharedRanks):
        LOSSES[lost](ranks._redis, ranks._keys)
    else:
        ranks.forget()
    ranks.set([Place(8, 9, 20)])
    questions: list[Callable[[], object]] = [
        *(ranks.count, ranks.heard_until_us),
        *(lambda: ranks.rank_of(8), lambda: ranks.top(3), lambda: ranks.around(8, 1)),
    ]
    for question in questions:
        with pytest.raises(LostError):
            question()
    ranks.rebuild([Place(7, 9, 20)], 5)
    assert (ranks.count(), ranks.heard_until_us()) == (1, 5)


def test_processes_do_not_count_the_same_board_at_once(ranks: Ranks) -> None:
    if not isinstance(ranks, SharedRanks):
        pytest.skip("it is in one process")

    def places() -> Iterator[Place]:
        yield Place(1, 10, 10)
        assert not ranks.rebuild([Place(2, 20, 20)], 20)

    assert ranks.rebuild(places(), 10)
    assert [it.id for it in ranks.top(9)] == [1]
    assert ranks.rebuild([Place(2, 20, 20)], 20)
    assert [it.id for it in ranks.top(9)] == [2]
