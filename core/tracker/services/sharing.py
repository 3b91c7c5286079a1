"""Offering a confirmed match to whom it was played against: by their account, or by a link (S7)."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from core.accounts.models import User
from core.accounts.selectors import blocks_among, check_may_write, people_present
from core.accounts.tokens import sha256
from core.errors import Conflict, Gone, Invalid, NotFound
from core.events import emit
from core.tracker import shown
from core.tracker.events import ShareChanged, share_access_changed
from core.tracker.models import Match, Share
from core.tracker.selectors import sharing
from core.tracker.services.share_news import hide_news, tell_offered
from core.tracker.services.shares import State, hold_matches, open_share, tell_both
from core.work.clock import database_now
from core.work.rates import Rate, hit
from core.work.transactions import atomically

LIFE = timedelta(days=7)
OFFERS = Rate("match.offer", count=60, per_s=3600)
LINKS_TAKEN = Rate("match.take", count=20, per_s=60)


def offer_match(*, by: User, match_id: UUID, username: str) -> int:
    """That person is asked whether they agree; answers the share's id. Asking the same one again changes nothing, and
    asking another one takes back what was offered before.

    Raises NotFound: no_match, no_person. Invalid: share_with_self, person_blocked. Conflict: not_confirmed, not_of_two,
    already_agreed, share_declined. NotAllowed: banned, timed_out. RateLimited. Locks the match, the share, an inbox.
    Emits ShareChanged.
    """
    hit(OFFERS, by.pk)
    return _offer(by, match_id, username)


@atomically
def _offer(by: User, match_id: UUID, username: str) -> int:
    check_may_write(by)
    opponent = _opponent(by, username)
    match = _own_confirmed(by, match_id)
    if Share.objects.filter(match=match, opponent=opponent, state=State.DECLINED).exists():
        raise Conflict("share_declined", "They said that this is not their match.")
    live = _live(match)
    if live and live.opponent_id == opponent.pk:
        return live.pk
    if live:
        _withdraw(live, by)
    share = Share.objects.create(match=match, opponent=opponent, created_at=database_now())
    emit(ShareChanged(share_id=share.pk))
    tell_both(match)
    tell_offered(share, by=by, to=opponent)
    return share.pk


def link_match(*, by: User, match_id: UUID) -> tuple[shown.ShareLink, bool]:
    """A link by which the opponent finds the match, and whether it is a new one: the one that stands, while it is good.
    Its token is kept nowhere. Whatever was offered before is taken back.

    Raises as `offer_match` does. Locks the match and the share. Emits ShareChanged.
    """
    hit(OFFERS, by.pk)
    return _link(by, match_id)


@atomically
def _link(by: User, match_id: UUID) -> tuple[shown.ShareLink, bool]:
    check_may_write(by)
    match = _own_confirmed(by, match_id)
    live = _live(match)
    now = database_now()
    if live and live.opponent_id is None and live.expires_at and now < live.expires_at:
        return sharing.show_link(live), False
    if live:
        _withdraw(live, by)
    share = Share(match=match, created_at=now, expires_at=now + LIFE)
    share.token_sha256 = sha256(sharing.token_of(share))
    share.save(force_insert=True)
    emit(ShareChanged(share_id=share.pk))
    tell_both(match)
    return sharing.show_link(share), True


def take_link(*, by: User, token: str) -> int:
    """`by` is the opponent of the match behind the link, which is good for nobody else from now on; answers the share's
    id. Following it again changes nothing.

    Raises NotFound: no_invite. Gone: invite_expired, invite_used. Conflict: own_match. NotAllowed: banned, timed_out.
    RateLimited. Locks the match and the share. Emits ShareChanged.
    """
    hit(LINKS_TAKEN, by.pk)
    return _take(by, token)


@atomically
def _take(by: User, token: str) -> int:
    check_may_write(by)
    hold_matches({sharing.find_link(token).match_id})
    share = sharing.find_link(token)  # again, under the lock: it may have been taken back
    owner_id = share.match.owner_id
    if owner_id == by.pk:
        raise Conflict("own_match", "This is your own match. Send the link to whom you played against.")
    if blocks_among([by.pk, owner_id], [by.pk, owner_id]):
        raise NotFound("no_invite", "This link leads nowhere.")
    if share.opponent_id == by.pk:
        return share.pk
    if share.opponent_id is not None:
        raise Gone("invite_used", "Somebody followed this link already.")
    if database_now() >= sharing.ends_at(share):
        raise Gone("invite_expired", "This link has expired. Ask for a new one.")
    share.opponent, share.version = by, share.version + 1
    share.save(update_fields=["opponent", "version"])
    emit(ShareChanged(share_id=share.pk))
    return share.pk


@atomically
def withdraw_share(*, by: User, share_id: int) -> None:
    """Nobody is asked about that match any more; the opponent knows of it no longer, and its link leads nowhere.

    Raises NotFound: no_share. Conflict: already_agreed. Locks the match, the share, an inbox. Emits ShareChanged and
    AccessChanged.
    """
    with open_share(by=by, share_id=share_id) as share:
        if share.side != "owner":
            raise NotFound("no_share", "There is no such shared match of yours.")
        if share.row.state == State.AGREED:
            share.check_waiting()
        _withdraw(share.row, by)
        tell_both(share.match)


def _withdraw(share: Share, by: User) -> None:
    share.state, share.mirror, share.correction, share.decided_at = State.WITHDRAWN, None, None, database_now()
    share.version += 1
    share.save()
    if share.opponent_id is not None:
        hide_news(share, user_id=share.opponent_id)
    emit(ShareChanged(share_id=share.pk), share_access_changed(share.pk))


def take_back(match: Match, *, by: User) -> None:
    """Within a transaction that holds `match`: nobody is asked about it any more, if somebody was."""
    for share in Share.objects.select_for_update(no_key=True).filter(match=match, state__in=sharing.WAITING):
        _withdraw(share, by)


def _opponent(by: User, username: str) -> User:
    person = people_present().filter(username_key=User.key_of(username)).first()
    if person is None:
        raise NotFound("no_person", "There is nobody of that name.")
    if person.pk == by.pk:
        raise Invalid("share_with_self", "This is you. Name whom you played against.")
    if blocks_among([by.pk], [person.pk]):
        raise Invalid("person_blocked", "You block this person.")
    return person


def _own_confirmed(by: User, match_id: UUID) -> Match:
    match = Match.objects.select_for_update(no_key=True).filter(pk=match_id, owner=by).first()
    if match is None:
        raise NotFound("no_match", "There is no such match of yours.")
    if match.state == Match.State.SHARED:
        raise Conflict("already_agreed", "Both of you have agreed on this match.")
    if match.state != Match.State.CONFIRMED:
        raise Conflict("not_confirmed", "Confirm the match yourself first.")
    if match.is_lobby:
        raise Conflict("not_of_two", "A lobby has many players: there is no opponent who could confirm it.")
    if Share.objects.filter(Q(mirror=match), state__in=sharing.WAITING).exists():
        raise Conflict(
            "brought_already", "You answered your opponent with this match. Agree with theirs, or decline it."
        )
    return match


def _live(match: Match) -> Share | None:
    held = Share.objects.select_for_update(no_key=True).filter(match=match, state__in=Share.LIVE)
    return held.first()
