"""Routes of tournaments and scrims: each part lists its own, and they stand below both prefixes."""

from api.tournaments import (
    calendars,
    competitions,
    exports,
    outcomes,
    overlays,
    registrations,
    results,
    staff,
    standings,
)
from api.tournaments.twins import both

urlpatterns = [
    *outcomes.URLS,
    *both(
        calendars.ROUTES,
        competitions.ROUTES,
        exports.ROUTES,
        outcomes.ROUTES,
        overlays.ROUTES,
        registrations.ROUTES,
        results.ROUTES,
        staff.ROUTES,
        standings.ROUTES,
    ),
]
