"""The app's settings with a room that exists only to be tested, and the other kind of layer where asked for."""

import os

from core.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.room"]  # noqa: F405
if CHANNEL_LAYERS and os.environ.get("TEST_CHANNEL_LAYER") == "core":  # noqa: F405
    CHANNEL_LAYERS["default"]["BACKEND"] = "channels_redis.core.RedisChannelLayer"  # noqa: F405
