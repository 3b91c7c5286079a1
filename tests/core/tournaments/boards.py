"""A competition under way whose board is on air, as rows."""

from typing import Any

from core.accounts.models import Profile, User
from core.tournaments.services.overlays import make_overlay
from tests.core.tournaments.live_board import LiveBoard
from tests.core.tournaments.rows import make_competition, make_entrant, make_match, make_stage

NAMES = (
    *("Team Meridian", "Hydra Rising", "Kolkata Kings", "Silent Six", "Paper Tigers", "Old Gods", "Northern Lights"),
    *("Loot Goblins", "Quiet Riot", "Blue Herons", "Monsoon Esports", "Velvet Thunder", "Dust Devils", "Iron Monks"),
)


def make_live_board(host: User, *, entrants: int, matches: int, **fields: Any) -> LiveBoard:
    """One stage in lobbies of everybody, and a key to its board."""
    row = make_competition(host, state="live", capacity=max(2, entrants), **{"title": "Friday Night Scrims"} | fields)
    names = [f"c{row.pk}p{number}" for number in range(entrants)]
    people = User.objects.bulk_create(User(username=name, username_key=name, password="!") for name in names)
    Profile.objects.bulk_create(Profile(user=user) for user in people)
    playing = [make_entrant(row, captain=user, state="active") for user in people]
    for number, entrant in enumerate(playing):
        entrant.name = NAMES[number] if number < len(NAMES) else f"Squad {number + 1}"
        entrant.tag = f"S{number + 1}"
        entrant.save()
    stage = make_stage(row, playing)
    group = stage.groups.get()
    made = [make_match(group, playing, state="live") for _ in range(matches)]
    overlay = make_overlay(by=host, competition_id=row.pk, name="Main scene")
    ids = [entrant.pk for entrant in playing]
    return LiveBoard(row.pk, stage.pk, ids, [match.pk for match in made], overlay.id, overlay.key)
