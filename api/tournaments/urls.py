"""Routes of tournaments and scrims: each part lists its own, and they stand below both prefixes."""

from api.tournaments import (
    calendars,
    claims,
    competitions,
    disputes,
    exports,
    host_rules,
    outcomes,
    overlays,
    registrations,
    results,
    staff,
    standings,
)
from api.tournaments.twins import both

urlpatterns = [
    *host_rules.URLS,
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
urlpatterns = both(
    calendars.ROUTES,
    claims.ROUTES,
    competitions.ROUTES,
    disputes.ROUTES,
    overlays.ROUTES,
    registrations.ROUTES,
    results.ROUTES,
    staff.ROUTES,
    standings.ROUTES,
)
