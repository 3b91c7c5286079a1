"""Agreeing with a match that was offered, declining it, and leaving it again (S7)."""

from uuid import UUID

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.errors import Conflict, NotFound
from core.events import emit
from core.tracker.cells import Difference, compare
from core.tracker.events import ShareChanged, share_access_changed
from core.tracker.models import Match, Share
from core.tracker.selectors import sharing
from core.tracker.services.share_news import tell_answered, tell_left
from core.tracker.services.shares import (
    OpenShare,
    State,
    change,
    hold_matches,
    mirror_of,
    name_opponent,
    open_share,
    tell_both,
)
from core.tracker.services.sharing import take_back
from core.tracker.services.telling import tell_deleted
from core.work.transactions import atomically


@atomically
def agree(*, by: User, share_id: int, version: int) -> None:
    """Both have the match now, each from their side; doing it again changes nothing. An own match of the opponent that
    is surely the same one becomes theirs of it, so that it counts once.

    `version` is what the opponent saw. Raises NotFound: no_share. NotAllowed: opponent_only, banned, timed_out.
    Conflict: share_changed, share_declined. Locks matches, the share, an inbox. Emits ShareChanged.
    """
    check_may_write(by)
    with open_share(by=by, share_id=share_id) as share:
        share.check_opponent()
        if share.row.state == State.AGREED:
            return
        share.check_waiting()
        share.check_version(version)
        seal(share)
        tell_answered(share.row, by=by, action="agreed")


@atomically
def decline(*, by: User, share_id: int) -> None:
    """The opponent says that it is not their match; doing it again changes nothing.

    Raises NotFound: no_share. NotAllowed: opponent_only. Conflict: already_agreed. Locks and emits as `agree`.
    """
    with open_share(by=by, share_id=share_id) as share:
        share.check_opponent()
        if share.row.state == State.DECLINED:
            return
        share.check_waiting()
        share.row.mirror, share.row.correction, share.row.decided_at = None, None, share.now
        share.save(State.DECLINED)
        tell_answered(share.row, by=by, action="declined")


@atomically
def bring_match(*, by: User, share_id: int, version: int, match_id: UUID) -> None:
    """The opponent says which own match is the same one, so that both pictures are seen. Where all that both know is
    equal they agree; the cells that differ become corrections which the owner answers.

    Raises NotFound: no_share, no_match. NotAllowed: opponent_only, banned, timed_out. Conflict: share_changed,
    share_declined, not_confirmed, brought_already, and other_game or other_match, with the `differences`. Locks and
    emits as `agree`.
    """
    check_may_write(by)
    with open_share(by=by, share_id=share_id, upload=match_id) as share:
        share.check_opponent()
        if share.row.state == State.DECLINED:
            share.check_waiting()
        share.check_version(version)
        upload = _brought(share, by)
        differences = _differences(share.match, upload)
        if share.row.state == State.AGREED:
            _replace_mirror(share, upload)
        share.row.mirror = share.mirror = upload
        share.row.correction = {
            it.cell: {"value": it.opponent_has, "by": "opponent"} for it in differences
        } or share.row.correction
        _settle(share, agreed_already=share.row.state == State.AGREED, differing=len(differences))


def _settle(share: OpenShare, *, agreed_already: bool, differing: int) -> None:
    by = share.opponent
    if agreed_already:
        share.save()
    elif differing:
        share.save(State.CORRECTED)
    else:
        seal(share)
    if differing:
        tell_answered(share.row, by=by, action="corrected", cells=differing)
    elif not agreed_already:
        tell_answered(share.row, by=by, action="agreed")


def seal(share: OpenShare) -> None:
    """Within the transaction that holds the share: both have agreed on what the owner's match says now."""
    mirror = share.mirror or _twin(share)
    if mirror is None:
        mirror = mirror_of(share.match, owner=share.opponent, now=share.now)
    else:
        _join(mirror, share)
    share.row.mirror = share.mirror = mirror
    share.match.state = Match.State.SHARED
    name_opponent(share.match, share.opponent)
    share.match.version += 1
    share.match.save()
    share.row.correction, share.row.decided_at = None, share.now
    share.save(State.AGREED)


def _twin(share: OpenShare) -> Match | None:
    """An own match of the opponent that is surely the same one."""
    near = sharing.own_matches_like(share.opponent, share.match).select_for_update(no_key=True)
    sure = [own for own in near[: sharing.CANDIDATES] if _is_sure(share.match, own)]
    return sure[0] if sure else None


def _is_sure(match: Match, own: Match) -> bool:
    both = sharing.cells_in(match, of_owner=True), sharing.cells_in(own, of_owner=False)
    return compare(*both, same_game=sharing.is_same_game(match.game, own.game)).is_sure


def _join(own: Match, share: OpenShare) -> None:
    """A match that the opponent had already is theirs of the shared one; what it says beside stays."""
    take_back(own, by=share.match.owner)
    own.state = Match.State.SHARED
    own.game = own.game or share.match.game
    name_opponent(own, share.match.owner)
    change(own, sharing.cells_in(share.match, of_owner=True), of_owner=False)


def _brought(share: OpenShare, by: User) -> Match:
    upload = share.upload
    if upload is None or upload.owner_id != by.pk:
        raise NotFound("no_match", "There is no such match of yours.")
    if upload.state == Match.State.SHARED:
        raise Conflict("brought_already", "This match is shared already.")
    if upload.state != Match.State.CONFIRMED:
        raise Conflict("not_confirmed", "Confirm the match yourself first.")
    others = Share.objects.filter(mirror=upload, state__in=Share.LIVE).exclude(pk=share.row.pk)
    if others.exists():
        raise Conflict("brought_already", "You answered somebody else with this match.")
    return upload


def _differences(match: Match, own: Match) -> list[Difference]:
    """Raises Conflict: other_game, other_match."""
    found = sharing.compared(match, own)
    facts = {"differences": found.differences, "shared": found.shared, "same_picture": found.same_picture}
    if found.verdict == "other_game":
        raise Conflict("other_game", "This is a match of another game.", facts=facts)
    if found.verdict == "other_match":
        raise Conflict("other_match", "This is another match: too little of it is equal.", facts=facts)
    return found.differences


def _replace_mirror(share: OpenShare, upload: Match) -> None:
    """What was made when they agreed goes, and the opponent's own match takes its place.

    Raises Conflict: brought_already.
    """
    made = share.mirror
    if made is None or made.pictures.exists():
        raise Conflict("brought_already", "Your own match with its picture is shared already.")
    share.row.mirror = None
    share.row.save(update_fields=["mirror"])
    tell_deleted(made.owner_id, made.pk)
    made.delete()
    _join(upload, share)


def join_twin(own: Match) -> None:
    """Within a transaction that holds `own`, just confirmed: where its person has agreed on the very same match without
    a picture of it, this one takes the place of the copy, so that it counts once. Locks and emits as `agree`."""
    near = own.played_at - sharing.NEAR, own.played_at + sharing.NEAR
    agreed = Share.objects.filter(opponent=own.owner_id, state=State.AGREED, match__played_at__range=near)
    for share in agreed.filter(mirror__pictures=None).select_related("match").order_by("pk"):
        if own.state == Match.State.CONFIRMED and _is_sure(share.match, own):
            with open_share(by=own.owner, share_id=share.pk) as held:
                _replace_mirror(held, own)
                held.row.mirror = held.mirror = own
                held.save()


def part_with(match: Match, *, by: User) -> None:
    """Within a transaction that holds `match`, before it goes: whoever shares it keeps theirs, and is told.

    Locks the shares and the other matches, then inboxes. Emits ShareChanged and AccessChanged.
    """
    take_back(match, by=by)
    for share in _standing(match):
        mine = share.match_id == match.pk
        if share.state == State.AGREED:
            _release(share, by=by, other_id=share.mirror_id if mine else share.match_id)
        else:
            _forget_mirror(share)


def _standing(match: Match) -> list[Share]:
    own = Share.objects.filter(match=match) | Share.objects.filter(mirror=match)
    held = own.filter(state__in=Share.LIVE).select_for_update(no_key=True, of=("self",))
    return [*held.select_related("match__owner").order_by("pk")]


def _release(share: Share, *, by: User, other_id: UUID | None) -> None:
    """The other one has the match alone now: it counts for them as before, and they may change it again."""
    share.state, share.mirror, share.correction = State.LEFT, None, None
    share.version += 1
    share.save()
    for other in hold_matches({other_id}).values():
        other.state, other.version = Match.State.CONFIRMED, other.version + 1
        other.save(update_fields=["state", "version"])
        tell_both(other)
        tell_left(share, by=by, to=other.owner_id)
    emit(ShareChanged(share_id=share.pk), share_access_changed(share.pk))


def _forget_mirror(share: Share) -> None:
    """The opponent takes back the match that they answered with; what they proposed with it stays."""
    share.mirror = None
    share.version += 1
    share.save()
    emit(ShareChanged(share_id=share.pk))
