"""Every address of the app: the API under one prefix, health at the root, the admin, and the pages."""

from django.contrib import admin
from django.urls import include, path, re_path

from api.errors import no_such_route
from api.health import health, ready
from api.metrics import metrics

urlpatterns = [
    path("health/", health),
    path("health/ready/", ready),
    path("metrics", metrics),
    path("api/", include("api.urls")),
    re_path(r"^api(/|$)", no_such_route),
    path("files/", include("api.files.urls")),
    path("admin/", admin.site.urls),
    path("", include("web.urls")),
]
handler400 = "api.errors.bad_request"
handler403 = "api.errors.permission_denied"
handler404 = "api.errors.page_not_found"
handler500 = "api.errors.server_error"
