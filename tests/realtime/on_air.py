"""A board on air in a deployment, made of rows."""

import json
from dataclasses import dataclass

from tests.deployments import Deployment, SignedUp

_MAKE = """
import json
from core.accounts.models import User
from core.tournaments.services.overlays import make_overlay
from tests.core.tournaments.rows import make_competition, make_entrant, make_stage
host = User.objects.get(pk=HOST)
row = make_competition(host, state="live")
stage = make_stage(row, [make_entrant(row, captain=host)])
overlay = make_overlay(by=host, competition_id=row.pk, name="Main scene")
print(json.dumps([row.pk, stage.pk, overlay.id, overlay.key]))
"""


@dataclass(frozen=True)
class Board:
    competition: int
    stage: int
    overlay: int
    key: str


def put_on_air(guildhall: Deployment, host: SignedUp) -> Board:
    """A competition of `host` with one entrant in one stage, and a key to its board."""
    return Board(*json.loads(guildhall.manage("shell", "--no-imports", "-c", _MAKE.replace("HOST", str(host.id)))))
