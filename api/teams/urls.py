"""Routes of teams."""

from typing import Any

from django.urls import path

from api.teams.joining import InviteViews, LinkViews, RequestViews
from api.teams.views import LogoViews, TeamViews

TEAM: dict[str, Any] = {"get": "show", "patch": "change", "put": "change", "delete": "disband"}
INVITE: dict[str, Any] = {"get": "show", "post": "open", "put": "rotate", "delete": "close"}
ASKED = "teams/<id:team_id>/join-requests/<id:request_id>"

urlpatterns = [
    path("teams/", TeamViews.as_view({"get": "all", "post": "create"})),
    path("teams/<id:team_id>/", TeamViews.as_view(TEAM)),
    path("teams/<id:team_id>/logo/", LogoViews.as_view({"put": "put", "delete": "remove"})),
    path("teams/<id:team_id>/members/<id:membership_id>/", TeamViews.as_view({"delete": "end"})),
    path("teams/<id:team_id>/transfer/", TeamViews.as_view({"post": "transfer"})),
    path("teams/<id:team_id>/join-requests/", RequestViews.as_view({"get": "all", "post": "ask"})),
    path(f"{ASKED}/accept/", RequestViews.as_view({"post": "accept"})),
    path(f"{ASKED}/decline/", RequestViews.as_view({"post": "decline"})),
    path(f"{ASKED}/withdraw/", RequestViews.as_view({"post": "withdraw"})),
    path("teams/<id:team_id>/invite/", InviteViews.as_view(INVITE)),
    path("teams/invites/<token:token>/", LinkViews.as_view({"get": "preview"})),
    path("teams/invites/<token:token>/accept/", LinkViews.as_view({"post": "answer"})),
]
