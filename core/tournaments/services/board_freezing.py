"""Freezing what the public sees of results (T25): nothing is copied, it is made of what was recorded until then."""

from datetime import datetime

from django.db.models import Q

from core.accounts.system import Actor
from core.errors import Invalid
from core.events import emit
from core.tournaments.events import CompetitionChanged, MatchChanged, StandingsChanged
from core.tournaments.models import Competition, Match
from core.tournaments.selectors.overlays import overlays_of
from core.tournaments.services.opening import OpenCompetition, open_for
from core.work.transactions import atomically


@atomically
def freeze_board(*, by: Actor, competition_id: int, at: datetime | None = None) -> Competition:
    """From `at` on (None: now) the public's boards, matches and brackets stand still, and only staff see them move.
    Drawing the next stage says who came through: whoever would keep that, draws later.

    For co-hosts and above. Locks the competition. Raises NotFound: no_competition. NotAllowed: not_staff. Invalid:
    in_the_past. Emits CompetitionChanged, StandingsChanged for every board, MatchChanged where matches thaw.
    """
    competition = open_for(competition_id, by, "freeze")
    if at and at < competition.now:
        raise Invalid("in_the_past", "What everybody saw cannot be unseen.", fields={"at": ["In the past."]})
    return _set(competition, at or competition.now)


@atomically
def unfreeze_board(*, by: Actor, competition_id: int) -> Competition:
    """Everybody sees the boards as they are. Otherwise as `freeze_board`."""
    return _set(open_for(competition_id, by, "freeze"), None)


def _set(competition: OpenCompetition, at: datetime | None) -> Competition:
    row, before = competition.row, competition.row.frozen_at
    row.frozen_at = at
    row.save(update_fields=["frozen_at"])
    emit(CompetitionChanged(competition_id=row.pk))
    tell_boards(row, before)
    return row


def tell_boards(row: Competition, before: datetime | None) -> None:
    """Within the transaction that holds the competition: every board is looked at anew, and every match of which the
    freeze `before` may have hidden something. Emits StandingsChanged, MatchChanged."""
    overlays = overlays_of(row.pk)
    for stage in row.stages.prefetch_related("groups"):
        groups = [group.pk for group in stage.groups.all()]
        emit(StandingsChanged(stage_id=stage.pk, group_ids=groups, overlay_ids=overlays))
    if before is not None:
        hidden = Match.objects.filter(Q(entries__recorded_at__gt=before) | Q(round__gt=1), competition=row)
        emit(*(MatchChanged(match_id=pk) for pk in hidden.values_list("pk", flat=True).distinct()))
