"""Routes of matches that two people share."""

from django.urls import path

from api.matches.sharing import MatchLinkViews, OfferViews, ShareViews

urlpatterns = [
    path("matches/<uuid:match_id>/share/", OfferViews.as_view({"post": "ask"})),
    path("matches/<uuid:match_id>/link/", OfferViews.as_view({"put": "link"})),
    path("matches/links/<token:token>/", MatchLinkViews.as_view({"get": "preview"})),
    path("matches/links/<token:token>/take/", MatchLinkViews.as_view({"post": "take"})),
    path("shares/", ShareViews.as_view({"get": "mine"})),
    path("shares/<id:share_id>/", ShareViews.as_view({"get": "show", "delete": "withdraw"})),
    path("shares/<id:share_id>/candidates/", ShareViews.as_view({"get": "candidates"})),
    path("shares/<id:share_id>/agree/", ShareViews.as_view({"post": "agree"})),
    path("shares/<id:share_id>/decline/", ShareViews.as_view({"post": "decline"})),
    path("shares/<id:share_id>/corrections/", ShareViews.as_view({"post": "correct"})),
    path("shares/<id:share_id>/answers/", ShareViews.as_view({"post": "answer"})),
    path("shares/<id:share_id>/match/", ShareViews.as_view({"put": "bring"})),
    path("shares/<id:share_id>/leave/", ShareViews.as_view({"post": "leave"})),
]
