"""A shared match, opened for writing: the matches of both people and what stands between them, held together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core.accounts.models import User
from core.accounts.shapes import card
from core.errors import Conflict, NotAllowed, NotFound
from core.events import emit
from core.notifications.services import open_inboxes
from core.tracker.cells import Cells, Side, with_cells
from core.tracker.events import ShareChanged
from core.tracker.models import NAME_MOST, Match, Share
from core.tracker.numbers import arranged, flat
from core.tracker.proposals import other_side, swapped
from core.tracker.selectors import sharing
from core.tracker.services.changing import result_of
from core.tracker.services.telling import tell
from core.work.clock import database_now

State = Share.State


@dataclass(kw_only=True, slots=True)
class OpenShare:
    """A share, the owner's match and the opponent's (None: there is none yet), whose rows this transaction holds.

    `side` is that of who opened it; `upload` a match of theirs that they brought.
    """

    row: Share
    side: Side
    now: datetime
    mirror: Match | None
    upload: Match | None = None

    @property
    def match(self) -> Match:
        return self.row.match

    @property
    def opponent(self) -> User:
        if self.row.opponent is None:
            raise NotFound("no_share", "Nobody followed the link to this match yet.")
        return self.row.opponent

    def check_version(self, version: int) -> None:
        """Raises Conflict: share_changed, with the `version` that stands."""
        now = sharing.version_of(self.row)
        if version != now:
            raise Conflict(
                "share_changed", "This match was changed just now. Look at it again.", facts={"version": now}
            )

    def check_opponent(self) -> None:
        """Raises NotAllowed: opponent_only."""
        if self.side != "opponent":
            raise NotAllowed("opponent_only", "Only your opponent does this.")

    def check_waiting(self) -> None:
        """Raises Conflict: already_agreed, share_declined."""
        if self.row.state == State.AGREED:
            raise Conflict("already_agreed", "Both of you have agreed on this match.")
        if self.row.state == State.DECLINED:
            raise Conflict("share_declined", "Your opponent said that this is not their match.")

    def write(self, cells: Cells) -> None:
        """Let these cells be as given, for the owner, and for the opponent where both have agreed."""
        change(self.match, cells, of_owner=True)
        if self.mirror is not None and self.row.state == State.AGREED:
            change(self.mirror, cells, of_owner=False)

    def save(self, state: str | None = None) -> None:
        """The share as it stands now; both screens hear of it."""
        self.row.state = state or self.row.state
        self.row.correction = self.row.correction or None
        self.row.version += 1
        self.row.save()
        emit(ShareChanged(share_id=self.row.pk))
        tell_both(self.match, self.mirror)


@contextmanager
def open_share(*, by: User, share_id: int, upload: UUID | None = None) -> Iterator[OpenShare]:
    """Within a transaction: hold the matches, by their ids, and then the share. Raises NotFound: no_share."""
    seen, _ = sharing.find_share(by, share_id)
    held = hold_matches({seen.match_id, seen.mirror_id, upload})
    Share.objects.select_for_update(no_key=True).filter(pk=share_id).first()
    row, side = sharing.find_share(by, share_id)  # again, under the locks
    if row.mirror_id and row.mirror_id not in held:
        held |= hold_matches({row.mirror_id})
    yield OpenShare(
        row=row,
        side=side,
        now=database_now(),
        mirror=held.get(row.mirror_id) if row.mirror_id else None,
        upload=held.get(upload) if upload else None,
    )


def hold_matches(ids: set[UUID | None]) -> dict[UUID, Match]:
    """Those that are there, locked in the order of their ids."""
    named = [pk for pk in ids if pk is not None]
    rows = Match.objects.select_for_update(no_key=True).filter(pk__in=named).order_by("pk")
    return {row.pk: row for row in rows}


def tell_both(*matches: Match | None) -> None:
    """Within the transaction that holds these matches: the devices of their people hear how they are now. Locks the
    inboxes, by the ids of the people. Emits InboxTold."""
    held = [match for match in matches if match is not None]
    with open_inboxes(match.owner_id for match in held):
        for match in held:
            tell(match)


def owner_changed(match: Match) -> None:
    """Within the transaction that holds it: the numbers of `match`, which nobody has agreed on yet, are others. What
    the opponent proposed and now stands is no question any more. Emits ShareChanged."""
    own = Share.objects.filter(match=match) | Share.objects.filter(mirror=match)
    for share in own.filter(state__in=sharing.WAITING).select_related("match").order_by("pk"):
        stands = sharing.cells_in(share.match, of_owner=True)
        said = share.correction or {}
        share.correction = {cell: it for cell, it in said.items() if stands.get(cell) != it["value"]} or None
        if not sharing.open_corrections(share):
            share.state = State.DISPUTED if share.correction else State.OFFERED
        share.version += 1
        share.save(update_fields=["correction", "state", "version"])
        emit(ShareChanged(share_id=share.pk))


def change(match: Match, cells: Cells, *, of_owner: bool) -> None:
    """That match, whose row this transaction holds, has these cells."""
    score, stats = with_cells(sharing.score_of(match), match.stats, cells, of_owner=of_owner)
    match.stats = arranged(flat(stats))
    set_score(match, score)
    match.version += 1
    match.save()


def set_score(match: Match, score: tuple[int, int] | None) -> None:
    match.score_user, match.score_opponent = score or (None, None)
    match.result = result_of(match.score_user, match.score_opponent)


def mirror_of(match: Match, *, owner: User, now: datetime) -> Match:
    """A new match of `owner`: what `match` says, from the other side, without its pictures."""
    score = sharing.score_of(match)
    fields: dict[str, Any] = {"game": match.game, "played_at": match.played_at, "stats": swapped(match.stats)}
    row = Match(owner=owner, state=Match.State.SHARED, confirmed_at=now, created_at=now, **fields)
    row.side = other_side(match.side)
    set_score(row, (score[1], score[0]) if score else None)
    name_opponent(row, match.owner)
    row.save(force_insert=True)
    return row


def name_opponent(match: Match, opponent: User) -> None:
    """`match`, unsaved, was played against that account."""
    match.opponent = opponent
    match.opponent_name = match.opponent_name or card(opponent).name[:NAME_MOST]
