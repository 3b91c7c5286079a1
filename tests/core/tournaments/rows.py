"""Competitions for tests as rows, for what is not about how they came to be; services make them elsewhere."""

from datetime import datetime, timedelta
from typing import Any

from core.accounts.models import User
from core.hosts.models import Application
from core.teams.models import Team
from core.tournaments.models import Competition, Entrant, Group, Match, MatchSide, Placement, RosterPlace, Seat, Stage
from core.tournaments.published import CHAIN_BODIES, PROFILE_BODIES
from core.tournaments.states import HIDDEN
from core.work.clock import database_now
from tests.people import make_person

HOUR = timedelta(hours=1)


def make_host(username: str = "host") -> User:
    """Somebody whom an administrator let host."""
    user, now = make_person(username), database_now()
    Application.objects.create(
        user=user, display_name=username, about="Scrims.", state="approved", submitted_at=now, decided_at=now
    )
    return user


def make_competition(host: User, *, state: str = "registration_open", capacity: int = 4, **fields: Any) -> Competition:
    """A tournament of BGMI squads whose registration closes in an hour and which starts in two, with its seats."""
    now = database_now()
    given: dict[str, Any] = {
        "kind": "tournament",
        "game": "bgmi",
        "mode": "squad",
        "title": "Friday Night",
        "slug": f"friday-night-{Competition.objects.count() + 1}",
        "waitlist_capacity": 10,
        "reg_opens": now - HOUR,
        "reg_closes": now + HOUR,
        "starts_at": now + 2 * HOUR,
        "created_at": now,
        "published_at": None if state in HIDDEN else now,
    }
    row = Competition.objects.create(host=host, state=state, capacity=capacity, **given | fields)
    Seat.objects.bulk_create(Seat(competition=row, number=number) for number in range(1, capacity + 1))
    return row


def make_entrant(row: Competition, *, captain: User, team: Team | None = None, state: str = "confirmed") -> Entrant:
    """A person or a team with a seat, if one is free; its captain plays for it."""
    Competition.objects.filter(pk=row.pk).update(arrivals=row.arrivals + 1)
    row.arrivals += 1
    entrant = Entrant.objects.create(
        competition=row,
        team=team,
        user=None if team else captain,
        captain=captain,
        name=team.name if team else captain.username,
        tag=team.tag if team else "",
        state=state,
        arrival=row.arrivals,
        registered_at=database_now(),
    )
    RosterPlace.objects.create(
        competition=row,
        entrant=entrant,
        user=captain,
        in_game_id=f"{10**8 + captain.pk}",
        in_game_name=captain.username,
    )
    seat = Seat.objects.filter(competition=row, entrant=None).order_by("number").first()
    if seat and state not in ("waitlisted", "withdrawn"):
        seat.entrant = entrant
        seat.save()
    return entrant


def make_stage(
    row: Competition, entrants: list[Entrant], *, format: str = "lobby", groups: int = 1, **fields: Any
) -> Stage:
    """A drawn stage whose entrants are dealt to its groups in turn."""
    lobby = format == "lobby"
    profile, chain = ("pubgm-2023", "battle-royale") if lobby else ("league-3-1-0", "fifa-2018")
    stage = Stage.objects.create(
        competition=row,
        number=row.stages.count() + 1,
        name=f"Stage {row.stages.count() + 1}",
        format=format,
        state="drawn",
        groups_count=groups,
        profile={"name": profile, **PROFILE_BODIES[profile]},
        chain={"name": chain, "criteria": CHAIN_BODIES[chain]},
        **fields,
    )
    made = [Group.objects.create(stage=stage, number=no, name=f"Group {no}") for no in range(1, groups + 1)]
    for seed, entrant in enumerate(entrants, 1):
        Placement.objects.create(stage=stage, group=made[(seed - 1) % groups], entrant=entrant, seed=seed)
    return stage


def make_match(group: Group, entrants: list[Entrant], **fields: Any) -> Match:
    """The next match of the stage, between these."""
    stage = group.stage
    match = Match.objects.create(
        competition=stage.competition, stage=stage, group=group, number=stage.matches.count() + 1, **fields
    )
    for slot, entrant in enumerate(entrants):
        MatchSide.objects.create(match=match, slot=slot, entrant=entrant)
    return match


def passed(row: Competition, *fields: str) -> datetime:
    """These times of the competition came a moment ago, all others an hour apart before and after them."""
    now = database_now()
    order = ["reg_opens", "reg_closes", "checkin_opens", "checkin_closes", "starts_at"]
    there = [name for name in order if getattr(row, name) is not None]
    last = max(there.index(name) for name in fields)
    for at, name in enumerate(there):
        setattr(row, name, now + (at - last) * HOUR - timedelta(milliseconds=1))
    row.save(update_fields=order)
    return now
