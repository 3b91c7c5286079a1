"""A competition opened for writing: its row held, the clock read under that lock, its state brought up to date."""

from dataclasses import dataclass
from datetime import datetime

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.accounts.system import Actor
from core.events import emit
from core.tournaments import entering, rules, states
from core.tournaments.events import CompetitionMoved
from core.tournaments.models import Competition
from core.tournaments.rules import Stand
from core.tournaments.selectors.standing import stand_in
from core.work.clock import database_now
from core.work.services import enqueue

KEEP_TIME_JOB = "tournaments.keep_time"


@dataclass(frozen=True, slots=True)
class OpenCompetition:
    """A competition whose row this transaction holds; `now` is the database's clock, read under that lock. `stand` is
    how whoever asks stands to it."""

    row: Competition
    now: datetime
    stand: Stand


def open_competition(competition_id: int, by: Actor) -> OpenCompetition:
    """Within a transaction: lock the competition; states that its times have brought are recorded first.

    Raises NotFound: no_competition, also for what `by` may not know of. NotAllowed: banned, timed_out. Emits
    CompetitionMoved if one was.
    """
    if isinstance(by, User):
        check_may_write(by)
    # no key: whoever refers to the competition, such as a person who is told of it, does not wait for it
    row = Competition.objects.select_for_update(no_key=True).filter(pk=competition_id).first()
    if row is None:
        raise rules.no_competition()
    now = database_now()
    stand = stand_in(row, by) if isinstance(by, User) else Stand(row, by)
    rules.check_may_see(stand)
    catch_up(row, now)
    return OpenCompetition(row, now, stand)


def open_for(competition_id: int, by: Actor, act: str) -> OpenCompetition:
    """The same for an `act` of the table of rights (T4). Raises NotAllowed: not_staff."""
    competition = open_competition(competition_id, by)
    rules.check(competition.stand, act)
    return competition


def catch_up(row: Competition, now: datetime) -> None:
    """The state that its times have brought is recorded; its effects follow in `keep_time`, whose job comes at that
    very time."""
    state = states.state_at(row, now)
    if state != row.state:
        row.state = state
        row.save(update_fields=["state"])
        emit(CompetitionMoved(competition_id=row.pk))


def wake(row: Competition, at: datetime) -> None:
    """The clock looks after the competition at that instant; asking again changes nothing."""
    enqueue(kind=KEEP_TIME_JOB, payload={"competition_id": row.pk}, dedupe_key=wake_key(row.pk, at), run_at=at)


def wake_key(competition_id: int, at: datetime) -> str:
    """The key of the job that looks after the competition then."""
    return f"{KEEP_TIME_JOB}:{competition_id}:{at.isoformat()}"


def times_of(row: Competition) -> list[datetime]:
    """When the clock must look after it because of its own times; what is due because of a row in it, that row's
    service asks for."""
    times = [row.reg_opens, row.reg_closes, row.checkin_opens, row.checkin_closes, row.starts_at, row.frozen_at]
    if row.checkin_closes is not None:
        times.append(row.checkin_closes - entering.WARNED_BEFORE)
    return [at for at in times if at is not None]


def plan(row: Competition) -> None:
    """Within the transaction that holds it: the clock looks after it at each of its times."""
    for at in times_of(row):
        wake(row, at)
