"""Hearing nothing of a list but mentions (V89)."""

from core.accounts.models import User
from core.bucketlists import rules, selectors
from core.bucketlists.models import Membership
from core.errors import NotAllowed
from core.work.transactions import atomically


@atomically
def mute_list(*, by: User, list_id: int, muted: bool) -> None:
    """`by` is told nothing of that list but mentions, or everything again; what was told stays.

    Raises NotFound: no_list. NotAllowed: not_a_member.
    """
    row = selectors.find_list(list_id)
    rules.check_may_see(selectors.seat_on(row, by))
    members = Membership.objects.filter(list=row, user=by, state=Membership.State.ACTIVE)
    if not members.update(is_muted=muted):
        raise NotAllowed("not_a_member", "You are not on this list, so nothing of it is told to you.")
