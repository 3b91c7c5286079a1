#!/usr/bin/env python
"""Django's command line for Guildhall."""

import gc
import os
import sys

gc.disable()  # nothing that is loaded goes again, and looking for it is a fifth of the start

import django  # noqa: E402
from django.core.management import execute_from_command_line  # noqa: E402

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")
    django.setup()
    gc.enable()
    execute_from_command_line(sys.argv)
