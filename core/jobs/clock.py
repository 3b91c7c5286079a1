"""The clock: sleeps until the next row is due and tells the workers. A second clock tells twice, which is once."""

import logging
import threading
from datetime import datetime, timedelta
from itertools import takewhile

from django.db import close_old_connections

from core.failpoints import is_off
from core.jobs.hints import hint
from core.jobs.kinds import SWEEPS
from core.work.clock import database_now
from core.work.selectors import due_jobs, next_due_at
from core.work.services import beat, enqueue, mark_hinted

POLL_S = 1.0  # rows that another process wrote are seen this late at most
BEAT_EVERY = timedelta(seconds=5)
BATCH = 200

log = logging.getLogger(__name__)
_bell = threading.Event()


def ring() -> None:
    """Wake this process's clock, if it has one: a row may be due before it meant to wake."""
    _bell.set()


class Clock:
    def __init__(self) -> None:
        self._hour: datetime | None = None
        self._beaten_at: datetime | None = None

    def run(self, stopping: threading.Event) -> None:
        """Keep time until `stopping` is set and the bell rung, whatever fails meanwhile."""
        while not stopping.is_set():
            _bell.clear()
            wait_s = POLL_S
            try:
                wait_s = self.tick()
            except Exception:  # a database that is down for a while must not end time
                log.exception("the clock missed a tick")
            finally:
                close_old_connections()
            _bell.wait(wait_s)

    def tick(self) -> float:
        """Do what is due; answers how many seconds to sleep."""
        now = database_now()
        self._beat(now)
        self._write_sweeps(now)
        due = [] if is_off("jobs.sweep") else due_jobs(now=now, limit=BATCH)
        told = list(takewhile(hint, due))  # a broker that is down fails the first, and is not asked 200 times
        if told:
            mark_hinted(job_ids=told, seen_at=now)
        next_at = next_due_at()
        if len(told) < len(due) or next_at is None:
            return POLL_S
        return min(POLL_S, max((next_at - now).total_seconds(), 0))

    def _beat(self, now: datetime) -> None:
        if self._beaten_at is None or now - self._beaten_at >= BEAT_EVERY:
            beat(name="clock")
            self._beaten_at = now

    def _write_sweeps(self, now: datetime) -> None:
        hour = now.replace(minute=0, second=0, microsecond=0)
        if hour != self._hour:
            for kind in SWEEPS:
                enqueue(kind=kind, payload={}, dedupe_key=f"{kind}:{hour.isoformat()}")
            self._hour = hour
