"""What the rows of matches say of themselves, against what they must."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F

from core.tracker.models import Match, Picture, Share
from core.tracker.selectors.sharing import cells_in
from core.work.clock import database_now
from core.work.selectors import promised

READ_WITHIN = timedelta(days=1, hours=2)


def find_differences() -> Iterator[str]:
    """Matches that nobody reads, that have no pictures to read, or whose pictures are somebody else's; pictures that
    were read and keep their original without a job that ends it; agreed matches that are not what their copies mirror,
    or have none. Seven queries."""
    yield from _unread()
    yield from _unlike()


def _unread() -> Iterator[str]:
    reading = {payload["match_id"] for payload in promised("tracker.read")}
    waiting = Match.objects.filter(state=Match.State.READING)
    for match in waiting.filter(created_at__lt=database_now() - READ_WITHIN):
        yield f"match {match.pk} has been read since {match.created_at:%Y-%m-%d %H:%M:%S}"
    for match in waiting.exclude(pk__in=reading):
        yield f"match {match.pk} waits for its reading, and no job reads it"
    for match in waiting.filter(pictures=None):
        yield f"match {match.pk} waits for its reading and has no pictures"
    for picture in Picture.objects.exclude(owner=F("match__owner")):
        yield f"picture {picture.pk} belongs to another person than its match {picture.match_id}"
    kept = Picture.objects.filter(file__has_original=True).exclude(match__in=reading)
    made = {payload["file_id"] for payload in promised("files.make_sizes")}
    for picture in kept.exclude(file__in=made):
        yield f"picture {picture.pk} keeps its original, and no job ends it"


def _unlike() -> Iterator[str]:
    """S7: whatever the owner's match says, the opponent's says from the other side."""
    agreed = Share.objects.filter(state=Share.State.AGREED).select_related("match", "mirror")
    together = set()
    for share in agreed.iterator():
        together |= {share.match_id, share.mirror_id}
        if share.mirror is None:
            yield f"match {share.match_id} is agreed on, and the opponent has no copy of it"
        elif not _is_pair(share, share.match, share.mirror):
            yield f"match {share.match_id} and its copy {share.mirror_id} do not mirror each other"
    for match_id in Match.objects.filter(state=Match.State.SHARED).values_list("pk", flat=True):
        if match_id not in together:
            yield f"match {match_id} is shared, and nobody has agreed on it"


def _is_pair(share: Share, match: Match, mirror: Match) -> bool:
    people = match.opponent_id, mirror.owner_id, mirror.opponent_id
    if people != (share.opponent_id, share.opponent_id, match.owner_id):
        return False
    if not match.state == mirror.state == Match.State.SHARED:
        return False
    return cells_in(match, of_owner=True).items() <= cells_in(mirror, of_owner=False).items()
