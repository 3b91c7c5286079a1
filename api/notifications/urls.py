"""Routes of notifications."""

from django.urls import path

from api.notifications.views import NotificationViews, PreferenceViews, UnsubscribeViews

urlpatterns = [
    path("", NotificationViews.as_view({"get": "show"})),
    path("unread-count/", NotificationViews.as_view({"get": "unread_count"})),
    path("preferences/", PreferenceViews.as_view({"get": "show"})),
    path("preferences/<slug:kind>/", PreferenceViews.as_view({"patch": "change", "put": "change"})),
    path("unsubscribe/", UnsubscribeViews.as_view({"post": "unsubscribe"})),
    path("read/", NotificationViews.as_view({"post": "read"})),
]
