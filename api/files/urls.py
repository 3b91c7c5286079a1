"""Where stored files are looked at: outside the API, as these links stand in pages."""

from django.urls import re_path

from api.files.views import show_file

urlpatterns = [re_path(r"^(?P<key>[0-9a-f]{32})/(?P<size>[a-z]{1,10})\.webp$", show_file)]
