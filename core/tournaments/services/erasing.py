"""What becomes of competitions when the account of whoever runs them goes: no host leaves what is under way (A14)."""

from django.db.models import QuerySet

from core.accounts.models import User
from core.accounts.system import SYSTEM
from core.errors import Conflict
from core.events import emit
from core.files import services as files
from core.tournaments import states
from core.tournaments.events import access_changed
from core.tournaments.models import Competition, Staff
from core.tournaments.selectors.overlays import overlays_of
from core.tournaments.services.moving import cancel
from core.work.transactions import atomically


def why_not_delete(user: User) -> Conflict | None:
    """An account that hosts what is published and not over cannot be deleted. One query."""
    if _hosted(user).exclude(state__in=[*states.OVER, *states.HIDDEN]).exists():
        words = "You host a competition that is not over. Complete it, or cancel it, first."
        return Conflict("hosts_competition", words)
    return None


@atomically
def leave_hosting(user: User) -> None:
    """The person's drafts are gone, what they hosted and is not over is cancelled, and they help nowhere. Locks their
    competitions, ascending. Emits CompetitionMoved, AccessChanged."""
    for row in _hosted(user).exclude(state__in=states.OVER).order_by("pk"):
        if row.state in states.HIDDEN:
            banner = row.banner_id
            emit(*access_changed(row.pk))
            row.delete()
            if banner is not None:
                files.drop_file(file_id=banner)
        else:
            cancel(by=SYSTEM, competition_id=row.pk, reason="The host's account was deleted.")
    for staff in Staff.objects.filter(user=user):
        boards = overlays_of(staff.competition_id)
        emit(*access_changed(staff.competition_id, overlay_ids=boards, user_id=user.pk))
    Staff.objects.filter(user=user).delete()


def _hosted(user: User) -> QuerySet[Competition]:
    return Competition.objects.filter(host=user)
