"""Addresses of the leases."""

from django.urls import URLPattern, path, re_path

from chezsoi.tenancies import views

app_name = "tenancies"
urlpatterns: list[URLPattern] = [
    path("", views.leases, name="leases"),
    re_path(r"^leases\.(?P<kind>csv|xlsx)$", views.export, name="export"),
    path("<int:pk>/", views.lease, name="lease"),
]
