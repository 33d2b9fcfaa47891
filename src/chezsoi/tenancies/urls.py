"""Addresses of the leases."""

from django.urls import URLPattern, path, re_path

from chezsoi.tenancies import views

app_name = "tenancies"
urlpatterns: list[URLPattern] = [
    path("", views.leases, name="leases"),
    re_path(r"^leases\.(?P<kind>csv|xlsx)$", views.export, name="export"),
    path("<int:pk>/", views.lease, name="lease"),
    path("<int:pk>/call/", views.call_support, name="call-support"),
    path("calls/<int:call_id>/", views.call, name="call"),
    path("calls/<int:call_id>/withdraw/", views.withdraw_call, name="withdraw-call"),
    path("calls/<int:call_id>/back/", views.take_call_back, name="take-call-back"),
]
