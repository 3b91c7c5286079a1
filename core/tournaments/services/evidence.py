"""Evidence: the pictures of a claim are kept, and found again where they are shown for something else (T14)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.errors import Invalid
from core.files import services as files
from core.files.models import StoredFile
from core.tournaments.looks import look_alike, say_alike
from core.tournaments.models import Claim, ClaimPicture
from core.tournaments.models.claims import PICTURES_MOST
from core.tournaments.services.claim_opening import OpenMatch
from core.work.rates import Rate, hit

UPLOADS = Rate("tournaments.evidence", count=120, per_s=600)
SUSPECT = "duplicate_suspect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A picture that is kept, and belongs to no claim yet; `sha256` is that of its bytes as they came."""

    file: StoredFile
    sha256: str


def take_evidence(*, by: User, raws: Sequence[bytes]) -> list[Taken]:
    """These pictures, the same bytes once, are kept for the claim that is made of them next, or else for an hour.

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
    return [Taken(file=files.store_original(by=by, raw=raw), sha256=sha) for sha, raw in different.items()]


def attach(match: OpenMatch, claim: Claim, taken: Sequence[Taken]) -> None:
    """Within the transaction that made the claim: the pictures are its own."""
    ClaimPicture.objects.bulk_create(
        ClaimPicture(claim=claim, competition=match.open.row, position=place, file=one.file, sha256=one.sha256)
        for place, one in enumerate(taken)
    )


def mark_duplicates(claim: Claim, pictures: Sequence[ClaimPicture]) -> None:
    """Whichever of them was shown before, for another match or by another side, says so; then the claim warns."""
    for picture in pictures:
        picture.duplicate_of = _shown_before(claim, picture)
    ClaimPicture.objects.bulk_update(pictures, ["duplicate_of"])
    if any(picture.duplicate_of for picture in pictures) and SUSPECT not in claim.warnings:
        claim.warnings = [*claim.warnings, SUSPECT]


def _shown_before(claim: Claim, picture: ClaimPicture) -> ClaimPicture | None:
    """By its bytes anywhere, by its look in the same competition. Two queries."""
    mine = Q(claim__match=claim.match_id, claim__game_no=claim.game_no)
    # staff shows what a side gave it, so of one match only two sides are suspect
    own = mine & (Q(claim__side=claim.side_id) | Q(claim__side=None) if claim.side_id else Q())
    others = ClaimPicture.objects.filter(pk__lt=picture.pk).exclude(own).order_by("pk")
    same = others.filter(sha256=picture.sha256).first()
    if same or not picture.look:
        return same
    looks = others.filter(competition=claim.competition_id).exclude(look="").values_list("pk", "look")
    alike = [pk for pk, look in looks if look_alike(look, picture.look)]
    found = ClaimPicture.objects.filter(pk__in=alike).order_by("pk")
    return next((it for it in found if say_alike(it.reading, picture.reading)), None)
