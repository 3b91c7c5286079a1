"""Who registers in tests, what becomes of them, and what they are told."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from core.accounts.models import GameAccount, User
from core.errors import DomainError
from core.notifications.kinds import sentence
from core.notifications.models import Notification
from core.teams.models import Team
from core.tournaments import services
from core.tournaments.models import Competition, Entrant, Seat
from core.tournaments.services import Player
from core.work.clock import database_now
from tests.core.teams.squads import make_team, seat
from tests.core.tournaments.rows import HOUR
from tests.people import make_person


def make_player(username: str, *, game: str = "bgmi") -> User:
    """Somebody whose account says what they are called in the game."""
    user = make_person(username)
    GameAccount.objects.create(user=user, game=game, in_game_id=f"{10**8 + user.pk}", in_game_name=username.upper())
    return user


def make_squad(name: str, *, size: int = 5) -> tuple[Team, list[User]]:
    """A team of BGMI, its captain first; one more than play at a time."""
    people = [make_player(f"{name}{n}") for n in range(size)]
    team = make_team(people[0], name[:5], name=name)
    for user in people[1:]:
        seat(team, user)
    return team, people


def roster(people: Sequence[User], *, lineup: int = 4) -> list[Player]:
    return [Player(user_id=user.pk, is_substitute=at >= lineup) for at, user in enumerate(people)]


def with_check_in(row: Competition, state: str) -> None:
    """It has a check-in that opens in an hour and closes in two, and is in that state."""
    now = database_now()
    row.refresh_from_db()
    row.state, row.reg_closes = state, now + HOUR / 2
    row.checkin_opens, row.checkin_closes, row.starts_at = now + HOUR, now + 2 * HOUR, now + 3 * HOUR
    row.save()


def enter(row: Competition, user: User) -> int:
    """Somebody registers for what people play alone; answers their entrant."""
    return services.register_person(by=user, competition_id=row.pk).id


def states(row: Competition) -> dict[str, str]:
    """By name, in the order of arrival."""
    return dict(Entrant.objects.filter(competition=row).order_by("arrival").values_list("name", "state"))


def seats(row: Competition) -> list[str | None]:
    """Whose each seat is, by number."""
    return list(Seat.objects.filter(competition=row).order_by("number").values_list("entrant__name", flat=True))


def let_offers_lapse(row: Competition) -> None:
    """What is offered was offered until a moment ago, and the clock has looked after it."""
    past = database_now() - timedelta(milliseconds=1)
    Entrant.objects.filter(competition=row, state="offered").update(offer_expires_at=past)
    services.keep_time(competition_id=row.pk)


def refused(call: Callable[..., Any], **given: Any) -> str:
    """With which code."""
    with pytest.raises(DomainError) as refusal:
        call(**given)
    return refusal.value.code


def told(user: User) -> list[str]:
    """Which kinds of news, oldest first, that are still shown."""
    rows = Notification.objects.filter(recipient=user, hidden=False).order_by("pk")
    return [":".join(filter(None, (row.kind, row.data.get("action")))) for row in rows]


def words(user: User) -> list[str]:
    rows = Notification.objects.filter(recipient=user, hidden=False).select_related("by").order_by("pk")
    return [sentence(row.kind, by=row.by.username if row.by else "", data=row.data) for row in rows]
