"""Signs of life of the parts that nobody connects to."""

from core.work.clock import database_now
from core.work.models import Heartbeat


def beat(*, name: str) -> None:
    """`name` (worker, clock) runs, as of now."""
    pulse = Heartbeat(name=name, at=database_now())
    Heartbeat.objects.bulk_create([pulse], update_conflicts=True, update_fields=["at"], unique_fields=["name"])
