"""T24: a key shows one board to whoever has it; staff steer it while it is on air, and end it."""

import re
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from typing import Any

import pytest
from django.db import connection

from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.tournaments import shapes
from core.tournaments.models import Competition, Group, Overlay
from core.tournaments.selectors import overlays as selectors
from core.tournaments.services import overlays
from core.work.clock import database_now
from tests.core.tournaments.rows import make_competition, make_entrant, make_host, make_stage
from tests.people import make_person

pytestmark = pytest.mark.django_db


def made(row: Competition, name: str = "Main scene") -> shapes.NewOverlay:
    return overlays.make_overlay(by=row.host, competition_id=row.pk, name=name)


def everything_stored() -> str:
    """Whatever any row of any table holds, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found.append(repr(cursor.fetchall()))
    return "".join(found)


def test_a_key_is_shown_once_and_kept_as_a_hash() -> None:
    row = make_competition(make_host())
    overlay = made(row, " Main  scene\n")
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", overlay.key)
    assert overlay.overlay_url.endswith(f"/overlay/#k={overlay.key}")
    assert overlay.key not in everything_stored()
    assert selectors.overlay_by_key(overlay.key) == overlay.id
    [listed] = selectors.list_overlays(row.pk, row.host).results
    assert not hasattr(listed, "key")
    assert listed.settings == shapes.OverlaySettings()


def test_a_revoked_or_replaced_key_opens_nothing() -> None:
    row = make_competition(make_host())
    overlay = made(row)
    second = overlays.rotate_overlay(by=row.host, overlay_id=overlay.id)
    assert selectors.overlay_by_key(second.key) == overlay.id
    overlays.revoke_overlay(by=row.host, overlay_id=overlay.id)
    for key in (overlay.key, second.key, "", "x" * 500, Overlay.objects.get().key_sha256):
        with pytest.raises(NotAllowed, match="no_overlay"):
            selectors.overlay_by_key(key)
    assert selectors.overlays_of(row.pk) == []
    for again in (overlays.revoke_overlay, overlays.rotate_overlay, overlays.steer_overlay):
        with pytest.raises(NotFound, match="no_overlay"):
            again(by=row.host, overlay_id=overlay.id)


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"theme": "list_votes"}, "theme", "invalid"),
    ({"rows": 0}, "rows", "invalid"),
    ({"rows": 101}, "rows", "invalid"),
    ({"page_s": 2}, "page_s", "invalid"),
    ({"page_s": -1}, "page_s", "invalid"),
    ({"stage": 99_999}, "stage", "no_stage"),
    ({"group": 99_999}, "group", "no_group"),
    ({"highlight": 99_999}, "highlight", "no_entrant"),
    ({"accent": "red"}, "accent", "bad_colour"),
    ({"plate": "#12345g"}, "plate", "bad_colour"),
    ({"text": "#ffffff;"}, "text", "bad_colour"),
    ({"title": "x" * 61}, "title", "invalid"),
    ({"words": "x" * 201}, "words", "invalid"),
    ({"words": "\x07"}, "words", "invalid"),
]


@pytest.mark.parametrize(("change", "field", "code"), WRONG)
def test_what_cannot_be_shown_is_refused(change: dict[str, Any], field: str, code: str) -> None:
    row = make_competition(make_host())
    overlay = made(row)
    with pytest.raises(Invalid) as refused:
        overlays.steer_overlay(by=row.host, overlay_id=overlay.id, **change)
    assert (refused.value.code, list(refused.value.fields)) == (code, [field])
    assert Overlay.objects.get().settings == asdict(shapes.OverlaySettings())


def test_a_board_is_steered_bit_by_bit() -> None:
    row = make_competition(make_host())
    entrant = make_entrant(row, captain=make_person("asha"))
    stage = make_stage(row, [entrant], groups=2)
    group = Group.objects.filter(stage=stage).first()
    assert group
    overlay = made(row)
    overlays.steer_overlay(by=row.host, overlay_id=overlay.id, stage=stage.pk, group=group.pk, highlight=entrant.pk)
    shown = overlays.steer_overlay(by=row.host, overlay_id=overlay.id, title="  Grand\nfinal ", accent="#FFCC00")
    assert shown.settings == shapes.OverlaySettings(
        stage=stage.pk, group=group.pk, highlight=entrant.pk, title="Grand final", accent="#ffcc00"
    )
    meta = selectors.snapshot(str(overlay.id))["meta"]
    assert (meta.stage, meta.group, meta.settings) == (stage.name, group.name, shown.settings)
    assert overlays.steer_overlay(by=row.host, overlay_id=overlay.id, stage=None).settings.group is None


ROLES = {"host": True, "co_host": True, "referee": True, "caster": True, "captain": False, "stranger": False}
ACTS: dict[str, Callable[[Any, Competition, int], object]] = {
    "make": lambda by, row, it: overlays.make_overlay(by=by, competition_id=row.pk, name="Other"),
    "list": lambda by, row, it: selectors.list_overlays(row.pk, by),
    "steer": lambda by, row, it: overlays.steer_overlay(by=by, overlay_id=it, hidden=True),
    "rotate": lambda by, row, it: overlays.rotate_overlay(by=by, overlay_id=it),
    "revoke": lambda by, row, it: overlays.revoke_overlay(by=by, overlay_id=it),
}


@pytest.mark.parametrize("role", ROLES)
def test_staff_put_boards_on_air_and_nobody_else(role: str) -> None:
    """T4"""
    row = make_competition(make_host())
    captain = make_person("captain")
    make_entrant(row, captain=captain)
    by = {"host": row.host, "captain": captain}.get(role) or make_person("somebody")
    if role in ("co_host", "referee", "caster"):
        row.staff.create(user=by, role=role, added_at=database_now())
    overlay = made(row)
    assert selectors.may_hear(by, str(overlay.id)) is ROLES[role]
    for act in ACTS.values():
        with nullcontext() if ROLES[role] else pytest.raises(NotAllowed, match="not_staff"):
            act(by, row, overlay.id)


def test_outsiders_learn_nothing_of_a_drafts_boards() -> None:
    row = make_competition(make_host(), state="draft")
    overlay, asha = made(row), make_person("asha")
    for act in ACTS.values():
        with pytest.raises(NotFound):
            act(asha, row, overlay.id)
    assert selectors.who_may_hear([None, asha, row.host], str(overlay.id)) == [False, False, True]


def test_there_are_at_most_twenty_at_a_time() -> None:
    row = make_competition(make_host())
    first, *_ = [made(row, f"Scene {number}") for number in range(20)]
    with pytest.raises(Conflict, match="too_many_overlays"):
        made(row)
    overlays.revoke_overlay(by=row.host, overlay_id=first.id)
    assert made(row).id in selectors.overlays_of(row.pk)
