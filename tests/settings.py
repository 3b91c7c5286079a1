"""The app's settings with one room more, which exists only to be tested."""

from core.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.room"]  # noqa: F405
