"""Routes of lists."""

from typing import Any

from django.urls import path

from api.bucketlists.views.comments import CommentViews
from api.bucketlists.views.covers import ItemCoverViews, ListCoverViews
from api.bucketlists.views.insights import InsightViews, PublicInsightViews
from api.bucketlists.views.invites import InviteViews, LinkViews
from api.bucketlists.views.items import ItemViews
from api.bucketlists.views.lists import ListViews, OwnListViews
from api.bucketlists.views.members import MemberViews
from api.bucketlists.views.muting import MuteViews
from api.bucketlists.views.reactions import ReactionViews
from api.bucketlists.views.voting import ResultViews, VoteViews

CHANGES: dict[str, Any] = {"get": "show", "patch": "change", "put": "change", "delete": "remove"}

COVER: dict[str, Any] = {"get": "show", "put": "put", "delete": "remove"}

urlpatterns = [
    path("bucketlists/", OwnListViews.as_view({"get": "mine", "post": "create"})),
    path("bucketlists/deleted/", OwnListViews.as_view({"get": "deleted"})),
    path("bucketlists/public/", ListViews.as_view({"get": "public"})),
    path("bucketlists/public/insights/", PublicInsightViews.as_view({"get": "show"})),
    path("bucketlists/<id:list_id>/insights/", InsightViews.as_view({"get": "of_list"})),
    path("bucketlists/<id:list_id>/", ListViews.as_view(CHANGES)),
    path("bucketlists/<id:list_id>/restore/", OwnListViews.as_view({"post": "restore"})),
    path("bucketlists/<id:list_id>/freeze/", OwnListViews.as_view({"put": "freeze"})),
    path("bucketlists/<id:list_id>/result/", ResultViews.as_view({"get": "result"})),
    path("bucketlists/<id:list_id>/ballots/", ResultViews.as_view({"get": "ballots"})),
    path("bucketlists/<id:list_id>/my-ref/", OwnListViews.as_view({"get": "my_ref"})),
    path("bucketlists/<id:list_id>/audit/", OwnListViews.as_view({"get": "audit"})),
    path("bucketlists/<id:list_id>/items/", ItemViews.as_view({"get": "of_list", "post": "create"})),
    path("bucketlists/<id:list_id>/deleted/", OwnListViews.as_view({"get": "deleted_items"})),
    path("items/<id:item_id>/", ItemViews.as_view(CHANGES)),
    path("bucketlists/<id:list_id>/cover/", ListCoverViews.as_view(COVER)),
    path("items/<id:item_id>/cover/", ItemCoverViews.as_view(COVER)),
    path("items/<id:item_id>/restore/", ItemViews.as_view({"post": "restore"})),
    path("items/<id:item_id>/vote/", VoteViews.as_view({"post": "cast", "put": "put", "delete": "remove"})),
    path("items/<id:item_id>/comments/", CommentViews.as_view({"get": "history", "post": "create"})),
    path(
        "items/<id:item_id>/comments/<id:seq>/",
        CommentViews.as_view({"get": "show", "patch": "edit", "delete": "remove"}),
    ),
    path("items/<id:item_id>/react/", ReactionViews.as_view({"post": "toggle", "put": "put", "delete": "clear"})),
    path("bucketlists/<id:list_id>/members/", MemberViews.as_view({"get": "show"})),
    path(
        "bucketlists/<id:list_id>/members/<id:membership_id>/",
        MemberViews.as_view({"patch": "change", "put": "change", "delete": "end"}),
    ),
    path("bucketlists/<id:list_id>/removed/<id:user_id>/", MemberViews.as_view({"delete": "lift"})),
    path("bucketlists/<id:list_id>/mute/", MuteViews.as_view({"put": "mute"})),
    path("bucketlists/<id:list_id>/transfer/", MemberViews.as_view({"post": "transfer"})),
    path(
        "bucketlists/<id:list_id>/invites/<slug:role>/",
        InviteViews.as_view({"get": "show", "post": "open", "put": "rotate", "delete": "close"}),
    ),
    path("invites/<token:token>/", LinkViews.as_view({"get": "preview"})),
    path("invites/<token:token>/accept/", LinkViews.as_view({"post": "answer"})),
]
