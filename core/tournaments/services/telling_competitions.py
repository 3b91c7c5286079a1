"""Telling people what happens to a competition as a whole, one function for each news (T22a).

What concerns few is told within the transaction that made it true and that holds the competition, after every other
lock; what concerns everybody by jobs, a crowd each. All lock inboxes. Emit InboxTold.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from core.accounts.models import User
from core.accounts.system import SYSTEM, Actor
from core.notifications.services import Notice, add_notices
from core.tournaments.models import Announcement, Competition, Entrant, Placement, RosterPlace, Staff
from core.tournaments.services.opening import OpenCompetition
from core.work.services import enqueue
from core.work.transactions import atomically

TELL_JOB = "tournaments.tell"
CROWD = 200  # people whom one job tells; the next job tells the next ones
CANCELLED, ANNOUNCED, MAILED = "cancelled", "announced", "mailed"


def did_not_start(competition: OpenCompetition, planned: datetime, *, why: str) -> None:
    """Those who run it are told that its time came, and what is missing."""
    row, cause = competition.row, f"not_started:{planned.isoformat()}"
    co_hosts = row.staff.filter(role=Staff.Role.CO_HOST).values_list("user", flat=True)
    people = {row.host_id, *co_hosts}
    add_notices([notice(row, kind="competition_not_started", by=SYSTEM, cause=cause, to=people, reason=why)])


def appointed(competition: OpenCompetition, user: User, role: str, *, by: Actor) -> None:
    """Who helps from now on is told."""
    _tell_staff(competition, user, by=by, action="appointed", role=role.replace("_", "-"))


def dismissed(competition: OpenCompetition, user: User, *, by: Actor) -> None:
    """Who helps no more is told, unless they resigned."""
    _tell_staff(competition, user, by=by, action="dismissed")


def tell_later(row: Competition, news: str) -> None:
    """Within the transaction that made it true: everybody whom it concerns will be told."""
    _tell_next(row.pk, news, after=0)


@atomically
def tell_crowd(*, competition_id: int, news: str, after: int = 0) -> None:
    """The next 200 whom `news` concerns, behind the person `after`, are told of it; another job goes on. Doing it again
    tells nobody twice."""
    row = Competition.objects.filter(pk=competition_id).first()
    if row is None:
        return
    kind, _, said_id = news.partition(":")
    said = Announcement.objects.select_related("author").get(pk=said_id) if said_id else None
    people = concerned_by(row, said).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    crowd = list(people[:CROWD])
    if said is None:
        told = notice(row, kind="competition_cancelled", by=SYSTEM, cause=news, to=crowd, reason=row.reason)
    else:
        mailed = "competition_announcement_mailed" if kind == MAILED else "competition_announcement"
        data = {"words": said.words, "announcement_id": said.pk}
        told = notice(row, kind=mailed, by=said.author, cause=f"announced:{said.pk}", to=crowd, **data)
    add_notices([told])
    if len(crowd) == CROWD:
        _tell_next(competition_id, news, after=crowd[-1])


def concerned_by(row: Competition, said: Announcement | None = None) -> QuerySet[User]:
    """Who plays in it, or waits to, and who runs it; of what was said to one group, who plays there."""
    entrants = Entrant.objects.filter(competition=row).exclude(state__in=Entrant.OUT)
    if said is not None and said.group_id is not None:
        entrants = entrants.filter(pk__in=Placement.objects.filter(group=said.group_id).values("entrant"))
    places = RosterPlace.objects.filter(competition=row, entrant__in=entrants, counts=True).values("user")
    runs = Q(pk=row.host_id) | Q(pk__in=row.staff.values("user"))
    return User.objects.filter(Q(pk__in=places) | Q(pk__in=entrants.values("captain")) | runs)


def _tell_next(competition_id: int, news: str, *, after: int) -> None:
    payload = {"competition_id": competition_id, "news": news, "after": after}
    enqueue(kind=TELL_JOB, payload=payload, dedupe_key=f"{TELL_JOB}:{competition_id}/{news}:{after}")


def _tell_staff(competition: OpenCompetition, user: User, *, by: Actor, **data: Any) -> None:
    row, cause = competition.row, f"staff:{user.pk}:{competition.now.isoformat()}"
    add_notices([notice(row, kind="competition_staff", by=by, cause=cause, to={user.pk}, **data)])


def notice(row: Competition, *, kind: str, by: Actor, cause: str, to: Collection[int], **data: Any) -> Notice:
    """Whoever caused it is not told."""
    return Notice(
        by=by,
        kind=kind,
        recipients={*to} - ({by.pk} if isinstance(by, User) else set()),
        cause=f"tournaments.{row.pk}.{cause}",
        target_kind="tournaments.competition",
        target_id=str(row.pk),
        data={"competition": row.title, "competition_id": row.pk, **data},
    )
