"""Proposing other cells of a shared match, and answering such a proposal cell by cell (S7)."""

from collections.abc import Collection, Mapping
from typing import Any

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.errors import Conflict, Invalid
from core.tracker.cells import Cells, Number, is_cell
from core.tracker.numbers import GOALS_MOST, faults_of
from core.tracker.selectors import sharing
from core.tracker.services.agreeing import seal
from core.tracker.services.share_news import tell_answered
from core.tracker.services.shares import OpenShare, State, open_share
from core.work.transactions import atomically

MOST_CELLS = 100


@atomically
def correct_share(*, by: User, share_id: int, version: int, cells: Mapping[str, Number]) -> None:
    """`by` says what these cells should be; the other one answers. Before both have agreed only the opponent does this
    (the owner changes the match itself), and it replaces what they said before.

    `version` is what they saw. Raises NotFound: no_share. Invalid: unknown_cell, out_of_range, nothing_to_correct.
    NotAllowed: opponent_only, banned, timed_out. Conflict: share_changed, share_declined, answer_first. Locks as
    `agree`. Emits ShareChanged.
    """
    check_may_write(by)
    check_cells(cells)
    with open_share(by=by, share_id=share_id) as share:
        if share.row.state != State.AGREED:
            share.check_opponent()
            share.check_waiting()
        share.check_version(version)
        proposed = _differing(share, cells)
        share.row.correction = _kept(share, proposed) | {
            cell: {"value": value, "by": share.side} for cell, value in proposed.items()
        }
        share.save(None if share.row.state == State.AGREED else State.CORRECTED)
        tell_answered(share.row, by=by, action="corrected", cells=len(proposed))


@atomically
def answer_corrections(
    *, by: User, share_id: int, version: int, accept: Collection[str] = (), decline: Collection[str] = ()
) -> None:
    """Cells that the other one proposed are as they said, for both, or are not. Before both have agreed the answer to
    the last cell decides: if all were accepted both agree, else they differ.

    Raises NotFound: no_share. Invalid: unknown_cell. NotAllowed: banned, timed_out. Conflict: share_changed. Locks as
    `agree`. Emits ShareChanged.
    """
    check_may_write(by)
    with open_share(by=by, share_id=share_id) as share:
        share.check_version(version)
        _check_answer(share, [*accept, *decline])
        corrections = dict(share.row.correction or {})
        share.write({cell: corrections.pop(cell)["value"] for cell in accept})
        share.row.correction = _declined(share, corrections, decline)
        _conclude(share)
        tell_answered(share.row, by=by, action="settled", cells=len(accept) + len(decline))


def check_cells(cells: Mapping[str, Number]) -> None:
    """Raises Invalid: nothing_to_correct, unknown_cell, out_of_range."""
    if not 1 <= len(cells) <= MOST_CELLS:
        raise Invalid("nothing_to_correct", f"Name 1 to {MOST_CELLS} cells.")
    for cell, value in cells.items():
        wrong = "There is no such cell." if not is_cell(cell) else _fault(cell, value)
        if wrong:
            code = "out_of_range" if is_cell(cell) else "unknown_cell"
            raise Invalid(code, wrong, fields={cell: [wrong]})


def _fault(cell: str, value: Number) -> str | None:
    if cell.startswith("score."):
        whole = type(value) is int and 0 <= value <= GOALS_MOST
        return None if whole else f"A score is a whole number from 0 to {GOALS_MOST}."
    if type(value) not in (int, float):
        return "Give a number."
    key = cell.removeprefix("stats.").rpartition(".")[0]
    return next((words for _, words in faults_of({key: {"user": value}})), None)


def _differing(share: OpenShare, cells: Mapping[str, Number]) -> Cells:
    stand = sharing.cells_in(share.match, of_owner=True)
    differing = {cell: value for cell, value in cells.items() if stand.get(cell) != value}
    if not differing:
        raise Invalid("nothing_to_correct", "The match says this already.")
    return differing


def _kept(share: OpenShare, proposed: Cells) -> dict[str, object]:
    """What was proposed before and stays so. Raises Conflict: answer_first."""
    if share.row.state != State.AGREED:
        return {}
    corrections = share.row.correction or {}
    if any(said["by"] != share.side for cell, said in corrections.items() if cell in proposed):
        raise Conflict("answer_first", "The other one proposes something for this cell. Answer that first.")
    return dict(corrections)


def _check_answer(share: OpenShare, cells: list[str]) -> None:
    theirs = {cell for cell, said in sharing.open_corrections(share.row).items() if said["by"] != share.side}
    if not cells or len(set(cells)) != len(cells) or not {*cells} <= theirs:
        raise Invalid("unknown_cell", "Answer cells that the other one proposes, each once.")


def _declined(share: OpenShare, corrections: dict[str, Any], cells: Collection[str]) -> dict[str, Any]:
    """What is left of the corrections: a disagreement stands until they agree, and then no more."""
    if share.row.state == State.AGREED:
        return {cell: said for cell, said in corrections.items() if cell not in cells}
    return {cell: said | {"declined": True} if cell in cells else said for cell, said in corrections.items()}


def _conclude(share: OpenShare) -> None:
    if share.row.state == State.AGREED or sharing.open_corrections(share.row):
        share.save()
    elif share.row.correction:
        share.save(State.DISPUTED)
    else:
        seal(share)
