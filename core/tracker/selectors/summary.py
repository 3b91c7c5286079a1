"""What a person's matches say together, read in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from core.accounts.models import User
from core.accounts.shapes import UserCard, card
from core.tracker import shown
from core.tracker.cells import OTHER
from core.tracker.models import Match
from core.tracker.summary import Pair, Played, results_by, totals

PLOTTED = "possession"
_FIELDS = ("pk", "played_at", "game", "opponent", "opponent_name", "score_user", "score_opponent", "stats", "in_lobby")


def summary_of(
    user: User, *, since: date | None = None, until: date | None = None, game: str | None = None, stat: str = PLOTTED
) -> shown.Summary:
    """Of the matches that count, from the day `since` to the end of the day `until` in the person's own zone; the plot
    shows `stat` beside the goals. Two queries, however many matches there are."""
    rows = _counted(user, since, until)
    matches = [_played(row) for row in (rows if game is None else rows.filter(game=game)).values(*_FIELDS)]
    whole = totals(matches, stat=stat)
    return shown.Summary(
        **{name: getattr(whole, name) for name in whole.__dataclass_fields__},
        by_game=[shown.InGame(name=name, **asdict(of)) for name, of in results_by(matches, _game).items()],
        by_opponent=_by_opponent([match for match in matches if not match.is_lobby]),
    )


def _counted(user: User, since: date | None, until: date | None) -> QuerySet[Match]:
    zone = ZoneInfo(user.profile.time_zone)
    counted = Match.objects.filter(owner=user, state__in=Match.COUNTED).order_by("played_at", "pk")
    rows = counted.annotate(in_lobby=Q(lobby__isnull=False))
    if since is not None:
        rows = rows.filter(played_at__gte=datetime.combine(since, time(), zone))
    if until is not None and until < date.max:
        rows = rows.filter(played_at__lt=datetime.combine(until + timedelta(days=1), time(), zone))
    return rows


def _played(row: Mapping[str, Any]) -> Played:
    scored, conceded, name = row["score_user"], row["score_opponent"], row["opponent_name"].strip()
    return Played(
        id=row["pk"],
        at=row["played_at"],
        game=row["game"],
        opponent=f"#{row['opponent']}" if row["opponent"] else f"={User.key_of(name)}",
        name=name,
        score=None if scored is None or conceded is None else (scored, conceded),
        stats=_pairs(row["stats"]),
        is_lobby=row["in_lobby"],
    )


def _pairs(stats: Mapping[str, Any]) -> dict[str, Pair]:
    """Statistics whose meaning nobody knows have no average."""
    return {key: (pair.get("user"), pair.get("opponent")) for key, pair in stats.items() if key != OTHER}


def _game(match: Played) -> str:
    return match.game


def _by_opponent(matches: list[Played]) -> list[shown.AgainstOpponent]:
    """An account is named as it is called now, anybody else as in the newest match."""
    names = {match.opponent: match.name for match in matches}
    cards = _cards({int(key[1:]) for key in names if key.startswith("#")})
    return [
        shown.AgainstOpponent(user=cards.get(key), name=cards[key].name if key in cards else names[key], **asdict(of))
        for key, of in results_by(matches, lambda match: match.opponent).items()
    ]


def _cards(user_ids: set[int]) -> dict[str, UserCard]:
    people = User.objects.filter(pk__in=user_ids).select_related("profile")
    return {f"#{person.pk}": card(person) for person in people}
