"""What the rows of matches say of themselves, against what they must."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F

from core.tracker.models import Match, Picture
from core.work.clock import database_now
from core.work.selectors import promised

READ_WITHIN = timedelta(days=1, hours=2)


def find_differences() -> Iterator[str]:
    """Matches that nobody reads, that have no pictures to read, or whose pictures are somebody else's; pictures that
    were read and keep their original without a job that ends it. Five queries."""
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
