"""What a process that reads asks of the machine: one thread, and memory that it keeps from picture to picture."""

import ctypes
from contextlib import suppress

import cv2

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # of glibc's mallopt
KEPT_BYTES, LARGE_BYTES = 256 * 1024**2, 32 * 1024**2


def settle() -> None:
    """From here on pictures are worked on by one thread, and what they held is not handed back each time: clearing
    fresh pages took a sixth of a reading. What a process holds at most is limited elsewhere."""
    cv2.setNumThreads(1)
    with suppress(AttributeError, OSError):  # another C library
        library = ctypes.CDLL(None)
        library.mallopt(MMAP_THRESHOLD, LARGE_BYTES)
        library.mallopt(TRIM_THRESHOLD, KEPT_BYTES)
