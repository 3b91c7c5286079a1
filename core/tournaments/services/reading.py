"""Reading the pictures of a claim: outside a transaction as long as it takes, then proposed in one, once (T13, T14)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction

from core.accounts.system import SYSTEM
from core.errors import DomainError
from core.files import services as files
from core.files.readers import LOST, Reader, read_stored, the_reader
from core.tournaments import sightings
from core.tournaments.duel_sightings import duel_of
from core.tournaments.lobby_sightings import lobby_of
from core.tournaments.models import Claim, ClaimPicture
from core.tournaments.selectors.people import people_in
from core.tournaments.services.claim_opening import (
    OpenMatch,
    check_running,
    move,
    open_match,
    tell_open,
    write_read,
)
from core.tournaments.services.evidence import mark_duplicates
from core.tournaments.services.opening import OpenCompetition, wake
from core.tournaments.services.proposing import announce, open_window
from core.tournaments.sightings import Proposal, Sighting
from core.work.services import enqueue
from core.work.transactions import atomically

READ_JOB = "tournaments.read_claim"
GIVEN_UP_AFTER = timedelta(minutes=10)
NOTHING_READ = "nothing_read"

State = Claim.State


def read_later(open: OpenCompetition, claim: Claim) -> None:
    """Within the transaction that made it: a job reads its pictures, and the clock sees that it does not wait for
    ever."""
    enqueue(kind=READ_JOB, payload={"claim_id": claim.pk}, dedupe_key=f"{READ_JOB}:{claim.pk}")
    wake(open.row, open.now + GIVEN_UP_AFTER)


def read_claim(*, claim_id: int) -> None:
    """Each picture of the claim has a reading. In no transaction, safe to repeat: what was read is not read again.
    Raises StoreError, Unavailable: reader_unavailable."""
    unread = ClaimPicture.objects.filter(claim=claim_id, reading__isnull=True)
    for picture in unread.order_by("position"):
        reader = the_reader()
        reading = _known(picture, reader) or read_stored(picture.file_id, reader)
        look = reading.get("look") or ""
        unread.filter(pk=picture.pk).update(reading=reading, reader=reader.version, look=look)


@atomically
def settle_claim(*, claim_id: int) -> None:
    """The claim proposes what its pictures say; what is not sure in them is empty and marked, and the originals go. For
    a job; doing it again changes nothing.

    Locks the competition, then inboxes. Emits MatchChanged, StaffWorkChanged, and what recording does where the other
    side proposed the same.
    """
    claim = Claim.objects.filter(pk=claim_id).first()
    if claim is None:
        return
    match = open_match(claim.competition_id, claim.match_id, SYSTEM)
    claim = Claim.objects.select_related("author__profile").get(pk=claim_id)
    for picture in claim.pictures.select_related("file"):
        files.make_sizes_later(file=picture.file)
    if claim.state == State.READING:
        _propose(match, claim)


def give_up_reading(open: OpenCompetition) -> None:
    """A step: what nothing has read in time is proposed with empty cells, for somebody to fill."""
    before = open.now - GIVEN_UP_AFTER
    stuck = Claim.objects.filter(competition=open.row, state=State.READING, created_at__lte=before)
    for claim in stuck.select_related("author__profile"):
        for picture in claim.pictures.select_related("file"):
            files.make_sizes_later(file=picture.file)
        _propose(open_match(open.row.pk, claim.match_id, SYSTEM), claim)


def _known(picture: ClaimPicture, reader: Reader) -> dict[str, Any] | None:
    """What this reader read in the same bytes before, for whomever."""
    same = ClaimPicture.objects.filter(sha256=picture.sha256, reader=reader.version, reading__isnull=False)
    reading: dict[str, Any] | None = same.values_list("reading", flat=True).first()
    return None if reading is None or reading["status"] == "failed" or reading.get("lacks") else reading


def _propose(match: OpenMatch, claim: Claim) -> None:
    """What was seen is proposed; where that cannot be any more, as the match is over or others play it, the claim is
    superseded, so that it stops nobody's clock."""
    try:
        with transaction.atomic():
            _say(match, claim)
    except DomainError:
        claim.refresh_from_db()
        claim.decided_at = match.open.now
        move(claim, State.SUPERSEDED, "decided_at")
        tell_open(match)


def _say(match: OpenMatch, claim: Claim) -> None:
    check_running(match.open)
    pictures = list(claim.pictures.order_by("position"))
    found = _proposal(match, pictures)
    missing = write_read(match, claim, found.payload)
    claim.cells = {path: found.marks.get(what, sightings.mark(sightings.NOT_SHOWN)) for path, what in missing.items()}
    claim.unknown = list(found.unknown)
    mark_duplicates(claim, pictures)
    if not any(_is_read(picture.reading) for picture in pictures):
        claim.warnings = [*claim.warnings, NOTHING_READ]
    open_window(match, claim)
    move(claim, State.PROPOSED, "payload", "cells", "unknown", "warnings", "window_ends_at")
    announce(match, claim)


def _proposal(match: OpenMatch, pictures: Sequence[ClaimPicture]) -> Proposal:
    sides, people = match.planned().sides, people_in(match.row)
    read = [(it.position, it.reading or LOST) for it in pictures if _is_read(it.reading)]
    if match.is_lobby:
        tables = [it for it in read if it[1].get("screen") == "br_lobby"]
        seen = [_seen(tables)] if tables else []
        seen += [_seen([it]) for it in read if it[1].get("players") and it not in tables]
        return lobby_of(seen, sides, people, match.lineup or 1) if seen else sightings.nothing_of(sides, lobby=True)
    shown = [it for it in read if not it[1].get("players")]
    one_game = match.row.best_of == 1
    seen = [_seen(shown)] if one_game and shown else [_seen([it]) for it in shown]
    return duel_of(seen[: match.row.best_of], (sides[0], sides[1]), people)


def _seen(read: Sequence[tuple[int, Mapping[str, Any]]]) -> Sighting:
    return Sighting(
        said=the_reader().merge([reading for _, reading in read]),
        positions=[position for position, _ in read],
        sizes_px=[(reading.get("width") or 0, reading.get("height") or 0) for _, reading in read],
    )


def _is_read(reading: Mapping[str, Any] | None) -> bool:
    return (reading or LOST)["status"] in ("ok", "partial")
