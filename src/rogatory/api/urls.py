"""Where the HTTP API is: its operations, its description for programs and for people, and a coded 404 for the rest."""

from django.urls import path, re_path

from rogatory.api import pages
from rogatory.api.v1 import api

urlpatterns = [
    path("", pages.reference, name="api-reference"),
    path("openapi.json", pages.openapi, name="api-openapi"),
    path("", api.urls),
    re_path(r"^.*$", pages.nothing_here),
]
