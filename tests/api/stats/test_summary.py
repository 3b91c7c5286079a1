"""S8 over REST: what counts, over which days, and in how many queries."""

import random
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.accounts.models import Profile, User
from core.tracker.models import Match
from core.tracker.selectors.summary import summary_of
from core.tracker.services.shares import set_score
from core.work.clock import database_now
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.tracker.played import PLAYED, played
from tests.people import make_person

pytestmark = pytest.mark.django_db
KEYS = ("shots", "possession", "expected_goals")


@pytest.fixture
def asha() -> User:
    return make_person("asha")


def told(phone: Phone, query: str = "") -> Any:
    answer = phone.get(f"stats/summary/{query}")
    assert answer.status_code == 200
    return json_of(answer)


def test_a_thousand_random_matches_are_what_their_rows_say_in_two_queries(asha: User) -> None:
    """S8"""
    chance = random.Random(88)
    ravi = make_person("ravi")
    Match.objects.bulk_create(anything(chance, asha, ravi, number) for number in range(1_000))
    Match.objects.bulk_create(anything(chance, ravi, asha, number) for number in range(10))
    with CaptureQueriesContext(connection) as queries:
        summary = summary_of(asha)
    assert len(queries) == 2
    rows = [row for row in Match.objects.filter(owner=asha) if row.state in ("confirmed", "shared")]
    assert summary.total == len(rows)
    for result, counted in (("win", summary.wins), ("draw", summary.draws), ("loss", summary.losses)):
        assert counted == sum(row.result == result for row in rows)
    assert summary.goals_scored == sum(row.score_user or 0 for row in rows)
    assert summary.goals_conceded == sum(row.score_opponent or 0 for row in rows)
    for key in KEYS:
        for side in ("user", "opponent"):
            values = [row.stats[key][side] for row in rows if row.stats.get(key, {}).get(side) is not None]
            exact = sum(Fraction(str(value)) for value in values) / len(values)
            assert getattr(summary.averages[key], side) == float(exact)
    ordered = sorted(rows, key=lambda row: (row.played_at, row.pk))
    assert summary.form == [row.result for row in ordered if row.result][-10:]
    assert [point.match for point in summary.series] == [row.pk for row in ordered[-200:]]
    for game in summary.by_game:
        assert game.total == sum(row.game == game.name for row in rows)
    against = {it.name: it.total for it in summary.by_opponent}
    assert against["ravi"] == sum(row.opponent_id == ravi.pk for row in rows)
    assert sum(against.values()) == len(rows)


def anything(chance: random.Random, owner: User, other: User, number: int) -> Match:
    state = chance.choice(["confirmed", "confirmed", "shared", "proposed"])
    match = Match(
        owner=owner,
        state=state,
        game=chance.choice(["", "efootball"]),
        played_at=PLAYED + timedelta(hours=number % 700),
    )
    match.opponent = other if chance.random() < 0.3 else None
    match.opponent_name = chance.choice(["RAVI pro", "Ravi Pro ", "Mira"])
    match.stats = {key: {side: value(chance) for side in ("user", "opponent")} for key in chance.sample(KEYS, 2)}
    match.stats["other"] = {"kazemat": {"user": 1, "opponent": 2}}
    if state != "proposed":
        match.confirmed_at = database_now()
        set_score(match, chance.choice([None, (chance.randint(0, 5), chance.randint(0, 5))]))
    return match


def value(chance: random.Random) -> int | float | None:
    return chance.choice([None, chance.randint(0, 90), chance.randint(0, 90) / 10])


def test_a_day_is_the_persons_own(asha: User) -> None:
    Profile.objects.filter(user=asha).update(time_zone="Asia/Kolkata")
    late = played(asha, played_at=datetime(2026, 6, 1, 20, tzinfo=UTC))  # half past one on the second, over there
    phone = Phone(asha)
    assert [told(phone, f"?since={day}&until={day}")["total"] for day in ("2026-06-01", "2026-06-02")] == [0, 1]
    assert told(phone, "?until=2026-06-02&game=efootball&stat=shots")["series"][0] | {"at": ""} == {
        "match": str(late.pk), "at": "", "result": "win",
        "goals_scored": 2, "goals_conceded": 1, "user": 9, "opponent": 6,
    }  # fmt: skip
    assert told(phone, "?game=fifa_21")["total"] == 0


def test_names_are_one_opponent_whatever_their_capitals_and_the_newest_is_shown(asha: User) -> None:
    played(asha, opponent_name="RAVI")
    played(asha, opponent_name="Ravi", played_at=PLAYED + timedelta(days=1))
    played(asha, opponent_name="")
    assert [(it["name"], it["total"]) for it in told(Phone(asha))["by_opponent"]] == [("Ravi", 2), ("", 1)]


@pytest.mark.parametrize(
    "query", ["?since=yesterday", "?since=0001-01-01", "?until=9999-12-31", "?weather=1", "?since=2026-6-1"]
)
def test_what_is_no_range_is_refused(asha: User, query: str) -> None:
    assert refusal_of(Phone(asha).get(f"stats/summary/{query}"))[0] == 400


def test_nobody_has_a_summary_without_signing_in() -> None:
    assert refusal_of(Phone().get("stats/summary/"))[0] == 401
