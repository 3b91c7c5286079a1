"""How much of everything: what `./test` can afford, or, with `tests/faults/run --long`, what a night can."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """`messages` and `kills` of one scenario; `speakers` talk over sockets, `phones` over REST, `listeners` listen."""

    messages: int
    kills: int
    speakers: int
    phones: int
    listeners: int
    seed: int


LONG = os.environ.get("GUILDHALL_FAULTS") == "long"
SEED = int(os.environ.get("GUILDHALL_FAULTS_SEED", "20"))
SIZE = Size(50_000, 100, 12, 4, 40, SEED) if LONG else Size(2_000, 10, 6, 2, 12, SEED)

SMALL = Size(200, 2, 4, 2, 4, SEED)
"""For controls, which only have to fail."""

TIMEOUT_S = 0 if LONG else 600
"""A scenario that takes longer hangs; a long one may take all night."""

SETTLE_S = 25.0
"""So long after the last fault everybody knows everything."""
