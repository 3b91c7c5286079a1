"""Boards on air: keys that show one of them, what the host steers while they are shown, and their end (T24)."""

import re
from dataclasses import asdict, replace
from typing import Any, get_args

from core.accounts.models import User
from core.accounts.system import Actor
from core.accounts.tokens import new_secret, sha256
from core.errors import Conflict, Invalid
from core.events import AccessChanged, emit
from core.text import clean_text
from core.tournaments import shapes
from core.tournaments.events import OverlayChanged
from core.tournaments.models import Competition, Group, Overlay
from core.tournaments.models.competitions import KEY_NAME_MOST
from core.tournaments.selectors.overlays import (
    find_overlay,
    live_overlays,
    no_overlay,
    settings_of,
    show_new,
    show_overlay,
)
from core.tournaments.services.opening import OpenCompetition, open_for
from core.work.transactions import atomically

KEY_BYTES, OVERLAYS_MOST, NAME_MOST = 32, 20, KEY_NAME_MOST
ROWS_MOST, PAGE_LEAST_S, PAGE_MOST_S, TITLE_MOST, WORDS_MOST = 100, 3, 300, 60, 200
THEMES: tuple[str, ...] = get_args(shapes.OverlaySettings.__annotations__["theme"])
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@atomically
def make_overlay(*, by: Actor, competition_id: int, name: str) -> shapes.NewOverlay:
    """A key shows the competition's board to whoever has it; only its hash is kept, so nobody is shown it again.

    Raises NotFound: no_competition. NotAllowed: not_staff, banned, timed_out. Invalid. Conflict: too_many_overlays.
    Locks the competition.
    """
    name = clean_text(name, field="name", max_chars=NAME_MOST)
    competition = open_for(competition_id, by, "overlay")
    if live_overlays(competition.row).count() >= OVERLAYS_MOST:
        raise Conflict("too_many_overlays", f"At most {OVERLAYS_MOST}. Revoke one that is not on air any more.")
    key = new_secret(KEY_BYTES)
    row = Overlay.objects.create(
        competition=competition.row,
        name=name,
        key_sha256=sha256(key),
        settings=asdict(shapes.OverlaySettings()),
        created_at=competition.now,
    )
    return show_new(row, key)


@atomically
def steer_overlay(*, by: User, overlay_id: int, competition_id: int | None = None, **changes: Any) -> shapes.Overlay:
    """The board on air is as `changes`, fields of `OverlaySettings`, say; what is not given stays.

    Raises NotFound: no_overlay. NotAllowed: not_staff, banned, timed_out. Invalid: invalid, no_stage, no_group,
    no_entrant, bad_colour. Locks the competition. Emits OverlayChanged.
    """
    _, row = _open(by, overlay_id, competition_id)
    if "stage" in changes:
        changes = {"group": None} | changes  # a group is of one stage
    settings = replace(settings_of(row), **changes)
    row.settings = asdict(_checked(settings, row.competition))
    row.save(update_fields=["settings"])
    emit(OverlayChanged(overlay_id=row.pk))
    return show_overlay(row)


@atomically
def rotate_overlay(*, by: User, overlay_id: int, competition_id: int | None = None) -> shapes.NewOverlay:
    """It has another key; whoever came with the one before is cut off within two seconds.

    Raises NotFound: no_overlay. NotAllowed: not_staff, banned, timed_out. Locks the competition. Emits AccessChanged.
    """
    _, row = _open(by, overlay_id, competition_id)
    key = new_secret(KEY_BYTES)
    row.key_sha256 = sha256(key)
    row.save(update_fields=["key_sha256"])
    emit(access_to(row))
    return show_new(row, key)


@atomically
def revoke_overlay(*, by: User, overlay_id: int, competition_id: int | None = None) -> None:
    """Its key opens nothing; within two seconds nobody hears the board by it.

    Raises NotFound: no_overlay. NotAllowed: not_staff, banned, timed_out. Locks the competition. Emits AccessChanged.
    """
    competition, row = _open(by, overlay_id, competition_id)
    row.revoked_at = competition.now
    row.save(update_fields=["revoked_at"])
    emit(access_to(row))


def access_to(row: Overlay) -> AccessChanged:
    return AccessChanged(user_id=None, prefix=f"overlay.{row.pk}")


def _open(by: User, overlay_id: int, competition_id: int | None) -> tuple[OpenCompetition, Overlay]:
    """Where a competition is named the overlay is one of its."""
    row = find_overlay(overlay_id, by)
    if competition_id not in (None, row.competition_id):
        raise no_overlay()
    competition = open_for(row.competition_id, by, "overlay")
    row = find_overlay(overlay_id, by)  # again, under the lock: it may have been revoked
    row.competition = competition.row
    return competition, row


def _checked(settings: shapes.OverlaySettings, competition: Competition) -> shapes.OverlaySettings:
    """The settings with their words trimmed. Raises Invalid, naming the field."""
    _check_board(settings, competition)
    if settings.theme not in THEMES:
        raise _wrong("theme", "invalid", f"One of {', '.join(THEMES)}.")
    if not 1 <= settings.rows <= ROWS_MOST:
        raise _wrong("rows", "invalid", f"1 to {ROWS_MOST}.")
    if settings.page_s and not PAGE_LEAST_S <= settings.page_s <= PAGE_MOST_S:
        raise _wrong("page_s", "invalid", f"0, or {PAGE_LEAST_S} to {PAGE_MOST_S} seconds.")
    changes: dict[str, Any] = {name: getattr(settings, name).lower() for name in ("accent", "text", "plate")}
    for name, colour in changes.items():
        if colour and not _COLOUR.fullmatch(colour):
            raise _wrong(name, "bad_colour", "A colour is #rrggbb.")
    changes["title"] = _words(settings.title, "title", TITLE_MOST)
    changes["words"] = _words(settings.words, "words", WORDS_MOST)
    return replace(settings, **changes)


def _check_board(settings: shapes.OverlaySettings, competition: Competition) -> None:
    if settings.stage is not None and not competition.stages.filter(pk=settings.stage).exists():
        raise _wrong("stage", "no_stage", "There is no such stage in this competition.")
    groups = Group.objects.filter(stage=settings.stage) if settings.stage else Group.objects.none()
    if settings.group is not None and not groups.filter(pk=settings.group).exists():
        raise _wrong("group", "no_group", "There is no such group in the stage that is chosen.")
    if settings.highlight is not None and not competition.entrants.filter(pk=settings.highlight).exists():
        raise _wrong("highlight", "no_entrant", "There is no such entrant in this competition.")


def _words(text: str, field: str, most: int) -> str:
    """One line, or nothing."""
    line = " ".join(text.split())
    return clean_text(line, field=field, max_chars=most) if line else ""


def _wrong(field: str, code: str, why: str) -> Invalid:
    return Invalid(code, why, fields={field: [why]})
