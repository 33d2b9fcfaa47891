"""Addresses of the leases."""

from django.urls import path

from chezsoi.tenancies import views

app_name = "tenancies"
urlpatterns = [
    path("", views.leases, name="leases"),
    path("<int:pk>/", views.lease, name="lease"),
]
