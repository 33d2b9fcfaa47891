"""Addresses of the homes app."""

from django.urls import URLPattern, path, re_path

from chezsoi.homes import views

app_name = "homes"
urlpatterns: list[URLPattern] = [
    path("", views.homes, name="homes"),
    re_path(r"^homes\.(?P<kind>csv|xlsx)$", views.export, name="export"),
    path("map/", views.on_map, name="map"),
    path("map.csv", views.map_csv, name="map-csv"),
    path("new/", views.new, name="new"),
    path("<int:dwelling_id>/", views.home, name="home"),
    path("<int:dwelling_id>/rooms/", views.rooms, name="rooms"),
    path("offers/<int:offer_id>/terms/", views.terms, name="terms"),
    path("offers/<int:offer_id>/withdraw/", views.withdraw, name="withdraw"),
    path("offers/<int:offer_id>/reopen/", views.reopen, name="reopen"),
]
