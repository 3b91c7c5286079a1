"""The demo's boards: who has scored what over the last weeks, two of them the same."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.boards.services import add_scores

if TYPE_CHECKING:
    from core.accounts.models import User

SCORES = {
    "bgmi": ({"asha": 640, "mei": 700, "ravi": 410}, {"asha": 600, "mei": 540, "tom": 45}),
    "efootball": ({"ravi": 320, "asha": 150}, {"ravi": 100, "mei": 90}),
}


def make_boards(people: Mapping[str, "User"]) -> None:
    for board, evenings in SCORES.items():
        for number, scores in enumerate(evenings, 1):
            gains = {people[name].pk: points for name, points in scores.items()}
            add_scores(board=board, gains=gains, cause=f"demo:{number}")
