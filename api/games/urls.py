"""Routes of games."""

from django.urls import path

from api.games.views import GameViews

urlpatterns = [path("games/", GameViews.as_view({"get": "all"}))]
