"""Keeping a lease while its job runs longer than the lease."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection

from core.work.services import LEASE_S, Lease, renew

RENEW_EVERY_S = LEASE_S / 3

log = logging.getLogger(__name__)


@contextmanager
def renewed(lease: Lease, *, at_most_s: float) -> Iterator[None]:
    """Inside, a thread of its own renews the lease, at most so long, so that a job that hangs is given to another."""
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(lease, over, int(at_most_s / RENEW_EVERY_S)), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _keep(lease: Lease, over: threading.Event, times: int) -> None:
    try:
        while times and not over.wait(RENEW_EVERY_S) and renew(lease=lease):
            times -= 1
    except Error as error:
        log.warning("job %s: the lease was not renewed and may be lost: %s", lease.job_id, error)
    finally:
        connection.close()
