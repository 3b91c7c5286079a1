"""Routes of matches."""

from django.urls import path

from api.matches.views import MatchViews

urlpatterns = [
    path("matches/", MatchViews.as_view({"get": "mine", "post": "create"})),
    path(
        "matches/<uuid:match_id>/",
        MatchViews.as_view({"get": "show", "put": "confirm", "patch": "change", "delete": "remove"}),
    ),
]
