"""T18, T22: who won, who came in where, and what that is worth."""

from typing import Any

import pytest

from core.boards.models import BoardScore
from core.errors import Conflict
from core.notifications.models import Notification
from core.tournaments.log import Id
from core.tournaments.models import Entrant, Placing, Table
from core.tournaments.placing import Tie, left_behind, of_a_bracket, places
from core.tournaments.selectors.checking import find_differences
from core.tournaments.selectors.outcomes import person_statistics
from core.tournaments.services import completing, penalising, recording
from tests.core.tournaments.results.stages import House, lobbies
from tests.core.tournaments.rows import make_match, make_stage

pytestmark = pytest.mark.django_db


def refused(call: Any, house: House) -> Conflict:
    with pytest.raises(Conflict) as refusal:
        call(by=house.host, competition_id=house.row.pk)
    return refusal.value


def two_firsts(house: House) -> None:
    """Both sides did the same, once each way round."""
    for match, order in zip(house.matches, (house.ids, house.ids[::-1]), strict=True):
        rows = [{"entrant": who, "placement": no, "kills": 2 - no} for no, who in enumerate(order, 1)]
        house.play(match, {"rows": rows})


def test_t18_a_shared_first_place_is_told_until_a_lot_decides() -> None:
    house = lobbies(2)
    house.stage.chain = {"name": "points", "criteria": [{"by": "points"}]}
    house.stage.save()
    assert refused(completing.select_winner, house).facts == {"matches": [match.pk for match in house.matches]}
    two_firsts(house)
    for verb in (completing.select_winner, completing.complete):
        refusal = refused(verb, house)
        assert (refusal.code, sorted(refusal.facts["tied"])) == ("tied", house.ids)
    assert not Placing.objects.exists()
    penalising.record_lot(
        by=house.host,
        competition_id=house.row.pk,
        stage_id=house.stage.pk,
        order=(house.ids[1], house.ids[0]),
        reason="A coin, on stream.",
    )
    assert completing.select_winner(by=house.host, competition_id=house.row.pk).pk == house.ids[1]


def test_t22_completing_gives_places_over_all_stages_points_and_news() -> None:
    """Who comes no further is behind whoever did; a place is worth a point for each entrant left behind."""
    house = lobbies(matches=1)
    house.play(house.matches[0], house.lobby(9, 1, 0, 0))
    finalists = house.entrants[1:3]
    final = make_match(make_stage(house.row, finalists).groups.get(), finalists)
    rows = [{"entrant": it.pk, "placement": no, "kills": 3} for no, it in enumerate(finalists[::-1], 1)]
    recording.record_result(by=house.referee, match_id=final.pk, payload={"rows": rows})
    completing.complete(by=house.host, competition_id=house.row.pk)
    first, second, third, fourth = house.ids
    placed = dict(Placing.objects.values_list("entrant", "place"))
    assert placed == {third: 1, second: 2, first: 3, fourth: 4}
    assert Placing.objects.get(entrant=third).figures == {"played": 2, "wins": 1, "draws": 0, "losses": 1, "kills": 3}
    scores = {row.user_id: row.score for row in BoardScore.objects.filter(board="bgmi")}
    captains = [it.captain_id for it in house.entrants]
    assert scores == {captains[2]: 3, captains[1]: 2, captains[0]: 1}
    told = Notification.objects.get(kind="competition_placement", recipient=captains[1])
    assert (told.data["place"], told.data["entrant"]) == (2, "captain2")
    assert set(Entrant.objects.values_list("state", flat=True)) == {"finished"}
    stats = person_statistics(captains[2])
    assert (stats.competitions, stats.won, stats.best_place, stats.played, stats.kills) == (1, 1, 1, 2, 3)
    again = refused(completing.complete, house)
    assert (again.code, again.facts["legal"]) == ("illegal_move", ["archived"])
    assert [*find_differences()] == []
    Table.objects.filter(group=None).update(rows=[])
    assert len([*find_differences()]) == 2


def test_places_of_a_bracket_are_by_the_last_round() -> None:
    """1, 2, 3-4; where neither side came, both are out there."""
    ties = [Tie(1, ("A", "D"), "A"), Tie(1, ("B", "C"), "C"), Tie(2, ("A", "C"), "C")]
    assert [*places([of_a_bracket(ties)])] == [(1, ("C",)), (2, ("A",)), (3, ("D", "B"))]
    ties[0] = Tie(1, ("A", "D"), None)
    assert [*places([of_a_bracket(ties[:1])])] == [(1, ("A", "D"))]
    found: list[tuple[int, tuple[Id, ...]]] = [(1, ("C",)), (2, ("A", "B")), (4, ("D",))]
    assert left_behind(found) == {"C": 3, "A": 1, "B": 1, "D": 0}
