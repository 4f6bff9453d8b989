"""Where the pages of drills are."""

from django.urls import path

from rogatory.web.readiness import drills

urlpatterns = [
    path("", drills.every, name="drills"),
    path("banner/", drills.banner, name="drill-banner"),
    path("report/", drills.report, name="drill-report"),
    path("report.csv", drills.report_file, name="drill-report-file"),
    path("<str:id>/", drills.show, name="drill"),
    path("<str:id>/answer/", drills.answer, name="drill-answer"),
    path("<str:id>/cancel/", drills.cancel, name="drill-cancel"),
]
