"""Where the pages of a conference's programme are."""

from django.urls import path

from rogatory.office.programme.views import (
    badging,
    calendars,
    entries,
    lists,
    money,
    occasions,
    overview,
    removal,
    work,
)

urlpatterns = [
    path("", occasions.home, name="programme"),
    path("<int:id>/", overview.days, name="programme-day"),
    path("<int:id>/public/", overview.public, name="programme-public"),
    path("<int:id>/public.ics", calendars.public_feed, name="programme-public-feed"),
    path("<int:id>/feeds/", calendars.feeds_page, name="programme-feeds"),
    path("<int:id>/feeds/renew/", calendars.renew, name="programme-feeds-renew"),
    path("<int:id>/feeds/<str:scope>/<str:code>.ics", calendars.feed, name="programme-feed"),
    path("<int:id>/settings/", occasions.change, name="programme-settings"),
    path("<int:id>/entries/new/", entries.new, name="programme-entry-new"),
    path("<int:id>/entries/<int:number>/", entries.edit, name="programme-entry"),
    path("<int:id>/rooms/", lists.rooms, name="programme-rooms"),
    path("<int:id>/rooms/<int:number>/", lists.room, name="programme-room"),
    path("<int:id>/bodies/", lists.bodies, name="programme-bodies"),
    path("<int:id>/bodies/<int:number>/", lists.body, name="programme-body"),
    path("<int:id>/budget/", money.budget, name="programme-budget"),
    path("<int:id>/budget/<int:number>/", money.line, name="programme-line"),
    path("<int:id>/budget/lines.csv", money.lines_file, name="programme-budget-lines"),
    path("<int:id>/budget/totals.csv", money.totals_file, name="programme-budget-totals"),
    path("<int:id>/tasks/", work.tasks, name="programme-tasks"),
    path("<int:id>/tasks/<int:number>/", work.task, name="programme-task"),
    path("<int:id>/tasks/<int:number>/done/", work.done, name="programme-task-done"),
    path("<int:id>/steering/", work.steering, name="programme-steering"),
    path("<int:id>/steering/<int:number>/", work.tell, name="programme-tell"),
    path("<int:id>/badges/", badging.badges, name="programme-badges"),
    path("<int:id>/remove/<str:word>/<int:number>/", removal.remove, name="programme-remove"),
    path("restore/<str:word>/<int:number>/", removal.restore, name="programme-restore"),
]
