"""Profiles and tie-break chains that come with the product, each as its organiser published it. Pure.

Profiles

- `pubgm-2023`: PUBG Mobile Esports' point system for all official tournaments from the 2023 season on, announced at the
  PMGC 2022 finals.
- `pubgm-2020`: the one before it, of 2020 to 2022: 15 for the first, 1 from 8th to 12th.
- `freefire-2023`: Garena Free Fire World Series 2023, point system.
- `apex-algs`: Apex Legends Global Series, match scoring. The match point of its finals is no matter of points: who wins
  the final is recorded with an override.
- `league-3-1-0`: FIFA World Cup 2018 regulations, article 32, and nearly everywhere else. A forfeit is 3-0 (FIFA
  Disciplinary Code 2017, article 31; UEFA Disciplinary Regulations, article 27).
- `maps`: a point for each map won, whoever wins the match.

The four for lobbies are as the press told them at the time; the organisers' rulebooks were not at hand.

Chains

- `fifa-2018`: FIFA World Cup Russia 2018 regulations, article 32 (5), as in Qatar 2022: points, goal difference, goals
  in all group matches; then points, goal difference, goals in the matches between the teams concerned; fair play points
  (yellow -1, second yellow -3, red -4, yellow and red -5); lots. Nothing is applied anew.
- `uefa-2024`: UEFA EURO 2022-24 regulations, article 20 (15.01 for the qualifiers): points; points, goal difference,
  goals in the matches among the teams in question, applied anew to those still equal; then, of all group matches, goal
  difference, goals, wins, disciplinary points (red 3, yellow 1, second yellow 3). A shoot-out between two that meet in
  the last match, and the ranking of the qualifiers, are recorded as a lot.
- `premier-league`: Premier League Handbook since 2019/20: points, goal difference, goals; then points in the matches
  among the tied. Away goals in these, which come next, and a play-off are recorded as a lot.
- `la-liga`: RFEF general regulations for a league of two rounds: points; points, goal difference, goals in the matches
  among the tied once these have all been played; then, or until then, goal difference and goals of all matches.
- `battle-royale`: what hosts of lobbies ask most often: first places, placement points, kills, place in the last match.
  No one regulation is behind it.
- `points`: nothing but points.
"""

from collections.abc import Mapping
from typing import Any

from core.tournaments.criteria import Chain
from core.tournaments.exact import read
from core.tournaments.scoring import AnyProfile, read_profile

PROFILE_BODIES: Mapping[str, Mapping[str, Any]] = {
    "pubgm-2023": {
        "format": "lobby",
        "placement": {"1": 10, "2": 6, "3": 5, "4": 4, "5": 3, "6": 2, "7-8": 1},
        "kill": {"1-": 1},
    },
    "pubgm-2020": {
        "format": "lobby",
        "placement": {"1": 15, "2": 12, "3": 10, "4": 8, "5": 6, "6": 4, "7": 2, "8-12": 1},
        "kill": {"1-": 1},
    },
    "freefire-2023": {
        "format": "lobby",
        "placement": {"1": 12, "2": 9, "3": 8, "4": 7, "5": 6, "6": 5, "7": 4, "8": 3, "9": 2, "10": 1},
        "kill": {"1-": 1},
    },
    "apex-algs": {
        "format": "lobby",
        "placement": {"1": 12, "2": 9, "3": 7, "4": 5, "5": 4, "6-7": 3, "8-10": 2, "11-15": 1},
        "kill": {"1-": 1},
    },
    "league-3-1-0": {"format": "duel", "win": 3, "draw": 1, "loss": 0, "walkover": [{"score": [3, 0]}]},
    "maps": {"format": "duel", "win": 0, "map": 1},
}

_FIFA_CARDS = {"yellow": -1, "second_yellow": -3, "red": -4, "yellow_and_red": -5}
_UEFA_CARDS = {"yellow": -1, "second_yellow": -3, "red": -3, "yellow_and_red": -4}


def _of_all(*names: str) -> list[dict[str, Any]]:
    return [{"by": name} for name in names]


def _head_to_head(*, last: Mapping[str, Any] | None = None, **every: Any) -> list[dict[str, Any]]:
    """Points, goal difference and goals among the tied; `last` is said of the last of them alone."""
    names = ("points", "goal_difference", "goals_for")
    run = [{"by": name, "scope": "tied", **every} for name in names]
    return [*run[:-1], {**run[-1], **(last or {})}]


CHAIN_BODIES: Mapping[str, list[dict[str, Any]]] = {
    "fifa-2018": [
        *_of_all("points", "goal_difference", "goals_for"),
        *_head_to_head(),
        {"by": "fair_play", "cards": _FIFA_CARDS},
    ],
    "uefa-2024": [
        *_of_all("points"),
        *_head_to_head(last={"on_split": "restart"}),
        *_of_all("goal_difference", "goals_for", "wins"),
        {"by": "fair_play", "cards": _UEFA_CARDS},
    ],
    "premier-league": [*_of_all("points", "goal_difference", "goals_for"), {"by": "points", "scope": "tied"}],
    "la-liga": [
        *_of_all("points"),
        *_head_to_head(gate="played", last={"on_split": "restart"}),
        *_of_all("goal_difference", "goals_for"),
    ],
    "battle-royale": _of_all("points", "wins", "placement_points", "kills", "last_placement"),
    "points": _of_all("points"),
}

PROFILES: Mapping[str, AnyProfile] = {name: read_profile({"name": name, **raw}) for name, raw in PROFILE_BODIES.items()}
CHAINS: Mapping[str, Chain] = {name: read({"name": name, "criteria": run}, Chain) for name, run in CHAIN_BODIES.items()}
