"""Where the pages are."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include("rogatory.api.urls")),
    path("", include("rogatory.web.urls")),
]
