"""Look-alikes of result screens drawn from free typefaces, each with what it says: `draw("fifa", seed=7)`."""

from tests.screens.catalogue import KINDS, battery, draw
from tests.screens.foreign import FOREIGN
from tests.screens.truth import Screen

__all__ = ["FOREIGN", "KINDS", "Screen", "battery", "draw"]
