"""Who plays for an entrant: read as the game asks, changeable until registration closes, locked from then on (T5)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.accounts.models import GameAccount, User
from core.errors import Conflict, Invalid
from core.games.catalogue import Mode
from core.games.selectors import find_mode, id_fault
from core.notifications.services import Notice, add_notices
from core.teams.models import Membership
from core.text import clean_text
from core.tournaments import shapes
from core.tournaments.models import Competition, Entrant, RosterPlace
from core.tournaments.models.entrants import GAME_NAME_MOST
from core.tournaments.selectors.entrants import active_entrants, entrants_in, show_entrant
from core.tournaments.services import telling_entry as telling
from core.tournaments.services.entrants import (
    follow_captains,
    open_entrant,
    release,
    set_state,
    tell_access,
    tell_cards,
    tell_change,
)
from core.tournaments.services.opening import OpenCompetition
from core.tournaments.states import OVER
from core.work.transactions import atomically

__all__ = [
    "Player",
    "active_entrants",
    "change_roster",
    "finish_entrants",
    "lock_rosters",
    "read_roster",
    "seat_roster",
]

Phase = Competition.State
LOCKED = (Phase.REGISTRATION_CLOSED, Phase.CHECK_IN, Phase.LIVE, Phase.PAUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """Somebody who is to play. An id or a name that is left out is that of their account of the game."""

    user_id: int
    in_game_id: str = ""
    in_game_name: str = ""
    is_substitute: bool = False


@atomically
def change_roster(*, by: User, competition_id: int, roster: Sequence[Player]) -> shapes.Entrant:
    """These play for what `by` leads, and nobody else; a person alone may change what they are called in the game.

    Raises NotFound: no_competition, not_registered. NotAllowed: captain_only, banned, timed_out. Conflict:
    roster_locked, already_registered, in_game_id_taken. Invalid: bad_roster, not_in_team, bad_in_game_id. Locks the
    competition. Emits CompetitionChanged, StaffWorkChanged, AccessChanged.
    """
    competition, entrant = open_entrant(competition_id, by)
    if competition.row.state != Phase.REGISTRATION_OPEN or entrant.state in Entrant.OUT:
        raise Conflict("roster_locked", "Rosters change until registration closes.", facts={"state": entrant.state})
    places = read_roster(competition, entrant, roster)
    before = RosterPlace.objects.filter(entrant=entrant)
    known = set(before.values_list("user", flat=True))
    before.delete()
    seat_roster(competition, places, known=known)
    tell_change(competition.row)
    return show_entrant(entrant, competition.stand)


def seat_roster(competition: OpenCompetition, places: Sequence[RosterPlace], *, known: Collection[int] = ()) -> None:
    """These people play from now on, and hear what those hear who take part; so did those who were `known`."""
    RosterPlace.objects.bulk_create(places)
    tell_access(competition.row, {place.user_id for place in places} ^ {*known})


def read_roster(competition: OpenCompetition, entrant: Entrant, roster: Sequence[Player]) -> list[RosterPlace]:
    """That roster as it is kept, of an entrant that need not be saved yet. Raises Conflict: already_registered,
    in_game_id_taken, naming who. Invalid: bad_roster, not_in_team, bad_in_game_id, naming the fields."""
    row = competition.row
    _check_size(find_mode(row.game, row.mode), roster)
    people = _check_people(entrant, roster)
    accounts = {it.user_id: it for it in GameAccount.objects.filter(user__in=people, game=row.game)}
    places = [_place(row, entrant, player, accounts.get(player.user_id)) for player in roster]
    _check_ids(row, places)
    ids = {place.in_game_id: place.user_id for place in places}
    others = RosterPlace.objects.filter(Q(user__in=people) | Q(in_game_id__in=ids), competition=row, counts=True)
    others = others.exclude(entrant=entrant.pk)
    known = list(others)
    if known and drop_leavers(row, {place.user_id for place in known}):
        known = list(others.all())
    _refuse_known("already_registered", people, {place.user_id for place in known if place.user_id in people})
    _refuse_known("in_game_id_taken", people, {ids[place.in_game_id] for place in known if place.in_game_id in ids})
    return places


def drop_leavers(row: Competition, user_ids: Collection[int] | None = None) -> set[int]:
    """Who left the team for which they were to play does so no more; answers of which entrants. Not once rosters are
    locked."""
    if row.rosters_locked_at is not None:
        return set()
    there = Membership.objects.filter(
        team=OuterRef("entrant__team"), user=OuterRef("user"), state=Membership.State.ACTIVE
    )
    gone = _places_of_teams(row).exclude(Exists(there))
    if user_ids is not None:
        gone = gone.filter(user__in=user_ids)
    found = dict(gone.values_list("user", "entrant"))
    if found:
        RosterPlace.objects.filter(competition=row, counts=True, user__in=found).delete()
        tell_access(row, {*found})
    return {*found.values()}


def lock_rosters(competition: OpenCompetition) -> None:
    """A step of the clock: whoever leads a team now acts for it, and at the close of registration rosters are locked.
    Who left their team is dropped first, and substitutes move up; captain and host are told where too few are left.
    Locks inboxes."""
    row = competition.row
    if row.state not in OVER:
        follow_captains(row.pk)
    if row.state not in LOCKED or row.rosters_locked_at is not None:
        return
    lineup = find_mode(row.game, row.mode).lineup
    entrants = entrants_in(row).filter(pk__in=drop_leavers(row))
    notices = [notice for entrant in entrants for notice in _close_ranks(competition, entrant, lineup)]
    row.rosters_locked_at = competition.now
    row.save(update_fields=["rosters_locked_at"])
    add_notices(notices)


def finish_entrants(competition: OpenCompetition, ended: Mapping[int, str]) -> None:
    """Within the transaction that holds it: these entrants are `eliminated` or `finished`, or after a correction
    `active` again; when nobody plays any more, all teams are free. Emits CompetitionChanged, StaffWorkChanged."""
    row = competition.row
    for entrant in Entrant.objects.filter(competition=row, pk__in=ended).order_by("pk"):
        set_state(competition, entrant, ended[entrant.pk])
    if ended:
        tell_cards(row, ended)
    if not Entrant.objects.filter(competition=row, state=Entrant.State.ACTIVE).exists():
        for entrant in Entrant.objects.filter(competition=row, team__isnull=False).exclude(state__in=Entrant.OUT):
            release(entrant)


def _close_ranks(competition: OpenCompetition, entrant: Entrant, lineup: int) -> list[Notice]:
    places = list(RosterPlace.objects.filter(entrant=entrant).order_by("is_substitute", "pk"))
    up = [place.pk for place in places[:lineup] if place.is_substitute]
    RosterPlace.objects.filter(pk__in=up).update(is_substitute=False)
    tell_change(competition.row)
    if len(places) >= lineup:
        return []
    return telling.too_few(competition.row, entrant, players=len(places), lineup=lineup)


def _places_of_teams(row: Competition) -> QuerySet[RosterPlace]:
    return RosterPlace.objects.filter(competition=row, counts=True, entrant__team__isnull=False)


def _check_size(mode: Mode, roster: Sequence[Player]) -> None:
    people = [player.user_id for player in roster]
    substitutes = sum(player.is_substitute for player in roster)
    if len(set(people)) < len(people):
        raise _wrong("bad_roster", {"roster": ["Everybody is named once."]})
    if len(roster) - substitutes != mode.lineup or substitutes > mode.substitutes:
        wrong = f"Name {mode.lineup} who play, and at most {mode.substitutes} substitutes."
        raise _wrong("bad_roster", {"roster": [wrong]})


def _check_people(entrant: Entrant, roster: Sequence[Player]) -> dict[int, User]:
    """The people of the roster, who are all in the team, or the one person who registers."""
    if entrant.team_id is None:
        there = {entrant.captain_id: entrant.captain}
    else:
        members = Membership.objects.filter(team=entrant.team_id, state=Membership.State.ACTIVE)
        there = {member.user_id: member.user for member in members.select_related("user__profile")}
    strange = [at for at, player in enumerate(roster) if player.user_id not in there]
    if strange:
        raise _wrong("not_in_team", {f"roster.{at}.user_id": ["This person is not in the team."] for at in strange})
    return {player.user_id: there[player.user_id] for player in roster}


def _place(row: Competition, entrant: Entrant, player: Player, account: GameAccount | None) -> RosterPlace:
    in_game_id = player.in_game_id or (account.in_game_id if account else "")
    in_game_name = player.in_game_name or (account.in_game_name if account else "")
    if in_game_name:
        in_game_name = clean_text(in_game_name, field="in_game_name", max_chars=GAME_NAME_MOST)
    return RosterPlace(
        competition=row,
        entrant=entrant,
        user_id=player.user_id,
        in_game_id=in_game_id.strip(),
        in_game_name=in_game_name,
        is_substitute=player.is_substitute,
    )


def _check_ids(row: Competition, places: Sequence[RosterPlace]) -> None:
    faults = {at: id_fault(row.game, place.in_game_id) for at, place in enumerate(places)}
    wrong = {f"roster.{at}.in_game_id": [fault] for at, fault in faults.items() if fault}
    times = Counter(place.in_game_id for place in places)
    for at, place in enumerate(places):
        if times[place.in_game_id] > 1:
            wrong.setdefault(f"roster.{at}.in_game_id", ["Somebody else has this id."])
    if wrong:
        raise _wrong("bad_in_game_id", wrong)


def _refuse_known(code: str, people: Mapping[int, User], user_ids: Collection[int]) -> None:
    if not user_ids:
        return
    known = sorted(people[user_id].username for user_id in {*user_ids})
    words = "is in this competition already" if code == "already_registered" else "has an in-game id that plays already"
    raise Conflict(code, f"Whoever {words}: {', '.join(known)}.", facts={"usernames": known})


def _wrong(code: str, fields: Mapping[str, list[str]]) -> Invalid:
    return Invalid(code, next(iter(fields.values()))[0], fields=fields)
