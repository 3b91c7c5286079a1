"""What may be told about competitions: which state behind which topic is different now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from core.events import AccessChanged, Event


@dataclass(frozen=True, kw_only=True)
class CompetitionChanged(Event):
    """What everybody sees of a competition: its words, its state, entrants, stages, matches."""

    competition_id: int

    def topics(self) -> tuple[str, ...]:
        return (f"tournament.{self.competition_id}",)


@dataclass(frozen=True, kw_only=True)
class CompetitionMoved(CompetitionChanged):
    """It is in another state, in which its staff wait for others."""

    urgent: ClassVar[bool] = True

    def topics(self) -> tuple[str, ...]:
        own = f"tournament.{self.competition_id}"
        return (own, f"{own}.staff")


@dataclass(frozen=True, kw_only=True)
class StaffWorkChanged(Event):
    """What waits for those who run it: registrations, claims, disputes."""

    competition_id: int

    def topics(self) -> tuple[str, ...]:
        return (f"tournament.{self.competition_id}.staff",)


@dataclass(frozen=True, kw_only=True)
class MatchChanged(Event):
    """What everybody sees of a match; where `roster` is set, what only those who play it and staff see."""

    match_id: int
    roster: bool = False

    def topics(self) -> tuple[str, ...]:
        own = f"match.{self.match_id}"
        return (own, f"{own}.roster") if self.roster else (own,)


@dataclass(frozen=True, kw_only=True)
class StandingsChanged(Event):
    """The tables of these groups are different, and so are the overlays that may show them."""

    stage_id: int
    group_ids: Sequence[int] = ()
    overlay_ids: Sequence[int] = ()
    urgent: ClassVar[bool] = True

    def topics(self) -> tuple[str, ...]:
        groups = [f"standings.{self.stage_id}.{group_id}" for group_id in self.group_ids]
        return (f"standings.{self.stage_id}", *groups, *(f"overlay.{it}" for it in self.overlay_ids))


@dataclass(frozen=True, kw_only=True)
class OverlayChanged(Event):
    """The host steers it."""

    overlay_id: int
    urgent: ClassVar[bool] = True

    def topics(self) -> tuple[str, ...]:
        return (f"overlay.{self.overlay_id}",)


@dataclass(frozen=True, kw_only=True)
class CompetitionCompleted(Event):
    """The outcome stands, for whoever rewards or pays; the places are its rows."""

    competition_id: int

    def topics(self) -> tuple[str, ...]:
        return ()


def access_changed(
    competition_id: int,
    *,
    match_ids: Sequence[int] = (),
    overlay_ids: Sequence[int] = (),
    user_id: int | None = None,
) -> list[AccessChanged]:
    """To emit when somebody may hear more or less of a competition and its matches; or anybody (None), of it, of these
    matches or overlays."""
    prefixes = [f"tournament.{competition_id}", f"chat.tournament-{competition_id}"]
    prefixes += [f"overlay.{overlay_id}" for overlay_id in overlay_ids]
    if user_id is not None:  # one person hears few: those are all asked again
        prefixes += ["match.", "chat.match-"]
    for match_id in match_ids:
        prefixes += [f"match.{match_id}", f"chat.match-{match_id}"]
    return [AccessChanged(user_id=user_id, prefix=prefix) for prefix in prefixes]
