"""Keeping time: whatever is due in a competition happens, once, whoever comes first and however late."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from core.accounts.system import SYSTEM
from core.errors import NotFound
from core.tournaments import states
from core.tournaments.models import Competition
from core.tournaments.selectors.late import late_competitions
from core.tournaments.services.answering import lapse_claims
from core.tournaments.services.checking_in import close_when_due, remind_to_check_in
from core.tournaments.services.drawing import seed_when_due
from core.tournaments.services.moving import start_due
from core.tournaments.services.opening import OpenCompetition, open_competition, times_of, wake, wake_key
from core.tournaments.services.reading import give_up_reading
from core.tournaments.services.registering import tell_host
from core.tournaments.services.rooms import release_rooms
from core.tournaments.services.rosters import lock_rosters
from core.tournaments.services.waiting import pass_on_offers
from core.work.clock import database_now
from core.work.selectors import known_keys
from core.work.transactions import atomically

PLAN_AHEAD = timedelta(hours=25)  # the next sweep, and the one after that, come in time

Step = Callable[[OpenCompetition], None]
"""Does what is due at `now`, and nothing where nothing is; doing it again changes nothing. It wakes the clock for what
comes later."""

STEPS: Sequence[Step] = (
    lock_rosters,
    pass_on_offers,
    remind_to_check_in,
    close_when_due,
    tell_host,
    seed_when_due,
    start_due,
    release_rooms,
    give_up_reading,
    lapse_claims,
)


@atomically
def keep_time(*, competition_id: int) -> None:
    """Whatever is due in the competition has happened. For jobs; safe to repeat, and after it is gone. Locks it."""
    try:
        competition = open_competition(competition_id, SYSTEM)
    except NotFound:
        return
    for step in STEPS:
        step(competition)


def plan_missing() -> int:
    """Every competition that is not over has the jobs of the next 25 hours, and one in which something is late gets
    another, of this hour; answers how many were missing. For an hourly sweep, which holds no competition: one that
    cannot be looked after keeps nobody else waiting. Three queries if none is missing."""
    now = database_now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    under_way = Competition.objects.exclude(state__in=[*states.OVER, *states.HIDDEN]).order_by("pk")
    wanted = {(row.pk, at): row for row in under_way for at in times_of(row) if now <= at < now + PLAN_AHEAD}
    wanted |= {(row.pk, hour): row for row in late_competitions(now)}
    known = known_keys(wake_key(*at) for at in wanted)
    missing = [(row, at) for (pk, at), row in wanted.items() if wake_key(pk, at) not in known]
    for row, at in missing:
        wake(row, at)
    return len(missing)
