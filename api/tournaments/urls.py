"""Routes of tournaments and scrims: each part lists its own, and they stand below both prefixes."""

from api.tournaments import (
    calendars,
    claims,
    competitions,
    disputes,
    exports,
    host_rules,
    matches,
    outcomes,
    overlays,
    registrations,
    results,
    staff,
    stages,
    standings,
)
from api.tournaments.twins import both

urlpatterns = [
    *host_rules.URLS,
    *outcomes.URLS,
    *both(
        calendars.ROUTES,
        claims.ROUTES,
        competitions.ROUTES,
        disputes.ROUTES,
        exports.ROUTES,
        matches.ROUTES,
        outcomes.ROUTES,
        overlays.ROUTES,
        registrations.ROUTES,
        results.ROUTES,
        staff.ROUTES,
        stages.ROUTES,
        standings.ROUTES,
    ),
]
