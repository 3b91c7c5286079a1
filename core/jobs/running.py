"""Starting and ending the threads that run jobs and keep time, in a process of their own or beside the web server."""

import logging
import signal
import threading
from collections.abc import Callable

import dramatiq
from django.conf import settings
from django.db import Error, connection
from dramatiq.worker import Worker

from core.files.readers import await_pictures
from core.jobs import clock
from core.work.services import beat

STOP_WITHIN_MS = 8_000  # what still runs then is left to its lease
LOOK_EVERY_MS = 250  # at an empty queue, and whether to stop
BEAT_EVERY_S = 5.0

Stop = Callable[[], None]

log = logging.getLogger(__name__)


def start_worker() -> Stop:
    """Threads run the jobs that the broker brings. The answer ends them: jobs finish, or are left recoverable."""
    threads = settings.ENV.job_threads
    worker = Worker(dramatiq.get_broker(), worker_threads=threads, worker_timeout=LOOK_EVERY_MS)
    worker.start()
    over = threading.Event()
    pulse = threading.Thread(target=_beat, args=(worker, over), name="worker-pulse", daemon=True)
    pulse.start()
    if settings.ENV.ocr_warm:
        threading.Thread(target=await_pictures, name="worker-warm", daemon=True).start()

    def stop() -> None:
        over.set()
        worker.stop(STOP_WITHIN_MS)
        pulse.join()

    return stop


def start_clock() -> Stop:
    """A thread keeps time. The answer ends it."""
    stopping = threading.Event()
    thread = threading.Thread(target=clock.Clock().run, args=(stopping,), name="clock", daemon=True)
    thread.start()

    def stop() -> None:
        stopping.set()
        clock.ring()
        thread.join()

    return stop


def start_embedded() -> Stop:
    """Workers and the clock in this process, which find what was due meanwhile in its rows. The answer ends both."""
    stop_worker = start_worker()
    stop_clock = start_clock()

    def stop() -> None:
        stop_clock()
        stop_worker()

    return stop


def run_until_signalled(*starts: Callable[[], Stop]) -> None:
    """Start these, wait for SIGTERM or Ctrl-C, end them. For a process that does nothing else."""
    endings = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, endings)  # before the threads, which inherit it
    stops = [start() for start in starts]
    signal.sigwait(endings)
    for stop in stops:
        stop()


def _beat(worker: Worker, over: threading.Event) -> None:
    """Say that the worker runs as long as all of its threads do."""
    while all(thread.is_alive() for thread in worker.workers):
        try:
            beat(name="worker")
        except Error as error:
            log.warning("the worker's sign of life was not written: %s", error)
        connection.close()
        if over.wait(BEAT_EVERY_S):
            return
