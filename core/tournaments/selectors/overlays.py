"""Boards on air: which keys there are, whose key it is, and what is shown to whoever has one (T24)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.conf import settings as site
from django.db.models import QuerySet

from core.accounts.models import User
from core.accounts.tokens import sha256
from core.errors import NotAllowed, NotFound
from core.tournaments import rules, shapes
from core.tournaments.models import Competition, Group, Overlay, Stage
from core.tournaments.selectors.standing import find_competition, stand_in
from core.tournaments.selectors.standings import standings_of
from core.work.clock import database_now

ROWS_MOST = 100
_NAME = re.compile("[1-9][0-9]{0,17}")  # no overlay has another name, or its end would be missed
_SETTINGS = {field.name for field in fields(shapes.OverlaySettings)}


def overlays_of(competition_id: int) -> list[int]:
    """The ids of those that may be on air; one query."""
    return list(Overlay.objects.filter(competition=competition_id, revoked_at=None).values_list("pk", flat=True))


def live_overlays(row: Competition) -> QuerySet[Overlay]:
    """Those that are not revoked, newest first."""
    return Overlay.objects.filter(competition=row, revoked_at=None).order_by("-pk")


def list_overlays(competition_id: int, user: User) -> shapes.Overlays:
    """For staff; three queries. Raises NotFound: no_competition. NotAllowed: not_staff."""
    stand = find_competition(competition_id, user)
    rules.check(stand, "overlay")
    return shapes.Overlays(results=[show_overlay(row) for row in live_overlays(stand.competition)])


def find_overlay(overlay_id: int, user: User) -> Overlay:
    """One that is not revoked, for whoever may steer it. Raises NotFound: no_overlay. NotAllowed: not_staff."""
    row = Overlay.objects.filter(pk=overlay_id, revoked_at=None).select_related("competition").first()
    if row is None:
        raise no_overlay()
    stand = stand_in(row.competition, user)
    if not rules.may_see(stand):
        raise no_overlay()
    rules.check(stand, "overlay")
    return row


def show_overlay(row: Overlay) -> shapes.Overlay:
    return shapes.Overlay(**_shown(row))


def show_new(row: Overlay, key: str) -> shapes.NewOverlay:
    """With its key, which nobody will be shown again; it stands in the address where no server sees it."""
    base = site.ENV.frontend_url.rstrip("/") or site.PUBLIC_URL
    return shapes.NewOverlay(**_shown(row), key=key, overlay_url=f"{base}/overlay/#k={key}")


def _shown(row: Overlay) -> dict[str, Any]:
    shown = {name: getattr(row, name) for name in ("name", "created_at", "revoked_at")}
    return {"id": row.pk, "settings": settings_of(row), **shown}


def settings_of(row: Overlay) -> shapes.OverlaySettings:
    """What the host steered; the rest is as it comes."""
    return shapes.OverlaySettings(**{name: value for name, value in row.settings.items() if name in _SETTINGS})


# -- whoever has a key -------------------------------------------------------------------------------


def overlay_by_key(key: str) -> int:
    """Which overlay it is; one query. Raises NotAllowed: no_overlay."""
    found = Overlay.objects.filter(key_sha256=sha256(key), revoked_at=None).values_list("pk", flat=True).first()
    if found is None:
        raise NotAllowed("no_overlay", "This key opens nothing, or nothing any more.")
    return found


def live_keys(hashes: Collection[str]) -> set[str]:
    """Which of these hashes of keys still open something; one query."""
    return set(Overlay.objects.filter(key_sha256__in=hashes, revoked_at=None).values_list("key_sha256", flat=True))


# -- the topic ---------------------------------------------------------------------------------------


def may_hear(user: User | None, name: str) -> bool:
    """Whether this person steers that board; whoever has its key hears it as well. Two queries at most."""
    return who_may_hear([user], name)[0]


def who_may_hear(users: Sequence[User | None], name: str) -> list[bool]:
    """The same of each of these; two queries at most, however many they are."""
    row = _live(name)
    if row is None:
        return [False] * len(users)
    roles = dict(row.competition.staff.values_list("user", "role"))
    roles[row.competition.host_id] = rules.HOST
    stands = [rules.Stand(row.competition, user, roles.get(user.pk) if user else None) for user in users]
    return [stand.may("overlay") for stand in stands]


def snapshot(name: str) -> Mapping[str, Any]:
    """`meta`, and `row.<entrant>` for the first hundred of the board, as the public sees it. Raises NotFound:
    no_overlay."""
    row = _live(name)
    if row is None:
        raise no_overlay()
    settings, competition = settings_of(row), row.competition
    stage = _stage_of(competition, settings)
    group = Group.objects.filter(stage=stage, pk=settings.group).first() if stage and settings.group else None
    board = standings_of(stage, group.pk if group else None, limit=ROWS_MOST) if stage else None
    meta = shapes.OverlayMeta(
        competition=competition.title,
        stage=stage.name if stage else "",
        group=group.name if group else "",
        settings=settings,
        matches_settled=board.meta.matches_settled if board else 0,
        matches_count=board.meta.matches_count if board else 0,
    )
    rows = board.results if board else []
    return {"meta": meta, **{f"row.{it.entrant.id}": _row(it) for it in rows}}


def changes_at(name: str) -> datetime | None:
    """When the board freezes, if it will; one query, and the clock."""
    row = _live(name)
    due = row.competition.frozen_at if row else None
    return due if due and due > database_now() else None


def no_overlay() -> NotFound:
    return NotFound("no_overlay", "There is no such overlay, or it is revoked.")


def _live(name: str) -> Overlay | None:
    if not _NAME.fullmatch(name):
        return None
    return Overlay.objects.filter(pk=int(name), revoked_at=None).select_related("competition").first()


def _stage_of(competition: Competition, settings: shapes.OverlaySettings) -> Stage | None:
    """The one that is chosen, else the last one that is drawn."""
    stages = competition.stages.order_by("-number")
    chosen = stages.filter(pk=settings.stage).first() if settings.stage else None
    stage = chosen or stages.exclude(state=Stage.State.PLANNED).first()
    if stage:
        stage.competition = competition
    return stage


def _row(row: shapes.Standing) -> shapes.OverlayRow:
    figures, card = row.figures, row.entrant
    return shapes.OverlayRow(
        position=row.position,
        rank=row.rank,
        name=card.name,
        tag=card.tag,
        logo=card.logo.thumbnail_url if card.logo else "",
        points=figures.get("points") or 0,
        kills=figures.get("kills"),
        wins=figures.get("wins"),
        played=int(figures.get("played") or 0),
        out=row.out,
    )
