"""The app's settings with a room that exists only to be tested, and the other kind of layer where asked for."""

import os

from core.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.room"]  # noqa: F405
if CHANNEL_LAYERS and os.environ.get("TEST_CHANNEL_LAYER") == "core":  # noqa: F405
    CHANNEL_LAYERS["default"]["BACKEND"] = "channels_redis.core.RedisChannelLayer"  # noqa: F405

# what only tests may do: fail at a place in the code, switch a protection off; see core/failpoints.py
FAILPOINTS = dict(plan.split(":", 1) for plan in os.environ.get("TEST_FAILPOINTS", "").split(",") if plan)
SWITCHED_OFF = frozenset(filter(None, os.environ.get("TEST_SWITCHED_OFF", "").split(",")))
