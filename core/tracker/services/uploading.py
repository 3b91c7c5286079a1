"""Screenshots come in: kept at once, read soon after."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.errors import Conflict, Invalid
from core.failpoints import is_off, reach
from core.files import services as files
from core.files.models import StoredFile
from core.tracker.models import Match, Picture
from core.tracker.services.changing import clean_words
from core.tracker.services.reading import read_later
from core.tracker.services.telling import tell
from core.work.clock import database_now
from core.work.rates import Rate, hit
from core.work.transactions import atomically

UPLOADS = Rate("tracker.upload", count=120, per_s=600)
PICTURES_MOST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A picture that is kept, and belongs to no match yet; `sha256` is that of its bytes as they came."""

    file: StoredFile
    sha256: str


def take_pictures(*, by: User, raws: Sequence[bytes]) -> list[Taken]:
    """These pictures, the same bytes once, are kept for the match that is made of them next, or else for an hour.

    In no transaction. Raises Invalid: invalid. NotAllowed: banned, timed_out. RateLimited. Unavailable:
    files_unavailable.
    """
    check_may_write(by)
    if not 1 <= len(raws) <= PICTURES_MOST:
        wrong = f"Give 1 to {PICTURES_MOST} pictures."
        raise Invalid("invalid", wrong, fields={"screenshot": [wrong]})
    for _ in raws:
        hit(UPLOADS, by.pk)
    different = {hashlib.sha256(raw).hexdigest(): raw for raw in raws}
    taken = [Taken(file=files.store_original(by=by, raw=raw), sha256=sha) for sha, raw in different.items()]
    reach("tracker.taken")
    return taken


def check_new(*, by: User, raws: Sequence[bytes]) -> None:
    """Before they are taken. Raises Conflict: duplicate_picture, with the `id` of the match that has one of them."""
    _check_new(by, {hashlib.sha256(raw).hexdigest() for raw in raws})


@atomically
def add_match(
    *,
    by: User,
    taken: Sequence[Taken],
    again: bool = False,
    opponent_name: str = "",
    game: str = "",
    side: str = "",
    played_at: datetime | None = None,
) -> Match:
    """There is a match of `by` with these pictures, and a job reads them (S1). `again` makes another one of pictures
    that are in a match already (S9).

    Raises Conflict: duplicate_picture, with the `id` of the match that has one of them. Invalid: invalid. NotAllowed:
    banned, timed_out. Locks the inbox. Emits InboxTold.
    """
    check_may_write(by)
    words = clean_words({"opponent_name": opponent_name, "game": game, "side": side})
    shas = {picture.sha256 for picture in taken}
    if not again and not is_off("tracker.same_bytes"):
        _check_new(by, shas)
    now = database_now()
    match = Match(owner=by, state=Match.State.READING, played_at=played_at or now, created_at=now, **words)
    match.save(force_insert=True)
    try:
        with transaction.atomic():
            _attach(match, taken, again)
    except IntegrityError:  # the same bytes came twice at once, and the others were first
        _check_new(by, shas)
        raise
    read_later(match)
    tell(match)
    reach("tracker.added")
    return match


def _attach(match: Match, taken: Sequence[Taken], again: bool) -> None:
    Picture.objects.bulk_create(
        Picture(match=match, position=place, owner=match.owner, file=one.file, sha256=one.sha256, again=again)
        for place, one in enumerate(taken)
    )


def _check_new(by: User, shas: Collection[str]) -> None:
    known = Picture.objects.filter(owner=by, sha256__in=shas).order_by("pk").first()
    if known is not None:
        words = "This picture is in a match of yours already. Say `again` to make another one of it."
        raise Conflict("duplicate_picture", words, facts={"id": str(known.match_id)})
