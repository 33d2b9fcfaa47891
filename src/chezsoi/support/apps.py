from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "chezsoi.support"
    label = "support"
