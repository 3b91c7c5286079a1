"""Competitions themselves: made as drafts, described, given seats and a banner (T1, T2)."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from typing_extensions import Unpack

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.accounts.system import Actor
from core.errors import Conflict, Invalid, NotAllowed
from core.events import emit
from core.files import services as files
from core.files.models import StoredFile
from core.hosts.selectors import is_host
from core.tournaments import rules
from core.tournaments.events import CompetitionChanged
from core.tournaments.models import Competition, Seat
from core.tournaments.models.competitions import SLUG_MOST
from core.tournaments.selectors.standing import find_competition
from core.tournaments.services import describing
from core.tournaments.services.describing import MONEY, TIMES, CompetitionChanges
from core.tournaments.services.opening import OpenCompetition, open_for, plan, wake
from core.tournaments.states import HIDDEN
from core.work.clock import database_now
from core.work.rates import Rate, hit
from core.work.transactions import atomically

MADE = Rate("competition.create", count=20, per_s=3600)
ATTEMPTS = 5


def create_competition(*, by: User, kind: str, **fields: Unpack[CompetitionChanges]) -> Competition:
    """There is a draft that its staff alone know of, and `by` is its host.

    Raises NotAllowed: not_host, banned, timed_out. Invalid, naming the field: unknown_game, unknown_mode,
    times_out_of_order, scrim_limits, bad_prizes, bad_time_zone, invalid. RateLimited.
    """
    hit(MADE, by.pk)
    return _create(by, kind, fields)


@atomically
def _create(by: User, kind: str, fields: CompetitionChanges) -> Competition:
    check_may_write(by)
    check_host(by)
    row = Competition(kind=kind, host=by, created_at=database_now(), time_zone=by.profile.time_zone)
    for name, value in describing.clean(fields).items():
        setattr(row, name, value)
    describing.check(row)
    _save_with_slug(row)
    return row


@atomically
def edit_competition(*, by: Actor, competition_id: int, **changes: Unpack[CompetitionChanges]) -> Competition:
    """The competition says this of itself; what is not given stays. Once it is published, seats come or free ones go
    with its capacity, and the clock keeps its new times.

    Raises NotFound: no_competition. NotAllowed: not_staff (money is the host's alone), banned, timed_out. Conflict:
    fixed, seats_taken. Invalid as `create_competition`, and time_passed. Locks the competition. Emits
    CompetitionChanged.
    """
    competition = open_for(competition_id, by, "edit")
    row = competition.row
    changed = describing.apply(row, describing.clean(changes))
    if changed & MONEY:
        rules.check(competition.stand, "publish")
    if not changed:
        return row
    if row.state not in HIDDEN:
        _check_ahead(row, changed, competition.now)
        if "capacity" in changed:
            set_seats(competition)
        if not changed.isdisjoint(TIMES):
            plan(row)
    row.save(update_fields=sorted(changed))
    emit(CompetitionChanged(competition_id=row.pk))
    return row


def set_seats(competition: OpenCompetition) -> None:
    """Within the transaction that holds it: there are as many seats as its capacity says; new ones are offered to who
    waits. Raises Conflict: seats_taken."""
    row = competition.row
    seats = dict(Seat.objects.filter(competition=row).values_list("number", "entrant"))
    taken = sum(entrant is not None for entrant in seats.values())
    if taken > row.capacity:
        words = f"{taken} seats are taken."
        raise Conflict("seats_taken", words, fields={"capacity": [words]}, facts={"taken": taken})
    free = sorted((number for number, entrant in seats.items() if entrant is None), reverse=True)
    Seat.objects.filter(competition=row, number__in=free[: max(0, len(seats) - row.capacity)]).delete()
    unused = (number for number in range(1, row.capacity + len(seats) + 1) if number not in seats)
    missing = [number for number, _ in zip(unused, range(row.capacity - len(seats)), strict=False)]
    Seat.objects.bulk_create(Seat(competition=row, number=number) for number in missing)
    wake(row, competition.now)


def set_banner(*, by: User, competition_id: int, raw: bytes) -> None:
    """The competition shows the picture that `raw` holds, made anew; what it showed before is gone.

    The picture is read in no transaction, so `by` is asked before and after it. Raises NotFound: no_competition.
    NotAllowed: not_staff, banned, timed_out, Conflict: fixed, and what `store_picture` raises. Locks the competition.
    Emits CompetitionChanged.
    """
    check_may_write(by)
    stand = find_competition(competition_id, by)
    rules.check(stand, "edit")
    describing.check_open_to_change(stand.competition, {"banner"})
    _show(by, competition_id, files.store_picture(by=by, raw=raw))


def remove_banner(*, by: User, competition_id: int) -> None:
    """The competition shows its game's picture. Raises as `edit_competition` does. Locks the competition. Emits
    CompetitionChanged."""
    _show(by, competition_id, None)


def check_host(by: Actor) -> None:
    """A18. Raises NotAllowed: not_host."""
    if isinstance(by, User) and not is_host(by.pk):
        raise NotAllowed("not_host", "Tournaments and scrims are made by hosts. Apply to become one.")


@atomically
def _show(by: User, competition_id: int, file: StoredFile | None) -> None:
    row = open_for(competition_id, by, "edit").row
    describing.check_open_to_change(row, {"banner"})
    before, row.banner = row.banner_id, file
    row.save(update_fields=["banner"])
    if file is not None:
        files.set_public(file_ids=[file.pk], is_public=True)
    if before is not None:
        files.drop_file(file_id=before)
    emit(CompetitionChanged(competition_id=competition_id))


def _check_ahead(row: Competition, changed: set[str], now: datetime) -> None:
    """Of a published competition, times are only moved to what is ahead. Raises Invalid: time_passed."""
    passed = [name for name in TIMES if name in changed and (at := getattr(row, name)) is not None and at <= now]
    if passed:
        words = "This time has passed."
        raise Invalid("time_passed", words, fields={name: [words] for name in passed})


def _save_with_slug(row: Competition) -> None:
    """Its title as an address, made unique where another one has it; it stays when the title changes."""
    base = slugify(row.title)[: SLUG_MOST - 7].strip("-") or row.kind
    for attempt in range(ATTEMPTS):
        row.slug = base if attempt == 0 else f"{base}-{secrets.token_hex(3)}"
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            if not Competition.objects.filter(slug=row.slug).exists():
                raise
        else:
            return
    raise AssertionError("six random digits were taken four times")
