"""Routes of notifications."""

from django.urls import path

from api.notifications.views import NotificationViews

urlpatterns = [
    path("", NotificationViews.as_view({"get": "show"})),
    path("unread-count/", NotificationViews.as_view({"get": "unread_count"})),
    path("read/", NotificationViews.as_view({"post": "read"})),
]
