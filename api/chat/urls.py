"""Routes of chat."""

from django.urls import path

from api.chat.views import MessageViews, RoomViews

urlpatterns = [
    path("rooms/<slug:room>/", RoomViews.as_view({"get": "show"})),
    path("rooms/<slug:room>/read/", RoomViews.as_view({"post": "read"})),
    path("rooms/<slug:room>/slow-mode/", RoomViews.as_view({"post": "slow_mode"})),
    path("rooms/<slug:room>/messages/", MessageViews.as_view({"get": "history", "post": "create"})),
    path(
        "rooms/<slug:room>/messages/<id:seq>/",
        MessageViews.as_view({"get": "show", "patch": "edit", "delete": "remove"}),
    ),
    path("rooms/<slug:room>/messages/<id:seq>/revisions/", MessageViews.as_view({"get": "revisions"})),
]
