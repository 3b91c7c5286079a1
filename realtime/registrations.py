"""Taking part in competitions, live: the twins of the REST routes for captains; `tournament.<id>` shows what became of
it, as `entrant.<id>` and in `mine`."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct, structs

from core.tournaments import services, shapes
from core.tournaments.services import Player
from realtime.topics import command

if TYPE_CHECKING:
    from core.accounts.models import User

Id = Annotated[int, Meta(ge=1, lt=2**53)]
GameName = Annotated[str, Meta(max_length=60)]


class At(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    competition: Id


class PlayerGiven(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    user_id: Id
    in_game_id: GameName = ""
    in_game_name: GameName = ""
    is_substitute: bool = False


Players = Annotated[list[PlayerGiven], Meta(max_length=50)]


class TeamEntry(At, frozen=True, kw_only=True):
    team: Id
    roster: Players


class PersonEntry(At, frozen=True, kw_only=True):
    in_game_id: GameName = ""
    in_game_name: GameName = ""


class NewRoster(At, frozen=True, kw_only=True):
    roster: Players


class Answer(At, frozen=True, kw_only=True):
    accept: bool


@command("entry.team", TeamEntry)
def register_team(user: "User", body: TeamEntry) -> shapes.Entrant:
    at = {"competition_id": body.competition, "team_id": body.team}
    return services.register_team(by=user, **at, roster=_players(body.roster))


@command("entry.person", PersonEntry)
def register_person(user: "User", body: PersonEntry) -> shapes.Entrant:
    called = {"in_game_id": body.in_game_id, "in_game_name": body.in_game_name}
    return services.register_person(by=user, competition_id=body.competition, **called)


@command("entry.roster", NewRoster)
def change_roster(user: "User", body: NewRoster) -> shapes.Entrant:
    return services.change_roster(by=user, competition_id=body.competition, roster=_players(body.roster))


@command("entry.withdraw", At)
def withdraw(user: "User", body: At) -> shapes.Entrant:
    return services.withdraw(by=user, competition_id=body.competition)


@command("entry.answer", Answer)
def answer(user: "User", body: Answer) -> shapes.Entrant:
    return services.answer_offer(by=user, competition_id=body.competition, accept=body.accept)


@command("entry.check_in", At)
def check_in(user: "User", body: At) -> shapes.Entrant:
    return services.check_in(by=user, competition_id=body.competition)


@command("entry.undo_check_in", At)
def undo_check_in(user: "User", body: At) -> shapes.Entrant:
    return services.undo_check_in(by=user, competition_id=body.competition)


def _players(given: list[PlayerGiven]) -> list[Player]:
    return [Player(**structs.asdict(player)) for player in given]
