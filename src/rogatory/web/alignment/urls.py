"""Where the pages of alignment are: national laws, then assessments of them."""

from django.urls import path

from rogatory.web.alignment import importing, laws, overview, reports, review

urlpatterns = [
    path("", laws.home, name="align"),
    path("import/", importing.look, name="align-import"),
    path("import/take/", importing.take, name="align-take"),
    path("laws/<str:id>/", laws.law, name="align-law"),
    path("texts/<str:id>/", laws.text, name="align-text"),
    path("texts/<str:id>/propose/", importing.propose, name="align-propose"),
    path("texts/<str:id>/remove/", laws.remove, name="align-text-remove"),
    path("texts/<str:id>/since/<str:before>/", laws.changes, name="align-changes"),
    path("begin/", overview.begin, name="align-begin"),
    path("compare/", reports.compare, name="align-compare"),
    path("compare/<str:lang>/<str:name>", reports.compare_file, name="align-compare-file"),
    path("assessments/<str:id>/", overview.show, name="align-assessment"),
    path("assessments/<str:id>/texts/", overview.change_texts, name="align-assessment-texts"),
    path("assessments/<str:id>/earlier/", overview.take_earlier, name="align-earlier"),
    path("assessments/<str:id>/search/", review.search, name="align-search"),
    path("assessments/<str:id>/report/", reports.report, name="align-report"),
    path("assessments/<str:id>/report/<str:lang>/<str:name>", reports.report_file, name="align-report-file"),
    path("assessments/<str:id>/review/<str:number>/", review.show, name="align-review"),
    path("assessments/<str:id>/review/<str:number>/keep/", review.keep, name="align-keep"),
]
