"""Where the pages of readiness are: checklist, choices, papers, filings, institutions, the day."""

from django.urls import path

from rogatory.web.readiness import checklist, choosing, dayofentry, institutions, papers

urlpatterns = [
    path("", checklist.show, name="ready"),
    path("steps/<str:step>/mark/", checklist.mark, name="ready-mark"),
    path("choices/", choosing.overview, name="ready-choices"),
    path("choices/authorities/<str:place>/", choosing.authority, name="ready-authority"),
    path("choices/laws/<str:place>/", choosing.law, name="ready-law"),
    path("choices/statements/", choosing.statements, name="ready-statements"),
    path("choices/statements/<str:place>/", choosing.statement, name="ready-statement"),
    path("choices/<str:id>/", choosing.section, name="ready-section"),
    path("papers/", papers.every, name="ready-papers"),
    path("papers/cover/", papers.cover, name="ready-cover"),
    path("papers/<str:name>/", papers.show, name="ready-paper"),
    path("papers/<str:name>/<str:lang>.<str:form>", papers.file, name="ready-paper-file"),
    path("filed/", papers.record, name="ready-filed"),
    path("filed/<int:number>/correct/", papers.correct, name="ready-correct"),
    path("institutions/", institutions.show, name="ready-institutions"),
    path("day/", dayofentry.show, name="ready-day"),
]
