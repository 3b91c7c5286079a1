"""T19: what holds of every log: its order says nothing, carrying changes nothing, names mean nothing."""

from itertools import combinations, permutations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from core.tournaments.advancing import added_up
from core.tournaments.criteria import LOWER_IS_BETTER
from core.tournaments.log import Carry, Entry, Id, Lobby
from core.tournaments.published import CHAINS
from core.tournaments.standings import Standings, fold
from tests.core.tournaments.rules.logs import FOOTBALL, LOBBIES, ROYALE, chain_of, duel, entry, lobby, profile_of
from tests.core.tournaments.rules.reference import table

UEFA = CHAINS["uefa-2024"]
UEFA_RUN = [
    *({"by": by, "scope": "tied"} for by in ("points", "goal_difference")),
    {"by": "goals_for", "scope": "tied", "on_split": "restart"},
]
WITHOUT_CARDS = chain_of("points", *UEFA_RUN, "goal_difference", "goals_for")
FOUR = "ABCD"
PAIRS: list[tuple[Id, Id]] = [*permutations(FOUR, 2)]
few = settings(max_examples=60, deadline=None)

goals = st.integers(0, 2)
cards = st.fixed_dictionaries({"yellow": st.integers(0, 2)})


@st.composite
def football(draw: st.DrawFn) -> list[Entry]:
    """Some of the matches of four, home and away, with cards, and points taken."""
    log = [
        duel(seq, sides, (draw(goals), draw(goals)), cards=[draw(cards), draw(cards)])
        for seq, sides in enumerate(draw(st.lists(st.sampled_from(PAIRS), max_size=14, unique=True)), 1)
    ]
    taken = draw(st.lists(st.tuples(st.sampled_from(FOUR), st.integers(-3, 3)), max_size=2))
    return log + [
        entry(len(log) + number, "adjust", {"entrant": who, "points": points})
        for number, (who, points) in enumerate(taken, 1)
    ]


@st.composite
def royale(draw: st.DrawFn) -> list[Entry]:
    lobbies = draw(st.lists(st.permutations(FOUR), min_size=1, max_size=4))
    return [lobby(seq, *((who, draw(goals)) for who in order)) for seq, order in enumerate(lobbies, 1)]


def football_table(log: list[Entry], entrants: str = FOUR) -> Standings:
    return fold(log, FOOTBALL, UEFA, entrants)


@few
@given(st.one_of(football(), royale()), st.randoms())
def test_the_order_of_entries_says_nothing(log: list[Entry], chance: Random) -> None:
    profile, chain = (LOBBIES, ROYALE) if log and isinstance(log[0].payload, Lobby) else (FOOTBALL, UEFA)
    shuffled = [*log]
    chance.shuffle(shuffled)
    assert fold(shuffled, profile, chain, FOUR) == fold(log, profile, chain, FOUR)


@few
@given(football(), st.permutations(FOUR))
def test_new_labels_permute_the_table(log: list[Entry], labels: list[str]) -> None:
    new = dict(zip(FOUR, labels, strict=True))
    relabelled = [
        duel(it.seq, [new[who] for who in it.payload.sides], it.payload.games[0].score, cards=it.payload.cards)
        if it.kind == "result"
        else entry(it.seq, "adjust", {"entrant": new[it.payload.entrant], "points": int(it.payload.points)})
        for it in log
    ]
    before, after = football_table(log), football_table(relabelled, "".join(new[who] for who in FOUR))
    assert [(row.rank, new[str(row.entrant)], row.figures) for row in before.rows] == [
        (row.rank, row.entrant, row.figures) for row in after.rows
    ]


def carried_on(first: Standings, rest: list[Entry]) -> list[Entry]:
    lines = first.ranking.lines
    carries = [Carry(entrant=who, lines=tuple(added_up(own))) for who, own in lines.items()]
    return [*rest, *(Entry(seq=100 + number, kind="carry", payload=it) for number, it in enumerate(carries))]


@few
@given(football(), st.integers(0, 14))
def test_a_stage_split_into_carried_parts_has_the_same_table(log: list[Entry], at: int) -> None:
    parts = carried_on(football_table(log[:at]), log[at:])
    assert football_table(parts) == football_table(log)
    buchholz = chain_of("points", "opponents_points")
    assert fold(parts, FOOTBALL, buchholz, FOUR) == fold(log, FOOTBALL, buchholz, FOUR)


@few
@given(royale(), st.integers(0, 4))
def test_lobbies_split_into_carried_parts_have_the_same_table(log: list[Entry], at: int) -> None:
    chain = chain_of("points", "average_placement", "best_placement", "average_kills", "last_placement")
    first = fold(log[:at], LOBBIES, chain, FOUR)
    assert fold(carried_on(first, log[at:]), LOBBIES, chain, FOUR) == fold(log, LOBBIES, chain, FOUR)


@few
@given(st.lists(st.tuples(st.sampled_from(["play", "play", "void", "take"]), st.sampled_from(PAIRS), goals, goals)))
def test_a_random_log_folds_to_the_slow_reference_after_every_step(
    steps: list[tuple[str, tuple[Id, Id], int, int]],
) -> None:
    """Playing again corrects; the reference forgets what the log keeps."""
    log: list[Entry] = []
    games, taken, last = dict[int, tuple[Id, int, int, Id]](), dict[Id, int](), dict[int, int]()
    for seq, (step, (home, away), ours, theirs) in enumerate(steps, 1):
        match = PAIRS.index((home, away)) + 1
        if step == "take":
            log.append(entry(seq, "adjust", {"entrant": home, "points": -ours}))
            taken[home] = taken.get(home, 0) + ours
        elif step == "void":
            log.append(entry(seq, "void", match=match, supersedes=last.get(match)))
            games.pop(match, None)
            last[match] = seq
        else:
            log.append(duel(seq, (home, away), (ours, theirs), match=match, supersedes=last.get(match)))
            games[match], last[match] = (home, ours, theirs, away), seq
        rows = fold(log, FOOTBALL, WITHOUT_CARDS, FOUR).rows
        places = {row.rank: {it.entrant for it in rows if it.rank == row.rank} for row in rows}
        assert [*places.values()] == table(games, taken, FOUR)


@few
@given(football())
def test_every_explanation_agrees_with_the_table(log: list[Entry]) -> None:
    standings = football_table(log)
    for above, below in combinations(standings.rows, 2):
        explained = standings.explain(above.entrant, below.entrant)
        assert (explained.reason == "tied") == (above.rank == below.rank)
        if explained.reason == "criterion":
            last = explained.asked[-1]
            assert last.values
            better, worse = last.values if last.criterion.by not in LOWER_IS_BETTER else last.values[::-1]
            assert better > worse
            assert all(it.values is None or it.values[0] == it.values[1] for it in explained.asked[:-1])


def test_the_best_matches_that_count_are_the_same_however_they_come() -> None:
    """T16, best n of m: of two that brought the same, the later counts."""
    profile = profile_of(format="lobby", placement={"1": 5, "2": 3}, counted=2)
    log = [lobby(1, ("A", 0), ("B", 0)), lobby(2, ("B", 0), ("A", 4)), lobby(3, ("B", 0), ("A", 1))]
    for order in permutations(log):
        rows = {row.entrant: row.figures for row in fold(order, profile, ROYALE, "AB").rows}
        assert (rows["A"]["points"], rows["A"]["kills"], rows["A"]["played"]) == (8, 1, 2)
        assert (rows["B"]["points"], rows["B"]["wins"]) == (10, 2)
