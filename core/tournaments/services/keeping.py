"""Keeping time: whatever is due in a competition happens, once, whoever comes first and however late."""

from collections.abc import Callable, Sequence

from core.accounts.system import SYSTEM
from core.errors import NotFound
from core.tournaments import states
from core.tournaments.models import Competition
from core.tournaments.services.answering import lapse_claims
from core.tournaments.services.checking_in import close_when_due, remind_to_check_in
from core.tournaments.services.drawing import seed_when_due
from core.tournaments.services.moving import start_due
from core.tournaments.services.opening import OpenCompetition, open_competition, plan
from core.tournaments.services.reading import give_up_reading
from core.tournaments.services.registering import tell_host
from core.tournaments.services.rooms import release_rooms
from core.tournaments.services.rosters import lock_rosters
from core.tournaments.services.waiting import pass_on_offers
from core.work.transactions import atomically

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


def plan_missing() -> None:
    """Every competition that is not over has its jobs, and is looked after within the hour. For an hourly sweep."""
    for row in Competition.objects.exclude(state__in=[*states.OVER, "draft"]):
        plan(row)
        keep_time(competition_id=row.pk)
