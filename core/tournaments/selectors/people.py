"""Who plays a match, by all the names that a picture may have for them."""

from core.tournaments.lobby_sightings import WHOLE
from core.tournaments.models import Match, MatchSide
from core.tournaments.naming import Person
from core.tournaments.selectors.standing import places_in


def people_in(match: Match) -> list[Person]:
    """Sides, and the people of their rosters. Two queries."""
    sides = [it.entrant for it in MatchSide.objects.filter(match=match).select_related("entrant").order_by("slot")]
    tags = {it.pk: it.tag for it in sides}
    whole = [Person(side=it.pk, key=WHOLE, names=(it.name, it.tag) if len(it.tag) > 1 else (it.name,)) for it in sides]
    places = places_in(match).select_related("user").order_by("pk")
    return whole + [
        Person(
            side=it.entrant_id,
            key=it.user_id,
            names=tuple(name for name in (it.in_game_name or it.user.username, it.in_game_id) if name),
            tag=tags[it.entrant_id],
        )
        for it in places
    ]
