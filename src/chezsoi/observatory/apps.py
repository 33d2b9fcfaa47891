from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    name = "chezsoi.observatory"
    label = "observatory"
