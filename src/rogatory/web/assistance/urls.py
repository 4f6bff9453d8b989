"""Where the pages about help are."""

from django.urls import path

from rogatory.web.assistance import pages, writing

urlpatterns = [
    path("", pages.overview, name="assist"),
    path("matches/", pages.matches, name="assist-matches"),
    path("export/", pages.export, name="assist-export"),
    path("import-offers/", writing.take, name="assist-take"),
    path("from-gap/", writing.from_gap, name="assist-from-gap"),
    path("entries/<str:owner>/<str:id>/", pages.entry, name="assist-entry"),
    path("entries/<str:owner>/<str:id>/change/", writing.change, name="assist-change"),
    path("entries/<str:owner>/<str:id>/act/", writing.act, name="assist-act"),
    path("entries/<str:owner>/<str:id>/trainees/", writing.named, name="assist-trainees"),
    path("<str:kind>/", pages.listed, name="assist-list"),
    path("<str:kind>/new/", writing.make, name="assist-make"),
]
