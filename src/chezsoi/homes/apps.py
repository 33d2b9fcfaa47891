from django.apps import AppConfig


class HomesConfig(AppConfig):
    name = "chezsoi.homes"
    label = "homes"
