"""T4, T13: who answers for a side, and what becomes of claims when there is a result, or others play."""

from typing import Any

import pytest

from core.tournaments import services
from core.tournaments.models import Claim, Entrant, Match, ResultEntry, RosterPlace
from core.tournaments.selectors import match_live
from core.tournaments.selectors.disputes import disputes_of
from core.tournaments.services import keep_time
from core.tournaments.services.reading import settle_claim
from core.tournaments.services.recording import void_match
from tests.core.tournaments.claims.night import Night, make_night
from tests.core.tournaments.claims.rows import make_claim, make_dispute
from tests.core.tournaments.rows import HOUR, make_match
from tests.core.tournaments.structure.fields import correct, play
from tests.people import make_person

pytestmark = pytest.mark.django_db


def led_from_outside(night: Night, at: int) -> Any:
    """The side is led by somebody who does not play; who did is a player of it."""
    lead = make_person(f"lead{at}")
    Entrant.objects.filter(pk=night.sides[at]).update(captain=lead)
    return lead


def test_a_captain_who_does_not_play_answers_for_their_side() -> None:
    """T4"""
    night = make_night("Asha", "Ravi")
    lead = led_from_outside(night, 1)
    assert match_live.who_may_hear([lead, night.people["outsider"]], f"{night.match.pk}.roster") == [True, False]
    claim = night.propose(night.captains[0], night.duel(3, 1))
    services.agree_to_claim(by=lead, **night.on(claim))
    assert ResultEntry.objects.get().author == lead
    make_dispute(night.match, night.entrants[0])
    assert len(disputes_of(night.row.pk, lead).results) == 1


def test_two_players_who_say_the_same_settle_nothing_without_a_captain() -> None:
    """T4: agreeing is the captains'"""
    night = make_night("Asha", "Ravi")
    leads = [led_from_outside(night, at) for at in (0, 1)]
    for player in night.captains:
        night.propose(player, night.duel(2, 0))
    assert set(Claim.objects.values_list("state", flat=True)) == {"proposed"}
    night.propose(leads[1], night.duel(2, 0))
    assert ResultEntry.objects.get().author == leads[1]
    assert not RosterPlace.objects.filter(user__in=leads).exists()


def test_voiding_a_match_closes_the_claims_of_all_its_games() -> None:
    night = make_night("Soul", "Godlike", lobby=True)
    Match.objects.update(games=2)
    for game_no in (1, 2):
        payload = night.lobby(5, 3)
        services.propose_claim(by=night.captains[0], **night.of(), payload=payload, game_no=game_no)
    void_match(by=night.people["referee"], match_id=night.match.pk, reason="Server down.")
    assert set(Claim.objects.values_list("state", flat=True)) == {"superseded"}


def test_what_was_said_of_a_match_of_others_is_closed_and_stops_no_clock() -> None:
    """A claim that is read when its sides are not there any more"""
    night = make_night("Asha", "Ravi", "Mei", "Zoe")
    one = make_match(night.match.group, night.entrants[:2], feeders=[None, None])
    final = make_match(night.match.group, [], feeders=[one.number, None], round=2)
    final.sides.create(slot=1, entrant=night.entrants[2])
    night.row.stages.update(format="single_elimination")
    play(one, 1, 0)
    said = make_claim(final, [night.entrants[0], night.entrants[2]])
    void_match(by=night.row.host, match_id=one.pk, reason="Again.")
    said.refresh_from_db()
    assert (said.state, said.reason) == ("superseded", "Others play this match now.")
    stuck = make_claim(final, [night.entrants[0], night.entrants[2]], state="reading")
    late = make_claim(final, [night.entrants[0], night.entrants[2]], state="reading")
    settle_claim(claim_id=late.pk)
    Claim.objects.filter(pk=stuck.pk).update(created_at=night.row.created_at - HOUR)
    keep_time(competition_id=night.row.pk)
    assert {it.state for it in Claim.objects.filter(pk__in=(stuck.pk, late.pk))} == {"superseded"}
    correct(one, 0, 1)
