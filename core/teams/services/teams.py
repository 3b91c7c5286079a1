"""A team itself: made, described, shown with a logo, disbanded (A21)."""

import unicodedata
from typing import TypedDict

from django.db import IntegrityError, transaction
from typing_extensions import Unpack

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.errors import Conflict, Invalid
from core.events import emit
from core.files import services as files
from core.files.models import StoredFile
from core.games.selectors import find_game
from core.teams import rules, selectors
from core.teams.events import TeamChanged, TeamDisbanded, captain_changed
from core.teams.models import ABOUT_MOST, NAME_MOST, TAG_LEAST, TAG_MOST, Invite, JoinRequest, Membership, Team
from core.teams.services import telling
from core.teams.services.opening import OpenTeam, close_request, open_as_captain, seat_person
from core.text import clean_text
from core.work.clock import database_now
from core.work.rates import Rate, hit
from core.work.transactions import atomically

MADE = Rate("team.create", count=10, per_s=3600)


class TeamChanges(TypedDict, total=False):
    name: str
    tag: str
    about: str


def create_team(*, by: User, game: str, name: str, tag: str, about: str = "") -> Team:
    """There is a team of that game, and `by` leads it.

    Raises Invalid: unknown_game, tag_taken, and what is wrong with its words. Conflict: in_another_team. NotAllowed:
    banned, timed_out. RateLimited. Emits TeamChanged.
    """
    hit(MADE, by.pk)
    return _create(by, game, {"name": name, "tag": tag, "about": about})


@atomically
def _create(by: User, game: str, changes: TeamChanges) -> Team:
    check_may_write(by)
    find_game(game)
    row = Team(game=game, created_at=database_now())
    _apply(row, changes)
    seat_person(OpenTeam(row, row.created_at), by, role=Membership.Role.CAPTAIN)
    return row


@atomically
def edit_team(*, by: User, team_id: int, **changes: Unpack[TeamChanges]) -> Team:
    """The team says this of itself; what is not given stays.

    Raises NotFound: no_team. NotAllowed: captain_only, banned, timed_out. Invalid: tag_taken, and what is wrong with
    its words. Locks the team. Emits TeamChanged.
    """
    team = open_as_captain(team_id, by)
    _apply(team.row, changes)
    emit(TeamChanged(team_id=team_id))
    return team.row


@atomically
def disband_team(*, by: User, team_id: int) -> None:
    """The team is there for nobody any more; who was in it is told, and whoever asked to join.

    Raises NotFound: no_team. NotAllowed: captain_only, banned, timed_out. Conflict: team_registered. Locks the team,
    then inboxes. Emits TeamDisbanded.
    """
    team = open_as_captain(team_id, by)
    if team.row.holds.exists():
        raise Conflict("team_registered", "The team is registered in a competition that is not over.")
    disband(team, by=by)


def disband(team: OpenTeam, *, by: User) -> None:
    """Within the transaction that holds the team."""
    row, now = team.row, team.now
    members = Membership.objects.filter(team=row, state=Membership.State.ACTIVE)
    people = list(members.values_list("user", flat=True))
    members.update(state=Membership.State.LEFT, role=Membership.Role.PLAYER, ended_at=now)
    Invite.objects.filter(team=row).delete()
    waiting = list(JoinRequest.objects.filter(team=row, state=JoinRequest.State.PENDING))
    for request in waiting:
        close_request(request, JoinRequest.State.DECLINED, now)
    logo, row.logo, row.disbanded_at = row.logo_id, None, now
    row.save(update_fields=["logo", "disbanded_at"])
    if logo is not None:
        files.drop_file(file_id=logo)
    telling.answered(row, waiting, by=by, action="disbanded")
    telling.disbanded(team, people, by=by)
    emit(TeamDisbanded(team_id=row.pk), captain_changed(row.pk))


def set_logo(*, by: User, team_id: int, raw: bytes) -> None:
    """The team shows the picture that `raw` holds, made anew; what it showed before is gone.

    The picture is read in no transaction, so `by` is asked before and after it. Raises NotFound: no_team. NotAllowed:
    captain_only, banned, timed_out, and what `store_picture` raises. Locks the team. Emits TeamChanged.
    """
    check_may_write(by)
    rules.check_captain(selectors.seat_on(selectors.find_team(team_id), by))
    _show(by, team_id, files.store_picture(by=by, raw=raw))


def remove_logo(*, by: User, team_id: int) -> None:
    """The team shows no picture. Raises as `edit_team` does. Locks the team. Emits TeamChanged."""
    _show(by, team_id, None)


@atomically
def _show(by: User, team_id: int, file: StoredFile | None) -> None:
    team = open_as_captain(team_id, by)
    before, team.row.logo = team.row.logo_id, file
    team.row.save(update_fields=["logo"])
    if file is not None:
        files.set_public(file_ids=[file.pk], is_public=True)
    if before is not None:
        files.drop_file(file_id=before)
    emit(TeamChanged(team_id=team_id))


def _apply(row: Team, changes: TeamChanges) -> None:
    """Save the team as `changes` say. Raises Invalid: tag_taken, bad_tag, invalid, naming the field."""
    if "name" in changes:
        row.name = clean_text(" ".join(changes["name"].split()), field="name", max_chars=NAME_MOST)
    if "about" in changes:
        about = changes["about"]
        row.about = clean_text(about, field="about", max_chars=ABOUT_MOST) if about.strip() else ""
    if "tag" in changes:
        row.tag = _tag(changes["tag"])
        row.tag_key = User.key_of(row.tag)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        taken = "Another team has this tag."
        raise Invalid("tag_taken", taken, fields={"tag": [taken]}) from None


def _tag(text: str) -> str:
    """A tag as it is kept: letters, digits and the marks on them. Raises Invalid: bad_tag."""
    tag = unicodedata.normalize("NFKC", text).strip()
    kinds = [unicodedata.category(char)[0] for char in tag]
    if not TAG_LEAST <= len(tag) <= TAG_MOST or kinds[0] == "M" or not set(kinds) <= set("LNM"):
        wrong = f"A tag is {TAG_LEAST} to {TAG_MOST} letters or digits."
        raise Invalid("bad_tag", wrong, fields={"tag": [wrong]})
    return tag
