"""What becomes of votes when the rights of their voters change: they are suspended, they count again, or they go."""

from collections.abc import Collection

from core.bucketlists import rules, selectors
from core.bucketlists.models import Ballot, Vote
from core.bucketlists.services.votes import OpenVotes


def mend_votes(votes: OpenVotes, *, user_ids: Collection[int] | None = None) -> None:
    """After roles, visibility or viewer voting changed: the votes of these people (None: of everybody) count if they
    may vote, and are suspended if they may not (V28); whoever joined or left the members is counted as what they are.

    On a frozen list nothing happens: the next round sees to it.
    """
    if rules.is_frozen(votes.row, votes.now):
        return
    standing = votes.standing(user_ids)
    roles = selectors.roles_on(votes.row, {vote.voter.user_id for vote in standing})
    for vote in standing:
        votes.stand(vote, rules.Seat(votes.row, vote.voter.user, roles.get(vote.voter.user_id)))


def withdraw_erased(votes: OpenVotes) -> None:
    """On a list that was not there for a while: accounts that were deleted meanwhile have no votes (V29)."""
    for user_id in {vote.voter.user_id for vote in votes.standing() if vote.voter.user.erased_at}:
        withdraw_votes(votes, user_id=user_id)


def withdraw_votes(votes: OpenVotes, *, user_id: int) -> None:
    """Somebody leaves: their votes go, and coming back does not restore them. After the close the sealed tally keeps
    them, and the next round does not (V29)."""
    standing = votes.standing([user_id])
    if rules.is_frozen(votes.row, votes.now):
        Vote.objects.filter(pk__in=[vote.pk for vote in standing]).update(is_withdrawn=True)
        return
    for vote in standing:
        votes.add(vote, Ballot.Choice.WITHDRAWN)
        votes.uncount(vote)
        votes.drop(vote)
