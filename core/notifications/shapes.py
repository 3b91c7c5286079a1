"""What a person's devices are shown of their inbox."""

from dataclasses import dataclass
from typing import Any

from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxEntry:
    """One thing to know: `kind` names it, `data` says it, `at` is when it became true."""

    kind: str
    at: Moment
    data: Any
