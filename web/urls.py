"""The addresses of the app; `app.js` knows the same."""

from django.conf import settings
from django.urls import path
from django.views.generic import RedirectView

from web.views import link_page, overlay_page, page

PARTS = ("entrants", "matches", "bracket", "standings", "overlays", "chat")
"""Of a competition."""
CONSOLE = ("entrants", "stages", "results", "results/<int:match>", "queue", "announce", "staff", "edit")
"""Of the console of those who run it."""
ROOMS = (
    *("", "lists", "play", "matches", "me", "me/security", "me/blocked", "me/notifications", "me/hosting", "chat"),
    *("teams", "teams/<int:team>", "boards", "boards/<slug:board>"),
    *("people/<str:username>", "lists/public", "lists/trends", "lists/<int:list>", "lists/<int:list>/items/<int:item>"),
    *("matches/new", "matches/statistics", "matches/<uuid:match>", "matches/shared/<int:share>"),
    *("play/tournaments", "play/scrims", "play/mine", "play/new", "tournaments/new", "scrims/new"),
    *(
        f"{kind}/<int:competition>{part}"
        for kind in ("tournaments", "scrims")
        for part in ("", *(f"/{name}" for name in PARTS), "/matches/<int:match>", "/matches/<int:match>/chat")
    ),
    *(
        f"{kind}/<int:competition>/console{part}"
        for kind in ("tournaments", "scrims")
        for part in ("", *(f"/{name}" for name in CONSOLE))
    ),
    *(f"lists/<int:list>/{part}" for part in ("chat", "people", "result", "insights", "history")),
)

urlpatterns = [
    *(path(room, page) for room in ROOMS),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}icon.svg")),  # for pages that name no icon
    path("overlay/", overlay_page),
    path("reset-password", link_page),
    path("unsubscribe", link_page),
    path("verify-email", link_page),
    path("join", link_page),
    path("matches/join", link_page),
    path("teams/join", link_page),
]
