"""Routes of statistics."""

from django.urls import path

from api.stats.views import SummaryViews

urlpatterns = [path("stats/summary/", SummaryViews.as_view({"get": "show"}))]
