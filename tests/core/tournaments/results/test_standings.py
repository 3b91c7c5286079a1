"""T18, T19, T25: tables as somebody may see them, now or as they stood, and why."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from core.errors import NotFound
from core.tournaments import shapes
from core.tournaments.models import Match, ResultEntry
from core.tournaments.selectors import standings_live as live
from core.tournaments.selectors.entries import entries_of
from core.tournaments.selectors.overlays import snapshot as overlay_snapshot
from core.tournaments.selectors.standings import explain, see_standings
from core.tournaments.services import penalising, recording
from core.tournaments.services.board_freezing import freeze_board, unfreeze_board
from core.tournaments.services.overlays import make_overlay
from tests.core.tournaments.results.stages import House, league, lobbies
from tests.people import make_person

pytestmark = pytest.mark.django_db


def points(shown: shapes.Standings) -> dict[int, Any]:
    return {row.entrant.id: row.figures["points"] for row in shown.results}


def order(shown: shapes.Standings) -> list[tuple[int, int | None, int | None]]:
    return [(row.entrant.id, row.rank, row.was) for row in shown.results]


def test_t19_what_counted_then_is_shown_as_of_then() -> None:
    """A deduction dated back counts from its date on, and from there alone."""
    house = league(2)
    one, two = house.ids
    start = house.row.created_at
    for hours, match in enumerate(house.matches, 1):
        house.play(match, house.duel(match, 1, 0), effective_at=start - timedelta(hours=4 - hours))
    penalising.adjust(
        by=house.host,
        competition_id=house.row.pk,
        stage_id=house.stage.pk,
        entrant_id=one,
        points=Fraction("-1/2"),
        reason="Late.",
        effective_at=start - timedelta(hours=1),
    )

    def as_of(**ago: float) -> dict[int, Any]:
        return points(see_standings(house.row.pk, None, as_of=start - timedelta(**ago)))

    assert as_of(hours=5) == {one: 0, two: 0}
    assert as_of(hours=2.5) == {one: 3, two: 0}
    assert as_of(hours=1.5) == {one: 3, two: 3}
    assert as_of(hours=0.5) == points(see_standings(house.row.pk, None)) == {two: 3, one: "5/2"}


def test_t25_behind_a_freeze_only_staff_see_the_board_move(django_assert_max_num_queries: Any) -> None:
    """Nothing is copied: the fold is filtered. An overlay shows what the public sees."""
    house = lobbies()
    one, two, *_ = house.ids
    topic = str(house.stage.pk)
    overlay = make_overlay(by=house.host, competition_id=house.row.pk, name="Main").id
    house.play(house.matches[0], house.lobby(3, 1, 0, 0))
    public = see_standings(house.row.pk, None)
    soon = house.row.created_at + timedelta(hours=1)
    freeze_board(by=house.host, competition_id=house.row.pk, at=soon)
    assert (live.changes_at(topic), public.meta.frozen_at) == (soon, None)
    frozen = freeze_board(by=house.host, competition_id=house.row.pk).frozen_at
    house.play(house.matches[1], house.lobby(0, 20, 0, 0))
    outsider = make_person("outsider")
    with django_assert_max_num_queries(12):
        seen = see_standings(house.row.pk, outsider)
    assert (seen.results, seen.meta.frozen_at, seen.meta.matches_settled) == (public.results, frozen, 1)
    assert order(see_standings(house.row.pk, house.referee))[0] == (two, 1, 2)
    assert len(entries_of(house.row.pk, outsider, limit=9).results) == 1
    assert len(entries_of(house.row.pk, house.referee, limit=9).results) == 2
    state = live.snapshot(topic)
    assert (state["meta"].seq, state[f"row.{one}"].rank, live.changes_at(topic)) == (1, 1, None)
    assert overlay_snapshot(str(overlay))[f"row.{one}"].rank == 1
    unfreeze_board(by=house.host, competition_id=house.row.pk)
    assert order(see_standings(house.row.pk, outsider))[0] == (two, 1, 2)
    assert overlay_snapshot(str(overlay))[f"row.{two}"].rank == 1


def test_t19_why_one_is_above_another_names_the_criterion_the_values_and_the_entries() -> None:
    house = lobbies()
    one, two, *_ = house.ids
    house.play(house.matches[0], house.lobby(1, 5, 0, 0))
    second = {"rows": [{"entrant": who, "placement": no, "kills": 0} for no, who in enumerate(house.ids[::-1], 1)]}
    house.play(house.matches[1], second)
    found = explain(house.row.pk, None, a=one, b=two)
    asked = [(it.criterion, it.values, it.entries) for it in found.asked]
    assert (found.reason, asked) == ("criterion", [("points", [15, 16], [[1, 2], [1, 2]])])
    with pytest.raises(NotFound) as refused:
        explain(house.row.pk, None, a=one, b=10**9)
    assert refused.value.code == "no_entrant"


def test_t11_the_old_entry_stays_readable_with_author_and_reason() -> None:
    house = lobbies()
    house.play(house.matches[0], house.lobby(3, 1, 0, 0))
    recording.correct_result(
        by=house.host, match_id=house.matches[0].pk, payload=house.lobby(0, 9, 0, 0), reason="Kills misread."
    )
    new, old = entries_of(house.row.pk, None, limit=9).results
    assert (old.author and old.author.username, old.superseded_by, old.payload["rows"][0]["kills"]) == ("referee", 2, 3)
    assert (new.author and new.author.username, new.reason, new.supersedes) == ("host", "Kills misread.", 1)
    first = entries_of(house.row.pk, None, limit=1)
    assert [it.seq for it in entries_of(house.row.pk, None, limit=1, before=first.next).results] == [1]


@pytest.mark.parametrize("groups", [1, 2])
def test_t23_the_state_of_each_group_is_its_own(groups: int) -> None:
    house = lobbies(groups=groups)
    for match in house.matches[:groups]:
        sides = list(match.sides.order_by("slot").values_list("entrant", flat=True))
        rows = [{"entrant": who, "placement": no, "kills": no * groups} for no, who in enumerate(sides, 1)]
        house.play(match, {"rows": rows})
    ids = [group.pk for group in house.stage.groups.order_by("number")]
    of_groups = [{key for key in live.snapshot(f"{house.stage.pk}.{pk}") if key != "meta"} for pk in ids]
    assert sorted(len(it) for it in of_groups) == [4 // groups] * groups
    assert set.union(*of_groups) == {f"row.{who}" for who in house.ids}
    assert set(live.snapshot(str(house.stage.pk))) == {"meta", *set.union(*of_groups)}
    shown = see_standings(house.row.pk, None, group=ids[-1])
    assert [row.position for row in shown.results] == list(range(1, 4 // groups + 1))


def test_t4_who_may_not_see_the_competition_hears_no_board() -> None:
    house = lobbies()
    outsider, name = make_person("outsider"), str(house.stage.pk)
    assert live.who_may_hear([outsider, None], name) == [True, True]
    for wrong in ("0", f"0{name}", f"{name}.0", f"{name}.999999", "x", f"{name}.1.1"):
        assert live.who_may_hear([house.host], wrong) == [False]
    house.row.state = "draft"
    house.row.save()
    assert live.who_may_hear([outsider, None, house.host, house.referee], name) == [False, False, True, True]
    with pytest.raises(NotFound):
        see_standings(house.row.pk, outsider)


def test_t18_nothing_played_is_a_tie_of_all() -> None:
    house: House = lobbies()
    shown = see_standings(house.row.pk, None)
    assert [(row.rank, row.tied) for row in shown.results] == [(1, True)] * 4
    assert (shown.meta.seq, shown.meta.matches_count) == (0, 2)
    assert not ResultEntry.objects.exists()
    assert not Match.objects.filter(state="confirmed").exists()
