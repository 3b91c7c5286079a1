"""T10: matches by hand, how they move, and rooms that their rosters see in time."""

from datetime import timedelta
from typing import Any

import pytest

from core.accounts.models import User
from core.accounts.services import SYSTEM
from core.accounts.system import Actor
from core.errors import DomainError, NotFound
from core.tournaments import matches as pure
from core.tournaments.models import Competition, Match, ResultEntry, RoomView, Staff
from core.tournaments.selectors import match_live
from core.tournaments.services import keep_time
from core.tournaments.services.drawing import draw_stage
from core.tournaments.services.matches import add_match, edit_match, finish_match, remove_match, start_match
from core.tournaments.services.rooms import look_at_room, set_room
from core.work.clock import database_now
from tests.core.tournaments.structure.fields import field, play, sides_of, stage_of, told
from tests.people import make_person

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def drawn(row: Competition, **fields: Any) -> list[Match]:
    stage = stage_of(row, seeding="hand", **fields)
    draw_stage(by=row.host, competition_id=row.pk, stage_id=stage.pk)
    return list(stage.matches.order_by("number"))


def code_of(verb: Any, by: Actor, match: Match, **more: Any) -> Any:
    """The state that follows, or the code of the refusal and the states that it names."""
    try:
        verb(by=by, competition_id=match.competition_id, match_id=match.pk, **more)
    except DomainError as refused:
        return (refused.code, refused.facts.get("legal"))
    return Match.objects.get(pk=match.pk).state


def staffed(row: Competition) -> dict[str, User]:
    people = {role: make_person(role) for role in (*Staff.Role.values, "stranger")}
    for role in Staff.Role.values:
        Staff.objects.create(competition=row, user=people[role], role=role, added_at=database_now())
    return {"host": row.host, **people}


def test_every_match_state_moves_as_the_table_says() -> None:
    """T10"""
    row, _ = field(2)
    (match,) = drawn(row)
    for verb, to in ((start_match, "live"), (finish_match, "awaiting_results")):
        for state in Match.State.values:
            Match.objects.filter(pk=match.pk).update(state=state)
            legal = state == to or to in pure.MOVES[state]
            expected: Any = to if legal else ("illegal_move", list(pure.MOVES[state]))
            assert code_of(verb, row.host, match) == expected, state
    assert {*pure.MOVES} == {to for moves in pure.MOVES.values() for to in moves} == {*Match.State.values}


def test_who_may_do_what_with_a_match() -> None:
    """T4"""
    row, (a, _) = field(2)
    (match,) = drawn(row)
    people = {**staffed(row), "player": a.captain}
    verbs: dict[str, tuple[Any, dict[str, Any], set[str]]] = {
        "start": (start_match, {}, {"host", "co_host", "referee"}),
        "finish": (finish_match, {}, {"host", "co_host", "referee"}),
        "edit": (edit_match, {"name": "Opener"}, {"host", "co_host"}),
        "room": (set_room, {"room_id": "1"}, {"host", "co_host"}),
    }
    for verb, more, may in verbs.values():
        Match.objects.filter(pk=match.pk).update(state="live")
        done = {who for who, user in people.items() if code_of(verb, user, match, **more) != ("not_staff", None)}
        assert done == may
    Competition.objects.filter(pk=row.pk).update(state="paused")
    assert code_of(start_match, row.host, match) == ("not_live", ["live"])


def test_matches_are_added_changed_and_removed_while_they_are_not_played() -> None:
    row, (a, b, c) = field(3)
    first = drawn(row, format="round_robin")
    group = first[0].group_id

    def add(**given: Any) -> Match:
        return add_match(by=row.host, competition_id=row.pk, group_id=group, **given)

    extra = add(entrants=[c.pk, a.pk], name="Decider", best_of=3)
    assert (extra.number, sides_of(extra)) == (4, [c.pk, a.pk])
    for wrong in ([a.pk], [a.pk, a.pk], [a.pk, b.pk, c.pk], [a.pk, 999_999]):
        with pytest.raises(DomainError) as refused:
            add(entrants=wrong)
        assert refused.value.code == "wrong_sides"
    at = database_now() + HOUR
    edit_match(
        by=row.host, competition_id=row.pk, match_id=extra.pk, scheduled_at=at, map="Camp", entrants=[a.pk, b.pk]
    )
    edit_match(by=row.host, competition_id=row.pk, match_id=extra.pk, scheduled_at=at + HOUR)
    assert [line.split(" on ")[0].split(" to ")[0] for line in told(b.captain, "match_scheduled")] == [
        "Decider in “Friday Night” is",
        "Decider in “Friday Night” is moved",
    ]
    assert told(c.captain, "match_scheduled") == []
    assert code_of(start_match, row.host, extra) == "live"
    assert code_of(edit_match, row.host, extra, best_of=1) == ("match_under_way", None)
    assert code_of(remove_match, row.host, extra) == ("match_under_way", None)
    remove_match(by=row.host, competition_id=row.pk, match_id=first[1].pk)
    assert add(entrants=[a.pk, b.pk]).number == first[1].number  # the lowest that is free
    play(first[0], 1, 0)
    assert code_of(edit_match, row.host, first[0], scheduled_at=at) == ("match_settled", None)
    Competition.objects.filter(pk=row.pk).update(state="completed")
    assert code_of(edit_match, row.host, first[2], name="x") == ("competition_over", None)


def test_a_bracket_is_the_draws_and_a_scrim_has_no_seventh_match() -> None:
    row, (a, b, *_) = field(4, kind="scrim")
    matches = drawn(row, format="single_elimination")
    assert code_of(remove_match, row.host, matches[0]) == ("drawn_sides", None)
    assert code_of(edit_match, row.host, matches[0], entrants=[a.pk, b.pk]) == ("drawn_sides", None)
    assert code_of(start_match, row.host, matches[2]) == ("sides_unknown", None)
    for _ in range(3):
        add_match(by=row.host, competition_id=row.pk, group_id=matches[0].group_id, entrants=[a.pk, b.pk])
    with pytest.raises(DomainError) as refused:
        add_match(by=row.host, competition_id=row.pk, group_id=matches[0].group_id, entrants=[a.pk, b.pk])
    assert refused.value.code == "scrim_limits"


def test_a_room_is_seen_by_its_roster_from_its_release_on_and_by_outsiders_never() -> None:
    """T10: each look is written down"""
    row, (a, b, c) = field(3)
    match = next(it for it in drawn(row, format="round_robin") if {*sides_of(it)} == {a.pk, b.pk})
    people = {**staffed(row), "player": a.captain, "elsewhere": c.captain}

    def seen() -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for who, user in people.items():
            try:
                found[who] = look_at_room(by=user, competition_id=row.pk, match_id=match.pk).room_id
            except NotFound:
                found[who] = None
        return found

    staff = dict.fromkeys(("host", "co_host", "referee", "caster"), "4711")
    nobody = dict.fromkeys(("stranger", "elsewhere"))
    set_room(by=row.host, competition_id=row.pk, match_id=match.pk, room_id="4711", release_at=database_now() + HOUR)
    assert seen() == {**staff, **nobody, "player": ""}
    assert RoomView.objects.filter(match=match).count() == 4
    assert match_live.snapshot(f"{match.pk}.roster") == {}
    assert "4711" not in str(match_live.snapshot(str(match.pk)))
    assert match_live.changes_at(f"{match.pk}.roster") is not None

    Match.objects.filter(pk=match.pk).update(release_at=database_now() - HOUR)
    for _ in range(2):
        keep_time(competition_id=row.pk)
    assert seen() == {**staff, **nobody, "player": "4711"}
    assert match_live.snapshot(f"{match.pk}.roster").keys() == {"room"}
    assert Match.objects.get(pk=match.pk).state == "ready"
    name = match.name or f"match {match.number}"
    assert told(a.captain, "room_open") == [f"The room of {name} in “Friday Night” is open."]
    set_room(by=row.host, competition_id=row.pk, match_id=match.pk, room_id="4712", release_at=database_now())
    assert told(a.captain, "room_open")[1:] == [f"The room of {name} in “Friday Night” is another one now."]
    assert code_of(start_match, SYSTEM, match) == "live"


def test_who_may_hear_of_a_match() -> None:
    """T23: rosters and staff hear where it is, everybody the rest; of a draft its staff alone"""
    row, (a, b, c) = field(3)
    match = next(it for it in drawn(row, format="round_robin") if {*sides_of(it)} == {a.pk, b.pk})
    people: list[User | None] = [*staffed(row).values(), a.captain, c.captain, None]
    roster, everybody = f"{match.pk}.roster", str(match.pk)
    assert match_live.who_may_hear(people, roster) == [True, True, True, True, False, True, False, False]
    assert match_live.who_may_hear(people, everybody) == [True] * len(people)
    for name in ("0", f"0{match.pk}", f"{match.pk}.x", "999999"):
        assert match_live.who_may_hear(people, name) == [False] * len(people)
    Competition.objects.filter(pk=row.pk).update(state="draft")
    assert match_live.who_may_hear(people, everybody) == [True] * 4 + [False] * 4
    assert ResultEntry.objects.count() == 0
