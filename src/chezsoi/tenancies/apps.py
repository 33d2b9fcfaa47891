from django.apps import AppConfig


class TenanciesConfig(AppConfig):
    name = "chezsoi.tenancies"
    label = "tenancies"
