"""Questions about shared matches: who may see one, what both are shown, and which own match it may be."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from core.accounts.models import User
from core.accounts.selectors import blocked_ids, blocks_among
from core.accounts.shapes import card
from core.accounts.tokens import derive, sha256
from core.errors import NotFound
from core.files.selectors import picture
from core.files.shapes import Picture as ShownPicture
from core.tracker import shown
from core.tracker.cells import Cells, Side, cells_of, compare, keys_of
from core.tracker.models import Match, Picture, Share
from core.work.clock import database_now

State = Share.State
SEEN = (*Share.LIVE, State.DECLINED)
WAITING = (State.OFFERED, State.CORRECTED, State.DISPUTED)
LISTED = 100
NEAR = timedelta(days=3)
CANDIDATES = 50  # own matches that are compared
_ORDER = {"equal": 0, "differs": 1, "other_game": 2, "other_match": 3}


def shares() -> QuerySet[Share]:
    """Those that somebody may see, with people, matches and pictures; three queries when read."""
    pictures = Picture.objects.select_related("file").order_by("position")
    people = Share.objects.select_related("match__owner__profile", "opponent__profile", "mirror")
    both = [Prefetch(f"{whose}__pictures", pictures) for whose in ("match", "mirror")]
    return people.prefetch_related(*both).filter(state__in=SEEN)


def side_of(user: User | None, share: Share) -> Side | None:
    """How `user` stands to it; None: it is not there for them."""
    if user is None or share.state not in SEEN:
        return None
    if share.match.owner_id == user.pk:
        return "owner"
    return "opponent" if share.opponent_id == user.pk else None


def find_share(user: User | None, share_id: int) -> tuple[Share, Side]:
    """The shared match of that id, for the two whose it is. Three queries. Raises NotFound: no_share."""
    share = shares().filter(pk=share_id).first()
    side = side_of(user, share) if share else None
    if share is None or side is None:
        raise NotFound("no_share", "There is no such shared match, or it is not yours.")
    return share, side


def see_share(user: User, share_id: int) -> shown.SharedMatchView:
    """Three queries. Raises NotFound: no_share."""
    share, side = find_share(user, share_id)
    return shown.SharedMatchView(share=show_share(share), rows=show_rows(share), mine=show_own(share, side))


def my_shares(user: User) -> shown.SharedMatches:
    """Those that wait for an answer or were agreed, but none of whom `user` blocks, the newest first; four queries."""
    rows = shares().filter(Q(match__owner=user) | Q(opponent=user))
    found = rows.exclude(Q(opponent=user) & Q(match__owner__in=blocked_ids(user.pk))).order_by("-pk")
    return shown.SharedMatches(results=[show_share(share) for share in found[:LISTED]])


def score_of(match: Match) -> tuple[int, int] | None:
    if match.score_user is None or match.score_opponent is None:
        return None
    return match.score_user, match.score_opponent


def cells_in(match: Match, *, of_owner: bool) -> Cells:
    """What one of the two has of the match, under the names that both use."""
    return cells_of(score_of(match), match.stats, of_owner=of_owner)


def version_of(share: Share) -> int:
    """Moves with every change of the share and of the owner's match, and never back."""
    return share.version + share.match.version


def open_corrections(share: Share) -> dict[str, dict[str, Any]]:
    """Proposed cells that nobody answered yet, by name."""
    return {cell: said for cell, said in (share.correction or {}).items() if not said.get("declined")}


def show_share(share: Share) -> shown.SharedMatch:
    """No query if it comes from `shares`."""
    return shown.SharedMatch(
        id=share.pk,
        state=share.state,
        version=version_of(share),
        game=share.match.game,
        owner=card(share.match.owner),
        opponent=card(share.opponent) if share.opponent else None,
        owner_pictures=_pictures(share.match),
        opponent_pictures=_pictures(share.mirror) if share.mirror else [],
        may=shown.ShareRights(owner=_may(share, "owner"), opponent=_may(share, "opponent")),
        played_at=share.match.played_at,
        created_at=share.created_at,
        decided_at=share.decided_at,
    )


def _pictures(match: Match) -> list[ShownPicture]:
    """Those that were made anew; the bytes as they came are shown to nobody."""
    links = [picture(it.file) for it in match.pictures.all() if it.file.sha256]
    return [link for link in links if link]


def show_rows(share: Share) -> list[shown.SharedRow]:
    """The score and every statistic that stands or is proposed."""
    cells, corrections = cells_in(share.match, of_owner=True), share.correction or {}
    return [
        shown.SharedRow(
            key=key,
            owner=cells.get(f"{key}.owner"),
            opponent=cells.get(f"{key}.opponent"),
            corrections=[
                shown.Correction(cell=cell, value=said["value"], by=said["by"], declined=bool(said.get("declined")))
                for cell, said in sorted(corrections.items())
                if cell.rpartition(".")[0] == key
            ],
        )
        for key in keys_of({**cells, **corrections})
    ]


def show_own(share: Share, side: Side) -> shown.OwnShare:
    own = share.match_id if side == "owner" else share.mirror_id
    return shown.OwnShare(side=side, match=own, may=_may(share, side))


def _may(share: Share, side: Side) -> list[str]:
    asked = any(said["by"] != side for said in open_corrections(share).values())
    if share.state == State.AGREED:
        return ["correct", *(["answer"] if asked else []), "leave"]
    if share.state not in WAITING:
        return []
    return [*(["answer"] if asked else []), "withdraw"] if side == "owner" else ["agree", "correct", "decline"]


def token_of(share: Share) -> str:
    """The same at every time; another for every link, for no two of a match end at the same moment."""
    return derive("tracker.share", f"{share.match_id}.{ends_at(share).astimezone(UTC).isoformat()}")


def ends_at(share: Share) -> datetime:
    """When its link ends; what was offered to an account never had one."""
    return share.expires_at or share.created_at


def show_link(share: Share) -> shown.ShareLink:
    """Of a share by link. One query, for the clock at most."""
    token = token_of(share)
    return shown.ShareLink(
        share=share.pk,
        token=token,
        url=f"{settings.ENV.frontend_url.rstrip('/') or settings.PUBLIC_URL}/matches/join#token={token}",
        is_valid=share.opponent_id is None and share.state in WAITING and database_now() < ends_at(share),
        expires_at=ends_at(share),
    )


def find_link(token: str) -> Share:
    """The share of that link, good, expired or used. One query. Raises NotFound: no_invite."""
    found = Share.objects.select_related("match__owner__profile").filter(token_sha256=sha256(token), state__in=SEEN)
    share = found.first()
    if share is None:
        raise NotFound("no_invite", "This link leads nowhere.")
    return share


def preview_link(user: User | None, token: str) -> shown.SharePreview:
    """Where a link leads, for whoever holds it; three queries at most. Raises NotFound: no_invite."""
    share = find_link(token)
    if user and blocks_among([user.pk, share.match.owner_id], [user.pk, share.match.owner_id]):
        raise NotFound("no_invite", "This link leads nowhere.")
    its_own = user is not None and user.pk in (share.match.owner_id, share.opponent_id)
    is_valid = its_own or (share.opponent_id is None and database_now() < ends_at(share))
    match = share.match
    scored, conceded = (score_of(match) if is_valid else None) or (None, None)
    return shown.SharePreview(
        is_valid=is_valid,
        expires_at=ends_at(share),
        owner=card(match.owner) if is_valid else None,
        game=match.game if is_valid else None,
        owner_score=scored,
        opponent_score=conceded,
        played_at=match.played_at if is_valid else None,
    )


def own_matches_like(user: User, match: Match) -> QuerySet[Match]:
    """Confirmed matches of `user`, shared with nobody, that may be `match`: near it in time, or of the same picture."""
    bytes_of_it = Picture.objects.filter(match=match).values("sha256")
    same = Q(pk__in=Picture.objects.filter(owner=user, sha256__in=bytes_of_it).values("match"))
    near = Q(played_at__range=(match.played_at - NEAR, match.played_at + NEAR))
    return Match.objects.filter(same | near, owner=user, state=Match.State.CONFIRMED).order_by("-played_at", "pk")


def candidates(user: User, share_id: int) -> shown.Candidates:
    """For the opponent: own matches that may be the shared one; six queries. Raises NotFound: no_share."""
    share, side = find_share(user, share_id)
    if side == "owner":
        return shown.Candidates(results=[])
    near = own_matches_like(user, share.match).prefetch_related("pictures")[:CANDIDATES]
    found = [compared(share.match, mine) for mine in near]
    likely = [it for it in found if it.same_picture or (it.verdict in ("equal", "differs") and it.shared > 2)]
    return shown.Candidates(results=sorted(likely, key=lambda it: (_ORDER[it.verdict], -it.shared)))


def compared(match: Match, own: Match) -> shown.Candidate:
    """How the match of the opponent, `own`, stands to that of the owner. Two queries, unless pictures are loaded."""
    found = compare(
        cells_in(match, of_owner=True), cells_in(own, of_owner=False), same_game=is_same_game(match.game, own.game)
    )
    return shown.Candidate(
        match=own.pk,
        played_at=own.played_at,
        verdict=found.verdict,
        shared=found.shared,
        differences=found.differences,
        same_picture=bool(_bytes_of(match) & _bytes_of(own)),
    )


def is_same_game(one: str, other: str) -> bool:
    """Where one of them does not know the game, it may be the same."""
    return not one or not other or one == other


def _bytes_of(match: Match) -> set[str]:
    return {it.sha256 for it in match.pictures.all()}


def snapshot(name: str) -> Mapping[str, Any]:
    """The state behind `share.<id>`: `meta`, and `row.<key>` for the score and each statistic; three queries.

    Raises NotFound: no_share.
    """
    share = shares().filter(pk=int(name)).first()
    if share is None:
        raise NotFound("no_share", "There is no such shared match, or it is not yours.")
    return {"meta": show_share(share), **{f"row.{row.key}": row for row in show_rows(share)}}


def who_may_hear(users: Sequence[User | None], name: str) -> list[bool]:
    """The two whose match it is; one query."""
    known = name.isascii() and name.isdigit() and name[0] != "0" and len(name) <= 18
    share = Share.objects.select_related("match").filter(pk=int(name)).first() if known else None
    return [share is not None and side_of(user, share) is not None for user in users]


def may_hear(user: User | None, name: str) -> bool:
    return who_may_hear([user], name)[0]


def mine(user: User, name: str) -> shown.OwnShare:
    """What of the share behind `share.<id>` is that viewer's. Raises NotFound: no_share."""
    return show_own(*find_share(user, int(name)))


def shares_of(match_ids: Iterable[UUID]) -> dict[UUID, shown.MatchShare]:
    """By match how it is shared, if it is; one query."""
    ids = {*match_ids}
    found = Share.objects.filter(Q(match__in=ids) | Q(mirror__in=ids), state__in=SEEN).order_by("pk")
    known: dict[UUID, shown.MatchShare] = {}
    for share in found:  # of several of one match the newest stands
        if share.match_id in ids:
            known[share.match_id] = shown.MatchShare(id=share.pk, state=share.state, side="owner")
        if share.mirror_id in ids:
            known[share.mirror_id] = shown.MatchShare(id=share.pk, state=share.state, side="opponent")
    return known
