"""What the shell of time hears: a job was written, so hurry it or remember when it is due."""

from core.events import Event
from core.events.listening import listen
from core.jobs import clock
from core.jobs.hints import hint
from core.work.events import JobWaiting


@listen
def hear_job(event: Event) -> None:
    if isinstance(event, JobWaiting):
        if event.delay_s:
            clock.ring()
        else:
            hint(event.job_id)
