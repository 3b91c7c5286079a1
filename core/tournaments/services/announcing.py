"""What hosts announce: on the page, live, as a notification, and as a mail where they ask for one (T22a)."""

from core.accounts.models import User
from core.errors import Conflict, NotFound
from core.events import emit
from core.text import clean_text
from core.tournaments import rules, shapes, states
from core.tournaments.events import CompetitionChanged
from core.tournaments.models import Announcement, Competition, Group
from core.tournaments.models.competitions import WORDS_MOST
from core.tournaments.selectors.announcements import show_announcement
from core.tournaments.selectors.standing import find_competition
from core.tournaments.services import telling_competitions as telling
from core.tournaments.services.opening import OpenCompetition, open_for
from core.work.rates import Rate, hit
from core.work.transactions import atomically

ANNOUNCED = Rate("competition.announce", count=20, per_s=600)


def announce(
    *, by: User, competition_id: int, words: str, group_id: int | None = None, mail: bool = False
) -> shapes.Announcement:
    """All entrants, or those of one group, are told this; with `mail` by mail too, at once, unless they chose not to.

    Raises NotFound: no_competition, no_group. NotAllowed: not_staff, banned, timed_out. Conflict: competition_over, or
    not_published. Invalid: invalid. RateLimited. Locks the competition. Emits CompetitionChanged.
    """
    rules.check(find_competition(competition_id, by), "announce")  # others do not use up what its hosts may say
    hit(ANNOUNCED, competition_id)
    return _announce(by, competition_id, words, group_id, mail)


@atomically
def _announce(by: User, competition_id: int, words: str, group_id: int | None, mail: bool) -> shapes.Announcement:
    competition = open_for(competition_id, by, "announce")
    row = competition.row
    if row.state in states.HIDDEN:
        raise Conflict("not_published", "Nobody could read it yet.")
    if row.state == Competition.State.ARCHIVED:
        raise Conflict("competition_over", "This competition is over.")
    said = Announcement.objects.create(
        competition=row,
        group=_group(competition, group_id),
        author=by,
        words=clean_text(words, field="words", max_chars=WORDS_MOST),
        at=competition.now,
    )
    telling.tell_later(row, f"{telling.MAILED if mail else telling.ANNOUNCED}:{said.pk}")
    emit(CompetitionChanged(competition_id=row.pk))
    return show_announcement(said)


def _group(competition: OpenCompetition, group_id: int | None) -> Group | None:
    if group_id is None:
        return None
    group = Group.objects.filter(pk=group_id, stage__competition=competition.row).first()
    if group is None:
        raise NotFound("no_group", "There is no such group in this competition.")
    return group
