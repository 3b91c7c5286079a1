"""Reading the pictures of a match: outside a transaction as long as it takes, then settled in one, once."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from core.accounts.models import User
from core.failpoints import is_off, reach
from core.files import services as files
from core.files.readers import LOST, Reader, read_stored, the_reader
from core.tracker.models import Match, Picture
from core.tracker.selectors import names_of
from core.tracker.services.telling import tell
from core.tracker.sides import row_of, side_of
from core.work.clock import database_now
from core.work.services import enqueue
from core.work.transactions import atomically

READ_JOB = "tracker.read"
GIVEN_UP_AFTER = timedelta(days=1)


def read_later(match: Match) -> None:
    """Within the transaction that made it: a job reads its pictures."""
    enqueue(kind=READ_JOB, payload={"match_id": str(match.pk)}, dedupe_key=f"{READ_JOB}:{match.pk}")


def read_pictures(*, match_id: str) -> None:
    """Each picture of the match has a reading. In no transaction, safe to repeat: what was read is not read again, and
    the same bytes are read once by one reader. Raises StoreError, Unavailable: reader_unavailable."""
    for picture in Picture.objects.filter(match=UUID(match_id), reading__isnull=True).order_by("position"):
        reach("tracker.reading")
        reader = the_reader()
        reading = _known(picture, reader) or read_stored(picture.file_id, reader)
        reach("tracker.read")
        _keep(picture, reading, reader.version)


@atomically
def settle_reading(*, match_id: str) -> None:
    """The match shows what its pictures say, as a proposal, unless a person has confirmed it meanwhile (S5); the
    originals go. Doing it again changes nothing. Locks the match, then the inbox. Emits InboxTold."""
    match = Match.objects.select_for_update(no_key=True).filter(pk=UUID(match_id)).first()
    if match is None:
        return
    pictures = list(match.pictures.select_related("file").order_by("position"))
    for picture in pictures:
        files.make_sizes_later(file=picture.file)
    if match.state == Match.State.READING or is_off("tracker.confirmed"):
        _propose(match, [picture.reading or LOST for picture in pictures])
    reach("tracker.settled")


@atomically
def give_up_reading() -> None:
    """Matches that nothing has read within a day are failed: their person types the numbers."""
    before = database_now() - GIVEN_UP_AFTER
    stuck = Match.objects.select_for_update(no_key=True).filter(state=Match.State.READING, created_at__lt=before)
    for match in stuck.prefetch_related("pictures__file"):
        for picture in match.pictures.all():
            files.make_sizes_later(file=picture.file)
        _move(match, Match.State.FAILED, {"status": "failed", "reason": "reader_failed"})


def _known(picture: Picture, reader: Reader) -> dict[str, Any] | None:
    """What this reader read in the same bytes before, for whomever."""
    same = Picture.objects.filter(sha256=picture.sha256, reader=reader.version, reading__isnull=False)
    reading: dict[str, Any] | None = same.values_list("reading", flat=True).first()
    return None if reading is None or reading["status"] == "failed" or reading.get("lacks") else reading


@atomically
def _keep(picture: Picture, reading: Mapping[str, Any], version: str) -> None:
    """The reading stands, and where more are to come the person hears how far it is."""
    match = Match.objects.select_for_update(no_key=True).filter(pk=picture.match_id).first()
    unread = Picture.objects.filter(pk=picture.pk, reading__isnull=True)
    if match is None or not unread.update(reading=reading, reader=version):
        return
    if match.state == Match.State.READING and match.pictures.filter(reading__isnull=True).exists():
        tell(match)


def _propose(match: Match, readings: Sequence[Mapping[str, Any]]) -> None:
    """What `readings` say together; where every one of them failed, why."""
    done = [reading for reading in readings if reading["status"] != "failed"]
    if not done:
        _move(match, Match.State.FAILED, {**readings[0]})
        return
    data = the_reader().merge(done)
    refused = data["status"] == "refused"
    match.game = match.game or data.get("game") or ""
    own = names_of(User.objects.select_related("profile").get(pk=match.owner_id))
    match.side = match.side or side_of(data.get("names") or [], own, other=match.opponent_name)
    if rows := data.get("players"):
        data["own_row"] = row_of([row.get("player") or "" for row in rows], own)
    _move(match, Match.State.REFUSED if refused else Match.State.PROPOSED, data)


def _move(match: Match, state: Match.State, data: Mapping[str, Any]) -> None:
    match.state, match.extracted_data, match.version = state, data, match.version + 1
    match.save(update_fields=["state", "extracted_data", "version", "game", "side"])
    tell(match)
