"""Where the pages for accounts are."""

from django.urls import path

from rogatory.office import views

urlpatterns = [
    path("", views.people, name="people"),
    path("<int:id>/roles/", views.change_roles, name="person-roles"),
    path("<int:id>/disable/", views.disable, name="person-disable"),
]
