"""Deleting: the match, its pictures and whatever was read in them are gone, for all of the person's devices."""

from uuid import UUID

from core.accounts.models import User
from core.errors import NotFound
from core.failpoints import reach
from core.files import services as files
from core.tracker.models import Match, Picture
from core.tracker.services.agreeing import part_with
from core.tracker.services.telling import tell_deleted
from core.work.transactions import atomically


@atomically
def delete_match(*, by: User, match_id: UUID) -> None:
    """The match is gone with its pictures (S6, S14), also while it is being read; whoever shares it keeps theirs (S7).

    Raises NotFound: no_match. Locks the match, what is shared of it, then inboxes. Emits InboxTold, ShareChanged and
    AccessChanged.
    """
    match = Match.objects.select_for_update().filter(pk=match_id, owner=by).first()
    if match is None:
        raise NotFound("no_match", "There is no such match of yours.")
    _delete(by, [match])
    reach("tracker.deleted")
    tell_deleted(by.pk, match_id)


def erase_matches(user: User) -> None:
    """Nothing of this person's matches is left, for an account that is being erased."""
    _delete(user, list(Match.objects.select_for_update().filter(owner=user)))


def _delete(by: User, matches: list[Match]) -> None:
    for match in matches:
        part_with(match, by=by)
    pictures = Picture.objects.filter(match__in=matches)
    file_ids = list(pictures.values_list("file", flat=True))
    pictures.delete()
    Match.objects.filter(pk__in=[match.pk for match in matches]).delete()
    for file_id in file_ids:
        files.drop_file(file_id=file_id)
