"""S8: the summary says what the matches say, exactly, however many they are."""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from core.tracker.summary import Average, Played, Results, results_by, results_of, streaks, totals

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
KEYS = ["shots", "possession", "expected_goals", "fouls"]


def played(number: int, score: tuple[int, int] | None = (1, 0), **more: Any) -> Played:
    usual: dict[str, Any] = {"game": "efootball", "opponent": "ravi", "name": "Ravi", "stats": {}}
    return Played(id=UUID(int=number), at=FIRST + timedelta(hours=number), score=score, **usual | more)


def anything(chance: random.Random, number: int) -> Played:
    stats = {
        key: (_value(chance, key), _value(chance, key)) for key in chance.sample(KEYS, chance.randint(0, len(KEYS)))
    }
    score = None if chance.random() < 0.05 else (chance.randint(0, 7), chance.randint(0, 7))
    game, opponent = chance.choice(["efootball", "ea_fc_24"]), chance.choice(["ravi", "mira", "joao"])
    return played(number, score, game=game, opponent=opponent, stats=stats)


def _value(chance: random.Random, key: str) -> int | float | None:
    if chance.random() < 0.1:
        return None
    return chance.randint(0, 60) / 10 if key == "expected_goals" else chance.randint(0, 100)


def mean(values: Iterable[int | float | None]) -> tuple[float | None, int]:
    known = [Fraction(str(value)) for value in values if value is not None]
    return (float(sum(known) / len(known)) if known else None), len(known)


def test_a_thousand_random_matches_are_what_counting_them_one_by_one_says() -> None:
    chance = random.Random(8)
    matches = [anything(chance, number) for number in range(1_000)]
    told = totals(matches, stat="possession")
    assert told.total == 1_000
    wins = draws = losses = scored = conceded = 0
    for match in matches:
        if match.score:
            wins += match.score[0] > match.score[1]
            draws += match.score[0] == match.score[1]
            losses += match.score[0] < match.score[1]
            scored, conceded = scored + match.score[0], conceded + match.score[1]
    assert (told.wins, told.draws, told.losses) == (wins, draws, losses)
    assert (told.goals_scored, told.goals_conceded) == (scored, conceded)
    assert told.goals_scored_average == float(Fraction(scored, wins + draws + losses))
    assert {*told.averages} == {*KEYS}
    for key, average in told.averages.items():
        pairs = [match.stats[key] for match in matches if key in match.stats]
        assert (average.user, average.of) == mean(pair[0] for pair in pairs)
        assert (average.opponent, average.opponent_of) == mean(pair[1] for pair in pairs)
    assert [point.match for point in told.series] == [match.id for match in matches[-200:]]
    assert [point.user for point in told.series] == [m.stats.get("possession", (None, None))[0] for m in matches[-200:]]


def test_groups_add_up_to_the_whole() -> None:
    chance = random.Random(9)
    matches = [anything(chance, number) for number in range(300)]
    whole = results_of(matches)
    for key in (lambda match: match.game), (lambda match: match.opponent):
        groups = results_by(matches, key)
        for name in Results.__dataclass_fields__:
            assert sum(getattr(group, name) for group in groups.values()) == getattr(whole, name)
        sizes = [group.total for group in groups.values()]
        assert sizes == sorted(sizes, reverse=True)


def test_nobody_who_has_not_played_has_an_average() -> None:
    told = totals([], stat="possession")
    assert (told.total, told.averages, told.form, told.series) == (0, {}, [], [])
    assert (told.goals_scored_average, told.streaks.current, told.streaks.longest_wins) == (None, None, 0)


def test_tenths_are_added_as_they_are_written() -> None:
    """Ten times 0.1 is 1, which a computer's own addition misses."""
    told = totals([played(n, stats={"expected_goals": (0.1, None)}) for n in range(10)], stat="shots")
    assert told.averages["expected_goals"] == Average(user=0.1, of=10, opponent=None, opponent_of=0)


def test_a_match_without_a_score_is_neither_won_nor_lost() -> None:
    told = totals([played(1, None), played(2, (0, 0))], stat="shots")
    assert (told.total, told.wins + told.draws + told.losses, told.form) == (2, 1, ["draw"])


def test_form_has_the_last_ten_results_and_streaks_count_in_a_row() -> None:
    scores = [(1, 0), (1, 0), (1, 1), (2, 0), (0, 1), (0, 3), (1, 1), *[(1, 0)] * 4, (0, 2), (0, 2), (0, 2)]
    told = totals([played(n, score) for n, score in enumerate(scores)], stat="shots")
    assert told.form == ["loss", "loss", "draw", "win", "win", "win", "win", "loss", "loss", "loss"]
    assert (told.streaks.current, told.streaks.current_length) == ("loss", 3)
    assert (told.streaks.longest_wins, told.streaks.longest_unbeaten, told.streaks.longest_losses) == (4, 5, 3)


def test_a_streak_of_every_kind_is_the_longest_that_a_slow_search_finds() -> None:
    chance = random.Random(10)
    for _ in range(50):
        results: list[Any] = [chance.choice(["win", "draw", "loss"]) for _ in range(chance.randint(0, 30))]
        told = streaks(results)
        for wanted, length in (
            ({"win"}, told.longest_wins),
            ({"win", "draw"}, told.longest_unbeaten),
            ({"loss"}, told.longest_losses),
        ):
            spans = [results[a:b] for a in range(len(results)) for b in range(a + 1, len(results) + 1)]
            assert length == max((len(span) for span in spans if {*span} <= wanted), default=0)
