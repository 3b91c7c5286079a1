"""T5, T10: brackets and leagues go on when somebody is out, does not come, or nobody is left."""

from typing import Any

import pytest

from core.errors import DomainError
from core.tournaments.models import Entrant, Match, Stage
from core.tournaments.selectors.exports import document_of
from core.tournaments.selectors.folding import fold_of
from core.tournaments.selectors.outcomes import placings_of
from core.tournaments.services.advancing_stage import advance_stage
from core.tournaments.services.completing import complete
from core.tournaments.services.drawing import draw_stage
from core.tournaments.services.penalising import disqualify, reinstate
from core.tournaments.services.recording import award_walkover, record_double_forfeit, void_match
from core.tournaments.services.withdrawing import withdraw
from tests.core.tournaments.structure.fields import correct, field, play, play_lobby, sides_of, stage_of

pytestmark = pytest.mark.django_db


def drawn(row: Any, **fields: Any) -> tuple[Stage, list[Match]]:
    stage = stage_of(row, seeding="hand", **fields)
    draw_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk)
    return stage, list(stage.matches.order_by("number"))


def states(matches: list[Match]) -> list[str]:
    return [Match.objects.get(pk=match.pk).state for match in matches]


def leave(entrant: Entrant) -> None:
    row = entrant.competition
    withdraw(by=row.host, competition_id=row.pk, entrant_id=entrant.pk, reason="Left.")


def code(verb: Any, **given: Any) -> str:
    try:
        verb(**given)
    except DomainError as refused:
        return refused.code
    return "done"


@pytest.mark.parametrize("count", [2, 3, 5, 6, 7])
def test_a_bracket_of_any_size_is_played_to_its_end(count: int) -> None:
    """T8: byes never meet byes, the best seed wins throughout"""
    row, entrants = field(count)
    stage, _ = drawn(row, format="single_elimination")
    for _ in range(count):
        for match in stage.matches.filter(state="scheduled").order_by("number"):
            sides = sides_of(match)
            if None not in sides:
                play(match, *((1, 0) if entrants[0].pk == min(it for it in sides if it) else (2, 1)))
    stage.refresh_from_db()
    assert stage.state == "settled"
    assert stage.matches.filter(state="confirmed").count() == count - 1
    complete(by=row.host, competition_id=row.pk)
    places = [it.place for it in placings_of(row.pk, None).results]
    assert (len(places), places[:3]) == (count, [1, 2, 3][:count])


def test_who_is_left_alone_in_a_bracket_goes_through_by_a_bye() -> None:
    row, (a, b, c, d) = field(4)
    stage, (one, other, final) = drawn(row, format="single_elimination")
    win: dict[str, Any] = {"by": row.host, "match_id": final.pk}
    play(one, 2, 0)
    assert code(award_walkover, **win, winner=a.pk) == "wrong_sides"  # the other side may still come
    record_double_forfeit(by=row.host, match_id=other.pk)
    assert code(award_walkover, **win, winner=d.pk) == "wrong_sides"
    assert code(record_double_forfeit, **win) == "wrong_sides"
    assert award_walkover(**win, winner=a.pk).payload == {"winner": a.pk}
    stage.refresh_from_db()
    assert (stage.state, states([final])) == ("settled", ["walkover"])
    assert [*document_of(row, "results")["stages"][0]["matches"][2]["sides"]] == [a.pk]
    complete(by=row.host, competition_id=row.pk)
    placings = placings_of(row.pk, None).results
    assert [(it.place, it.entrant.id) for it in placings] == [(1, a.pk), *((2, it.pk) for it in (b, c, d))]


def test_where_nobody_is_left_the_match_is_void_and_the_bracket_goes_on() -> None:
    row, (a, *_) = field(8)
    stage, (one, two, three, four, semi, empty, final) = drawn(row, format="single_elimination")
    play(one, 1, 0)
    play(two, 1, 0)
    play(semi, 1, 0)
    for match in (three, four):
        record_double_forfeit(by=row.host, match_id=match.pk)
    void_match(by=row.host, match_id=empty.pk, reason="Nobody is left.")
    award_walkover(by=row.host, match_id=final.pk, winner=a.pk)
    stage.refresh_from_db()
    assert stage.state == "settled"


def test_who_withdraws_gives_the_duels_that_are_left_to_the_others() -> None:
    """T5"""
    row, (a, b, c, d) = field(4)
    stage, (one, other, final) = drawn(row, format="single_elimination")
    leave(d)
    assert (states([one]), sides_of(final)) == (["walkover"], [a.pk, None])
    leave(a)  # waits in the final for whoever comes
    assert states([final]) == ["scheduled"]
    play(other, 2, 1)
    assert states([final]) == ["walkover"]
    assert Match.objects.get(pk=final.pk).winner_id == b.pk
    stage.refresh_from_db()
    assert stage.state == "settled"
    assert Entrant.objects.get(pk=c.pk).state == "eliminated"


def test_a_league_goes_on_without_who_is_out() -> None:
    row, (a, b, c) = field(3)
    stage, matches = drawn(row, format="round_robin")
    play(next(it for it in matches if {*sides_of(it)} == {a.pk, b.pk}), 1, 1)
    disqualify(by=row.host, competition_id=row.pk, entrant_id=c.pk, results="keep", reason="Smurf.")
    assert sorted(states(matches)) == ["confirmed", "walkover", "walkover"]
    leave(a)  # what was played stands
    assert {it.entrant: it.figures["points"] for it in fold_of(stage).rows}[b.pk] == 4
    reinstate(by=row.host, competition_id=row.pk, entrant_id=c.pk, reason="It was his brother.")
    against = next(it for it in matches if {*sides_of(it)} == {c.pk, b.pk})
    correct(against, *((1, 0) if sides_of(against)[0] == c.pk else (0, 1)))
    assert {it.entrant: it.figures["points"] for it in fold_of(stage).rows}[b.pk] == 1


def test_who_withdrew_does_not_advance_and_is_not_brought_back_by_being_reinstated() -> None:
    """T9"""
    row, (a, b, c) = field(3)
    first, (lobby,) = drawn(row, advance={"overall": 2})
    following = stage_of(row, seeding="hand")
    play_lobby(lobby, a.pk, b.pk, c.pk)
    leave(a)
    disqualify(by=row.host, competition_id=row.pk, entrant_id=a.pk, results="keep", reason="Cheated, too.")
    reinstate(by=row.host, competition_id=row.pk, entrant_id=a.pk, reason="He did not.")
    assert Entrant.objects.get(pk=a.pk).state == "withdrawn"
    advance_stage(by=row.host, competition_id=row.pk, stage_id=first.pk)
    assert list(following.placements.order_by("seed").values_list("entrant", flat=True)) == [b.pk, c.pk]
    leave(c)
    assert code(draw_stage, by=row.host, competition_id=row.pk, stage_id=following.pk) == "too_few_entrants"
