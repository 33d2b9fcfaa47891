from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "chezsoi.portal"
    label = "portal"
