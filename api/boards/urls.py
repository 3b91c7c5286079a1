"""Routes of boards."""

from django.urls import path

from api.boards.views import BoardViews

urlpatterns = [
    path("leaderboards/", BoardViews.as_view({"get": "all"})),
    path("leaderboards/<slug:board>/", BoardViews.as_view({"get": "show"})),
]
