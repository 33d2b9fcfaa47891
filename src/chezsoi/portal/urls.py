"""Addresses of the portal: the first page, accounts, the day's work, and the pages that compose several apps."""

from django.urls import path

from chezsoi.portal.views import accounts, catalogue, day, gallery, home, household, trail

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", accounts.sign_in, name="sign-in"),
    path("sign-in/demo/<int:pk>/", accounts.demo_sign_in, name="demo-sign-in"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
    path("account/", accounts.account, name="account"),
    path("account/role/<int:pk>/", accounts.choose_role, name="choose-role"),
    path("language/", accounts.language, name="language"),
    path("day/", day.day, name="day"),
    path("people/<int:pk>/", household.household, name="household"),
    path("trail/", trail.trail, name="trail"),
    path("actions/", catalogue.catalogue, name="catalogue"),
    path("gallery/", gallery.gallery, name="gallery"),
]
