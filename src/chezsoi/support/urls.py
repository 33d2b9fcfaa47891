"""Addresses of support."""

from django.urls import path

from chezsoi.support import views

app_name = "support"
urlpatterns = [
    path("", views.support, name="support"),
    path("tasks/<int:pk>/done/", views.complete_task, name="complete-task"),
    path("tasks/<int:pk>/reopen/", views.reopen_task, name="reopen-task"),
]
