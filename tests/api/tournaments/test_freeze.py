"""T25: behind a freeze nobody but staff sees anything of what was recorded since, by whatever way they look."""

import json
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from core.tournaments.models import Entrant, Match
from core.tournaments.selectors import live, match_live, overlays, standings_live
from core.tournaments.services import penalising, recording
from core.tournaments.services.board_freezing import freeze_board, unfreeze_board
from core.tournaments.services.overlays import make_overlay
from realtime.protocol import encode
from tests.api.phone import Phone
from tests.core.tournaments.results.stages import House
from tests.core.tournaments.rows import HOUR, make_competition, make_entrant, make_host, make_match, make_stage
from tests.people import make_person

pytestmark = pytest.mark.django_db

PATHS = (
    *("", "stages/", "stages/{stage}/", "groups/", "entrants/", "placings/", "entries/", "entries/?match={second}"),
    *("matches/", "matches/?state=confirmed", "matches/?state=scheduled", "matches/?entrant={a}"),
    *("matches/?entrant={b}", "matches/{first}/", "matches/{second}/", "matches/{final}/"),
    *("standings/", "standings/?group={group}", "standings/?as_of={later}", "standings/explain/?a={a}&b={b}"),
    *("calendar.ics", "export/?what=results"),
)
TOPICS: dict[str, tuple[Callable[[str], Any], str]] = {
    "tournament": (live.snapshot, "{row}"),
    "standings": (standings_live.snapshot, "{stage}"),
    "of a group": (standings_live.snapshot, "{stage}.{group}"),
    "first": (match_live.snapshot, "{first}"),
    "second": (match_live.snapshot, "{second}"),
    "final": (match_live.snapshot, "{final}"),
    "overlay": (overlays.snapshot, "{overlay}"),
}
STAYS = {"groups/", "placings/"}
"""What shows staff the same as before, too."""


@pytest.fixture
def house() -> House:
    """A bracket of four whose matches stand in the calendar."""
    host, referee = make_host(), make_person("referee")
    row = make_competition(host, state="live")
    row.staff.create(user=referee, role="referee", added_at=row.created_at)
    entrants = [
        make_entrant(row, captain=make_person(name), state="active") for name in ("asha", "bela", "chen", "dara")
    ]
    stage = make_stage(row, entrants, format="single_elimination")
    group, at = stage.groups.get(), row.starts_at + HOUR
    pairs, own = (entrants[:2], entrants[2:]), {"draws": False, "scheduled_at": at}
    semis = [make_match(group, pair, feeders=[None, None], **own) for pair in pairs]
    final = make_match(group, [], feeders=[1, 2], round=2, **own)
    return House(host, referee, row, entrants, stage, [*semis, final])


def names_in(house: House) -> dict[str, Any]:
    first, second, final = [match.pk for match in house.matches]
    a, b, *_ = house.ids
    overlay = make_overlay(by=house.host, competition_id=house.row.pk, name="Main").id
    own = {"row": house.row.pk, "stage": house.stage.pk, "group": house.stage.groups.get().pk, "overlay": overlay}
    later = (house.row.starts_at + HOUR).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {**own, "first": first, "second": second, "final": final, "a": a, "b": b, "later": later}


def play_on(house: House) -> None:
    """Another wins the first match, the second and the final are played, somebody is out, somebody loses points."""
    first, second, final = house.matches
    a, b, c, d = house.ids
    own: dict[str, Any] = {"by": house.host, "competition_id": house.row.pk, "reason": "Because."}
    payload = house.duel(first, 0, 2)
    recording.correct_result(by=house.referee, match_id=first.pk, payload=payload, reason="Misread.")
    house.play(second, house.duel(second, 1, 0))
    house.play(final, house.duel(final, 1, 3))
    penalising.disqualify(**own, entrant_id=d, results="last")
    penalising.adjust(**own, stage_id=house.stage.pk, entrant_id=b, points=Fraction(-1))
    house.stage.refresh_from_db()
    states = dict(Entrant.objects.values_list("pk", "state"))
    assert states == {a: "eliminated", b: "active", c: "active", d: "disqualified"}
    assert (house.stage.state, Match.objects.get(pk=final.pk).winner_id) == ("settled", c)


def seen(phone: Phone, house: House, names: dict[str, Any]) -> dict[str, Any]:
    """Every way in which somebody looks at the competition, and what they see."""
    bodies = {path: phone.get(f"tournaments/{house.row.pk}/{path.format(**names)}") for path in PATHS}
    return {path: told(answer) for path, answer in bodies.items()}


def told(answer: Any) -> tuple[int, str]:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, re.sub(r"DTSTAMP:\w+|\"request_id\":\"[^\"]*\"", "", body.decode())


def shown(names: dict[str, Any]) -> dict[str, Any]:
    """What every topic for the public says."""
    return {
        topic: {key: json.loads(encode(value)) for key, value in snapshot(name.format(**names)).items()}
        for topic, (snapshot, name) in TOPICS.items()
    }


def test_t25_behind_a_freeze_nothing_moves_for_anybody_but_staff(house: House, settings: Any) -> None:
    settings.LIMITS_RELAXED = True
    names, first = names_in(house), house.matches[0]
    house.play(first, house.duel(first, 3, 1))
    freeze_board(by=house.host, competition_id=house.row.pk)
    public = {"outsider": Phone(make_person("outsider")), "nobody": Phone()}
    referee = Phone(house.referee)
    before = {who: seen(phone, house, names) for who, phone in public.items()}
    of_staff, topics = seen(referee, house, names), shown(names)
    play_on(house)
    for who, phone in public.items():
        after = seen(phone, house, names)
        assert [path for path in PATHS if after[path] != before[who][path]] == [], who
    assert [name for name, state in shown(names).items() if state != topics[name]] == []
    moved = seen(referee, house, names)
    assert {path for path in PATHS if moved[path] == of_staff[path]} == STAYS
    unfreeze_board(by=house.host, competition_id=house.row.pk)
    assert [name for name, state in shown(names).items() if state == topics[name]] == []


def test_t25_who_plays_a_match_knows_against_whom(house: House) -> None:
    """And nothing more of it than the public."""
    freeze_board(by=house.host, competition_id=house.row.pk)
    for match in house.matches[:2]:
        house.play(match, house.duel(match, 2, 0))
    path = f"tournaments/{house.row.pk}/matches/{house.matches[2].pk}/"
    sides = {
        who: json.loads(Phone(by).get(path).content)["sides"] for who, by in (("c", captain(house, 2)), ("-", None))
    }
    known = {who: [it["entrant"] and it["entrant"]["id"] for it in there] for who, there in sides.items()}
    assert known == {"c": [house.ids[0], house.ids[2]], "-": [None, None]}


def captain(house: House, at: int) -> Any:
    return house.entrants[at].captain
