"""Routes of tournaments and scrims: each part lists its own, and they stand below both prefixes."""

from api.tournaments import (
    calendars,
    competitions,
    overlays,
    registrations,
    staff,
)
from api.tournaments.twins import both

urlpatterns = both(
    calendars.ROUTES,
    competitions.ROUTES,
    overlays.ROUTES,
    registrations.ROUTES,
    staff.ROUTES,
)
