"""Whom a person does not want to hear. Nobody is told that they are blocked."""

from core.accounts.events import BlocksChanged
from core.accounts.models import Block, User
from core.accounts.selectors import find_person
from core.accounts.shapes import UserCard, card
from core.errors import Invalid, NotFound
from core.events import emit
from core.work.transactions import atomically

MOST_BLOCKS = 1_000


@atomically
def block_user(*, by: User, user_id: int) -> UserCard:
    """`by` hears nothing of that person any more; once more changes nothing. Answers whom.

    Raises NotFound: no_person; Invalid: block_self, too_many_blocks. Emits BlocksChanged.
    """
    if user_id == by.pk:
        raise Invalid("block_self", "Nobody can block themselves.", fields={"user": ["This is you."]})
    person = find_person(user_id)
    if by.blocks.count() >= MOST_BLOCKS:
        raise Invalid("too_many_blocks", f"At most {MOST_BLOCKS} people can be blocked.")
    Block.objects.bulk_create([Block(blocker=by, blocked=person)], ignore_conflicts=True)
    emit(BlocksChanged(user_id=by.pk, blocked=user_id))
    return card(person)


@atomically
def unblock_user(*, by: User, user_id: int) -> None:
    """`by` hears that person again. Raises NotFound: not_blocked. Emits BlocksChanged."""
    if not Block.objects.filter(blocker=by, blocked=user_id).delete()[0]:
        raise NotFound("not_blocked", "You have not blocked this person.")
    emit(BlocksChanged(user_id=by.pk))
