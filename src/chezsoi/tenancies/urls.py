"""Addresses of the leases, and of the exchanges tenants wish."""

from django.urls import URLPattern, path, re_path

from chezsoi.tenancies.views import exchanges, leases

app_name = "tenancies"
urlpatterns: list[URLPattern] = [
    path("", leases.leases, name="leases"),
    re_path(r"^leases\.(?P<kind>csv|xlsx)$", leases.export, name="export"),
    path("<int:pk>/", leases.lease, name="lease"),
    path("<int:pk>/call/", leases.call_support, name="call-support"),
    path("calls/<int:call_id>/", leases.call, name="call"),
    path("calls/<int:call_id>/withdraw/", leases.withdraw_call, name="withdraw-call"),
    path("calls/<int:call_id>/back/", leases.take_call_back, name="take-call-back"),
    path("households/<int:pk>/exchange/", exchanges.exchange, name="exchange"),
    path("households/<int:pk>/exchange/withdraw/", exchanges.withdraw_exchange, name="withdraw-exchange"),
    path("households/<int:pk>/exchange/back/", exchanges.take_withdrawal_back, name="take-withdrawal-back"),
]
