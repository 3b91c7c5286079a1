"""The result log as it can be read: every entry that ever was, with who made it and why (T11)."""

from typing import Any

from core.accounts.models import User
from core.accounts.shapes import card
from core.errors import Invalid
from core.games.catalogue import GAMES
from core.tournaments import log, shapes
from core.tournaments.checking import check_duel, check_lobby
from core.tournaments.exact import read
from core.tournaments.models import Match, ResultEntry, Stage
from core.tournaments.selectors.matches import rules_of
from core.tournaments.selectors.standing import find_competition, seen_until


def entries_of(
    competition_id: int,
    user: User | None,
    *,
    limit: int,
    before: int | None = None,
    stage: int | None = None,
    match: int | None = None,
) -> shapes.ResultEntries:
    """A page of the log, newest first; of a stage or a match if one is named. Behind a freeze it is the staff's alone.
    Four queries and the clock. Raises NotFound: no_competition."""
    stand = find_competition(competition_id, user)
    until = seen_until(stand)
    there = ResultEntry.objects.filter(competition=stand.competition)
    there = there.filter(recorded_at__lte=until) if until else there
    wanted = {"seq__lt": before, "stage": stage, "match": match}
    rows = there.filter(**{name: value for name, value in wanted.items() if value}).select_related("author__profile")
    found = list(rows.order_by("-seq")[: limit + 1])
    after = there.filter(supersedes__in=[row.seq for row in found]).values_list("supersedes", "seq")
    superseded = dict(after)
    results = [show_entry(row, superseded.get(row.seq)) for row in found[:limit]]
    return shapes.ResultEntries(results=results, next=results[-1].seq if len(found) > limit else None)


def show_entry(row: ResultEntry, superseded_by: int | None = None) -> shapes.ResultEntry:
    """No query if its author is loaded."""
    return shapes.ResultEntry(
        seq=row.seq,
        kind=row.kind,
        stage=row.stage_id,
        match=row.match_id,
        game_no=row.game_no,
        payload=row.payload,
        effective_at=row.effective_at,
        recorded_at=row.recorded_at,
        author=card(row.author) if row.author else None,
        reason=row.reason,
        claim=row.claim_id,
        supersedes=row.supersedes,
        superseded_by=superseded_by,
    )


def show_recorded(row: ResultEntry) -> shapes.RecordedResult:
    """The same of a result that was just recorded, with what looks odd in it. Three queries at most."""
    shown = show_entry(row)
    warnings = checked_result(row.match, row.payload)[1] if row.match and row.kind == "result" else []
    whole = {name: getattr(shown, name) for name in shapes.ResultEntry.__dataclass_fields__}
    return shapes.RecordedResult(**whole, warnings=warnings)


def checked_result(row: Match, payload: dict[str, Any]) -> tuple[log.Lobby | log.Duel, list[str]]:
    """The same with warnings; a query for the sides. Raises Invalid: bad_shape, and what the checks of T12 do."""
    planned = next(iter(rules_of([row])), None)
    if planned is None:
        raise Invalid("wrong_sides", "Nobody plays against this side.")
    if row.stage.format != Stage.Format.LOBBY:
        return check_duel(read(payload, log.Duel), planned), []
    mode = GAMES[row.competition.game].modes.get(row.competition.mode)
    return check_lobby(read(payload, log.Lobby), planned, lineup=mode.lineup if mode else None)
