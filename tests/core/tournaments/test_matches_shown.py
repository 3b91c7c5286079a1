"""T8, T10, T25: what everybody is shown of stages and matches, in as many queries for many as for one."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from core.tournaments import matches as pure
from core.tournaments.log import Entry
from core.tournaments.models import Entrant, Match, ResultEntry
from core.tournaments.selectors import matches, stages
from core.tournaments.selectors.standing import public_until
from core.work.clock import database_now
from tests.core.tournaments.rows import make_competition, make_entrant, make_host, make_match, make_stage
from tests.people import make_person

pytestmark = pytest.mark.django_db


def players(count: int) -> tuple[Any, list[Entrant]]:
    row = make_competition(make_host(), state="live", capacity=max(count, 2))
    return row, [make_entrant(row, captain=make_person(f"player{number}")) for number in range(count)]


def log(match: Match, seq: int, kind: str = "result", **more: Any) -> ResultEntry:
    """An entry as it stands in the log, for what is not about how it came there."""
    payload = more.pop("payload")
    fields = {"competition": match.competition, "stage": match.stage, "group": match.group, "match": match}
    now = database_now()
    return ResultEntry.objects.create(**fields, seq=seq, kind=kind, payload=payload, recorded_at=now, **more)


def duel(one: Entrant, other: Entrant, *games: tuple[int, int]) -> dict[str, Any]:
    return {"sides": [one.pk, other.pk], "games": [{"score": list(score)} for score in games]}


def test_a_match_shows_what_counts_of_it(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    row, (a, b, c) = players(3)
    stage = make_stage(row, [a, b, c], format="round_robin")
    group = stage.groups.get()
    one, other, later = [make_match(group, pair) for pair in ([a, b], [b, c], [a, c])]
    log(one, 1, payload=duel(a, b, (1, 4)))
    log(one, 2, payload=duel(b, a, (0, 2)), supersedes=1)  # corrected, told from the other side
    log(other, 3, payload=duel(b, c, (2, 1), (0, 1), (3, 0)))
    with django_assert_num_queries(3):
        shown = matches.cards_of_matches([one, other, later])
    with django_assert_num_queries(3):
        assert matches.cards_of_matches([one]) == shown[:1]
    assert [card.score for card in shown] == [[2, 0], [2, 1], None]
    assert [[side.entrant and side.entrant.name for side in card.sides] for card in shown] == [
        ["player0", "player1"],
        ["player1", "player2"],
        ["player0", "player2"],
    ]
    whole = matches.show_match(one)
    assert (whole.seqs, list(whole.results[""]["sides"])) == ({"": 2}, [b.pk, a.pk])
    page = matches.page_of_matches(row, limit=2)
    assert [card.number for card in page.results] == [1, 2]
    assert [card.id for card in matches.page_of_matches(row, limit=2, after=page.next).results] == [later.pk]
    assert [card.id for card in matches.page_of_matches(row, limit=9, entrant=c.pk).results] == [other.pk, later.pk]
    with django_assert_num_queries(3):
        (seen,) = stages.show_stages(row).results
    assert seen.groups[0].entrants == [a.pk, b.pk, c.pk]


def test_what_came_after_a_freeze_is_not_shown() -> None:
    """T25: neither score nor winner"""
    row, (a, b) = players(2)
    match = make_match(make_stage(row, [a, b], format="round_robin").groups.get(), [a, b])
    now = database_now()
    log(match, 1, payload=duel(a, b, (3, 0)), effective_at=now)
    Match.objects.filter(pk=match.pk).update(state="confirmed", winner=a, settled_at=now)
    match.refresh_from_db()
    before, after = now - timedelta(seconds=1), now + timedelta(seconds=1)
    (hidden,), (known,) = (matches.cards_of_matches([match], as_of=at) for at in (before, after))
    assert (hidden.score, hidden.winner, known.score, known.winner) == (None, None, [3, 0], a.pk)
    assert (hidden.state, known.state) == ("scheduled", "confirmed")
    for at, until in ((now, now), (now + timedelta(hours=1), None), (None, None)):
        row.frozen_at = at
        assert public_until(row) == until


def test_brackets_show_where_sides_come_from_and_byes_are_played_by_nobody() -> None:
    row, (a, b, c) = players(3)
    group = make_stage(row, [a, b, c], format="single_elimination").groups.get()
    bye = make_match(group, [a], feeders=[None, None], state="walkover", winner=a)
    first = make_match(group, [b, c], feeders=[None, None], draws=False)
    final = make_match(group, [a], feeders=[1, 2], draws=False, round=2, best_of=3)
    shown = matches.cards_of_matches([bye, first, final])
    assert [[(side.entrant and side.entrant.id, side.feeder) for side in card.sides] for card in shown] == [
        [(a.pk, None), (None, None)],
        [(b.pk, None), (c.pk, None)],
        [(a.pk, 1), (None, 2)],
    ]
    assert [(it.number, it.sides, it.best_of) for it in matches.rules_of([bye, first, final])] == [
        (2, (b.pk, c.pk), 1),
        (3, (a.pk,), 3),
    ]


@pytest.mark.parametrize(
    ("games", "entries", "expected"),
    [
        (1, [], None),
        (1, [("result", None, {"sides": [1, 2], "games": [{"score": [0, 2]}]})], ("confirmed", 2)),
        (1, [("result", None, {"sides": [1, 2], "games": [{"score": [1, 1]}]})], ("confirmed", None)),
        (1, [("walkover", None, {"winner": 1, "loser": 2})], ("walkover", 1)),
        (1, [("double_forfeit", None, {"entrants": [1, 2]})], ("double_forfeit", None)),
        (1, [("void", None, {})], ("void", None)),
        (2, [("result", 1, {"rows": [{"entrant": 1, "placement": 1, "kills": 0}]})], None),
        (
            2,
            [("result", 1, {"rows": [{"entrant": 1, "placement": 1, "kills": 0}]}), ("void", 2, {})],
            ("confirmed", None),
        ),
    ],
)
def test_the_log_says_how_a_match_ended(games: int, entries: list[Any], expected: Any) -> None:
    """T10: from its entries alone"""
    written = [
        Entry(seq=seq, kind=kind, payload=payload, match=7, game_no=game)
        for seq, (kind, game, payload) in enumerate(entries, 1)
    ]
    assert pure.outcome(pure.Match(number=7, sides=(1, 2), best_of=games), written) == expected
