"""Where the pages of outreach are."""

from django.urls import path

from rogatory.web.outreach import calendars, overview, regions, rows, state, steps

urlpatterns = [
    path("", overview.every, name="outreach"),
    path("keep/", overview.keep, name="outreach-keep"),
    path("promises/", overview.promises, name="outreach-promises"),
    path("contacts/", overview.contacts, name="outreach-contacts"),
    path("calendar/", calendars.calendar, name="outreach-calendar"),
    path("calendar/renew/", calendars.renew, name="outreach-calendar-renew"),
    path("calendar/<str:key>.ics", calendars.feed, name="outreach-feed"),
    path("regions/", regions.report, name="outreach-regions"),
    path("states.csv", regions.as_csv, name="outreach-csv"),
    path("states.json", regions.as_json, name="outreach-json"),
    path("restore/<str:word>/<int:number>/", rows.restore, name="outreach-restore"),
    path("<str:word>/<int:number>/change/", rows.change, name="outreach-change"),
    path("<str:word>/<int:number>/remove/", rows.remove, name="outreach-remove"),
    path("<str:word>/<int:number>/share/", rows.share, name="outreach-share"),
    path("contact/<int:number>/forget/", rows.forget, name="outreach-forget"),
    path("promise/<int:number>/done/", rows.done, name="outreach-done"),
    path("occasion/new/", rows.new_occasion, name="outreach-occasion-new"),
    path("states/<str:iso3>/", state.show_state, name="outreach-state"),
    path("states/<str:iso3>/brief/", state.brief, name="outreach-brief"),
    path("states/<str:iso3>/steps/new/", steps.enter, name="outreach-step-new"),
    path("states/<str:iso3>/<str:word>/new/", rows.new, name="outreach-new"),
    path("steps/<int:number>/correct/", steps.correct, name="outreach-step-correct"),
    path("steps/<int:number>/undo/", steps.undo, name="outreach-step-undo"),
]
