"""What sides say of a match, for those who play it and for staff, who alone see which pictures are suspect (T14)."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from core.accounts.models import User
from core.accounts.shapes import card
from core.errors import NotFound
from core.files.selectors import picture
from core.tournaments import rules, shapes
from core.tournaments.claim_moves import WAITING
from core.tournaments.models import Claim, ClaimPicture
from core.tournaments.selectors.entrants import cards_of
from core.tournaments.selectors.matches import find_match, match_in
from core.tournaments.selectors.standing import find_competition, stand_in_match


def no_claim() -> NotFound:
    return NotFound("no_claim", "There is no such claim, or none that you may see.")


def claims_of(competition_id: int, match_id: int, user: User) -> shapes.Claims:
    """All of a match, newest first; eight queries at most. Raises NotFound: no_competition, no_match, no_claim (who
    does not play it may not know)."""
    seen = find_match(competition_id, match_id, user)
    if not rules.may_see_claims(seen):
        raise no_claim()
    rows = whole(Claim.objects.filter(match=match_id)).order_by("-pk")
    return shapes.Claims(results=show_claims(rows, suspects=seen.stand.may("settle")))


def see_claim(competition_id: int, claim_id: int, user: User) -> shapes.Claim:
    """One of them. Raises NotFound: no_competition, no_claim."""
    stand = find_competition(competition_id, user)
    row = whole(Claim.objects.filter(pk=claim_id, competition=stand.competition)).first()
    if row is None:
        raise no_claim()
    seen = stand_in_match(match_in(stand.competition, row.match_id), stand, user)
    if not rules.may_see_claims(seen):
        raise no_claim()
    return show_claims([row], suspects=stand.may("settle"))[0]


def waiting_claims(competition_id: int) -> list[shapes.Claim]:
    """Of which nothing is decided, as staff sees them, the oldest first; four queries."""
    rows = whole(Claim.objects.filter(competition=competition_id, state__in=WAITING)).order_by("pk")
    return show_claims(rows, suspects=True)


def waiting_claims_of_match(match_id: int) -> list[shapes.Claim]:
    """The same of one match, as who plays it sees them."""
    rows = whole(Claim.objects.filter(match=match_id, state__in=WAITING)).order_by("pk")
    return show_claims(rows, suspects=False)


def whole(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """With what `show_claims` needs."""
    pictures = ClaimPicture.objects.select_related("file", "duplicate_of__file", "duplicate_of__claim")
    people = rows.select_related("author__profile", "decided_by__profile")
    return people.prefetch_related(Prefetch("pictures", pictures.order_by("position")))


def show_claims(rows: Iterable[Claim], *, suspects: bool) -> list[shapes.Claim]:
    """One query, if what `whole` loads is loaded. Only staff is shown where else a picture was, and that it was."""
    rows = list(rows)
    elsewhere = [it.duplicate_of.claim.side_id for row in rows for it in row.pictures.all() if it.duplicate_of]
    cards = cards_of({side for side in (*(row.side_id for row in rows), *elsewhere) if side})
    return [_show(row, cards, suspects) for row in rows]


def _show(row: Claim, cards: dict[int, shapes.EntrantCard], suspects: bool) -> shapes.Claim:
    return shapes.Claim(
        id=row.pk,
        match=row.match_id,
        game_no=row.game_no,
        author=card(row.author),
        side=cards.get(row.side_id or 0),
        source=row.source,
        state=row.state,
        version=row.version,
        payload=row.payload,
        cells=[shapes.ClaimCell(path=path, **mark) for path, mark in sorted(row.cells.items())],
        unknown=row.unknown,
        warnings=[it for it in row.warnings if suspects or it != "duplicate_suspect"],
        pictures=_pictures(row.pictures.all(), cards, suspects),
        created_at=row.created_at,
        window_ends_at=row.window_ends_at,
        decided_at=row.decided_at,
        decided_by=card(row.decided_by) if row.decided_by else None,
        reason=row.reason,
    )


def _pictures(
    rows: Iterable[ClaimPicture], cards: dict[int, shapes.EntrantCard], suspects: bool
) -> list[shapes.ClaimPicture]:
    return [
        shapes.ClaimPicture(
            id=row.pk,
            position=row.position,
            picture=picture(row.file),
            suspect=_suspect(row.duplicate_of, cards) if suspects and row.duplicate_of else None,
        )
        for row in rows
    ]


def _suspect(row: ClaimPicture, cards: dict[int, shapes.EntrantCard]) -> shapes.Suspect:
    side = row.claim.side_id
    return shapes.Suspect(
        claim=row.claim_id, match=row.claim.match_id, side=cards.get(side or 0), picture=picture(row.file)
    )
