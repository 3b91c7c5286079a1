"""T8, T9, T21: stages are made, changed while they may be, and drawn; redrawn until something was played."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.boards.services import add_scores
from core.errors import Conflict, DomainError, Invalid, NotAllowed
from core.tournaments.models import Match, Placement, Profile, Stage
from core.tournaments.pairing import draw
from core.tournaments.published import PROFILE_BODIES
from core.tournaments.selectors.stages import entrants_of
from core.tournaments.services.drawing import draw_stage, seed_first_stage, undraw_stage
from core.tournaments.services.opening import open_for
from core.tournaments.services.stages import add_stage, edit_stage, remove_stage
from core.work.clock import database_now
from core.work.transactions import atomically
from tests.core.tournaments.structure.fields import field, play, play_lobby, sides_of, stage_of
from tests.people import make_person

pytestmark = pytest.mark.django_db


def seeds(stage: Stage) -> list[int]:
    return entrants_of(stage)


@atomically
def seed(row: Any) -> None:
    seed_first_stage(open_for(row.pk, row.host, "arrange"))


def test_a_stage_takes_what_is_usual_for_its_game_and_copies_the_rules_whole() -> None:
    """T21: a later version of a rule changes no stage"""
    row, _ = field(2, game="free_fire")
    stage = stage_of(row, plan={"matches": 6, "maps": ["Bermuda"]}, advance={"per_group": 1})
    assert (stage.name, stage.profile, stage.plan["matches"]) == (
        "Stage 1",
        {"name": "freefire-2023", **PROFILE_BODIES["freefire-2023"]},
        6,
    )
    for version, points in ((1, 5), (2, 9), (3, 1)):
        body = {"format": "lobby", "placement": {"1": points}}
        published = database_now() if version < 3 else None
        Profile.objects.create(
            owner=row.host, name="mine", version=version, body=body, created_at=database_now(), published_at=published
        )
    edit_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk, profile="mine")
    stage.refresh_from_db()
    assert (stage.profile["version"], stage.profile["placement"]) == (2, {"1": 9})


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"format": "lobby", "profile": "maps"}, "wrong_profile"),
        ({"profile": "none"}, "unknown_profile"),
        ({"chain": "none"}, "unknown_chain"),
        ({"plan": {"matches": 0}}, "bad_shape"),
        ({"advance": {"per_group": 1, "overall": 1}}, "bad_shape"),
        ({"groups_count": 65}, "invalid"),
    ],
)
def test_what_a_stage_cannot_be_is_refused(given: dict[str, Any], code: str) -> None:
    row, _ = field(2)
    with pytest.raises(Invalid) as refused:
        stage_of(row, **given)
    assert refused.value.code == code


def test_rules_stay_once_there_is_a_result_and_the_shape_once_it_is_drawn() -> None:
    """T21"""
    row, (a, b) = field(2)
    stage = stage_of(row, plan={"matches": 2})

    def edit(**changes: Any) -> str:
        try:
            edit_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk, **changes)
        except DomainError as refused:
            return refused.code
        return ""

    assert edit(groups_count=1, seeding="draw", chain="points") == ""
    draw_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk)
    assert [edit(plan={}), edit(profile="pubgm-2020"), edit(name="Finals")] == ["stage_drawn", "", ""]
    play_lobby(Match.objects.get(stage=stage, number=1), b.pk, a.pk)
    assert [edit(profile="pubgm-2023"), edit(chain="points"), edit(name="Final")] == [
        "stage_has_results",
        "stage_has_results",
        "",
    ]
    with pytest.raises(Conflict) as refused:
        draw_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk)
    assert refused.value.code == "stage_has_results"
    with pytest.raises(NotAllowed):
        add_stage(by=make_person("mei"), competition_id=row.pk)
    later = stage_of(row)
    with pytest.raises(Conflict) as refused:
        remove_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk)
    assert refused.value.code == "stage_drawn"
    remove_stage(by=row.host, competition_id=row.pk, stage_id=later.pk)
    assert row.stages.count() == 1


def test_a_scrim_has_one_stage_and_six_matches() -> None:
    """T1: refused, and by constraints"""
    row, _ = field(4, kind="scrim")
    with pytest.raises(Invalid) as refused:
        stage_of(row, plan={"matches": 7})
    assert refused.value.code == "scrim_limits"
    stage = stage_of(row, plan={"matches": 6})
    with pytest.raises(Invalid):
        stage_of(row)
    draw_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk)
    group = stage.groups.get()
    for broken in (
        Stage(competition=row, kind="scrim", number=2, name="x", format="lobby", profile={}, chain={}),
        Match(competition=row, kind="scrim", stage=stage, group=group, number=7),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken.save()


def test_a_draw_can_be_checked_by_anybody_and_seeds_go_by_hand_rank_or_snake() -> None:
    row, entrants = field(6)
    ids = [entrant.pk for entrant in entrants]
    stage = stage_of(row, format="round_robin", seeding="draw", groups_count=2)

    def drawn(**more: Any) -> list[list[int]]:
        draw_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk, **more)
        stage.refresh_from_db()
        return [entrants_of(stage, group) for group in stage.groups.order_by("number")]

    groups = drawn()
    assert seeds(stage) == draw(ids, stage.draw_seed)
    assert groups == [seeds(stage)[::2], seeds(stage)[1::2]]
    before, there = stage.draw_seed, list(stage.groups.values_list("pk", flat=True))
    drawn()
    assert stage.draw_seed != before
    assert list(stage.groups.values_list("pk", flat=True)) == there  # announcements to a group outlive a draw

    def reseed(seeding: str) -> None:
        undraw_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk)
        edit_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk, seeding=seeding)

    reseed("hand")
    with pytest.raises(Invalid) as refused:
        drawn(order=ids[1:])
    assert (refused.value.code, refused.value.facts["missing"]) == ("bad_order", ids[:1])
    assert drawn(order=ids[::-1]) == [ids[::-2], ids[-2::-2]]
    add_scores(board="bgmi", gains={entrants[5].captain_id: 90, entrants[2].captain_id: 40}, cause="test")
    ranked = [ids[5], ids[2], ids[0], ids[1], ids[3], ids[4]]
    reseed("rank")
    assert drawn() == [ranked[::2], ranked[1::2]]
    reseed("snake")
    assert drawn() == [[ranked[0], ranked[3], ranked[4]], [ranked[1], ranked[2], ranked[5]]]
    assert stage.matches.count() == 6


def test_the_first_stage_is_drawn_once_and_again_only_where_others_play() -> None:
    """T7: who did not come is out of a draw that was made before"""
    row, entrants = field(5, state="check_in")
    stage = stage_of(row, format="single_elimination", seeding="draw")
    seed(row)
    first = seeds(stage)
    match = stage.matches.get(number=1)
    Match.objects.filter(pk=match.pk).update(room_id="4711")
    seed(row)
    assert (seeds(stage), stage.matches.get(number=1).pk) == (first, match.pk)
    absent = next(entrant for entrant in entrants if entrant.pk == first[0])
    absent.state = "no_show"
    absent.save()
    seed(row)
    assert seeds(stage) == first[1:]
    assert stage.matches.get(number=1).room_id == "4711"  # what was set for a match stays with its number
    assert stage.matches.count() == 3
    row.stages.all().delete()
    with pytest.raises(Conflict) as refused:
        seed(row)
    assert refused.value.code == "no_stage"


def test_nothing_is_drawn_while_people_register_nor_when_too_few_came() -> None:
    row, entrants = field(1, state="registration_open")
    stage = stage_of(row)
    for state, code in (("registration_open", "too_early"), ("check_in", "too_few_entrants")):
        type(row).objects.filter(pk=row.pk).update(state=state)
        with pytest.raises(Conflict) as refused:
            draw_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk)
        assert refused.value.code == code
    assert not Placement.objects.filter(stage=stage).exists()
    assert len(entrants) == 1


def test_byes_count_from_the_first_result_on() -> None:
    """T8: until then the bracket may be drawn anew"""
    row, entrants = field(3)
    stage = stage_of(row, format="single_elimination", seeding="hand")
    draw_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk)
    bye, played, final = stage.matches.order_by("number")
    ids = [entrant.pk for entrant in entrants]
    assert (bye.state, bye.winner_id, row.entries.count()) == ("walkover", ids[0], 0)
    assert [sides_of(match) for match in (bye, played, final)] == [[ids[0], None], ids[1:], [ids[0], None]]
    play(played, 0, 2)
    assert list(row.entries.order_by("seq").values_list("kind", "match__number")) == [("result", 2), ("walkover", 1)]
    assert sides_of(final) == [ids[0], ids[2]]
