"""T11, T12, T19: facts are entered once, corrected and never edited, and the tables are the fold of them."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from core.errors import DomainError
from core.notifications.models import Notification
from core.tournaments.models import Entrant, Match, ResultEntry
from core.tournaments.selectors.folding import fold_of
from core.tournaments.services import penalising, recording
from tests.core.racing import at_once
from tests.core.tournaments.results.stages import league, lobbies
from tests.core.tournaments.rows import make_match, make_stage
from tests.core.tournaments.rules.reference import table
from tests.people import make_person

pytestmark = pytest.mark.django_db


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(DomainError) as refusal:
        call()
    return refusal.value.code


@pytest.mark.parametrize("seed", range(3))
def test_t19_the_projection_is_what_a_slow_reference_says_after_every_step(seed: int) -> None:
    """Playing again corrects; the reference forgets what the log keeps."""
    house, chance = league(), Random(seed)
    games, taken = dict[int, Any](), dict[Any, int]()
    for _ in range(14):
        match = chance.choice(house.matches[:8])
        home, away = match.sides.order_by("slot").values_list("entrant", flat=True)
        ours, theirs = chance.randrange(4), chance.randrange(3)
        step = chance.choice(["play", "play", "play", "void", "take"])
        if step == "take":
            points = Fraction(-ours - 1)
            penalising.adjust(
                by=house.host,
                competition_id=house.row.pk,
                stage_id=house.stage.pk,
                entrant_id=home,
                points=points,
                reason="Late.",
            )
            taken[home] = taken.get(home, 0) + ours + 1
        elif step == "void":
            recording.void_match(by=house.referee, match_id=match.pk, reason="The server died.")
            games.pop(match.number, None)
        else:
            payload = house.duel(match, ours, theirs)
            if match.entries.exists():
                recording.correct_result(by=house.referee, match_id=match.pk, payload=payload, reason="Misread.")
            else:
                house.play(match, payload)
            games[match.number] = (home, ours, theirs, away)
        places: dict[int, set[int]] = {}
        for who, rank in house.ranks().items():
            places.setdefault(rank or 0, set()).add(int(who))
        assert [places[rank] for rank in sorted(places)] == table(games, taken, house.ids)
        assert house.table().rows == house.table(house.stage.groups.get().pk).rows
    house.row.refresh_from_db()
    assert [it.seq for it in ResultEntry.objects.order_by("seq")] == list(range(1, house.row.log_seq + 1))


def test_t11_a_correction_keeps_the_old_entry_and_shows_what_moved() -> None:
    house = lobbies()
    one, two, *_ = house.ids
    first = house.play(house.matches[0], house.lobby(3, 1, 0, 0))
    assert refused(lambda: house.play(house.matches[0], house.lobby(1, 9, 0, 0))) == "has_result"
    correct: dict[str, Any] = {"by": house.referee, "match_id": house.matches[0].pk, "payload": house.lobby(1, 9, 0, 0)}
    assert refused(lambda: recording.correct_result(**correct, reason=" ")) == "reason_required"
    second = recording.correct_result(**correct, reason="Kills misread.", supersedes=first.seq)
    assert refused(lambda: recording.correct_result(**correct, reason="Me too.", supersedes=first.seq)) == "superseded"
    assert (second.supersedes, second.effective_at) == (first.seq, first.effective_at)
    assert ResultEntry.objects.get(seq=first.seq).payload["rows"][0]["kills"] == 3
    moved = {row["entrant"]: (row["was"], row["rank"]) for row in house.table().rows}
    assert (moved[one], moved[two]) == ((1, 2), (2, 1))
    told = Notification.objects.filter(kind="competition_result", recipient=house.entrants[0].captain).order_by("pk")
    assert [it.data["action"] for it in told] == ["confirmed", "corrected"]


def test_t11_a_key_enters_once_and_means_one_thing() -> None:
    house = lobbies()
    payload = house.lobby(3, 1, 0, 0)
    first, again = [house.play(house.matches[0], payload, idempotency_key="k-1") for _ in range(2)]
    assert (first, ResultEntry.objects.count()) == (again, 1)
    assert refused(lambda: house.play(house.matches[0], house.lobby(4), idempotency_key="k-1")) == "key_reused"
    assert refused(lambda: house.play(house.matches[1], payload, idempotency_key="k-1")) == "key_reused"


def test_t4_who_may_not_settle_records_nothing() -> None:
    """Nobody settles a match that they play; a captain's result needs a claim that is agreed."""
    house = lobbies()
    match, payload = house.matches[0], house.lobby(3, 1, 0, 0)

    def by(user: Any) -> str:
        return refused(lambda: recording.record_result(by=user, match_id=match.pk, payload=payload))

    assert by(make_person("nobody")) == "not_staff"
    assert by(house.entrants[0].captain) == "not_staff"
    house.row.staff.create(user=house.entrants[1].captain, role="referee", added_at=house.row.created_at)
    assert by(house.entrants[1].captain) == "own_match"
    assert not ResultEntry.objects.exists()


def test_t10_states_follow_the_log() -> None:
    house = league(2)
    match, other = house.matches
    one, two = house.ids
    recording.award_walkover(by=house.referee, match_id=match.pk, winner=two)

    def found() -> tuple[str, int | None]:
        match.refresh_from_db()
        return match.state, match.winner_id

    assert found() == ("walkover", two)
    assert refused(lambda: recording.record_double_forfeit(by=house.referee, match_id=match.pk)) == "reason_required"
    recording.record_double_forfeit(by=house.referee, match_id=match.pk, reason="Neither came.")
    assert found() == ("double_forfeit", None)
    recording.void_match(by=house.referee, match_id=match.pk, reason="To be played again.")
    assert found() == ("void", None)
    recording.correct_result(
        by=house.referee, match_id=match.pk, payload=house.duel(match, 2, 1), reason="Played on Monday."
    )
    assert found() == ("confirmed", one)
    assert house.ranks() == {one: 1, two: 2}
    house.row.state = "completed"
    house.row.save()
    assert refused(lambda: house.play(other, house.duel(other, 1, 0))) == "not_running"


def test_t10_a_lobby_with_games_is_settled_with_the_last_of_them() -> None:
    house = lobbies(matches=1, games=2)
    match = house.matches[0]
    assert refused(lambda: house.play(match, house.lobby(1))) == "bad_game"
    house.play(match, house.lobby(1, 0, 0, 0), game_no=2)
    assert Match.objects.get().state == "scheduled"
    house.play(match, house.lobby(0, 9, 0, 0), game_no=1)
    assert (Match.objects.get().state, house.ranks()[house.ids[1]]) == ("confirmed", 2)
    recording.void_match(by=house.referee, match_id=match.pk, reason="Cheats.")
    assert Match.objects.get().state == "void"
    assert {row["figures"]["points"] for row in house.table().rows} == {0}


def test_t11_decisions_by_hand_and_what_takes_them_back() -> None:
    house = lobbies()
    one, two, three, four = house.ids
    house.play(house.matches[0], house.lobby(3, 1, 0, 0))
    place: dict[str, Any] = {"by": house.host, "competition_id": house.row.pk}
    stage: dict[str, Any] = {**place, "stage_id": house.stage.pk}
    point: dict[str, Any] = {"points": Fraction(1), "reason": "Ping."}
    assert refused(lambda: penalising.adjust(**stage | {"by": house.referee}, entrant_id=one, **point)) == "not_staff"
    entry = penalising.override(**stage, entrant_id=four, place=1, reason="The organiser's decision.")
    assert house.ranks()[four] == 1
    penalising.take_back(**place, seq=entry.seq, reason="A mistake.")
    assert house.ranks()[four] == 4
    assert refused(lambda: penalising.take_back(**place, seq=entry.seq, reason="Again.")) == "superseded"
    penalising.disqualify(**place, entrant_id=one, results="annul", reason="Cheats.")
    assert (house.ranks()[one], Entrant.objects.get(pk=one).state) == (None, "disqualified")
    assert refused(lambda: penalising.disqualify(**place, entrant_id=one, results="keep", reason="x")) == "disqualified"
    penalising.reinstate(**place, entrant_id=one, reason="It was another.")
    assert (house.ranks()[one], Entrant.objects.get(pk=one).state) == (1, "active")
    penalising.adjust(**stage, entrant_id=three, **point)
    assert (house.ranks()[two], house.ranks()[three]) == (2, 3)
    later = house.row.created_at + timedelta(days=1)
    assert refused(lambda: penalising.adjust(**stage, entrant_id=one, effective_at=later, **point)) == "in_the_future"


def test_t9_a_stage_is_locked_by_the_first_result_of_the_next() -> None:
    house = lobbies()
    house.play(house.matches[0], house.lobby(3, 1, 0, 0))
    old, group = house.stage, house.stage.groups.get()
    final = make_stage(house.row, house.entrants)
    house.play(make_match(final.groups.get(), house.entrants), house.lobby(1, 1, 1, 1))
    assert refused(lambda: house.play(house.matches[1], house.lobby(3, 1, 0, 0))) == "stage_locked"
    assert [row.rank for row in fold_of(old, group.pk).rows] == [1, 2, 3, 4]


def test_t20_recording_asks_the_database_as_often_whatever_was_recorded(django_assert_max_num_queries: Any) -> None:
    house = lobbies(matches=3)
    house.play(house.matches[0], house.lobby(3, 1, 0, 0))
    for match in house.matches[1:]:
        with django_assert_max_num_queries(40):
            house.play(match, house.lobby(3, 1, 0, 0))


@pytest.mark.django_db(transaction=True)
def test_t11_two_referees_at_once_make_one_entry() -> None:
    """The same key is one entry for both; without a key, the second is told what stands."""
    house = lobbies()
    payload = house.lobby(3, 1, 0, 0)
    first, again = at_once(2, lambda: house.play(house.matches[0], payload, idempotency_key="k-1").pk)
    assert first == again

    def play() -> str:
        try:
            return house.play(house.matches[1], payload).kind
        except DomainError as refusal:
            return refusal.code

    assert sorted(at_once(2, play)) == ["has_result", "result"]
    assert list(ResultEntry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2]
