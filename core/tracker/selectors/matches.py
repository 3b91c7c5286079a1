"""The own matches: one whole, or page by page."""

from dataclasses import fields
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from core.accounts.models import User
from core.accounts.shapes import card
from core.errors import Invalid, NotFound
from core.files.selectors import picture as file_shown
from core.tracker import shapes
from core.tracker.lobbies import places_that_cannot_be, proposed_lobby
from core.tracker.models import Match, Picture
from core.tracker.numbers import PLACEMENT, flat, warnings_of
from core.tracker.proposals import Proposal, name_at, other_side, proposal_of
from core.tracker.selectors.sharing import shares_of
from core.tracker.shown import MatchShare


def my_match(user: User, match_id: UUID) -> Match:
    """Raises NotFound: no_match, for anybody else's too."""
    match = Match.objects.filter(pk=match_id, owner=user).first()
    if match is None:
        raise NotFound("no_match", "There is no such match of yours.")
    return match


def see_match(user: User, match_id: UUID) -> shapes.Match:
    """Four queries. Raises NotFound: no_match."""
    match = _with_all(Match.objects.filter(pk=match_id, owner=user)).first()
    if match is None:
        raise NotFound("no_match", "There is no such match of yours.")
    return show(match)


def my_matches(
    user: User,
    *,
    limit: int,
    after: str | None = None,
    opponent: str = "",
    result: str = "",
    state: str = "",
    game: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> shapes.Matches:
    """Those that all of these filters let through, the last played first: `opponent` is part of a name, `since` is
    within and `until` is not. Four queries. Raises Invalid: bad_cursor."""
    found = Match.objects.filter(owner=user)
    exact = {"result": result, "state": state, "game": game}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if opponent:
        found = found.filter(opponent_name__icontains=opponent)
    if since:
        found = found.filter(played_at__gte=since)
    if until:
        found = found.filter(played_at__lt=until)
    if after:
        at, match_id = _place(after)
        found = found.filter(Q(played_at__lt=at) | Q(played_at=at, pk__lt=match_id))
    rows = list(_with_all(found).order_by("-played_at", "-pk")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    next_ = f"{last.played_at.isoformat()}_{last.pk.hex}" if last else None
    shares = shares_of(row.pk for row in rows)
    return shapes.Matches(results=[line(row, shares.get(row.pk)) for row in rows[:limit]], next=next_)


def names_of(user: User) -> list[str]:
    """What this person is called: in games, then here. One query, and one if the profile is not loaded."""
    accounts = user.game_accounts.values_list("in_game_name", "in_game_id")
    return [name for name in (*(name for pair in accounts for name in pair), user.profile.name, user.username) if name]


def show(match: Match) -> shapes.Match:
    """The match as its player sees it; one query, and those for pictures and people that are not loaded."""
    plain = line(match, shares_of([match.pk]).get(match.pk))
    pictures = list(match.pictures.all())
    stats = match.stats if match.confirmed_at else _proposed(match).stats
    lobby = match.lobby if match.confirmed_at else proposed_lobby(match.extracted_data)
    return shapes.Match(
        **{field.name: getattr(plain, field.name) for field in fields(plain)},
        extracted_data=match.extracted_data,
        stats=stats,
        lobby=shapes.Lobby(**lobby) if lobby else None,
        warnings=[*warnings_of(flat(stats)), *places_that_cannot_be(lobby)],
        pictures=[_screenshot(picture) for picture in pictures],
        pictures_read=sum(picture.reading is not None for picture in pictures),
    )


def line(match: Match, share: MatchShare | None) -> shapes.MatchLine:
    """The match as lists show it; no query but for pictures and people that are not loaded."""
    proposed = _proposed(match)
    own = match.score_user if match.confirmed_at else proposed.score_user
    others = match.score_opponent if match.confirmed_at else proposed.score_opponent
    pictures = list(match.pictures.all())
    opponent_name = match.opponent_name or name_at(match.extracted_data, other_side(match.side))
    stats = match.stats if match.confirmed_at else proposed.stats
    is_known, is_lobby = bool(match.side or match.confirmed_at or stats), match.is_lobby
    person = card(match.opponent) if match.opponent else None
    return shapes.MatchLine(
        id=match.pk,
        version=match.version,
        state=match.state,
        game=match.game,
        side=match.side or None,
        user=shapes.Player(name=_own_name(match), score=own, person=card(match.owner)) if is_known else None,
        opponent=shapes.Player(name=opponent_name, score=others, person=person) if is_known and not is_lobby else None,
        opponent_name=opponent_name,
        score_user=own,
        score_opponent=others,
        result=match.result,
        placement=stats.get(PLACEMENT, {}).get("user"),
        screenshot=_screenshot(pictures[0]).url if pictures else None,
        played_at=match.played_at,
        created_at=match.created_at,
        confirmed_at=match.confirmed_at,
        share=share,
    )


def _with_all(found: QuerySet[Match]) -> QuerySet[Match]:
    people = found.select_related("owner__profile", "opponent__profile")
    return people.prefetch_related("pictures__file")


def _proposed(match: Match) -> Proposal:
    return proposal_of(match.extracted_data, match.side)


def _own_name(match: Match) -> str:
    return name_at(match.extracted_data, match.side) or match.owner.profile.name or match.owner.username


def _screenshot(picture: Picture) -> shapes.Screenshot:
    shown, reading = file_shown(picture.file), picture.reading or {}
    return shapes.Screenshot(
        url=shown.url if shown else None,
        thumbnail_url=shown.thumbnail_url if shown else None,
        width=reading.get("width") or (shown and shown.width) or None,
        height=reading.get("height") or (shown and shown.height) or None,
        status=reading.get("status"),
        reason=reading.get("reason"),
    )


def _place(cursor: str) -> tuple[datetime, UUID]:
    at, _, hexed = cursor.rpartition("_")
    try:
        moment, match_id = parse_datetime(at), UUID(hex=hexed)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Invalid("bad_cursor", "This is not the `next` of a page.", fields={"after": ["Not the next of a page."]})
    return moment, match_id
