"""The demo's competitions, all of Asha's: a scrim that is live, with a board on which two matches of four count, and a
cup whose registration is open."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.accounts.services import SYSTEM, create_account
from core.tournaments import services as competitions
from core.tournaments.selectors.matches import matches_of
from core.tournaments.services.matches import edit_match
from core.tournaments.services.recording import record_result
from core.tournaments.services.stages import add_stage
from core.work.clock import database_now

if TYPE_CHECKING:
    from core.accounts.models import User
    from core.tournaments.models import Match

People = Mapping[str, "User"]
VISITORS = ("kavi", "lena", "omar", "yuki")
PLAYED = (
    ((3, "ravi"), (7, "lena"), (2, "mei"), (4, "kavi"), (0, "tom"), (1, "yuki"), (2, "omar")),
    ((5, "mei"), (1, "ravi"), (6, "omar"), (2, "lena"), (0, "yuki"), (3, "tom"), (0, "kavi")),
)
"""Of each match, from its winner down: kills, and whose."""


def make_competitions(people: People, password: str) -> None:
    visitors = {
        name: create_account(by=SYSTEM, email=f"{name}@example.com", password=password, username=name, vouched=True)
        for name in VISITORS
    }
    _scrim({**people, **visitors})
    _cup(people)


def _scrim(people: People) -> None:
    asha, now = people["asha"], database_now()
    row = competitions.create_competition(
        by=asha,
        kind="scrim",
        game="bgmi",
        mode="solo",
        title="Tuesday Solo Scrim",
        rules_text="Four maps, third person. Be in the room five minutes early.\nScreenshots within ten minutes.",
        capacity=16,
        reg_opens=now - timedelta(days=2),
        reg_closes=now + timedelta(hours=1),
        starts_at=now + timedelta(hours=1),
        time_zone="Asia/Kolkata",
    )
    at: dict[str, Any] = {"by": asha, "competition_id": row.pk}
    add_stage(**at, name="The night", plan={"matches": 4, "maps": ["Erangel", "Miramar", "Sanhok", "Erangel"]})
    competitions.publish(**at)
    entrants = {}
    for number, (_, name) in enumerate(PLAYED[0]):
        called: dict[str, Any] = {"in_game_id": f"5100{number}77{number}21", "in_game_name": name.capitalize()}
        entrants[name] = competitions.register_person(by=people[name], competition_id=row.pk, **called).id
    for move in ("close_registration", "start"):
        competitions.move_competition(**at, move=move)
    matches = matches_of(row)
    for number, match in enumerate(matches[len(PLAYED) :]):
        edit_match(**at, match_id=match.pk, scheduled_at=now + timedelta(minutes=10 + 40 * number))
    for match, places in zip(matches, PLAYED, strict=False):
        _record(asha, match, [(kills, entrants[name]) for kills, name in places])
    competitions.announce(**at, words="Two maps to go. Sanhok next, the room opens in five minutes.")


def _record(host: "User", match: "Match", places: Sequence[tuple[int, int]]) -> None:
    rows = [{"entrant": who, "placement": no, "kills": kills} for no, (kills, who) in enumerate(places, 1)]
    record_result(by=host, match_id=match.pk, payload={"rows": rows})


def _cup(people: People) -> None:
    asha, now = people["asha"], database_now()
    row = competitions.create_competition(
        by=asha,
        kind="tournament",
        game="efootball",
        mode="solo",
        title="Sunday Night Cup",
        rules_text="Best of three, six minutes a half. Check in on time, or your seat goes to who waits.",
        capacity=8,
        waitlist_capacity=8,
        prizes=[{"places": "1", "prize": "The cup, and the right to choose the next game"}],
        reg_opens=now - timedelta(hours=3),
        reg_closes=now + timedelta(days=2),
        checkin_opens=now + timedelta(days=2),
        checkin_closes=now + timedelta(days=2, minutes=45),
        starts_at=now + timedelta(days=2, hours=1),
        time_zone="Asia/Kolkata",
    )
    at: dict[str, Any] = {"by": asha, "competition_id": row.pk}
    add_stage(**at, name="The bracket", format="single_elimination", plan={"best_of": 3})
    competitions.publish(**at)
    for name in ("ravi", "tom"):
        competitions.register_person(by=people[name], competition_id=row.pk, in_game_id=f"{name}1994")
