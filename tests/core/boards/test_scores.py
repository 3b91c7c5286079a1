"""Scores, and the ranks that follow them."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from core.accounts.models import User
from core.accounts.services import ask_deletion, erase_account
from core.accounts.system import SYSTEM
from core.boards import keeping
from core.boards.catalogue import BOARDS
from core.boards.models import Award, BoardScore
from core.boards.selectors import find_differences, see_board, snapshot
from core.boards.services import add_scores, leave_boards, rebuild_ranks
from core.errors import NotFound
from core.work.clock import database_now
from tests.core.racing import at_once
from tests.people import make_person

BOARD = "bgmi"


def standing() -> list[tuple[int, str, int]]:
    return [(it.rank, it.user.name, it.score) for it in see_board(BOARD, None, limit=50).results]


@pytest.mark.django_db(transaction=True)
def test_gains_add_up_once_a_cause_and_ranks_follow_at_once() -> None:
    """T20, T22"""
    asha, ravi, mei, tom = (make_person(name) for name in ("asha", "ravi", "mei", "tom"))
    assert add_scores(board=BOARD, gains={asha.pk: 30, ravi.pk: 20, mei.pk: 0}, cause="competition:1")
    assert standing() == [(1, "asha", 30), (2, "ravi", 20)]
    assert add_scores(board=BOARD, gains={ravi.pk: 10, tom.pk: 5}, cause="competition:2")
    assert standing() == [(1, "asha", 30), (1, "ravi", 30), (3, "tom", 5)]
    assert not add_scores(board=BOARD, gains={tom.pk: 500}, cause="competition:2")
    assert add_scores(board="xp", gains={tom.pk: 7}, cause="competition:2")
    assert add_scores(board=BOARD, gains={asha.pk: -10}, cause="correction:1")
    assert standing() == [(1, "ravi", 30), (2, "asha", 20), (3, "tom", 5)]
    assert [*find_differences()] == []
    with pytest.raises(NotFound, match="no_board"):
        add_scores(board="chess", gains={asha.pk: 1}, cause="competition:3")


@pytest.mark.django_db(transaction=True)
def test_many_at_once_give_once_and_lose_nothing() -> None:
    asha, ravi = make_person("asha"), make_person("ravi")
    causes = iter([f"competition:{number // 2}" for number in range(12)])
    given = at_once(12, lambda: add_scores(board=BOARD, gains={ravi.pk: 1, asha.pk: 2}, cause=next(causes)))
    assert sorted(given) == [False] * 6 + [True] * 6
    assert standing() == [(1, "asha", 12), (2, "ravi", 6)]
    assert [*find_differences()] == []


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_on_no_board() -> None:
    asha = make_person()
    with transaction.atomic():
        add_scores(board=BOARD, gains={asha.pk: 5}, cause="competition:1")
        transaction.set_rollback(True)
    assert standing() == []
    assert add_scores(board=BOARD, gains={asha.pk: 5}, cause="competition:1")
    assert standing() == [(1, "asha", 5)]


@pytest.mark.django_db(transaction=True)
def test_a14_who_is_erased_is_on_no_board_and_gains_nothing_any_more() -> None:
    asha, ravi = make_person("asha"), make_person("ravi")
    add_scores(board=BOARD, gains={asha.pk: 30, ravi.pk: 20}, cause="competition:1")
    ask_deletion(by=asha)
    assert len(standing()) == 2
    User.objects.filter(pk=asha.pk).update(delete_due_at=database_now() - timedelta(seconds=1))
    assert erase_account(by=SYSTEM, user_id=asha.pk)
    leave_boards(asha)
    add_scores(board=BOARD, gains={asha.pk: 5}, cause="competition:2")
    assert standing() == [(1, "ravi", 20)]
    assert [*find_differences()] == []


@pytest.mark.django_db(transaction=True)
def test_what_an_index_was_not_told_it_finds_in_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    asha, ravi = make_person("asha"), make_person("ravi")
    add_scores(board=BOARD, gains={asha.pk: 1, ravi.pk: 2}, cause="competition:1")
    assert standing()[0] == (1, "ravi", 2)
    with monkeypatch.context() as deaf:
        deaf.setattr(keeping, "tell", lambda *_: None)
        add_scores(board=BOARD, gains={asha.pk: 8}, cause="competition:2")
        leave_boards(ravi)
    assert standing() != [(1, "asha", 9)]
    monkeypatch.setattr(keeping, "LOOK_EVERY_S", 0)
    assert standing() == [(1, "asha", 9)]


@pytest.mark.django_db(transaction=True)
def test_an_index_that_was_lost_or_contradicts_the_rows_is_made_anew() -> None:
    asha, ravi = make_person("asha"), make_person("ravi")
    add_scores(board=BOARD, gains={asha.pk: 1, ravi.pk: 2}, cause="competition:1")
    assert len(standing()) == 2
    keeping.forget()
    add_scores(board=BOARD, gains={asha.pk: 8}, cause="competition:2")
    assert standing() == [(1, "asha", 9), (2, "ravi", 2)]
    row = BoardScore.objects.get(user=ravi)
    BoardScore.objects.filter(user=ravi).update(score=14)  # as after going back to another copy of the database
    Award.objects.get(cause="competition:2").delete()
    assert [*find_differences()] == [
        f"board {BOARD}: account {asha.pk} has 9, and was given 1",
        f"board {BOARD}: account {ravi.pk} has 14, and was given 2",
        f"board {BOARD}: its index has row {row.pk - 1} with 9 where the rows have row {row.pk} with 14",
    ]
    assert rebuild_ranks(board=BOARD)
    assert standing() == [(1, "ravi", 14), (2, "asha", 9)]


@pytest.mark.django_db
def test_an_operator_counts_ranks_anew_where_they_are_shared() -> None:
    out = StringIO()
    call_command("rebuild_ranks", stdout=out)
    done = [line.partition(":")[0] for line in out.getvalue().splitlines()]
    assert done == [*BOARDS] if settings.REDIS_URLS else "whenever it starts" in out.getvalue()
    with pytest.raises(CommandError, match="chess"):
        call_command("rebuild_ranks", "chess")


@pytest.mark.django_db(transaction=True)
def test_while_an_index_is_being_made_the_rows_answer_the_same() -> None:
    people = [make_person(f"player{number}") for number in range(9)]
    gains = {person.pk: number // 2 * 10 for number, person in enumerate(people, 1)}
    add_scores(board=BOARD, gains=gains, cause="competition:1")
    pages = [{"limit": 3}, {"limit": 3, "after": see_board(BOARD, None, limit=2).next}, {"limit": 5, "around_me": True}]
    by_index = [see_board(BOARD, people[3], **page) for page in pages]  # type: ignore[arg-type]
    live = snapshot(BOARD)
    kept = keeping._kept[BOARD]
    keeping.forget()
    with kept.building:
        assert [see_board(BOARD, people[3], **page) for page in pages] == by_index  # type: ignore[arg-type]
        assert snapshot(BOARD) == live
        assert not rebuild_ranks(board=BOARD)
    assert snapshot(BOARD) == live
    everybody = see_board(BOARD, None, limit=9).results
    at = next(number for number, line in enumerate(everybody) if line == by_index[2].me)
    assert by_index[2].results == everybody[max(0, at - 2) : at + 3]
    assert by_index[1].results == everybody[2:5]
