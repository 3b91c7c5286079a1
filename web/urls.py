"""The addresses of the app; `app.js` knows the same."""

from django.urls import path

from web.views import link_page, page

ROOMS = ("", "lists", "play", "matches", "me", "me/security", "me/blocked", "chat", "people/<str:username>")

urlpatterns = [
    *(path(room, page) for room in ROOMS),
    path("reset-password", link_page),
    path("verify-email", link_page),
]
