"""T26: what staff take away, and that it says the same."""

import csv
import io
import json
from typing import Any

import pytest

from core.tournaments.document import read_document, standings_of
from core.tournaments.exact import written
from core.tournaments.models import Entrant
from core.tournaments.services import recording
from tests.api.phone import Phone, json_of, refusal_of
from tests.core.tournaments.results.stages import House, lobbies
from tests.people import make_person

pytestmark = pytest.mark.django_db


def house() -> House:
    house = lobbies(groups=2)
    for match in house.matches[:2]:
        sides = list(match.sides.order_by("slot").values_list("entrant", flat=True))
        rows = [{"entrant": who, "placement": no, "kills": no} for no, who in enumerate(sides, 1)]
        house.play(match, {"rows": rows})
    rows[0]["kills"] = 7
    recording.correct_result(by=house.host, match_id=match.pk, payload={"rows": rows}, reason="=Misread.")
    return house


def cells(phone: Phone, path: str) -> list[list[str]]:
    answer: Any = phone.get(path)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return [*csv.reader(io.StringIO(b"".join(answer.streaming_content).decode()))]


def test_what_is_exported_as_json_folds_to_the_same_tables() -> None:
    made = house()
    phone, path = Phone(made.referee), f"tournaments/{made.row.pk}/export/"
    raw = json.dumps(json_of(phone.get(f"{path}?what=results&format=json")))
    (stage,) = standings_of(read_document(raw))
    for group in made.stage.groups.all():
        folded = [(row.rank, row.entrant, written(dict(row.figures))) for row in stage.groups[group.name].rows]
        assert folded == [(row["rank"], row["entrant"], row["figures"]) for row in made.table(group.pk).rows]
    for what, many in {"entrants": 4, "matches": 4, "standings": 4}.items():
        assert len(json_of(phone.get(f"{path}?what={what}&format=json"))[what]) == many


def test_no_cell_is_a_formula_and_only_staff_export() -> None:
    made = house()
    Entrant.objects.filter(pk=made.ids[0]).update(name="=HYPERLINK(1)")
    phone, path = Phone(made.referee), f"tournaments/{made.row.pk}/export/"
    entrants = cells(phone, f"{path}?what=entrants&format=csv")
    assert [row[1] for row in entrants] == ["name", "'=HYPERLINK(1)", "captain2", "captain3", "captain4"]
    head, *log = cells(phone, f"{path}?what=results")
    assert [(row[0], row[9], row[10]) for row in log] == [("1", "", ""), ("2", "", ""), ("3", "'=Misread.", "2")]
    assert head[:2] == ["seq", "kind"]
    assert len(cells(phone, f"{path}?what=matches")) == len(cells(phone, f"{path}?what=standings")) == 5
    assert refusal_of(phone.get(f"{path}?what=money"))[0] == 400
    assert Phone(make_person("outsider")).get(f"{path}?what=results").status_code == 403
    assert Phone().get(f"{path}?what=results").status_code == 401
