from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "chezsoi.config"
    label = "config"
