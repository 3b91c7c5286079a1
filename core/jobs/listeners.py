"""What the shell of time hears: a job was written, so hurry it or remember when it is due."""

from collections.abc import Sequence

from core.events import Event
from core.events.listening import listen
from core.jobs import clock
from core.jobs.hints import hint
from core.work.events import JobWaiting


@listen
def hear_jobs(events: Sequence[Event]) -> None:
    for event in events:
        if isinstance(event, JobWaiting):
            if event.delay_s:
                clock.ring()
            else:
                hint(event.job_id)
