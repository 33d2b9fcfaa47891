from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "chezsoi.ui"
    label = "ui"
