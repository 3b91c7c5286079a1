"""Exports (T26): entrants, matches, results and standings, as rows for a spreadsheet or as one JSON document."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from core.accounts.models import User
from core.tournaments import matches as pure
from core.tournaments import rules
from core.tournaments.exact import written
from core.tournaments.models import Competition, Entrant, ResultEntry, Stage
from core.tournaments.selectors.folding import log_of
from core.tournaments.selectors.matches import rules_of, sides_of
from core.tournaments.selectors.standing import find_competition
from core.tournaments.selectors.standings import board_of

Row = Sequence[object]
FORMAT = "guildhall-results/1"


def find_exported(competition_id: int, user: User) -> Competition:
    """For staff. Raises NotFound: no_competition. NotAllowed: not_staff."""
    stand = find_competition(competition_id, user)
    rules.check(stand, "export")
    return stand.competition


def rows_of(row: Competition, what: str) -> Iterator[Row]:
    """A head, and a line for each thing."""
    makers = {"entrants": _entrants, "matches": _matches, "results": _results, "standings": _standings}
    return makers[what](row)


def document_of(row: Competition, what: str) -> dict[str, Any]:
    """The same as JSON: of results what docs/results-format.md describes, so that anybody may fold it again."""
    if what == "results":
        return _results_document(row)
    head, *lines = rows_of(row, what)
    names = [str(name) for name in head]
    return {"competition": row.pk, "title": row.title, what: [dict(zip(names, line, strict=True)) for line in lines]}


def safe(value: object) -> str:
    """A cell that no spreadsheet takes for a formula (CWE-1236)."""
    text = value.isoformat() if isinstance(value, datetime) else "" if value is None else str(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not is_number else text


def _entrants(row: Competition) -> Iterator[Row]:
    yield ("id", "name", "tag", "team", "captain", "state", "seat", "arrival", "registered_at", "roster")
    found = row.entrants.order_by("arrival").select_related("captain", "seat").prefetch_related("roster__user")
    for it in found:
        roster = "; ".join(f"{place.user.username} ({place.in_game_id})" for place in it.roster.all())
        seat = getattr(it, "seat", None)
        about = (it.pk, it.name, it.tag, it.team_id, it.captain.username, it.state, seat and seat.number)
        yield (*about, it.arrival, it.registered_at, roster)


def _matches(row: Competition) -> Iterator[Row]:
    yield ("id", "stage", "group", "number", "round", "name", "map", "state", "scheduled_at", "sides", "winner")
    names = _names(row)
    for stage in row.stages.order_by("number"):
        found = list(stage.matches.order_by("number").select_related("group"))
        sides = sides_of(found)
        for it in found:
            who = "; ".join(names[side] for side in sides[it.pk].values())
            about = (it.pk, stage.name, it.group.name, it.number, it.round, it.name, it.map, it.state)
            yield (*about, it.scheduled_at, who, names.get(it.winner_id or 0))


def _results(row: Competition) -> Iterator[Row]:
    yield (
        "seq",
        "kind",
        "stage",
        "match",
        "game_no",
        "payload",
        "effective_at",
        "recorded_at",
        "author",
        "reason",
        "supersedes",
    )
    found = ResultEntry.objects.filter(competition=row).order_by("seq").select_related("stage", "match", "author")
    for it in found.iterator(500):
        payload = msgspec.json.encode(it.payload).decode()
        about = (it.seq, it.kind, it.stage.name, it.match and it.match.number, it.game_no, payload)
        author = it.author.username if it.author else None
        yield (*about, it.effective_at, it.recorded_at, author, it.reason, it.supersedes)


def _standings(row: Competition) -> Iterator[Row]:
    stages = list(row.stages.exclude(state=Stage.State.PLANNED).order_by("number"))
    boards = [
        (stage, group, board_of(stage, group.pk)) for stage in stages for group in stage.groups.order_by("number")
    ]
    columns = list(dict.fromkeys(column for _, _, board in boards for column in board.columns))
    yield ("stage", "group", "rank", "entrant", "name", "out", *columns)
    names = _names(row)
    for stage, group, board in boards:
        for it in board.rows:
            figures: Mapping[str, Any] = it["figures"]
            about = (stage.name, group.name, it["rank"], it["entrant"], names[it["entrant"]], it["out"])
            yield (*about, *(figures.get(column) for column in columns))


def _results_document(row: Competition) -> dict[str, Any]:
    stages = list(row.stages.exclude(state=Stage.State.PLANNED).order_by("number"))
    names = {str(pk): name for pk, name in _names(row).items()}
    return {"format": FORMAT, "name": row.title, "names": names, "stages": [_stage(stage) for stage in stages]}


def _stage(stage: Stage) -> dict[str, Any]:
    """What is brought along stands in the log, so who advances is not said again."""
    log = log_of(stage)
    names = _names_of_groups(stage)
    planned = {it.number: it for it in rules_of(stage.matches.order_by("number"))}
    for entry in log.entries:  # byes, which nobody plays
        if entry.match and entry.match not in planned:
            planned[entry.match] = pure.Match(number=entry.match, sides=(entry.payload.winner,))
    authors = {it.seq: it for it in ResultEntry.objects.filter(stage=stage).select_related("author")}
    return {
        "name": stage.name,
        "profile": stage.profile,
        "chain": stage.chain,
        "groups": {names[pk]: members for pk, members in log.groups.items()},
        "matches": written([*planned.values()]),
        "entries": [_entry(written(entry), authors[entry.seq]) for entry in log.entries],
    }


def _names_of_groups(stage: Stage) -> dict[int, str]:
    """Each its own: of two that are called the same, the later has its number beside its name."""
    found: dict[int, str] = {}
    for group in stage.groups.order_by("number"):
        taken = group.name in found.values()
        found[group.pk] = f"{group.name} ({group.number})" if taken else group.name
    return found


def _entry(entry: dict[str, Any], row: ResultEntry) -> dict[str, Any]:
    said = {"author": row.author.username if row.author else "", "reason": row.reason}
    return entry | {name: value for name, value in said.items() if value}


def _names(row: Competition) -> dict[int, str]:
    return dict(Entrant.objects.filter(competition=row).values_list("pk", "name"))


def lines_of(rows: Iterable[Row]) -> Iterator[list[str]]:
    """As cells."""
    return ([safe(value) for value in row] for row in rows)
