"""Who acts: a person, or the house itself."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    from core.accounts.models import User


@dataclass(frozen=True)
class System:
    """The house: deadlines, sweeps and commands act as it, never as None."""

    id: None = None
    is_staff: bool = True
    is_superuser: bool = True


SYSTEM = System()
Actor: TypeAlias = Union["User", System]
