"""The demo's matches: weeks of results, one on which two agree, one that waits for an answer, one to be confirmed."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from core.management.demo_screen import draw_screen
from core.tracker.selectors.sharing import see_share
from core.tracker.services import add_match, record_match, take_pictures
from core.tracker.services.agreeing import agree
from core.tracker.services.sharing import offer_match
from core.work.clock import database_now

if TYPE_CHECKING:
    from core.accounts.models import User
    from core.tracker.models import Match

People = Mapping[str, "User"]
GAME = "efootball_mobile"
SCORES = "2:1 0:1 3:3 4:0 1:2 2:0 3:1 1:1 0:2 5:2 2:1 3:0 1:0 2:3 4:2 3:1"
OPPONENTS = ("Ravi", "Mei", "Tom", "Ridge Runners")
ROWS = (
    ("possession", "Possession", 42, 58),
    ("shots", "Shots", 17, 20),
    ("shots_on_target", "Shots on Target", 14, 9),
    ("fouls", "Fouls", 3, 3),
    ("offsides", "Offsides", 2, 3),
    ("corner_kicks", "Corner Kicks", 3, 2),
    ("passes", "Passes", 154, 220),
    ("completed_passes", "Successful Passes", 104, 180),
    ("interceptions", "Interceptions", 23, 39),
    ("tackles", "Tackles", 19, 7),
    ("saves", "Saves", 8, 9),
)


def make_matches(people: People) -> None:
    """Asha has a season; Ravi agreed to one match of hers and asks her about another; a screenshot waits for her."""
    asha, ravi = people["asha"], people["ravi"]
    season = [_played(asha, number, score) for number, score in enumerate(SCORES.split())]
    agreed = offer_match(by=asha, match_id=season[-4].pk, username="ravi")
    agree(by=ravi, share_id=agreed, version=see_share(ravi, agreed).share.version)
    offer_match(by=ravi, match_id=_played(ravi, 40, "2:4", opponent="Asha").pk, username="asha")
    rows = [(_printed(key, home), label, _printed(key, away)) for key, label, home, away in ROWS]
    picture = draw_screen(("Asha", "Ridge Runners"), (4, 2), rows)
    add_match(by=asha, taken=take_pictures(by=asha, raws=[picture]))


def _played(by: "User", number: int, score: str, *, opponent: str = "") -> "Match":
    random = Random(number)
    scored, _, conceded = score.partition(":")
    return record_match(
        by=by,
        game=GAME,
        opponent_name=opponent or OPPONENTS[number % len(OPPONENTS)],
        played_at=database_now() - timedelta(days=max(1, 48 - 3 * number), hours=random.randint(0, 5)),
        score_user=int(scored),
        score_opponent=int(conceded),
        stats=_stats(random, int(scored), int(conceded)),
    )


def _stats(random: Random, scored: int, conceded: int) -> dict[str, dict[str, int | float | None]]:
    """Numbers that agree with each other and with the score."""
    possession = random.randint(38, 64)
    sides = [_side(random, scored, possession), _side(random, conceded, 100 - possession)]
    return {key: {"user": sides[0][key], "opponent": sides[1][key]} for key in sides[0]}


def _side(random: Random, goals: int, possession: int) -> dict[str, int]:
    on_target = goals + random.randint(1, 5)
    passes = possession * 3 + random.randint(-12, 12)
    return {
        "possession": possession,
        "shots": on_target + random.randint(1, 6),
        "shots_on_target": on_target,
        "fouls": random.randint(0, 6),
        "corner_kicks": random.randint(0, 7),
        "passes": passes,
        "completed_passes": round(passes * random.uniform(0.68, 0.9)),
        "tackles": random.randint(6, 24),
        "saves": random.randint(1, 8),
    }


def _printed(key: str, value: int) -> str:
    return f"{value}%" if key == "possession" else str(value)
