"""What of a competition stands in calendars: its own times, and its matches as they are scheduled (T26)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from core.accounts.models import User
from core.tournaments import shapes
from core.tournaments.calendar import Happening, calendar
from core.tournaments.models import Competition, Match
from core.tournaments.selectors.matches import cards_of_matches, matches_of
from core.tournaments.selectors.standing import find_competition, seen_until
from core.work.clock import database_now

MATCH_LASTS = timedelta(hours=1)  # nobody says how long one takes
SHOWN = {
    "reg_opens": "registration opens",
    "reg_closes": "registration closes",
    "checkin_opens": "check-in opens",
    "checkin_closes": "check-in closes",
    "starts_at": "starts",
}


def calendar_of(competition_id: int, user: User | None) -> str:
    """The feed that calendar programs subscribe to. Six queries, and the clock. Raises NotFound: no_competition."""
    stand = find_competition(competition_id, user)
    row = stand.competition
    return calendar(row.title, [*_own(row), *_matches(row, seen_until(stand))], now=database_now())


def _own(row: Competition) -> Iterator[Happening]:
    for field, words in SHOWN.items():
        at = getattr(row, field)
        if at is not None:
            yield Happening(
                uid=_uid(f"competition-{row.pk}-{field}"),
                at=at,
                words=f"{row.title}: {words}",
                url=_page(row),
                is_cancelled=row.state == Competition.State.CANCELLED,
            )


def _matches(row: Competition, as_of: datetime | None) -> Iterator[Happening]:
    scheduled = list(matches_of(row).filter(scheduled_at__isnull=False))
    for match in cards_of_matches(scheduled, as_of=as_of):
        if match.scheduled_at is not None:
            yield Happening(
                uid=_uid(f"match-{match.id}"),
                at=match.scheduled_at,
                lasts=MATCH_LASTS,
                words=f"{row.title}: {_called(match)}",
                url=f"{_page(row)}/matches/{match.id}",
                is_cancelled=row.state == Competition.State.CANCELLED or match.state == Match.State.VOID,
            )


def _called(match: shapes.MatchCard) -> str:
    name = match.name or f"Match {match.number}"
    sides = [side.entrant.name for side in match.sides if side.entrant]
    return f"{name}, {sides[0]} against {sides[1]}" if len(match.sides) == len(sides) == 2 else name


def _page(row: Competition) -> str:
    return f"{settings.PUBLIC_URL}/tournaments/{row.pk}"


def _uid(name: str) -> str:
    return f"{name}@{urlsplit(settings.PUBLIC_URL).hostname}"
