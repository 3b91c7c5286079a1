"""A competition under way whose board is on air, as tests and benches beside a server speak of it; without Django."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class LiveBoard:
    """`entrants` by seed; every one of them is in each of the `matches`, none of which has a result."""

    competition: int
    stage: int
    entrants: list[int]
    matches: list[int]
    overlay: int
    key: str


def told(board: LiveBoard) -> str:
    """As JSON, for another process."""
    return json.dumps(asdict(board))


CODE = """
from core.accounts.models import User
from tests.core.tournaments.boards import make_live_board
from tests.core.tournaments.live_board import told
print(told(make_live_board(User.objects.get(pk=HOST), entrants=ENTRANTS, matches=MATCHES)))
"""


def code_for(*, host: int, entrants: int, matches: int) -> str:
    """What a shell beside a server runs for the same."""
    given = {"HOST": host, "ENTRANTS": entrants, "MATCHES": matches}
    code = CODE
    for name, value in given.items():
        code = code.replace(name, str(value))
    return code


def heard(said: str) -> LiveBoard:
    """What such a shell told."""
    return LiveBoard(**json.loads(said))


def put_on_air(manage: Callable[..., str], *, host: int, entrants: int = 2, matches: int = 1) -> LiveBoard:
    """Made by a deployment's own command."""
    return heard(manage("shell", "--no-imports", "-c", code_for(host=host, entrants=entrants, matches=matches)))


def lobby(ranked: list[int], kills: int = 1) -> dict[str, Any]:
    """The result of a match of everybody, best first."""
    return {"rows": [{"entrant": who, "placement": place, "kills": kills} for place, who in enumerate(ranked, 1)]}
