"""Who helps the host: co-hosts, referees and casters, whom the host appoints and dismisses (T4)."""

from core.accounts.models import User
from core.accounts.selectors import person_named
from core.accounts.system import Actor
from core.errors import Conflict, NotFound
from core.events import emit
from core.tournaments import rules, states
from core.tournaments.events import access_changed
from core.tournaments.models import Competition, Staff
from core.tournaments.selectors.overlays import overlays_of
from core.tournaments.services import telling_competitions as telling
from core.tournaments.services.opening import open_competition, open_for
from core.work.transactions import atomically

STAFF_MOST = 50


@atomically
def appoint(*, by: Actor, competition_id: int, username: str, role: str) -> None:
    """That person helps with the competition, in this role and no other, and is told; again changes nothing.

    Raises NotFound: no_competition, no_person. NotAllowed: not_staff, banned, timed_out. Conflict: is_host,
    too_many_staff, competition_over. Locks the competition, then inboxes. Emits AccessChanged.
    """
    competition = open_for(competition_id, by, "appoint")
    row = competition.row
    if row.state in states.OVER - {Competition.State.COMPLETED}:
        raise Conflict("competition_over", "This competition is over.")
    user = person_named(username)
    if user.pk == row.host_id:
        raise Conflict("is_host", "The host does all of this already.")
    staff = row.staff.filter(user=user).first()
    if staff is None and row.staff.count() >= STAFF_MOST:
        raise Conflict("too_many_staff", f"At most {STAFF_MOST} people help.")
    if staff is not None and staff.role == role:
        return
    Staff.objects.update_or_create(
        competition=row, user=user, defaults={"role": role}, create_defaults={"role": role, "added_at": competition.now}
    )
    telling.appointed(competition, user, role, by=by)
    emit(*access_changed(row.pk, overlay_ids=overlays_of(row.pk), user_id=user.pk))


@atomically
def dismiss(*, by: Actor, competition_id: int, user_id: int) -> None:
    """That person helps no more: the host dismissed them, or they resigned.

    Raises NotFound: no_competition, no_staff. NotAllowed: not_staff, banned, timed_out. Locks the competition, then
    inboxes. Emits AccessChanged.
    """
    competition = open_competition(competition_id, by)
    row = competition.row
    if not isinstance(by, User) or by.pk != user_id:
        rules.check(competition.stand, "appoint")
    staff = row.staff.filter(user=user_id).select_related("user").first()
    if staff is None:
        raise NotFound("no_staff", "This person does not help here.")
    staff.delete()
    telling.dismissed(competition, staff.user, by=by)
    emit(*access_changed(row.pk, overlay_ids=overlays_of(row.pk), user_id=user_id))
