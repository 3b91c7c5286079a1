"""What may be told about teams: that what everybody sees of one changed, or what its captain alone does."""

from dataclasses import dataclass
from typing import ClassVar

from core.events import AccessChanged, Event


@dataclass(frozen=True, kw_only=True)
class TeamChanged(Event):
    """Its words, its logo, or who is in it."""

    team_id: int

    def topics(self) -> tuple[str, ...]:
        return (f"team.{self.team_id}",)


@dataclass(frozen=True, kw_only=True)
class TeamDisbanded(TeamChanged):
    """It is there for nobody any more."""

    urgent: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class RequestsChanged(Event):
    """Somebody asks to join, or does not any more."""

    team_id: int

    def topics(self) -> tuple[str, ...]:
        return (f"team.{self.team_id}.requests",)


def captain_changed(team_id: int) -> AccessChanged:
    """To emit when somebody else leads the team, or nobody does: whoever hears of it is asked again."""
    return AccessChanged(user_id=None, prefix=f"team.{team_id}")
