"""Addresses of support."""

from django.urls import URLPattern, path, re_path

from chezsoi.support import views

app_name = "support"
urlpatterns: list[URLPattern] = [
    path("", views.support, name="support"),
    re_path(r"^measures\.(?P<kind>csv|xlsx)$", views.export, name="export"),
    path("tasks/<int:pk>/done/", views.complete_task, name="complete-task"),
    path("tasks/<int:pk>/reopen/", views.reopen_task, name="reopen-task"),
]
