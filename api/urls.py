"""Every route under /api/."""

from django.urls import include, path, register_converter
from drf_spectacular.views import SpectacularAPIView

from api import paths
from api.schema import DocsView
from api.throttles import Descriptions

register_converter(paths.RowId, "id")
register_converter(paths.Username, "username")
register_converter(paths.SessionId, "session")
register_converter(paths.InviteToken, "token")

urlpatterns = [
    path("", include("api.accounts.urls")),
    path("", include("api.boards.urls")),
    path("", include("api.bucketlists.urls")),
    path("chat/", include("api.chat.urls")),
    path("", include("api.games.urls")),
    path("", include("api.hosts.urls")),
    path("", include("api.matches.urls")),
    path("", include("api.matches.share_urls")),
    path("", include("api.stats.urls")),
    path("", include("api.teams.urls")),
    path("", include("api.tournaments.urls")),
    path("notifications/", include("api.notifications.urls")),
    path("schema/", SpectacularAPIView.as_view(throttle_classes=[Descriptions]), name="schema"),
    path("docs/", DocsView.as_view()),
]
