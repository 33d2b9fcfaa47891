"""Addresses of the SIAO."""

from django.urls import URLPattern, path

from chezsoi.siao import views

app_name = "siao"
urlpatterns: list[URLPattern] = [
    path("", views.orientations, name="orientations"),
    path("without-support/", views.without_support, name="without-support"),
    path("teams/", views.teams, name="teams"),
    path("teams/new/", views.open_team, name="open-team"),
    path("teams/<int:team_pk>/", views.team, name="team"),
    path("teams/<int:team_pk>/close/", views.close_team, name="close-team"),
    path("households/<int:pk>/", views.household, name="household"),
    path("households/<int:pk>/orient/", views.orient, name="orient"),
    path("households/<int:pk>/assess/", views.assess, name="assess"),
    path("households/<int:pk>/list/", views.list_household, name="list"),
    path("lists/<int:listing_pk>/end/", views.unlist, name="unlist"),
    path("orientations/<int:orientation_pk>/correct/", views.correct, name="correct"),
    path("orientations/<int:orientation_pk>/step/", views.step, name="step"),
    path("orientations/<int:orientation_pk>/withdraw/", views.withdraw, name="withdraw"),
    path("steps/<int:step_pk>/withdraw/", views.withdraw_step, name="withdraw-step"),
    path("assessments/<int:assessment_pk>/withdraw/", views.withdraw_assessment, name="withdraw-assessment"),
]
