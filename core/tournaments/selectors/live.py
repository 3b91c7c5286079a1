"""What open screens are shown of a competition: the state behind `tournament.<id>`, and behind `tournament.<id>.staff`
what waits for those who run it."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.accounts.models import User
from core.tournaments import rules, shapes, states
from core.tournaments.models import Competition, Entrant
from core.tournaments.rules import Stand
from core.tournaments.selectors.announcements import public_announcements
from core.tournaments.selectors.competitions import competition_fields, mine_of
from core.tournaments.selectors.entrants import entrants_in, show_entrant_card
from core.tournaments.selectors.matches import cards_of_matches, matches_of
from core.tournaments.selectors.staff_work import staff_work
from core.tournaments.selectors.stages import show_stages
from core.tournaments.selectors.standing import find_competition, public_until
from core.work.clock import database_now

_NAME = re.compile(r"([1-9][0-9]{0,17})(\.staff)?")  # none has another name, or changes of access would miss it
GONE = (Entrant.State.WITHDRAWN, Entrant.State.EXPIRED)


def read_name(name: str) -> tuple[int, bool]:
    """The competition that a topic's name names, and whether it is the one of its staff."""
    found = _NAME.fullmatch(name)
    return (int(found[1]), bool(found[2])) if found else (0, False)


def snapshot(name: str) -> Mapping[str, Any]:
    """`meta`, and `stage.<id>`, `match.<id>`, `entrant.<id>`, `announcement.<id>`; of the staff what waits for them.

    Thirteen queries and the clock, whatever there is. Behind a freeze, results are as they were then (T25), in three
    queries more. Raises NotFound: no_competition.
    """
    competition_id, of_staff = read_name(name)
    row = Competition.objects.filter(pk=competition_id).select_related("host__profile", "banner").first()
    if row is None:
        raise rules.no_competition()
    return staff_work(row) if of_staff else _state_of(row, database_now())


def changes_at(name: str) -> datetime | None:
    """When the next of its times moves it, or freezes its boards; one query, and the clock."""
    competition_id, of_staff = read_name(name)
    row = None if of_staff else Competition.objects.filter(pk=competition_id).first()
    if row is None:
        return None
    now = database_now()
    row.state = states.state_at(row, now)
    due = [at for at in (states.next_state_at(row), row.frozen_at) if at is not None and at > now]
    return min(due, default=None)


def may_hear(user: User | None, name: str) -> bool:
    """Whether this person may hear that topic; two queries at most."""
    return who_may_hear([user], name)[0]


def who_may_hear(users: Sequence[User | None], name: str) -> list[bool]:
    """The same of each of these; two queries at most, however many they are."""
    competition_id, of_staff = read_name(name)
    row = Competition.objects.filter(pk=competition_id).first()
    if row is None:
        return [False] * len(users)
    if not of_staff and not states.is_hidden(row):
        return [True] * len(users)
    roles = dict(row.staff.filter(user__in=[user for user in users if user]).values_list("user", "role"))
    roles[row.host_id] = rules.HOST
    return [user is not None and Stand(row, user, roles.get(user.pk)).may("watch") for user in users]


def mine(user: User | None, name: str) -> shapes.CompetitionMine | None:
    """What of a competition belongs to one viewer; eight queries at most, and the clock."""
    competition_id, of_staff = read_name(name)
    if of_staff:
        return None
    stand = find_competition(competition_id, user)
    stand.competition.state = states.state_at(stand.competition, database_now())
    return mine_of(stand)


def _state_of(row: Competition, now: datetime) -> dict[str, Any]:
    entrants = entrants_in(row).exclude(state__in=GONE)
    until = public_until(row, now)
    matches = cards_of_matches(list(matches_of(row)), as_of=until)
    row.state = states.state_at(row, now)
    return {
        "meta": shapes.Competition(**competition_fields(row, now)),
        **{f"stage.{stage.id}": stage for stage in show_stages(row, as_of=until).results},
        **{f"match.{match.id}": match for match in matches},
        **{f"entrant.{entrant.pk}": show_entrant_card(entrant, frozen=until is not None) for entrant in entrants},
        **{f"announcement.{it.id}": it for it in public_announcements(row)},
    }
