"""The shell of images: screenshots become statistics. Numbers are worked on by one thread, as each is a small task."""

import os

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # read by numpy when it is first imported
    os.environ.setdefault(_threads, "1")
