"""T9, T10: what follows from results: brackets go on, stages are settled, whoever advances carries what they carry."""

from typing import Any

import pytest

from core.errors import Conflict
from core.tournaments.log import counting
from core.tournaments.models import Entrant, Match, Stage
from core.tournaments.selectors.folding import fold_of, log_of
from core.tournaments.selectors.stages import entrants_of
from core.tournaments.services.advancing_stage import advance_stage
from core.tournaments.services.drawing import draw_stage
from core.tournaments.services.penalising import disqualify
from core.tournaments.services.recording import correct_result, record_double_forfeit, record_result, void_match
from tests.core.tournaments.structure.fields import correct, field, play, play_lobby, sides_of, stage_of, told

pytestmark = pytest.mark.django_db


def drawn(row: Any, **fields: Any) -> Stage:
    stage = stage_of(row, **fields)
    return draw_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk)


def states(*entrants: Entrant) -> list[str]:
    return [Entrant.objects.get(pk=entrant.pk).state for entrant in entrants]


def points(stage: Stage) -> dict[Any, Any]:
    return {row.entrant: row.figures["points"] for row in fold_of(stage).rows}


def advance(row: Any, stage: Stage) -> Stage:
    return advance_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk)


def test_winners_go_on_losers_are_out_and_a_correction_turns_that_round() -> None:
    row, (a, b, c, d) = field(4)
    stage = drawn(row, format="single_elimination", seeding="hand")
    one, other, final = stage.matches.order_by("number")
    play(one, 2, 1)
    assert (sides_of(final), states(a, d)) == ([a.pk, None], ["active", "eliminated"])
    assert told(d.captain, "eliminated") == ["player4 is out of “Friday Night” in Stage 1."]
    assert told(a.captain, "advanced") == ["player1 goes on in “Friday Night”: next is Final."]
    correct(one, 1, 2)
    assert (sides_of(final), states(a, d)) == ([d.pk, None], ["eliminated", "active"])
    void_match(by=row.host, match_id=one.pk, reason="Played on the wrong map.")
    assert (sides_of(final), one.stage.state) == ([None, None], "drawn")
    correct(one, 0, 1)
    play(other, 1, 0)
    play(final, 3, 0)
    stage.refresh_from_db()
    assert (stage.state, Match.objects.get(pk=final.pk).winner_id) == ("settled", d.pk)
    assert states(b, c, d) == ["active", "eliminated", "active"]  # who loses the final has come second
    with pytest.raises(Conflict) as refused:
        correct(one, 1, 0)
    assert (refused.value.code, refused.value.facts) == ("next_has_result", {"match": final.pk})
    assert Match.objects.get(pk=one.pk).winner_id == d.pk
    correct(one, 0, 5)  # another score, the same winner


def test_nobody_goes_on_from_a_double_forfeit() -> None:
    row, (_, b, c, _) = field(4)
    stage = drawn(row, format="single_elimination", seeding="hand")
    one, other, final = stage.matches.order_by("number")
    play(one, 2, 0)
    record_double_forfeit(by=row.host, match_id=other.pk)
    assert (sides_of(final)[1], states(b, c)) == (None, ["eliminated", "eliminated"])
    stage.refresh_from_db()
    assert stage.state == "drawn"  # the final waits for a walk-over


def test_a_stage_is_settled_when_its_matches_are_disqualified_or_not() -> None:
    row, (a, b, c) = field(3)
    stage = drawn(row, format="round_robin", seeding="hand")

    def state() -> str:
        stage.refresh_from_db()
        return stage.state

    of = {frozenset(sides_of(match)): match for match in stage.matches.all()}
    play(of[frozenset({a.pk, b.pk})], 1, 0)
    assert state() == "drawn"
    disqualify(by=row.host, competition_id=row.pk, entrant_id=c.pk, results="annul", reason="Smurf.")
    assert state() == "settled"  # the duels of one whose results are annulled wait for nothing


CARRIES = pytest.mark.parametrize(
    ("carry", "expected"), [("none", [0, 0]), ("all", [10, 6]), ({"1": 3, "2": "3/2"}, [3, "3/2"])]
)


class TwoGroups:
    """Two groups of two with a match each, whose firsts go on to a final; in the second the first came in second."""

    def __init__(self, carry: Any) -> None:
        self.row, (self.a, self.b, self.c, self.d) = field(4)
        given: Any = {"groups_count": 2, "seeding": "hand", "advance": {"per_group": 1, "carry": carry}}
        self.first = drawn(self.row, **given)
        self.final = stage_of(self.row, seeding="hand")
        self.one, self.other = self.first.matches.order_by("number")

    def play(self) -> None:
        play_lobby(self.one, self.c.pk, self.a.pk)
        rows = [{"entrant": self.b.pk, "placement": 2, "kills": 0}]
        payload = {"rows": rows, "absent": [self.d.pk]}
        record_result(by=self.row.host, match_id=self.other.pk, payload=payload)

    def turn_round(self, reason: str) -> None:
        """The first match ended the other way."""
        rows = [{"entrant": who, "placement": at, "kills": 0} for at, who in enumerate((self.a.pk, self.c.pk), 1)]
        correct_result(by=self.row.host, match_id=self.one.pk, payload={"rows": rows}, reason=reason)

    def brought(self, *entrants: Entrant) -> list[str]:
        return [str(points(self.final)[entrant.pk]) for entrant in entrants]


@CARRIES
def test_who_advances_is_in_the_next_stage_with_what_they_carry(carry: Any, expected: list[Any]) -> None:
    """T9: nothing, all, or a head start"""
    it = TwoGroups(carry)
    with pytest.raises(Conflict) as refused:
        advance(it.row, it.first)
    assert (refused.value.code, refused.value.facts["matches"]) == ("stage_not_settled", [it.one.pk, it.other.pk])
    it.play()
    assert advance(it.row, it.first).pk == it.final.pk
    assert entrants_of(it.final) == [it.c.pk, it.b.pk]
    assert it.brought(it.c, it.b) == [str(figure) for figure in expected]
    assert states(it.a, it.b, it.c, it.d) == ["eliminated", "active", "active", "eliminated"]
    assert told(it.c.captain, "advanced") == ["player3 advances to Stage 2 in “Friday Night”."]
    assert told(it.d.captain, "eliminated") == ["player4 is out of “Friday Night” in Stage 1."]


@CARRIES
def test_a_stage_is_corrected_and_advanced_from_until_the_next_has_a_result(carry: Any, expected: list[Any]) -> None:
    """T9: then it locks"""
    it = TwoGroups(carry)
    it.play()
    advance(it.row, it.first)
    it.turn_round("Mixed up.")
    advance(it.row, it.first)
    assert (entrants_of(it.final), states(it.a, it.c)) == ([it.a.pk, it.b.pk], ["active", "eliminated"])
    assert it.brought(it.a, it.b) == [str(figure) for figure in expected]
    brought = [entry for entry in counting(log_of(it.final).entries) if entry.kind == "carry"]
    assert len(brought) == (0 if carry == "none" else 2)
    play_lobby(it.final.matches.get(), it.b.pk, it.a.pk)
    it.first.refresh_from_db()
    assert it.first.state == "locked"
    with pytest.raises(Conflict) as refused:
        advance(it.row, it.first)
    assert refused.value.code == "next_has_result"
    with pytest.raises(Conflict) as refused:
        it.turn_round("Too late.")
    assert refused.value.code == "stage_locked"


def test_a_tie_at_the_cut_names_the_tied() -> None:
    """T18"""
    row, (a, b, c) = field(3)
    first = drawn(row, format="round_robin", chain="points", advance={"overall": 1})
    stage_of(row)
    for match in first.matches.all():
        play(match, 1, 1)
    with pytest.raises(Conflict) as refused:
        advance(row, first)
    assert (refused.value.code, sorted(refused.value.facts["tied"])) == ("tied_at_the_cut", [a.pk, b.pk, c.pk])
    assert states(a) == ["active"]
