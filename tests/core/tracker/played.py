"""Matches for tests of what two people share."""

import hashlib
import uuid
from datetime import UTC, datetime
from typing import Any

from core.accounts.models import User
from core.files.models import StoredFile
from core.tracker.models import Match, Picture, Share
from core.tracker.selectors.sharing import version_of
from core.tracker.services.shares import set_score
from core.work.clock import database_now

PLAYED = datetime(2026, 6, 1, 18, tzinfo=UTC)
STATS: dict[str, Any] = {
    "shots": {"user": 9, "opponent": 6},
    "possession": {"user": 48, "opponent": 52},
    "passes": {"user": 132, "opponent": 122},
    "expected_goals": {"user": 3.3, "opponent": None},
}
MIRRORED: dict[str, Any] = {key: {"user": it["opponent"], "opponent": it["user"]} for key, it in STATS.items()}


def played(owner: User, score: tuple[int, int] | None = (2, 1), **more: Any) -> Match:
    """A match that `owner` confirmed."""
    fields: dict[str, Any] = {"game": "efootball", "stats": STATS, "played_at": PLAYED, "state": Match.State.CONFIRMED}
    fields |= {"confirmed_at": database_now(), "created_at": database_now()}
    match = Match(owner=owner, **fields | more)
    set_score(match, score)
    match.save(force_insert=True)
    return match


def pictured(match: Match, raw: bytes = b"a screenshot") -> Picture:
    """A picture of it, as if `raw` had been uploaded."""
    key, sha256 = uuid.uuid4().hex, hashlib.sha256(raw).hexdigest()
    shape = {"width": 1, "height": 1, "size_bytes": 1}
    file = StoredFile.objects.create(key=key, owner_id=match.owner_id, sha256="0" * 64, **shape)
    return Picture.objects.create(
        match=match, position=match.pictures.count(), owner=match.owner, file=file, sha256=sha256
    )


def version(share_id: int) -> int:
    """What somebody who looks at it now would answer to."""
    return version_of(Share.objects.select_related("match").get(pk=share_id))
