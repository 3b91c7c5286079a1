"""T5, T6: who comes in, who waits, what a roster must be, and what becomes of a seat that is free again."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from core.errors import Conflict
from core.teams.models import Hold
from core.teams.services import disband_team, hand_over_team
from core.tournaments import services
from core.tournaments.entering import MOVES, OFFER_LIFE
from core.tournaments.models import Competition, Entrant, RosterPlace, Seat
from core.tournaments.rules import HOST, Stand
from core.tournaments.selectors.checking_entry import find_differences_of_entry
from core.tournaments.selectors.entrants import entrant_of, list_entrants, list_registrations, show_entrant
from core.tournaments.services.registering import TOLD_EVERY
from core.work.clock import database_now
from tests.core.accounts.hearing import heard
from tests.core.tournaments.entry.people import (
    enter,
    let_offers_lapse,
    make_player,
    make_squad,
    refused,
    roster,
    seats,
    states,
    told,
    with_check_in,
    words,
)
from tests.core.tournaments.rows import make_competition, make_entrant, make_host
from tests.people import make_person

pytestmark = pytest.mark.django_db


def solo(**fields: Any) -> Competition:
    given: dict[str, Any] = {"mode": "solo", "capacity": 2}
    return make_competition(make_host(), **given | fields)


def full() -> Competition:
    """One whose first seat is taken; one more is free."""
    row = solo()
    make_entrant(row, captain=make_player("first"))
    return row


def test_t5_a_team_comes_in_with_its_roster_and_is_held_until_it_is_out() -> None:
    row = make_competition(make_host())
    team, people = make_squad("wolf")
    shown = services.register_team(by=people[0], competition_id=row.pk, team_id=team.pk, roster=roster(people))
    assert (shown.state, shown.seat, shown.name, shown.team, shown.arrival) == ("confirmed", 1, "wolf", team.pk, 1)
    assert [(it.user.username, it.in_game_name, it.is_substitute) for it in shown.roster] == [
        (f"wolf{n}", f"WOLF{n}", n == 4) for n in range(5)
    ]
    assert shown.roster[0].in_game_id == f"{10**8 + people[0].pk}"
    assert [told(user) for user in people] == [["entry_confirmed"]] * 5
    assert refused(disband_team, by=people[0], team_id=team.pk) == "team_registered"
    assert list(find_differences_of_entry()) == []
    services.withdraw(by=people[0], competition_id=row.pk)
    assert (seats(row), Hold.objects.exists()) == ([None] * 4, False)
    assert told(people[3]) == ["entry_confirmed", "entry_ended:withdrew"]
    again = services.register_team(by=people[0], competition_id=row.pk, team_id=team.pk, roster=roster(people[1:]))
    assert (again.state, again.arrival) == ("confirmed", 2)


def test_t5_in_game_ids_are_staffs_and_ones_own() -> None:
    row = solo()
    asha = make_player("asha")
    enter(row, asha)
    entrant = Entrant.objects.get()
    seen = [Stand(row, asha), Stand(row, row.host, HOST), Stand(row, make_person("mei")), Stand(row, None)]
    ids = [show_entrant(entrant, stand).roster[0].in_game_id is not None for stand in seen]
    assert ids == [True, True, False, False]


def test_t5_who_may_not_register_and_why() -> None:
    host = make_host()
    squads, alone = make_competition(host, waitlist_capacity=0, capacity=2), make_competition(host, mode="solo")
    team, people = make_squad("wolf")
    register = partial(services.register_team, team_id=team.pk, roster=roster(people))
    draft = make_competition(host, state="draft")
    assert refused(register, by=people[0], competition_id=draft.pk) == "no_competition"
    assert refused(register, by=people[1], competition_id=squads.pk) == "captain_only"
    assert refused(register, by=people[0], competition_id=alone.pk) == "persons_only"
    assert refused(services.register_person, by=people[0], competition_id=squads.pk) == "teams_only"
    assert refused(register, by=people[0], competition_id=make_competition(host, game="pes").pk) == "other_game"
    for name in ("one", "two"):
        make_entrant(squads, captain=make_player(name))
    assert refused(register, by=people[0], competition_id=squads.pk) == "waitlist_full"
    for state in (
        "published",
        "registration_closed",
        "check_in",
        "live",
        "paused",
        "completed",
        "archived",
        "cancelled",
    ):
        ahead = database_now() + timedelta(minutes=1)
        other = make_competition(host, state=state, reg_opens=ahead)
        assert refused(register, by=people[0], competition_id=other.pk) == "registration_not_open"
    assert not Entrant.objects.filter(team=team).exists()


def test_t5_whoever_leads_the_team_acts_for_it() -> None:
    row = make_competition(make_host())
    team, people = make_squad("wolf")
    services.register_team(by=people[0], competition_id=row.pk, team_id=team.pk, roster=roster(people))
    for before, after in (people[:2], people[1::-1]):
        heir = team.memberships.get(user=after)
        hand_over_team(by=before, team_id=team.pk, membership_id=heir.pk)
        assert refused(services.withdraw, by=before, competition_id=row.pk) == "captain_only"
        services.keep_time(competition_id=row.pk)
        assert row.entrants.get().captain == after
    assert services.withdraw(by=people[0], competition_id=row.pk).state == "withdrawn"


def test_t6_a_free_seat_is_offered_in_order_and_a_lapse_passes_it_on() -> None:
    row = full()
    asha, mei, ravi = (make_player(name) for name in ("asha", "mei", "ravi"))
    for user in (asha, mei, ravi):
        enter(row, user)
    assert told(mei) == ["entry_waitlisted"]
    shown = list_entrants(None, row.pk, limit=3)
    assert ([it.waiting for it in shown.results], shown.next) == ([None, None, 1], 3)
    services.withdraw(by=asha, competition_id=row.pk)
    offer = Entrant.objects.get(captain=mei)
    assert offer.offer_expires_at is not None
    assert abs(offer.offer_expires_at - database_now() - OFFER_LIFE) < timedelta(minutes=1)
    services.keep_time(competition_id=row.pk)
    assert states(row) == {"first": "confirmed", "asha": "withdrawn", "mei": "offered", "ravi": "waitlisted"}
    let_offers_lapse(row)
    assert states(row) == {"first": "confirmed", "asha": "withdrawn", "ravi": "offered", "mei": "waitlisted"}
    assert told(mei) == ["entry_waitlisted", "offer_lapsed"]
    assert refused(services.answer_offer, by=mei, competition_id=row.pk, accept=True) == "no_offer"
    services.answer_offer(by=ravi, competition_id=row.pk, accept=False)
    assert (states(row)["mei"], seats(row)) == ("offered", ["first", "mei"])
    assert services.answer_offer(by=mei, competition_id=row.pk, accept=True).seat == 2
    assert list(find_differences_of_entry()) == []


def test_t6_at_the_very_end_of_an_offer_it_is_over() -> None:
    row = full()
    asha, mei = make_player("asha"), make_player("mei")
    for user in (asha, mei):
        enter(row, user)
    services.withdraw(by=asha, competition_id=row.pk)
    Entrant.objects.filter(captain=mei).update(offer_expires_at=database_now())
    assert refused(services.answer_offer, by=mei, competition_id=row.pk, accept=True) == "offer_lapsed"
    let_offers_lapse(row)
    assert (states(row)["mei"], seats(row)) == (
        "waitlisted",
        ["first", None],
    )  # asked again within the hour, not at once
    services.keep_time(competition_id=row.pk)
    assert (states(row)["mei"], seats(row)) == ("offered", ["first", "mei"])
    Entrant.objects.filter(captain=mei).update(offer_expires_at=database_now() + timedelta(seconds=5))
    assert services.answer_offer(by=mei, competition_id=row.pk, accept=True).state == "confirmed"


@pytest.mark.parametrize("state", MOVES)
def test_t5_every_move_that_is_not_listed_is_refused(state: str) -> None:
    """T5: withdrawing where it may be; checking in, undoing it, and answering an offer nowhere else."""
    row = solo()
    with_check_in(row, "check_in")
    asha = make_player("asha")
    ends = database_now() + timedelta(hours=1)
    entrant = make_entrant(row, captain=asha)
    Entrant.objects.filter(pk=entrant.pk).update(state=state, offer_expires_at=ends if state == "offered" else None)
    outcome = {}
    verbs: dict[str, Any] = {
        "check_in": services.check_in,
        "undo": services.undo_check_in,
        "accept": partial(services.answer_offer, accept=True),
        "withdraw": services.withdraw,
    }
    for name, verb in verbs.items():
        Entrant.objects.filter(pk=entrant.pk).update(state=state, offer_expires_at=ends if state == "offered" else None)
        try:
            outcome[name] = verb(by=asha, competition_id=row.pk).state
        except Conflict as refusal:
            outcome[name] = refusal.code
    no, none = "illegal_move", "no_offer"
    expected = {
        "waitlisted": [no, no, none, "withdrawn"],
        "awaiting_payment": [no, no, none, "withdrawn"],
        "offered": [no, no, "checked_in", "withdrawn"],
        "confirmed": ["checked_in", "confirmed", none, "withdrawn"],
        "checked_in": ["checked_in", "confirmed", none, "withdrawn"],
        "active": [no, no, none, "withdrawn"],
        "withdrawn": [no, no, none, "withdrawn"],
    }
    assert list(outcome.values()) == expected.get(state, [no, no, none, no])


def test_t22a_the_host_hears_of_registrations_once_in_ten_minutes_and_of_the_last_seat() -> None:
    row = solo(capacity=3)
    for name in ("asha", "mei", "ravi"):
        enter(row, make_player(name))
    assert told(row.host) == ["capacity_reached"]
    Entrant.objects.update(registered_at=database_now() - TOLD_EVERY)
    services.keep_time(competition_id=row.pk)
    services.keep_time(competition_id=row.pk)
    assert words(row.host)[1:] == ["3 registered for Friday Night; 3 of 3 seats are taken."]


def test_staff_remove_whom_they_must_and_say_why() -> None:
    row = solo()
    asha = make_player("asha")
    entrant = enter(row, asha)
    remove = partial(services.withdraw, competition_id=row.pk, entrant_id=entrant)
    assert refused(remove, by=asha, reason="x") == "not_staff"
    assert refused(remove, by=row.host) == "invalid"
    assert remove(by=row.host, reason="Two accounts.").state == "withdrawn"
    assert words(asha)[-1] == "host removed asha from Friday Night. Reason: Two accounts."
    assert (
        refused(services.withdraw, by=row.host, competition_id=row.pk, entrant_id=entrant + 1, reason="x")
        == "no_entrant"
    )


@pytest.mark.django_db(transaction=True)
def test_a14_an_account_that_goes_plays_in_nothing_that_has_not_begun() -> None:
    ahead = full()
    begun = make_competition(ahead.host, mode="solo", state="live")
    asha, mei = make_player("asha"), make_player("mei")
    make_entrant(begun, captain=asha, state="active")
    enter(ahead, asha)
    enter(ahead, mei)
    with heard() as events:
        services.leave_competitions(asha)
    services.leave_competitions(asha)
    assert f"tournament.{begun.pk}" in {topic for event in events for topic in event.topics()}, "where its name was"
    assert states(ahead) == {"first": "confirmed", "deleted user": "withdrawn", "mei": "offered"}
    assert states(begun) == {"deleted user": "active"}
    assert not RosterPlace.objects.filter(user=asha, in_game_id__startswith="1").exists()


def test_verify_finds_what_no_service_does() -> None:
    row = solo(capacity=3)
    first, second = make_entrant(row, captain=make_player("asha")), make_entrant(row, captain=make_player("mei"))
    Entrant.objects.filter(pk=first.pk).update(state="withdrawn")
    Seat.objects.filter(entrant=second).update(entrant=None)
    Seat.objects.filter(number=3).delete()
    assert sorted(line.split(" ", 1)[0] for line in find_differences_of_entry()) == [
        *("competition", "entrant", "roster", "seat")
    ]


def test_whom_a_person_is_shown_as(django_assert_max_num_queries: Any) -> None:
    row = solo(capacity=3)
    asha = make_player("asha")
    enter(row, asha)
    services.withdraw(by=asha, competition_id=row.pk)
    again = enter(row, asha)
    for name in ("mei", "ravi"):
        enter(row, make_player(name))
    shown = entrant_of(row, asha)
    assert shown is not None
    assert shown.pk == again
    for limit in (1, 3):
        with django_assert_max_num_queries(6):
            page = list_registrations(row.host, row.pk, limit=limit)
    assert [it.state for it in page.results] == ["withdrawn", "confirmed", "confirmed"]
    assert [it.id for it in list_entrants(asha, row.pk, limit=1).results] == [again]
    found = list_registrations(row.host, row.pk, limit=9, q="ash", state=["confirmed", "no_show"])
    assert [it.id for it in found.results] == [again]
