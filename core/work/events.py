"""What may be told about jobs."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True, kw_only=True)
class JobWaiting(Event):
    """A job was written; it is due in `delay_s` seconds (0: now)."""

    job_id: int
    delay_s: float
