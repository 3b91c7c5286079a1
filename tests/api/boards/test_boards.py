"""Leaderboards over REST: anybody's to read, page by page, and around oneself (T20)."""

from typing import Any

import pytest

from core.accounts.models import User
from core.boards.services import add_scores
from tests.api.phone import Phone, json_of, refusal_of
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

SCORES = [50, 40, 40, 40, 30, 20, 10]
RANKS = [1, 2, 2, 2, 5, 6, 7]


@pytest.fixture
def people() -> list[User]:
    found = [make_person(f"player{number}") for number in range(1, 8)]
    for number, (person, score) in enumerate(zip(found, SCORES, strict=True)):
        add_scores(board="bgmi", gains={person.pk: score}, cause=f"competition:{number}")
    return found


def ranks(page: Any) -> list[tuple[int, int]]:
    return [(line["rank"], line["score"]) for line in page["results"]]


def test_which_boards_there_are_and_how_many_people_are_on_each(people: list[User]) -> None:
    found = {it["id"]: it for it in json_of(Phone().get("leaderboards/"))["results"]}
    assert found["bgmi"] == {"id": "bgmi", "name": "BGMI", "people": 7}
    assert (found["xp"]["name"], found["xp"]["people"]) == ("Experience", 0)
    assert json_of(Phone().get("leaderboards/xp/"))["results"] == []


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_follow_each_other_and_ties_share_a_rank_across_them(people: list[User], limit: int) -> None:
    phone, found, after = Phone(people[3]), [], ""
    while after is not None:
        page = json_of(phone.get(f"leaderboards/bgmi/?limit={limit}{after and f'&after={after}'}"))
        found += page["results"]
        after = page["next"]
        assert (page["me"]["rank"], page["me"]["user"]["username"]) == (2, "player4")
    assert ranks({"results": found}) == list(zip(RANKS, SCORES, strict=True))
    assert [it["user"]["username"] for it in found] == [person.username for person in people]


def test_around_oneself(people: list[User]) -> None:
    page = json_of(Phone(people[4]).get("leaderboards/bgmi/?around=me&limit=3"))
    assert ranks(page) == [(2, 40), (5, 30), (6, 20)]
    assert ranks(json_of(Phone().get(f"leaderboards/bgmi/?after={page['next']}"))) == [(7, 10)]
    newcomer = json_of(Phone(make_person("tom")).get("leaderboards/bgmi/?around=me"))
    assert (newcomer["results"], newcomer["me"], newcomer["next"]) == ([], None, None)


def test_v8_a_stranger_sees_names_and_no_way_to_find_anybody(people: list[User]) -> None:
    page = json_of(Phone().get("leaderboards/bgmi/?limit=1"))
    assert page["me"] is None
    assert page["results"][0]["user"] == {"id": None, "username": None, "name": "player1", "avatar": ""}


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("leaderboards/chess/", (404, "no_board")),
        ("leaderboards/bgmi/?around=me", (401, "not_signed_in")),
        ("leaderboards/bgmi/?around=ravi", (400, "invalid")),
        ("leaderboards/bgmi/?around=me&after=1.1.1", (400, "invalid")),
        ("leaderboards/bgmi/?after=7", (400, "bad_cursor")),
        ("leaderboards/bgmi/?after=1.99999999999999999.1", (400, "bad_cursor")),
        ("leaderboards/bgmi/?limit=101", (400, "invalid")),
        ("leaderboards/bgmi/?offset=5", (400, "unknown_field")),
    ],
)
def test_what_is_refused(path: str, refusal: tuple[int, str]) -> None:
    assert refusal_of(Phone().get(path)) == refusal
