"""Routes of hosting."""

from typing import Any

from django.urls import path

from api.hosts.views import ApplicationViews, DecisionViews, DocumentViews

OWN: dict[str, Any] = {"get": "show", "post": "create", "patch": "change", "put": "change"}
DECIDED = "admin/host-applications/<id:application_id>"

urlpatterns = [
    path("hosts/application/", ApplicationViews.as_view(OWN)),
    path("hosts/application/documents/", DocumentViews.as_view({"post": "add"})),
    path("hosts/application/documents/<id:document_id>/", DocumentViews.as_view({"delete": "remove"})),
    path("admin/host-applications/", DecisionViews.as_view({"get": "all"})),
    path(f"{DECIDED}/", DecisionViews.as_view({"get": "show"})),
    path(f"{DECIDED}/approve/", DecisionViews.as_view({"post": "approve"})),
    path(f"{DECIDED}/reject/", DecisionViews.as_view({"post": "reject"})),
    path(f"{DECIDED}/needs-info/", DecisionViews.as_view({"post": "needs_info"})),
    path(f"{DECIDED}/suspend/", DecisionViews.as_view({"post": "suspend"})),
    path(f"{DECIDED}/reinstate/", DecisionViews.as_view({"post": "reinstate"})),
]
